"""Passages against the originals: verified, shown, and every changed character named by claim."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from araxes.ontology.errors import InputError
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_corpus
from araxes.triples.drafting.folded_text import FoldedText
from araxes.triples.drafting.quote_search import locate
from araxes.triples.originals.passages import slice_digest
from tests.requirements_helper import require_folder
from tests.triples.corpus_fixtures import TEXT, TinyCorpus


def originals() -> Path:
    """The folder of the original texts."""
    return require_folder("ARAXES_SOURCES", "name the folder of the original texts")


def run(tiny: TinyCorpus, *arguments: str) -> Result:
    """A verb on the tiny corpus."""
    folders = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
    sources = ["--originals", str(tiny.originals)]
    return CliRunner().invoke(main, [arguments[0], *folders, *sources, *arguments[1:]])


def test_all_passages_stand(tiny: TinyCorpus) -> None:
    result = run(tiny, "verify")
    assert result.exit_code == 0, result.output
    assert "all 3 passages stand" in result.output


@pytest.mark.parametrize(("offset", "claim"), [(3, "001"), (40, "002"), (101, "003")])
def test_one_changed_character_is_named_by_claim(tiny: TinyCorpus, offset: int, claim: str) -> None:
    (tiny.originals / "test.txt").write_text(TEXT[:offset] + "#" + TEXT[offset + 1 :], "utf-8")
    result = run(tiny, "verify")
    assert result.exit_code == 1
    assert re.findall(r"claim/test/\d+", result.output) == [f"claim/test/{claim}"]
    assert "→" in result.output


def test_a_change_outside_every_passage_is_reported(tiny: TinyCorpus) -> None:
    (tiny.originals / "test.txt").write_text(TEXT[:-1] + " ", "utf-8")
    result = run(tiny, "verify")
    assert result.exit_code == 1
    assert "source/test: test.txt has changed" in result.output


def test_a_missing_or_undecodable_original(tiny: TinyCorpus) -> None:
    (tiny.originals / "test.txt").write_bytes(TEXT.encode()[:-1] + b"\xff")
    assert "is not UTF-8" in run(tiny, "verify").output
    (tiny.originals / "test.txt").unlink()
    result = run(tiny, "verify")
    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_without_a_folder_of_originals(tiny: TinyCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARAXES_SOURCES", raising=False)
    result = CliRunner().invoke(main, ["verify"])
    assert result.exit_code == 1
    assert "--originals or ARAXES_SOURCES" in result.output


def test_a_claim_is_shown_with_its_passage(tiny: TinyCorpus) -> None:
    result = run(tiny, "verify", "--claim", "claim/test/002")
    assert "Beta says that Alpha threatens it." in result.output
    assert run(tiny, "verify", "--claim", "claim/test/999").exit_code == 1


def test_locate_prints_yaml_that_verifies(tiny: TinyCorpus) -> None:
    result = run(tiny, "locate", "source/test", "Gamma … Beta.")
    assert result.output == f"passage: {{start: 70, end: 102, sha256: {slice_digest(TEXT, 70, 102)}}}\n"
    assert run(tiny, "locate", "source/test", "Delta").exit_code == 1
    assert "did you mean source/test" in run(tiny, "locate", "source/tent", "Beta").output
    assert "known are source/test" in run(tiny, "locate", "nowhere", "Beta").output


def test_coverage_lists_figures_and_names_outside_passages(tiny: TinyCorpus) -> None:
    tiny.claims[0]["passage"] = {"start": 0, "end": 5, "sha256": slice_digest(TEXT, 0, 5)}
    tiny.write()
    result = run(tiny, "coverage")
    assert "line 1: figure 1992." in result.output
    assert "line 1: name Beta" in result.output
    assert "line 2" not in result.output


def test_several_places_are_all_printed_and_one_is_chosen(tiny: TinyCorpus) -> None:
    result = run(tiny, "locate", "test", "Beta")
    assert re.findall(r"start: (\d+).*# line (\d)", result.stdout) == [("17", "1"), ("35", "2"), ("97", "3")]
    assert "3 places" in result.stderr
    chosen = run(tiny, "locate", "test", "Beta", "--occurrence", "2")
    assert re.findall(r"start: (\d+)", chosen.stdout) == ["35"]
    assert "3 places" in run(tiny, "locate", "test", "Beta", "--occurrence", "4").output


def test_many_quotes_at_once_in_any_file_of_text(tiny: TinyCorpus) -> None:
    (tiny.root / "other.txt").write_text("One “two”\nthree – four.", "utf-8")
    (tiny.root / "quotes.txt").write_text("One 'two'\n\nthree - four\nfive\n", "utf-8")
    quotes = str(tiny.root / "quotes.txt")
    result = run(tiny, "locate", str(tiny.root / "other.txt"), "--quotes", quotes)
    assert result.exit_code == 1, "one is not there"
    assert re.findall(r"# (.*)\npassage: {start: (\d+), end: (\d+)", result.stdout) == [
        ("One 'two'", "0", "9"),
        ("three - four", "10", "22"),
    ]
    assert "'five'" in result.stderr
    assert run(tiny, "locate", "test").exit_code == 1


BROKEN = (
    (lambda text: text.replace("modality: Asserted", "modality: [", 1), {"002", "003"}),
    (lambda text: text.replace("holder: state/beta", "holder: {", 1), {"001", "003"}),
    (lambda text: text + "- id: claim/test/004\n\tbroken\n", {"001", "002", "003"}),
    (lambda text: text.replace("curation:", "curation: ]", 1), {"001", "002", "003"}),
    (lambda text: text.replace("type: FactualClaim", "type: Nonsense"), {"001", "002", "003"}),
)
"""What is wrong with the annotated file, and the claims whose passages can be looked at all the same."""


@pytest.mark.parametrize(("damage", "claims"), BROKEN)
def test_passages_are_verified_whatever_state_the_file_is_in(
    tiny: TinyCorpus, damage: Callable[[str], str], claims: set[str]
) -> None:
    tiny.claims = [{**claim, "passage": {**claim["passage"], "start": 1}} for claim in tiny.claims]  # type: ignore[dict-item]
    tiny.write()
    broken = damage(tiny.source_file.read_text("utf-8"))
    tiny.source_file.write_text(broken, "utf-8")
    (tiny.source_folder / "other.yaml").write_text("source: [\n", "utf-8")
    result = run(tiny, "verify", "--source", "test")
    assert set(re.findall(r"claim/test/(\d+): test.txt", result.output)) == claims, result.output
    assert result.exit_code == 1
    assert run(tiny, "locate", "test", "Gamma").exit_code == 0
    assert f"passages of {len(claims)} claims" in run(tiny, "coverage", "test").output


def test_one_source_is_verified_though_the_text_of_another_is_missing(tiny: TinyCorpus) -> None:
    other = (
        tiny.source_file.read_text("utf-8")
        .replace("source/test", "source/other")
        .replace("claim/test", "claim/other")
    )
    (tiny.source_folder / "other.yaml").write_text(other.replace("test.txt", "gone.txt"), "utf-8")
    result = run(tiny, "verify")
    assert result.exit_code == 1
    assert "source/other: " in result.output
    assert "3 of 3 passages stand" in result.output
    alone = run(tiny, "verify", "--source", "source/test")
    assert alone.exit_code == 0, alone.output
    assert "did you mean" in run(tiny, "verify", "--source", "tset").output


def test_a_passage_without_digest_gets_it_told(tiny: TinyCorpus) -> None:
    tiny.claims[0]["passage"] = {"start": 0, "end": 34}
    tiny.write()
    result = run(tiny, "verify")
    assert result.exit_code == 1
    assert f"passage: {{start: 0, end: 34, sha256: {slice_digest(TEXT, 0, 34)}}}" in result.output


def test_a_wrong_count_of_characters_is_told(tiny: TinyCorpus) -> None:
    tiny.source["sourceText"] |= {"characterCount": len(TEXT.encode())}  # type: ignore[operator]
    tiny.write()
    result = run(tiny, "verify")
    assert result.exit_code == 1
    assert f"characterCount is {len(TEXT.encode())}, the text has {len(TEXT)}" in result.output


@pytest.mark.parametrize(("words", "copied"), [(10, False), (11, True)])
def test_a_copy_of_more_than_ten_words_is_told(tiny: TinyCorpus, words: int, copied: bool) -> None:
    said = " ".join(TEXT.replace(".", "").split()[:words])
    tiny.claims[1]["paraphrase"] = {"en": f"So they say: {said}.", "fa": "بتا از آلفا احساس تهدید می‌کند."}
    tiny.write()
    result = run(tiny, "verify")
    assert result.exit_code == int(copied)
    assert ("claim/test/002: the paraphrase (en) copies more than 10 words" in result.output) == copied


def test_another_copy_of_a_text_is_compared(tiny: TinyCorpus) -> None:
    copy = tiny.root / "copy.txt"
    copy.write_text("Preface\n\n" + TEXT.replace("May 1992", "June  1992").replace("\n", " "), "utf-8")
    result = run(tiny, "verify", "--source", "test", "--tolerant", str(copy))
    assert result.exit_code == 1
    assert "claim/test/001: altered at" in result.output
    assert "«june» for «may»" in result.output
    assert "1 altered, 2 found" in result.output
    copy.write_text(TEXT.replace("\n", "\r\n"), "utf-8")
    assert run(tiny, "verify", "--source", "test", "--tolerant", str(copy)).exit_code == 0


def test_whoever_has_only_a_copy_is_told_by_fingerprints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARAXES_SOURCES", raising=False)
    harbours = Path(__file__).parents[1] / "corpora" / "harbours"
    text = (harbours / "originals" / "ferries-2024.txt").read_text("utf-8")
    corpus = tmp_path / "harbours"
    shutil.copytree(harbours, corpus)
    here = ["--corpus", str(corpus), "--without-shipped"]
    made = CliRunner().invoke(main, ["fingerprints", *here])
    assert made.exit_code == 0, made.output
    shutil.rmtree(corpus / "originals")
    copy = tmp_path / "copy.txt"
    copy.write_text("Preface\n\n" + text.replace("\n", "  \n  "), "utf-8")
    asked = ["verify", *here, "--source", "ferries-2024", "--tolerant", str(copy)]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert re.fullmatch(r"\d+ found", done.output.splitlines()[-1])
    copy.write_text("Something else entirely. " * 20, "utf-8")
    other = CliRunner().invoke(main, asked)
    assert other.exit_code == 1
    assert re.fullmatch(r"\d+ not found", other.output.splitlines()[-1])
    (corpus / "fingerprints.json").unlink()
    assert "--originals" in CliRunner().invoke(main, asked).output


@pytest.mark.parametrize("line", [0, -1, 4, 10**6])
def test_no_line_beyond_the_text(tiny: TinyCorpus, line: int) -> None:
    with pytest.raises(InputError, match="the text has no line"):
        locate(FoldedText("one two\nthree\n"), "one", line)
    done = run(tiny, "locate", "source/test", "Alpha", "--line", str(max(line, 5)))
    assert done.exit_code == 1
    assert "the text has no line" in done.output
    assert "from 1 to 4" in done.output


@pytest.mark.parametrize("words", ["", " ", "…", "…  …", "\u200b…"])
def test_no_words_are_no_passage(words: str) -> None:
    with pytest.raises(InputError, match=r"no words are given|not found"):
        locate(FoldedText("one two May"), words)


def test_a_name_without_a_letter_covers_nothing(tiny: TinyCorpus) -> None:
    tiny.entities[0]["altLabel"] = {"en": ["!!!!", "…………"]}
    tiny.write()
    assert run(tiny, "coverage").exit_code == 0


def test_what_is_not_there_is_not_located() -> None:
    with pytest.raises(InputError, match="not found from line 2"):
        locate(FoldedText(TEXT), "Alpha recognized", 2)


def test_every_passage_of_the_project_stands_in_the_originals(tmp_path: Path) -> None:
    folder = originals()
    result = CliRunner().invoke(main, ["verify", "--originals", str(folder)])
    assert result.exit_code == 0, result.output
    assert int(re.findall(r"all (\d+) passages stand", result.output)[0]) > 1000


def test_one_changed_character_of_a_real_source_names_its_claims(tmp_path: Path) -> None:
    copies = tmp_path / "originals"
    shutil.copytree(originals(), copies)
    corpus = check_records(read_corpus()).whole()
    claim = next(record for record in corpus.claims if record.source == "source/iran-azerbaijan-paper")
    start, _, _ = claim.spans()[0]
    path = next(copies.glob("004_*.txt"))
    path.chmod(0o644)
    text = path.read_bytes().decode("utf-8")
    path.write_bytes((text[:start] + "~" + text[start + 1 :]).encode("utf-8"))
    result = CliRunner().invoke(main, ["verify", "--originals", str(copies)])
    assert result.exit_code == 1
    concerned = {
        record.id
        for record in corpus.claims
        if record.source == claim.source and any(s <= start < e for s, e, _ in record.spans())
    }
    assert set(re.findall(r"claim/[\w-]+/\d+", result.output)) == concerned
