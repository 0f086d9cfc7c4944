"""Text of PDF files is put into the order in which it is read: each case was read wrongly before."""

from __future__ import annotations

import json
import random
import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest

from araxes.triples.originals.fingerprints import OwnCopy
from araxes.triples.originals.pdf_text import _pages as pages_of
from araxes.triples.originals.reading_order import Piece, as_read, inner, readings
from tests.requirements_helper import require_tool

SCRIPT = Path(__file__).parents[2] / "endpoint" / "pages" / "static" / "reading-order.js"

Row = tuple[str, float, float]
"""A piece as these tests write it: text as drawn, where it begins, on which line it stands."""


def page(*rows: Row) -> list[Piece]:
    """Pieces ten high whose letters are five wide."""
    return [Piece(text, x, -20.0 * line, 5.0 * len(text), 10.0) for text, x, line in rows]


def drawn(line: str) -> str:
    """A line of Arabic letters alone, as it is drawn."""
    return line[::-1]


RIGHT_TO_LEFT = [
    ("letters", drawn("رود آرام"), "رود آرام"),
    ("a number among words", f"{drawn('پل شکست')} 1387 {drawn('سال')}", "سال 1387 پل شکست"),
    ("a number with its era", f"{drawn('م')}۱۹۵۱ {drawn('سال')}", "سال ۱۹۵۱م"),
    ("a date", f"۱۳۹۸/۰۷/۱۴ {drawn('روز')}", "روز ۱۳۹۸/۰۷/۱۴"),
    ("a range after a word", f"۳۰-۲۵ {drawn('ص')}", "ص ۲۵-۳۰"),
    ("a citation", f"{drawn('نوشت')} (Brook, 2014: 12) {drawn('او')}", "او (Brook, 2014: 12) نوشت"),
]


@pytest.mark.parametrize(("kind", "line", "read"), RIGHT_TO_LEFT, ids=lambda each: str(each)[:24])
def test_a_drawn_line_is_read(kind: str, line: str, read: str) -> None:
    assert OwnCopy(as_read(line)).folded == OwnCopy(read).folded, kind


def test_a_heading_is_one_number_at_the_beginning_only() -> None:
    assert as_read(f"{drawn('راه')} .۱-۴", "") == "۱-۴. راه"
    assert as_read(f"{drawn('راه')} .۱-۴", "R") == "۴-۱. راه"


def test_pieces_may_come_in_any_order() -> None:
    words = [(drawn("نامه"), 60.0, 0), (drawn("رسید"), 30.0, 0), ("3", 20.0, 0), (drawn("روز"), 0.0, 0)]
    for order in (words, words[::-1], words[2:] + words[:2]):
        assert readings([page(*order)])[0] == "نامه رسید 3 روز"


def test_letters_come_in_presentation_forms_one_by_one() -> None:
    forms = "ﻪﻣﺎﻧ"
    pieces = page(*((form, 5.0 * at, 0) for at, form in enumerate(forms)))
    assert readings([pieces])[0] == "نامه"


def test_the_letter_that_fonts_do_not_name() -> None:
    assert readings([page(("\u0654\0", 0, 0), (drawn("نام"), 10, 0))])[0] == "نامۀ"
    assert readings([page(("\0", 0, 0), (drawn("نام"), 5, 0))])[0] == "نامۀ"
    assert "\u06c0" not in readings([page(("\0\0\0", 0, 0), (drawn("نام"), 20, 0))])[0]


def test_a_raised_number_belongs_to_its_line() -> None:
    raised = Piece("2", 2, 4, 3, 6)
    below = page((drawn("بعد"), 0, 1))
    assert readings([[*page((drawn("رود"), 5, 0)), raised, *below]])[0] == "رود2\nبعد"


def test_numbers_beside_latin_words_have_two_readings() -> None:
    words = [(drawn("در این سال بسیار"), 0, 0), ("Jack Brook .1", 10, 1)]
    found = readings([page(*words)])
    assert "Jack Brook .1" in found[0]
    assert any("1. Jack Brook" in each for each in found)


def test_what_was_set_from_left_to_right_has_a_reading() -> None:
    pieces = page(("Brook", 0, 0), (drawn("نوشت که"), 30, 0), (drawn("و"), 0, 1))
    assert any("Brook نوشت که" in each for each in readings([pieces]))


def test_a_number_goes_on_with_the_latin_words_before_it() -> None:
    pieces = page(
        (f"Brook, {drawn('نوشت که در همین سال')}", 0, 0),
        (f"{drawn('آری')} (2014: 12-15", 0, 1),
    )
    assert "2014: 12-15" in readings([pieces])[0]


def test_heads_and_feet_do_not_part_a_sentence() -> None:
    pages = [["The River", text, f"page {number}"] for number, text in enumerate(["One and", "two", "three"])]
    assert inner(pages) == [["One and"], ["two"], ["three"]]
    assert inner([["only"], ["other"]]) == [["only"], ["other"]]
    pieces = [page((head, 0, 0), (text, 0, 1)) for head, text in (("Head 1", "be"), ("Head 2", "gun"))]
    assert readings(pieces)[:2] == ["Head 1\nbe\nHead 2\ngun", "be\ngun"]


def test_left_to_right_text_stays_as_it_is() -> None:
    assert readings([page(("In 1951 the", 0, 0), ("river", 60, 0), ("2 froze.", 0, 1))]) == [
        "In 1951 the river\n2 froze."
    ]


def test_lam_and_alef_are_one_however_a_reader_gives_them() -> None:
    whole = OwnCopy("سلام بالا الان").folded
    assert OwnCopy("سالم باال االن").folded == whole
    assert OwnCopy("سـلام بـالا").folded == OwnCopy("سلام بالا").folded
    assert OwnCopy("ما لب").folded == "مالب"
    assert OwnCopy("مال").folded != OwnCopy("ملک").folded


def test_pages_of_pdftotext() -> None:
    told = (
        '<page width="9" height="9">\n<word xMin="1.5" yMin="2" xMax="4.5" yMax="8">a&amp;b</word>\n</page>\n'
        '<page width="9" height="9">\n</page>'
    )
    assert pages_of(told) == [[Piece("a&b", 1.5, 8, 3, 6)], []]


_PARTS = [*"ابلهمنﺎﻪﻻ۱۲٣4567abC.,- /؛\u0654\0\u200c(ﷲ𝒳", "Brook"]


def _random_piece(dice: random.Random) -> Piece:
    text = "".join(dice.choices(_PARTS, k=dice.randint(1, 7)))
    x, y = dice.choice([0.0, 3.5, 20.0, 45.25, 90.0]), 14.0 * dice.randint(0, 4)
    return Piece(text, x, y, 40 * dice.random(), dice.choice([6.0, 10.0]))


def _random_pages(dice: random.Random) -> list[list[Piece]]:
    return [[_random_piece(dice) for _ in range(dice.randint(0, 9))] for _ in range(dice.randint(1, 4))]


def test_browsers_read_the_same() -> None:
    dice = random.Random(11)
    books = [_random_pages(dice) for _ in range(300)]
    told = [[[asdict(piece) for piece in pieces] for pieces in book] for book in books]
    assert _by_node("(books) => books.map(readings)", told) == [readings(book) for book in books]


def _by_node(function: str, argument: object) -> object:
    """What a function of JavaScript returns that may use those of the script."""
    program = f"""
        require({json.dumps(str(SCRIPT))});
        const {{ readings, piecesOf }} = globalThis.readingOrder;
        const told = ({function})(JSON.parse(require("fs").readFileSync(0, "utf8")));
        process.stdout.write(JSON.stringify(told));
    """
    command = [require_tool("node"), "-e", program]
    done = subprocess.run(command, input=json.dumps(argument), capture_output=True, text=True, check=True)
    result: object = json.loads(done.stdout)
    return result


@pytest.mark.parametrize(
    ("given", "direction", "read"),
    [
        ("رود", "rtl", "رود"),
        ("12 رود", "rtl", "12 رود"),
        ("۱۹۵۱م", "ltr", "۱۹۵۱م"),
        ("۱۹۵۱؛", "ltr", "۱۹۵۱؛"),
        ("Brook 2014", "ltr", "Brook 2014"),
    ],
)
def test_what_pdf_js_has_turned_already_is_turned_back(given: str, direction: str, read: str) -> None:
    """PDF.js gives pieces as read, each by itself; among others on their line they come out so again."""
    items = [
        {"str": text, "dir": way, "width": 5 * len(text), "height": 10, "transform": [10, 0, 0, 10, x, 0]}
        for text, way, x in ((given, direction, 0), ("گفت او در همان روزها", "rtl", 90))
    ]
    assert _by_node("([items]) => readings([piecesOf(items)])[0]", [items]) == f"گفت او در همان روزها {read}"
