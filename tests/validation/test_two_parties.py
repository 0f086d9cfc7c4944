"""Two parties side by side: statements, denials and figures; names that nobody has."""

from __future__ import annotations

from typing import Any

import pytest

from araxes.endpoint.cli.compare import Stored
from araxes.endpoint.cli.disputes import _nothing_of
from araxes.ontology.vocabulary import vocabulary
from araxes.validation.disagreement.two_parties import compare_parties, party
from tests.triples.corpus_fixtures import TinyCorpus
from tests.validation.disagreement_corpora import ALPHA, BETA, build, denies, figure, relation, says

FLOW = {"fromActor": ALPHA, "toActor": BETA, "date": "2012"}


def rows(tiny: TinyCorpus, one: dict[str, object], two: dict[str, object]) -> list[tuple[str, ...]]:
    """What comparing the two sources gives but clashes: relation, kind, sentence."""
    found = Stored(build(tiny, one, two))
    first, second = (party(name, found.claims, found.labels) for name in ("test", "other"))
    compared = compare_parties(first, second, found.claims, found.cases, vocabulary(), found.words)
    told = [tuple(row[key] for key in ("relation", "kind", "statement_en")) for row in compared]
    return [each for each in told if each[0] != "clash"]


def test_what_both_deny_and_what_one_denies(tiny: TinyCorpus) -> None:
    one = says(
        *(
            {"type": "Denial", "subject": ALPHA, "property": name, "object": BETA}
            for name in ("aids", "opposes")
        ),
        modality="Denied",
    )
    found = rows(tiny, one, denies(ALPHA, "aids", BETA))
    assert [each[:2] for each in found] == [("both", "Denial"), ("only-a", "Denial")]
    assert all("denied: Alpha" in each[2] for each in found)


def test_a_denial_and_its_opposite_are_not_what_both_say(tiny: TinyCorpus) -> None:
    found = rows(tiny, denies(ALPHA, "aids", BETA), relation(ALPHA, "aids", BETA))
    assert [each[:2] for each in found] == [("only-a", "Denial"), ("only-b", "")]


@pytest.mark.parametrize(
    ("one", "two", "relations"),
    [
        ({"value": 4000000}, {"value": 4000000}, ["both"]),
        ({"value": 4000000}, {"value": 4100000, "comparator": "About"}, ["both"]),
        ({"value": 4000000}, {"value": 9000000}, ["only-a", "only-b"]),
        ({"value": 4000000}, {"value": 4000000, "date": "2013"}, ["only-a", "only-b"]),
    ],
)
def test_figures_of_one_thing(
    tiny: TinyCorpus, one: dict[str, Any], two: dict[str, Any], relations: list[str]
) -> None:
    found = rows(tiny, figure(**FLOW, **one), figure(**{**FLOW, **two}))
    assert [each[:2] for each in found] == [(each, "Figure") for each in relations]
    assert found[0][2].startswith("Trade (Alpha, Beta, 2012): 4,000,000 ")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("state/alhpa", "did you mean state/alpha (Alpha)"),
        ("Alpha", "did you mean state/alpha (Alpha)"),
        ("آلفا", "did you mean state/alpha (Alpha)"),
        ("tset", "did you mean source/test (Test paper)"),
        ("nothing like it", "name an entity, source or holder by its id"),
    ],
)
def test_names_that_nobody_has_are_told_by_id_and_label(tiny: TinyCorpus, name: str, told: str) -> None:
    found = Stored(
        build(
            tiny,
            relation(ALPHA, "aids", BETA),
            relation(ALPHA, "aids", BETA, holder=ALPHA, authorStance="Reports"),
        )
    )
    problem = _nothing_of(name, found)
    assert told in problem.remedy
    if "did you mean" in told:
        with pytest.raises(LookupError, match="did you mean"):
            party(name, found.claims, found.labels)


def test_a_known_thing_about_which_nothing_is_asked_for_is_called_by_its_label(tiny: TinyCorpus) -> None:
    found = Stored(build(tiny, relation(ALPHA, "aids", BETA), relation(ALPHA, "aids", BETA)))
    assert "is about Beta" in _nothing_of("state/beta", found).message
    with pytest.raises(LookupError, match=r"'state/beta' holds no claim"):
        party("state/beta", found.claims, found.labels)
