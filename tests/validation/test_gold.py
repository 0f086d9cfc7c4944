"""How far the engine agrees with two readings of pairs of claims from the real corpus."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from araxes.ontology.namespaces import BASE
from araxes.validation.published import Published

GOLD = Path(__file__).resolve().parents[2] / "validation" / "gold" / "pairs.csv"
CORROBORATIONS = GOLD.with_name("corroborations.csv")
LABELS = ("agree", "disagree", "different")
CHOSEN = ("engine", "readers", "near", "agree", "corroboration")
"""Why a pair is in the set: the engine or two readers found a clash, or agreement; readers were tempted."""


def rows() -> list[dict[str, str]]:
    """The pairs with their labels."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cohen_kappa(pairs: list[tuple[str, str]]) -> float:
    """Agreement of two readings beyond chance (Cohen 1960).

    >>> cohen_kappa([("a", "a"), ("b", "b")])
    1.0
    """
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    observed = sum(one == two for one, two in pairs) / len(pairs)
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return (observed - chance) / (1 - chance)


def test_the_set_is_large_mixed_and_read_alike() -> None:
    gold = rows()
    assert len(gold) >= 50
    assert len({(row["claim_a"], row["claim_b"]) for row in gold}) == len(gold)
    counted = Counter(row["gold"] for row in gold)
    assert set(counted) == set(LABELS)
    assert min(counted.values()) >= 8
    assert {row["chosen"] for row in gold} == set(CHOSEN)
    assert cohen_kappa([(row["first"], row["second"]) for row in gold]) >= 0.8
    for row in gold:
        assert row["first"] != row["second"] or row["gold"] == row["first"]


@pytest.fixture(scope="module")
def found(project_published: Published) -> dict[tuple[str, str], set[bool]]:
    """Pairs of claim ids that the engine sets against (False) or beside (True) each other."""
    known = {iri.removeprefix(BASE) for iri in project_published.claims}
    missing = {row[name] for row in rows() for name in ("claim_a", "claim_b")} - known
    assert not missing, f"claims of the gold set are gone: {missing}; label other pairs in their place"
    pairs: dict[tuple[str, str], set[bool]] = {}
    for case in project_published.cases:
        for one, two in case.pairs:
            first, second = sorted((one.removeprefix(BASE), two.removeprefix(BASE)))
            pairs.setdefault((first, second), set()).add(case.agrees)
    return pairs


def scores(
    found: dict[tuple[str, str], set[bool]], label: str, chosen: Iterable[str] = CHOSEN
) -> tuple[float, float]:
    """Precision and recall for one label; what clashes in anything counts as disagreement."""
    wanted, given = set(), set()
    for row in rows():
        if row["chosen"] not in chosen:
            continue
        pair = (row["claim_a"], row["claim_b"])
        kinds = found.get(pair, set())
        verdict = "different" if not kinds else "disagree" if False in kinds else "agree"
        if row["gold"] == label:
            wanted.add(pair)
        if verdict == label:
            given.add(pair)
    right = len(wanted & given)
    return right / len(given), right / len(wanted)


def test_disagreements_are_found_and_are_disagreements(found: dict[tuple[str, str], set[bool]]) -> None:
    precision, recall = scores(found, "disagree")
    assert precision >= 0.9
    assert recall >= 0.8


def test_disagreements_that_readers_found_without_the_engine(found: dict[tuple[str, str], set[bool]]) -> None:
    """The harder measure, published beside the other; it may only rise."""
    _, recall = scores(found, "disagree", set(CHOSEN) - {"engine", "corroboration"})
    assert recall >= 0.65


def test_what_agrees_is_found(found: dict[tuple[str, str], set[bool]]) -> None:
    _, recall = scores(found, "agree")
    assert recall >= 0.6


def test_what_is_said_to_be_corroborated_is_stated_by_both(project_published: Published) -> None:
    """Two readers compared each claim's passage with the statement that it is said to share."""
    with CORROBORATIONS.open(encoding="utf-8", newline="") as file:
        labelled = list(csv.DictReader(file))
    assert len(labelled) >= 40
    found = {
        (*sorted(pair), next(iter(case.sides)).triple[1])
        for case in project_published.cases
        if case.agrees
        for pair in case.pairs
    }
    still = [
        row
        for row in labelled
        if (*sorted(BASE + row[name] for name in ("claim_a", "claim_b")), BASE + row["property"]) in found
    ]
    assert len(still) >= 35, "most of these corroborations are gone: label others in their place"
    assert sum(row["gold"] == "yes" for row in still) / len(still) >= 0.9
