"""What an independent reader listed in excerpts of the texts, and whether the claims say it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from araxes.triples.authoring.corpus_layers import SHIPPED
from araxes.validation.gold_lists import GOLD

ROOT = Path(__file__).resolve().parents[2]
VERDICTS = {"found", "partly", "missing", "misread"}


def listed() -> list[dict[str, str]]:
    """The assertions of the inventory, with the verdicts of those who looked for them."""
    with (GOLD / "inventory.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_assertions_have_a_place_a_weight_and_a_verdict() -> None:
    rows = listed()
    assert len(rows) > 300
    assert len({row["n"] for row in rows}) == len(rows)
    for row in rows:
        assert 0 <= int(row["start"]) < int(row["end"])
        assert row["weight"] in {"central", "other"} and row["verdict"] in VERDICTS
        assert row["claims"] or row["verdict"] == "missing"
    assert len({row["source"] for row in rows}) == 5


def test_the_claims_that_say_an_assertion_exist() -> None:
    there = "\n".join(path.read_text("utf-8") for path in sorted((SHIPPED / "sources").glob("*.yaml")))
    named = {claim for row in listed() for claim in row["claims"].split()}
    assert len(named) > 300
    assert [
        claim for claim in sorted(named) if f"- id: claim/{claim.removeprefix('claim/')}\n" not in there
    ] == []


def test_the_documents_say_what_was_found() -> None:
    text = " ".join((ROOT / "triples" / "README.md").read_text("utf-8").split())
    for weight in ("central", "other"):
        verdicts = Counter(row["verdict"] for row in listed() if row["weight"] == weight)
        read = verdicts.total() - verdicts["misread"]
        assert f"of {read} {weight} ones {verdicts['found']} in full" in text
