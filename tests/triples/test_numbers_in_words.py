"""Numbers of several words in drafts and quotes: no false alarm, and no miss."""

from __future__ import annotations

from decimal import Decimal

import pytest

from araxes.validation.gate.wording.numbers_said import numbers_in
from tests.triples.corpus_fixtures import TinyCorpus
from tests.triples.draft_fixtures import GOOD, Desk


@pytest.fixture
def desk(tiny: TinyCorpus) -> Desk:
    """A corpus and a text."""
    return Desk(tiny)


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("forty thousand soldiers", "en", 40_000),
        ("twenty-five thousand", "en", 25_000),
        ("four hundred thousand", "en", 400_000),
        ("one hundred and twenty", "en", 120),
        ("in nineteen ninety-four", "en", 1994),
        ("$1.2bn", "en", 1_200_000_000),
        ("40 000 soldiers", "en", 40_000),
        ("چهل هزار سرباز", "fa", 40_000),
        ("چهارصد و بیست هزار نفر", "fa", 420_000),
        ("چهل و پنج هزار و دویست نفر", "fa", 45_200),
    ],
)
def test_a_number_is_one_in_digits_and_in_words(text: str, language: str, said: int) -> None:
    assert Decimal(said) in numbers_in(text, language)


def test_numbers_in_words_are_looked_for_in_the_quote(desk: Desk) -> None:
    """Those of a paraphrase are no false alarm and no miss; ordinals and small numbers are left alone."""
    told = ("number-not-quoted", "violation")
    for en, missed in (
        ("Alpha sent forty thousand men.", True),
        ("Two states of the third rank met.", False),
        ("In the twenty-first century two states met.", False),
    ):
        claim = {**GOOD, "paraphrase": {**GOOD["paraphrase"], "en": en}}
        assert (told in desk.checks(claim)) == missed, en
