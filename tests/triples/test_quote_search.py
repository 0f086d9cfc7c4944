"""The tolerant finder: what typesetting and copying change is found where it stands, and nothing else is."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.ontology.errors import InputError
from araxes.triples.drafting.altered_copies import ComparedCopy
from araxes.triples.drafting.folded_text import FoldedText
from araxes.triples.drafting.quote_search import QuoteProblem, find_quote, locate, nearest, one_place

ENGLISH = (
    *("border", "corridor", "delegation", "never", "signed", "protocol", "said", "railway", "between"),
    *("mediators", "1994", "withdrawal", "customs", "envoy", "parliament", "café", "offered", "quietly"),
)
PERSIAN = (
    *("مرز", "دالان", "هیئت", "می‌گوید", "پیمان", "راه‌آهن", "کشورها", "گمرک", "نماینده", "گفت‌وگو"),
    *("۱۳۷۳", "همسایگی", "یکسره", "کمک", "پیشنهاد", "نامه‌ای"),
)
JOINTS = (" ", " ", " ", "\n", ", ", "; ", " “", "” ", " – ", "-", "’s ", ". ")


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text of different words, and the start and end of some whole words of it."""
    words = draw(st.permutations(draw(st.sampled_from([ENGLISH, PERSIAN]))))
    text, starts, ends = "", [], []
    for word in words:
        starts.append(len(text))
        text += word
        ends.append(len(text))
        text += draw(st.sampled_from(JOINTS))
    first = draw(st.integers(0, len(words) - 2))
    last = draw(st.integers(first, min(len(words) - 1, first + 8)))
    return text, starts[first], ends[last]


def other_marks(quote: str, chance: random.Random) -> str:
    """Quotation marks and dashes of other kinds."""
    quote = re.sub("[“”’]", lambda _: chance.choice("\"'«»„‟‹›’“"), quote)
    return re.sub("[–-]", lambda _: chance.choice("-–—‑−‐"), quote)


def other_letters(quote: str, chance: random.Random) -> str:
    """Arabic letters and digits for Persian ones, marks of vowels, composed and decomposed letters."""
    digits = list(zip("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", strict=True))
    turned = {"ی": ["ي", "ى"], "ک": ["ك"], "ه": ["ہ"], "é": ["e\u0301"], "م": ["م\u064e"]}
    turned |= {digit: list(group) for group in digits for digit in group}
    return "".join(chance.choice([one, *turned.get(one, "")]) for one in quote)


def other_joiners(quote: str, chance: random.Random) -> str:
    """Spaces or nothing for non-joiners, non-joiners for spaces between Persian words, soft hyphens."""
    quote = re.sub("\u200c", lambda _: chance.choice(["\u200c", " ", "", "\u200c\u200c"]), quote)
    quote = re.sub(
        r"(?<=[آ-ی])(?<!\d) (?!\d)(?=[آ-ی])", lambda _: chance.choice([" ", "\u200c", "", "  "]), quote
    )
    return re.sub("(?<=[a-z])(?=[a-z])", lambda _: chance.choice(["", "", "\u00ad", "\u200b"]), quote)


def other_space(quote: str, chance: random.Random) -> str:
    """More or other white space where there is some, and space beside marks."""
    quote = re.sub(r"\s+", lambda _: chance.choice([" ", "\n", "\r\n", " \t ", "\u00a0", "\n\n"]), quote)
    return re.sub("([“”–,;])", lambda found: chance.choice(["{0}", " {0}", "{0} "]).format(found[0]), quote)


KINDS = (other_marks, other_letters, other_joiners, other_space)


@given(texts(), st.lists(st.sampled_from(KINDS), max_size=4), st.randoms(use_true_random=False))
def test_what_is_tolerated_is_found_where_it_stands(
    place: tuple[str, int, int], kinds: list[object], chance: random.Random
) -> None:
    text, start, end = place
    quote = text[start:end]
    for kind in KINDS:
        if kind in kinds:
            quote = kind(quote, chance)
    assert find_quote(FoldedText(text), quote) == [(start, end)]


@given(texts(), st.randoms(use_true_random=False))
def test_hyphenation_in_the_text_is_found_where_it_stands(
    place: tuple[str, int, int], chance: random.Random
) -> None:
    text, start, end = place
    quote = text[start:end]

    def hyphenate(found: re.Match[str]) -> str:
        return found[0] + chance.choice(["", "", "", "-\n", "-\r\n   ", "\u00ad\n"])

    broken = re.sub("[a-z](?=[a-z])", hyphenate, quote)
    whole = text[:start] + broken + text[end:]
    assert find_quote(FoldedText(whole), quote) == [(start, start + len(broken))]
    assert find_quote(FoldedText(text), broken) == [(start, end)]


@given(texts(), st.data())
def test_any_other_change_is_not_found(place: tuple[str, int, int], data: st.DataObject) -> None:
    text, start, end = place
    quote = text[start:end]
    at = data.draw(st.sampled_from([i for i, one in enumerate(quote) if one.isalnum()]))
    way = data.draw(st.sampled_from(["letter", "left out", "put in", "word"]))
    changed = {
        "letter": quote[:at] + ("ژ" if "آ" <= quote[at] <= "ی" else "w") + quote[at + 1 :],
        "left out": quote[:at] + quote[at + 1 :],
        "put in": quote[:at] + "q" + quote[at:],
        "word": quote + " not",
    }[way]
    if FoldedText(changed).folded == FoldedText(quote).folded or not any(map(str.isalnum, changed)):
        return
    assert (start, end) not in find_quote(FoldedText(text), changed)


def letters(text: str) -> str:
    """The letters and digits of a text, whatever their case."""
    return re.sub(r"\W", "", FoldedText(text).folded.casefold().replace("ı", "i"))


@given(st.text(max_size=60), st.text(max_size=12))
def test_a_place_has_the_letters_of_the_quote(text: str, quote: str) -> None:
    wanted = letters(quote)
    for start, end in find_quote(FoldedText(text), quote):
        assert 0 <= start < end <= len(text)
        if "…" not in quote and ".." not in quote.replace(" ", ""):
            assert letters(text[start:end]) == wanted


@given(st.integers(1, 9), st.integers(1, 9))
def test_all_places_are_counted(times: int, wanted: int) -> None:
    text = FoldedText("; ".join(["the border stays"] * times))
    assert len(find_quote(text, "border stays")) == times
    found = one_place(text, "border stays", wanted)
    if wanted > times:
        assert isinstance(found, QuoteProblem)
        assert str(times) in found.message
    else:
        assert found == (18 * (wanted - 1) + 4, 18 * (wanted - 1) + 16)


def test_an_ambiguous_quote_is_asked_about_and_told_by_its_context() -> None:
    text = FoldedText("First the border stays. Later, too, the border stays.")
    asked = one_place(text, "the border stays")
    assert isinstance(asked, QuoteProblem)
    assert asked.places == ((6, 22), (36, 52))
    assert "2 places: 1: characters 6–22 (line 1), 2: characters 36–52" in asked.message
    assert one_place(text, "the border stays", within="Later, too, the border stays") == (36, 52)
    nowhere = one_place(text, "the border stays", within="Sooner, too")
    assert isinstance(nowhere, QuoteProblem)
    assert nowhere.message.startswith("`within`: ")


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("Iran and Iranians", "Iran", [(0, 4)]),
        ("ایران‌شناسی و ایران", "ایران", [(14, 19)]),
        ("a cafe\u0301 there", "cafe", []),
        ("pre- and post-war", "pre- and post-war", [(0, 17)]),
        ("Nagorno-\nKarabakh", "Nagorno-Karabakh", [(0, 17)]),
        ("Nagorno-Karabakh", "NagornoKarabakh", []),
        ("the ﬁrst efﬁcient", "first efficient", [(4, 17)]),
        ("wait ... and see", "wait … and see", [(0, 16)]),
        ("one two three four", "one … four", [(0, 18)]),
        ("one two. one three four", "one […] four", [(9, 23)]),
        ("one " + "x " * 1500 + "four", "one … four", []),
        ("anything", "…", []),
        ("", "a", []),
    ],
)
def test_particular_texts(text: str, quote: str, found: list[tuple[int, int]]) -> None:
    assert find_quote(FoldedText(text), quote) == found


@given(texts(), st.data())
def test_the_nearest_place_is_that_of_the_changed_words(
    place: tuple[str, int, int], data: st.DataObject
) -> None:
    text, start, end = place
    words = text[start:end].split()
    if len(words) < 4:
        return
    changed = data.draw(st.integers(1, len(words) - 2))
    quote = " ".join("invented" if number == changed else word for number, word in enumerate(words))
    near = nearest(FoldedText(text), quote)
    assert near is not None
    assert start <= near.start < near.end <= end
    assert any("invented" in quoted for quoted, _ in near.instead)


def test_nothing_near_is_said_so() -> None:
    problem = one_place(FoldedText("The border stays where it is."), "Grain prices doubled overnight")
    assert isinstance(problem, QuoteProblem)
    assert problem.message == "the quote does not stand in the text, nor anything like it"
    assert problem.places == ()


def test_locate_tells_what_it_looked_for() -> None:
    with pytest.raises(InputError, match="not found from line 2 on: 'border'"):
        locate(FoldedText("border\nrailway"), "border", 2)


@pytest.mark.parametrize(
    ("copy", "verdict"),
    [
        ("PREFACE. The envoy said: “customs\nwill be  shared”.", "found"),
        ("The envoy said: customs will never be shared.", "altered"),
        ("A wholly different page about grain.", "not found"),
    ],
)
def test_claims_in_another_copy(copy: str, verdict: str) -> None:
    text = "The envoy said: 'customs will be shared'."
    compared = ComparedCopy(text, [copy]).claim([(0, len(text) - 1)])
    assert compared.verdict == verdict
    assert bool(compared.places) == (verdict != "not found")
    assert ComparedCopy(text, [copy]).claim([]).verdict == "not found"


BORDER = "The BORDER was closed in May. In June they met… and parted; the border was opened, “at last”."


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("the border was closed", "The BORDER was closed"),
        ("the border was opened", "the border was opened"),  # as it is written comes first
        ("“The border was closed in May.”", "The BORDER was closed in May"),
        ("'in june they met … and parted'", "In June they met… and parted"),
        ("the BORDER was ... in may", "The BORDER was closed in May"),
        ("The BORDER . . . in May", "The BORDER was closed in May"),
        ("The BORDER (…) in May", "The BORDER was closed in May"),
        ("… was closed in May …", "was closed in May"),
        ("opened, ''at last''", "opened, “at last”"),
    ],
)
def test_capitals_marks_around_and_any_sign_of_omission_are_tolerated(quote: str, there: str) -> None:
    ((start, end),) = find_quote(FoldedText(BORDER), quote)
    assert BORDER[start:end] == there


def test_parts_in_the_wrong_order_or_too_far_apart_are_told() -> None:
    text = FoldedText("One came early. " + "And so on. " * 300 + "Two came late.")
    for quote in ("Two came late … One came early", "One came … came late"):
        problem = one_place(text, quote)
        assert isinstance(problem, QuoteProblem)
        assert "but not in this order within 2000 characters" in problem.message
        assert "at characters 0–" in problem.message
