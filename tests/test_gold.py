"""How far the engine agrees with two readings of pairs of claims from the real corpus."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from araxes.ontology.namespaces import BASE
from araxes.triples.dataset import build_dataset
from araxes.validation.disagreements import find_cases

GOLD = Path(__file__).resolve().parent.parent / "validation" / "gold" / "pairs.csv"
LABELS = ("agree", "disagree", "different")


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
    assert cohen_kappa([(row["first"], row["second"]) for row in gold]) >= 0.8
    for row in gold:
        assert row["first"] != row["second"] or row["gold"] == row["first"]


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], set[bool]]:
    """Pairs of claim ids that the engine sets against (False) or beside (True) each other."""
    dataset, corpus = build_dataset()
    known = {claim.id for claim in corpus.claims}
    missing = {row[name] for row in rows() for name in ("claim_a", "claim_b")} - known
    assert not missing, f"claims of the gold set are gone: {missing}; label other pairs in their place"
    pairs: dict[tuple[str, str], set[bool]] = {}
    for case in find_cases(dataset):
        for one, two in case.pairs:
            first, second = sorted((one.removeprefix(BASE), two.removeprefix(BASE)))
            pairs.setdefault((first, second), set()).add(case.agrees)
    return pairs


def scores(found: dict[tuple[str, str], set[bool]], label: str) -> tuple[float, float]:
    """Precision and recall for one label; what clashes in anything counts as disagreement."""
    wanted, given = set(), set()
    for row in rows():
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


def test_what_agrees_is_found(found: dict[tuple[str, str], set[bool]]) -> None:
    _, recall = scores(found, "agree")
    assert recall >= 0.8
