"""Fingerprints: passages are found in other copies, and changed ones are noticed."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from araxes.endpoint.cli.main import main
from araxes.triples.originals.fingerprints import (
    PIECE,
    SHORTEST,
    Fingerprint,
    OwnCopy,
    numbers,
    read,
    written,
)
from tests.benchmarks.bench_fingerprints import Letters
from tests.requirements_helper import require_folder, require_tool

SCRIPT = Path(__file__).parents[2] / "endpoint" / "pages" / "static" / "own-copy.js"
TEXT = (
    "The envoys met at the river in May and spoke about water, customs and the railway that nobody built. "
    "میان دو کشور پیمان‌نامه‌ای دربارهٔ رودخانه بسته شد و هیچ‌یک از دو سو آن را در همان سال اجرا نکرد. "
    "In the following year the talks were broken off, since each side read another text into the same words."
)
PASSAGES = [(4, 61), (106, 190), (TEXT.index("broken"), TEXT.index("broken") + 6), (195, len(TEXT))]


def _prints(text: str = TEXT) -> list[Fingerprint]:
    copy = OwnCopy(text)
    return [copy.fingerprint(start, end) for start, end in PASSAGES]


@pytest.mark.parametrize(
    "copied",
    [
        TEXT,
        "Another beginning. " + TEXT + " And an end.",
        TEXT.replace(" ", "\n"),
        TEXT.replace("nobody", "no-\nbody").replace("customs", "cus\u00adtoms"),
        TEXT.replace("ی", "ي").replace("ک", "ك").replace("\u200c", " ").replace("هٔ", "ۀ"),
        TEXT.replace("ه‌ا", "ه ا").replace(",", " ;").upper(),
        TEXT.replace("ا", "\u0640ا"),
        TEXT.replace("سال اجرا", "سلا اجرا"),
        TEXT.replace("fo", "ﬁo").replace("ﬁo", "fo").replace("پیمان", "ﭘﯿﻤﺎن"),
    ],
)
def test_what_copying_changes_makes_no_difference(copied: str) -> None:
    copy = OwnCopy(copied)
    found = [copy.look_for(each) for each in _prints()]
    assert [each.verdict for each in found] == ["found"] * len(PASSAGES)


def test_what_was_found_is_the_passage_itself() -> None:
    before = "Another beginning. "
    copy = OwnCopy(before + TEXT)
    for (start, end), each in zip(PASSAGES, _prints(), strict=True):
        found = copy.look_for(each)
        assert (before + TEXT)[found.start : found.end].strip(" .") == TEXT[start:end].strip(" .")


def test_changed_words_are_noticed() -> None:
    copy = OwnCopy(TEXT.replace("another text", "the very same").replace("water", "wares"))
    verdicts = [copy.look_for(each).verdict for each in _prints()]
    assert verdicts[0] != "found"
    assert verdicts[3] == "altered"
    assert verdicts[1] == "found"
    assert {OwnCopy("Something else entirely. " * 9).look_for(each).verdict for each in _prints()} == {
        "not found"
    }


def test_short_passages_are_taken_with_what_stands_around_them() -> None:
    short = _prints()[2]
    assert (short.inner, short.length) == (6, SHORTEST)
    assert len(short.pieces) == SHORTEST // PIECE
    assert OwnCopy("It was broken.").look_for(short).verdict == "not found"
    tiny = OwnCopy("Too short.").fingerprint(0, 3)
    assert OwnCopy("too-short").look_for(tiny).verdict == "found"
    assert OwnCopy("").look_for(tiny).verdict == "not found"


def test_files_hold_no_letter_of_a_text() -> None:
    content = written({f"{number}": each for number, each in enumerate(_prints())})
    assert read(content) == {f"{number}": each for number, each in enumerate(_prints())}
    assert all(character.isdigit() or character in '{}[]":,\n @' for character in content)
    for broken in ("[]", "{", '{"a": 1}', '{"a": []}'):
        with pytest.raises(ValueError):
            read(broken)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_any_passage_of_any_text_is_found_in_it(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    copy = OwnCopy(text)
    made = copy.fingerprint(start, end)
    assert copy.look_for(made).verdict == ("found" if made.length else "not found")


_PROGRAM = """
const told = JSON.parse(require("fs").readFileSync(0, "utf8"));
const found = told.copies.map((text) => {
  const copy = new globalThis.OwnCopy(text);
  return told.prints.map((each) => {
    const { verdict, start } = copy.lookFor(each);
    return [verdict, start < 0 ? -1 : [...text.slice(0, start)].length];
  });
});
console.log(JSON.stringify(found));
"""


def test_browsers_find_the_same() -> None:
    rng = random.Random(5)
    copy = OwnCopy(TEXT)
    copies = [
        TEXT,
        TEXT.replace("another text", "the very same"),
        "İıſßǅﬃ ۱۲٣ 𝒳 " + TEXT.replace("ی", "ي"),
        "ﻻ لا ال لـا ل ا اللاال " + TEXT.replace("سال", "سلا"),
        "",
    ]
    spans = [sorted(rng.sample(range(len(TEXT)), 2)) for _ in range(30)]
    prints = _prints() + [copy.fingerprint(start, end) for start, end in spans]
    told = json.dumps({"copies": copies, "prints": [numbers(each) for each in prints]})
    command = [require_tool("node"), "-e", f"require({json.dumps(str(SCRIPT))});{_PROGRAM}"]
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=True)
    expected = [
        [[found.verdict, found.start] for found in map(OwnCopy(text).look_for, prints)] for text in copies
    ]
    assert json.loads(done.stdout) == expected


def test_letters_that_were_seen_take_fewer_bits() -> None:
    model = Letters(["the ferry of the ford " * 9])
    assert model.bits("the ferr", "y") < 1 < model.bits("the ferr", "x")
    assert model.bits("", "\u06cc") > 5


def test_the_shipped_fingerprints_are_those_of_the_originals() -> None:
    originals = require_folder("ARAXES_SOURCES", "the original texts are not part of the project")
    done = CliRunner().invoke(main, ["fingerprints", "--check", "--originals", str(originals)])
    assert done.exit_code == 0, done.output
