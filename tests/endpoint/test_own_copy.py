"""Passages in printed copies, looked for in a real browser by the page, and by `pdftotext`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.service.own_copies import fingerprints_writer
from araxes.ontology.namespaces import AX, OA, RDFS
from araxes.triples.originals.fingerprints import FILE, Fingerprint, OwnCopy, key_of, written
from araxes.triples.originals.pdf_text import readings_of_pdf
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.browser_fixtures import Browser, node_module
from tests.endpoint.endpoint_fixtures import NAMESPACE, serving
from tests.endpoint.own_copy_fixtures import Reader, own_copy_reader
from tests.endpoint.printed_copies import LAYOUTS, printed
from tests.requirements_helper import require_tool

PERSIAN = (
    "۱-۴. آب و سلامت شهر بالا\n"
    "انجمن رود آرام در سال ۱۹۵۱م. بنیاد شد و تا سال 1387 هر هفته در خانهٔ پل گرد می‌آمد "
    "(Brook, 2014: 12-15) و آنجا دربارهٔ سدّ کهنه، ماهی‌ها و الوارهای گم‌شده سخن می‌گفت.\n"
    "تاریخ نشست: ۱۳۹۸/۰۷/۱۴؛ تاریخ پاسخ: ۱۳۹۸/۱۱/۰۲؛ نامۀ دوم هرگز نرسید و نامۀ سوم را باد برد.\n"
    "اولین قایقران، Jack Brook، که 3 پسر و 12 پارو داشت، گفت: «آب بالا آمد و کالاها را برد»؛ "
    "شهردار اما ۴۵٪ از زیان را پذیرفت و بقیه را به سال ۱۳۹۹ق وانهاد.\n"
    "The mill at Lower Ford was closed in 1951, because nobody would pay for its wheel and the "
    "two brothers who owned it had quarrelled about a horse.\n"
    "1. Jack Brook\n"
    "۲. گزارش سالانهٔ پل‌ها و اسکله‌ها در روزگار بی‌آبی\n"
)
ENGLISH = (
    "The ferry committee of Upper Ford met nineteen times between 1938 and 1951, and never once did "
    "its members agree about the unquestionable necessity of a second landing-stage (Brook, 2014: 12-15).\n"
    "Its treasurer, a Mr. Osterwick, kept 3 ledgers, 45 receipts and an affidavit of extraordinary length.\n"
)
TEXTS = {"fa": PERSIAN, "en": ENGLISH}


_LETTERS = {"fa": "بتجدرسفکلمنهی", "en": "bdfghklmnprst"}


def whole(language: str) -> str:
    """A text of several pages, of which no two lines are alike, however they are broken.

    A line that stands at the ends of many pages is taken for their head or foot, numbers aside: so every
    thirteenth word of a paragraph, and its last, is its own.
    """
    paragraphs = TEXTS[language].splitlines()
    name = {"fa": "بند", "en": "Item"}[language]
    return "\n".join(
        f"{name} {at}: {_with_own_word(paragraphs[at % len(paragraphs)], _word(at, language))}"
        for at in range(70)
    )


def _word(at: int, language: str) -> str:
    letters = _LETTERS[language]
    vowel = {"fa": "ا", "en": "a"}[language]
    return vowel.join((letters[at % 13], letters[at // 13], letters[at % 7]))


def _with_own_word(paragraph: str, own: str) -> str:
    words = paragraph.split(" ")
    parts = [" ".join(words[at : at + 13]) for at in range(0, len(words), 13)]
    return f" {own} ".join([*parts, ""]).rstrip()


def prints_of(text: str) -> list[Fingerprint]:
    """The fingerprints of all paragraphs but the first and the last."""
    copy, place, found = OwnCopy(text), 0, []
    for line in text.split("\n"):
        found.append(copy.fingerprint(place, place + len(line)))
        place += len(line) + 1
    return found[1:-1]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A browser with the scripts of the page."""
    with own_copy_reader(tmp_path_factory.mktemp("reader")) as started:
        yield started


@pytest.mark.parametrize("layout", ["one column", "two columns"])
@pytest.mark.parametrize("language", TEXTS)
def test_passages_are_found_in_printed_copies(
    reader: Reader, tmp_path: Path, language: str, layout: str
) -> None:
    require_tool("pdftotext", "apt-get install poppler-utils")
    text = whole(language)
    prints = prints_of(text)
    path = printed(text, language, LAYOUTS[layout], tmp_path / "copy.pdf")
    readings, verdicts = reader.look(path, prints)
    assert [at for at, verdict in enumerate(verdicts, 1) if verdict != "found"] == []
    copies = [OwnCopy(each) for each in readings_of_pdf(path)]
    assert all(any(copy.look_for(each).verdict == "found" for copy in copies) for each in prints)
    assert len(readings) > 1
    assert reader.browser.strangers() == []


@pytest.mark.parametrize("layout", ["one column", "two columns"])
def test_changes_are_noticed_in_printed_copies(reader: Reader, tmp_path: Path, layout: str) -> None:
    text = whole("fa")
    changed = text.replace("انجمن رود آرام", "انجمن رود آرامش", 1).replace("3 پسر", "8 پسر", 1)
    changed = changed.replace("1951, because nobody would", "1951, because everybody would", 1)
    lines = zip(text.split("\n")[1:-1], changed.split("\n")[1:-1], strict=True)
    expected = [at for at, (one, other) in enumerate(lines) if one != other]
    path = printed(changed, "fa", LAYOUTS[layout], tmp_path / "changed.pdf")
    verdicts = reader.look(path, prints_of(text))[1]
    assert [at for at, verdict in enumerate(verdicts) if verdict != "found"] == expected


def _store(folder: Path, text: str) -> Path:
    """A store of a source with a claim on each of two passages, with fingerprints."""
    source, said = ox.NamedNode(NAMESPACE + "source/ford"), ox.NamedNode(RDFS + "label")
    quads, prints = [ox.Quad(source, said, ox.Literal("The ford", language="en"))], {}
    copy, lines = OwnCopy(text), text.split("\n")
    for number in (2, 30):
        start = sum(len(line) + 1 for line in lines[:number])
        end = start + len(lines[number])
        digest = hashlib.sha256(text[start:end].encode()).hexdigest()
        claim = ox.NamedNode(f"{NAMESPACE}claim/ford/{number}")
        passage, selector = ox.NamedNode(f"{claim.value}#passage"), ox.NamedNode(f"{claim.value}#selector")
        quads += [
            ox.Quad(claim, ox.NamedNode(AX + "source"), source),
            ox.Quad(claim, ox.NamedNode(AX + "passage"), passage),
            ox.Quad(claim, ox.NamedNode(AX + "paraphrase"), ox.Literal(f"Claim {number}.", language="en")),
            ox.Quad(passage, ox.NamedNode(AX + "sha256"), ox.Literal(digest)),
            ox.Quad(passage, ox.NamedNode(OA + "hasSelector"), selector),
            ox.Quad(selector, ox.NamedNode(OA + "start"), ox.Literal(start)),
        ]
        prints[key_of(digest, start)] = copy.fingerprint(start, end)
    (folder / FILE).write_text(written(prints), "utf-8")
    root = folder / "store"
    publish(quads, root, origin="load", beside={FILE: fingerprints_writer([folder])})
    return root


def test_the_page_looks_through_a_pdf_and_sends_nothing(tmp_path: Path) -> None:
    text = whole("fa")
    line = text.split("\n")[30]
    changed = text.replace(line, line.replace("نامۀ سوم", "نامۀ پنجم"))
    build = node_module("pdfjs-dist") / "build"
    path = printed(changed, "fa", LAYOUTS["one column"], tmp_path / "copy.pdf")
    with serving(_store(tmp_path, text), "--pdf-reader", str(build)) as server:
        browser = Browser(server.base, "--proxy-server=127.0.0.1:9")
        try:
            browser.open("/own-copy?source=source/ford&lang=en")
            browser.sent()
            browser.one("input[type=file]").send_keys(str(path))
            browser.until("return document.querySelector('#results [role=status]')", 60)
            found = browser.run(
                "return [...document.querySelectorAll('#results li')].map((each) =>"
                " [each.dataset.verdict, each.querySelector('mark').textContent])"
            )
            assert [verdict for verdict, _ in found] == ["altered", "found"]
            assert OwnCopy(found[1][1]).folded == OwnCopy(text.split("\n")[2]).folded
            assert browser.sent() == [
                ("GET", "/own-copy/claims?source=https%3A//w3id.org/araxes/source/ford&lang=en", 0),
                ("GET", "/own-copy/pdf/pdf.min.mjs", 0),
                ("GET", "/own-copy/pdf/pdf.worker.min.mjs", 0),
            ]
            assert browser.complaints() == []
        finally:
            browser.stop()
