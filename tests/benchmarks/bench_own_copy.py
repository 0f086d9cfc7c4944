"""How many passages are found in printed copies: ``python -m tests.benchmarks.bench_own_copy``.

Each original (``ARAXES_SOURCES``) is printed by Chromium in every layout and looked through in Chromium, by
the scripts of the page and PDF.js (``ARAXES_NODE_MODULES``), and by ``pdftotext`` as `araxes verify
--tolerant` does. Then passages that do not overlap get one change each (a letter, a number, a word gone, two
words exchanged), drawn at random with a seed, and the text is printed anew. A find is false when a passage
of another original is found. The browser has no network; what it asks of other hosts is counted.
"""

from __future__ import annotations

import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from araxes.triples.authoring.corpus import source_files
from araxes.triples.authoring.corpus_layers import layers_of
from araxes.triples.originals.annotated_files import read_annotated, spans_of, texts_of
from araxes.triples.originals.fingerprints import Fingerprint, OwnCopy
from araxes.triples.originals.passages import read_original
from araxes.triples.originals.pdf_text import readings_of_pdf
from tests.endpoint.own_copy_fixtures import Reader, own_copy_reader
from tests.endpoint.printed_copies import LAYOUTS, printed

SEED = 18
VERDICTS = ("found", "altered", "not found")
_ALPHABETS = ("abdefghiknoprstvw", "بتجحدرزسشصعفقکمنهوی", "0123456789", "۰۱۲۳۴۵۶۷۸۹")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d+")

Span = tuple[int, int]


@dataclass(frozen=True)
class Text:
    """An original with its passages."""

    name: str
    language: str
    text: str
    spans: tuple[Span, ...]
    prints: tuple[Fingerprint, ...]


def originals() -> list[Text]:
    """All of the shipped corpus, by the names of their files."""
    folder = Path(os.environ["ARAXES_SOURCES"])
    layers = layers_of((), shipped=True)
    read = read_annotated(source_files(layers.top)[0])
    found = []
    for each in texts_of(read.sources):
        original = read_original(each, folder)
        spans = sorted({(span.start, span.end) for claim in read.of(each.source) for span in spans_of(claim)})
        copy = OwnCopy(original.text)
        language = "fa" if re.search("[آ-ی]", original.text) else "en"
        prints = tuple(copy.fingerprint(*span) for span in spans)
        found.append(Text(original.path.name[:3], language, original.text, tuple(spans), prints))
    return sorted(found, key=lambda each: each.name)


def best(readings: Sequence[str], prints: Sequence[Fingerprint]) -> list[str]:
    """The best verdict on each fingerprint in some readings."""
    copies = [OwnCopy(each) for each in readings]
    return [min((copy.look_for(each).verdict for copy in copies), key=VERDICTS.index) for each in prints]


def damaged(text: Text, dice: random.Random) -> tuple[str, list[int]]:
    """A text with one change in each of some passages, and which passages these are."""
    changed, taken, last = text.text, list[int](), len(text.text)
    for number in sorted(range(len(text.spans)), key=lambda each: text.spans[each], reverse=True):
        start, end = text.spans[number]
        if end <= last:
            instead = _changed(text.text[start:end], dice)
            if instead:
                changed = changed[:start] + instead + changed[end:]
                taken.append(number)
                last = start
    return changed, taken


def _changed(passage: str, dice: random.Random) -> str | None:
    """A passage with one change, or nothing if it has no place for one."""
    words = list(_WORD.finditer(passage))
    figures = list(_NUMBER.finditer(passage))
    kind = dice.choice(["letter", "number", "gone", "exchanged"])
    if kind == "number" and figures:
        place = dice.randrange(*dice.choice(figures).span())
        return _other_sign(passage, place, dice)
    if kind == "exchanged" and len(words) > 2:
        one, two = sorted(dice.sample(words, 2), key=lambda each: each.start())
        if one[0] != two[0]:
            between = passage[one.end() : two.start()]
            return passage[: one.start()] + two[0] + between + one[0] + passage[two.end() :]
    if not words:
        return None
    word = dice.choice(words)
    if kind == "gone" and len(words) > 1:
        return passage[: word.start()] + passage[word.end() :]
    return _other_sign(passage, dice.randrange(*word.span()), dice)


def _other_sign(passage: str, place: int, dice: random.Random) -> str | None:
    """A passage with another sign of the same alphabet at a place."""
    for alphabet in _ALPHABETS:
        if passage[place] in alphabet:
            return passage[:place] + dice.choice(alphabet.replace(passage[place], "")) + passage[place + 1 :]
    return None


def noticed(text: Text, verdicts: Sequence[str], changed: Sequence[int]) -> tuple[int, int]:
    """How many changed passages were not called found, and how many there are."""
    return sum(verdicts[number] != VERDICTS[0] for number in changed), len(changed)


def main() -> None:
    """Print the tables."""
    texts, strange = originals(), Counter[str]()
    write = sys.stdout.write
    write("| text | layout | passages | found | altered | not found | by `pdftotext` | changes noticed |\n")
    write("| --- | --- | --- | --- | --- | --- | --- | --- |\n")
    with tempfile.TemporaryDirectory() as folder, own_copy_reader(Path(folder)) as reader:
        for text in texts:
            others = [each for other in texts if other is not text for each in other.prints]
            for name, layout in LAYOUTS.items():
                path = printed(text.text, text.language, layout, Path(folder) / "copy.pdf")
                verdicts = reader.look(path, [*text.prints, *others])[1]
                own = Counter(verdicts[: len(text.prints)])
                strange.update(verdicts[len(text.prints) :])
                poppler = Counter(best(readings_of_pdf(path), text.prints))
                write(_row(text, name, own, poppler, _seen(reader, text, name, Path(folder))))
                sys.stdout.flush()
        requests = reader.browser.strangers()
    write(f"\nPassages of the other originals, {strange.total():,} look-ups: {strange['found']} found, ")
    write(f"{strange['altered']} altered. Requests to other hosts: {len(requests)}.\n")


def _seen(reader: Reader, text: Text, layout: str, folder: Path) -> tuple[int, int]:
    """Changes noticed in a damaged copy, and how many there are."""
    changed, taken = damaged(text, random.Random(SEED))
    path = printed(changed, text.language, LAYOUTS[layout], folder / "changed.pdf")
    _, verdicts = reader.look(path, text.prints)
    return noticed(text, verdicts, taken)


def _row(text: Text, layout: str, own: Counter[str], other: Counter[str], seen: tuple[int, int]) -> str:
    total = len(text.prints)
    shares = " | ".join(f"{own[verdict] / total:.1%}" for verdict in VERDICTS)
    return (
        f"| {text.name} | {layout} | {total} | {shares} | {other['found'] / total:.1%} "
        f"| {seen[0]} of {seen[1]} |\n"
    )


if __name__ == "__main__":
    main()
