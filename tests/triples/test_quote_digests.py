"""Texts against passages of which only place and digest are known."""

from __future__ import annotations

import hashlib
import random

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from araxes.triples.originals.quote_digests import (
    LONGEST_QUOTATION,
    RecordedPassage,
    check_quotation,
    shape,
)
from tests.requirements_helper import require_folder

_WORD = st.text("abcdefgh,.ابپتیکهو", min_size=1, max_size=9)
_WORDS = st.lists(_WORD, min_size=2, max_size=14)
_GAP = st.sampled_from([" ", " ", " ", " ", "\n", "  ", "\n\n"])


def passage(text: str, start: int = 100) -> RecordedPassage:
    return RecordedPassage("t", start, start + len(text), hashlib.sha256(text.encode()).hexdigest())


@settings(deadline=None)  # a busy machine is no fault of the comparison
@given(_WORDS, st.data())
def test_white_space_may_differ(words: list[str], data: st.DataObject) -> None:
    gaps = data.draw(st.lists(_GAP, min_size=len(words) - 1, max_size=len(words) - 1))
    original = words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:], strict=True))
    folded = " ".join(words)
    if sum(gap != " " for gap in gaps) > 3:
        return
    (found,) = check_quotation(folded, [passage(original)])
    assert found.verdict == ("found" if original == folded else "found-altered")
    assert found.changes == (() if original == folded else ("white-space",))


@settings(deadline=None)  # a busy machine is no fault of the comparison
@given(_WORDS, st.integers(0, 13), st.sampled_from(["x", "ن", ""]))
def test_another_letter_is_never_found(words: list[str], place: int, letter: str) -> None:
    original = " ".join(words)
    changed = [*words]
    changed[place % len(words)] = letter + changed[place % len(words)][1:]
    other = " ".join(changed)
    if original in other:
        return
    assert [each.verdict for each in check_quotation(other, [passage(original)])] == ["cannot-tell"]


@pytest.mark.parametrize(
    ("original", "held", "changes"),
    [
        ("a plain text", "a plain text", ()),
        ("a plain text", "before a plain text behind", ()),
        ("a plain text", "“a plain text”", ()),
        ("كتابي ديگر", "کتابی دیگر", ("letters",)),
        ("کتابی دیگر", "كتابي ديگر", ("letters",)),
        ("می\u200cروند", "می روند", None),
        ("می روند", "می\u200cروند", ("letters",)),
        ("caf\u00e9 noir", "cafe\u0301 noir", ("letters",)),
        ("one two\nthree four", "zero one two three four five", ("white-space",)),
    ],
)
def test_spellings(original: str, held: str, changes: tuple[str, ...] | None) -> None:
    (found,) = check_quotation(held, [passage(original)])
    if changes is None:
        assert found.verdict == "cannot-tell"
    else:
        assert found.verdict == ("found-altered" if changes else "found")
        assert found.changes == changes


def test_each_passage_has_its_verdict_and_shapes_tell_lengths() -> None:
    one, two = passage("the first passage"), passage("another one", 900)
    found = check_quotation("It says: the first passage.", [one, two])
    assert [(each.passage, each.verdict, each.whole) for each in found] == [
        (one, "found", False),
        (two, "cannot-tell", True),
    ]
    assert check_quotation("", [one])[0].verdict == "cannot-tell"
    assert [shape(text, one) for text in ("the first", "the fourth passage", "x" * 90)] == [
        "shorter",
        "alike",
        "longer",
    ]


@pytest.mark.parametrize(
    "text",
    ["a " * 2000, "ab cde " * 570, "x" * 9000, "ی" * 9000, "e\u0301" * 4000, "\u200c" * 4000, " " * 9000],
)
def test_dear_texts_end(text: str) -> None:
    # The work is counted, not timed: it ends when the budget is spent.
    passages = [RecordedPassage("t", 0, length, "0" * 64) for length in (1, 300, 882, 2000, 3999, 10**12)] * 3
    assert {each.verdict for each in check_quotation(text, passages)} == {"cannot-tell"}
    assert LONGEST_QUOTATION < 9000


_PASSAGES = """PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX ax: <https://w3id.org/araxes/ontology/>
SELECT ?file ?start ?end ?sha256 { ?claim ax:passage ?p . ?p oa:hasSource ?text ; ax:sha256 ?sha256 ;
  oa:hasSelector ?place . ?place oa:start ?start ; oa:end ?end . ?text ax:fileName ?file }
ORDER BY ?file ?start ?end ?claim"""


def test_passages_of_the_originals_with_white_space_folded(project: ox.Store) -> None:
    folder = require_folder("ARAXES_SOURCES", "name the folder of the original texts")
    found = project.query(_PASSAGES)
    assert isinstance(found, ox.QuerySolutions)
    rows = [[getattr(term, "value", "") for term in row] for row in found]
    texts = {name: (folder / name).read_bytes().decode("utf-8") for name in {row[0] for row in rows}}
    known = 0
    sample = random.Random(4).sample(rows, 80)
    for name, start, end, digest in sample:
        recorded = RecordedPassage(name, int(start), int(end), digest)
        words = texts[name][int(start) : int(end)].split()
        known += check_quotation(" ".join(words), [recorded])[0].verdict != "cannot-tell"
        words[len(words) // 2] = "another"
        assert check_quotation(" ".join(words), [recorded])[0].verdict == "cannot-tell"
    assert known >= 64
