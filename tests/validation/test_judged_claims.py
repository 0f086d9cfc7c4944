"""Verdicts of readers on random claims: complete, and summed up as the documents say."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from araxes.validation.gold_lists import GOLD

ROOT = Path(__file__).resolve().parents[2]
VERDICTS = ("faithful", "imprecise", "misleading")


def rounds() -> dict[str, list[dict[str, str]]]:
    """The judged claims of each round."""
    found: dict[str, list[dict[str, str]]] = {}
    with (GOLD / "judged-claims.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["round"], []).append(row)
    return found


def cohen_kappa(pairs: list[tuple[str, str]]) -> float:
    """Agreement of two readers beyond chance (Cohen 1960).

    >>> cohen_kappa([("a", "a"), ("b", "b")])
    1.0
    """
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    observed = sum(one == two for one, two in pairs) / len(pairs)
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return (observed - chance) / (1 - chance)


def readers(rows: list[dict[str, str]]) -> list[str]:
    """Who judged a round: the first reader, and a second unless the round had one alone."""
    alone = not any(row["second"] or row["second_swallowed"] for row in rows)
    return ["first"] if alone else ["first", "second"]


def test_every_round_judges_a_hundred_claims_of_all_sources() -> None:
    for rows in rounds().values():
        assert len({row["claim"] for row in rows}) == len(rows) == 100
        sources = Counter(row["claim"].split("/")[1] for row in rows)
        assert len(sources) == 5 and min(sources.values()) > 10
        assert {row[name] for row in rows for name in readers(rows)} <= set(VERDICTS)
        assert {row[f"{name}_swallowed"] for row in rows for name in readers(rows)} <= {"yes", "no"}


def test_no_claim_is_judged_in_two_rounds() -> None:
    every = [row["claim"] for rows in rounds().values() for row in rows]
    assert len(set(every)) == len(every)


def test_the_documents_say_what_the_verdicts_are() -> None:
    text = (ROOT / "triples" / "README.md").read_text("utf-8")
    for name, rows in rounds().items():
        counts = [
            ", ".join(str(Counter(row[reader] for row in rows)[verdict]) for verdict in VERDICTS)
            for reader in readers(rows)
        ]
        readings = (ROOT / "triples" / "READINGS.md").read_text("utf-8")
        if len(counts) == 1:
            swallowed = sum(row["first_swallowed"] == "yes" for row in rows)
            assert f"| {name} | {counts[0]} | none | | |" in text
            assert f"{counts[0]} | none | | | {swallowed} |" in readings
            continue
        pairs = [(row["first"], row["second"]) for row in rows]
        equal = sum(one == two for one, two in pairs) / len(pairs)
        line = f"| {name} | {counts[0]} | {counts[1]} | {equal:.0%} | {cohen_kappa(pairs):.2f} |"
        assert line.replace("%", " %") in text
        assert f"{counts[0]} | {counts[1]} |" in readings
