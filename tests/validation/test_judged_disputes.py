"""Verdicts of readers on disputes: complete, and summed up as the documents say."""

from __future__ import annotations

import csv
from collections import Counter

from araxes.validation.gold_lists import GOLD

COLUMNS = {
    "real": ("yes", "borderline", "no"),
    "one_question": ("yes", "partly", "no"),
    "clear_en": ("yes", "partly", "no"),
    "clear_fa": ("yes", "partly", "no"),
}


def rounds() -> dict[str, list[dict[str, str]]]:
    """The judged disputes of each round."""
    found: dict[str, list[dict[str, str]]] = {}
    with (GOLD / "judged-disputes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["round"], []).append(row)
    return found


def test_every_dispute_is_judged_once_a_round_in_known_words() -> None:
    for name, rows in rounds().items():
        assert len({row["question"] for row in rows}) == len(rows), name
        for row in rows:
            well = {row[column] for column in COLUMNS} <= {"yes", ""}
            assert well or row["note"], row["question"]
            for column, words in COLUMNS.items():
                # Later readers were asked of disputes alone whether they are real.
                asked = column != "real" or row["kind"] not in {"Contrast", "Inconsistency"}
                assert row[column] in words or (not asked and not row[column]), row["question"]


def test_the_documents_say_what_the_verdicts_are() -> None:
    text = (GOLD / "README.md").read_text("utf-8")
    for name, rows in rounds().items():
        counts = [
            ", ".join(str(Counter(row[column] for row in rows)[word]) for word in words)
            for column, words in COLUMNS.items()
        ]
        assert f"| {name} | {len(rows)} | {' | '.join(counts)} |" in text
