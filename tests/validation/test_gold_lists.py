"""Lists of contradictions by readers: sound, and scored as they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from araxes.triples.authoring.corpus import read_corpus
from araxes.validation.gold_lists import (
    GOLD,
    Contradiction,
    ListScore,
    Span,
    compare,
    disputes_of,
    read_entries,
)
from araxes.validation.published import Published

LISTS = sorted(GOLD.glob("contradictions-*.jsonl"))


def entry(*positions: tuple[int, int], source: str = "x") -> Contradiction:
    """An entry with one span for each position."""
    return Contradiction("1", tuple((Span(source, start, end),) for start, end in positions))


def test_there_are_lists() -> None:
    assert len(LISTS) >= 2


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_lies_within_the_texts(path: Path) -> None:
    lengths = {
        record.id.removeprefix("source/"): record.data["sourceText"]["characterCount"]
        for record in read_corpus().sources
    }
    entries = read_entries(path)
    assert len(entries) >= 30
    assert {each.plain for each in entries} == {True, False}
    for each in entries:
        assert len(each.positions) >= 2, each.name
        for span in (span for position in each.positions for span in position):
            assert 0 <= span.start < span.end <= lengths[span.source], each.name


def test_two_positions_must_lie_where_two_lie() -> None:
    one = entry((0, 30), (100, 130))
    assert one.meets(one)
    assert one.meets(entry((110, 140), (10, 40)))
    assert not one.meets(entry((0, 30), (0, 30)))
    assert not one.meets(entry((0, 30), (200, 230)))
    assert not one.meets(entry((25, 60), (100, 130)))
    assert not one.meets(entry((0, 30), (100, 130), source="y"))


def test_a_score_counts_what_is_right_and_what_is_reached() -> None:
    wanted = [entry((0, 30), (100, 130)), entry((200, 230), (300, 330))]
    found = [wanted[0], entry((400, 430), (500, 530)), entry((600, 630), (700, 730))]
    assert compare(found, wanted) == ListScore(1 / 3, 1 / 2)
    assert compare(found, wanted).f1 == pytest.approx(0.4)
    assert compare([], wanted) == ListScore(0, 0)
    assert compare([], wanted).f1 == 0


def test_a_line_that_is_no_entry_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    good = {"id": 1, "sides": [{"source": "x", "start": 0, "end": 3}, {"source": "x", "start": 5, "end": 9}]}
    path.write_text(json.dumps(good) + "\n" + json.dumps({"id": 2}) + "\n", "utf-8")
    with pytest.raises(ValueError, match=":2: no entry"):
        read_entries(path)


def test_the_disputes_are_a_list_of_their_own(project_published: Published) -> None:
    found = list(disputes_of(project_published.dataset))
    assert len(found) > 10
    assert compare(found, found) == ListScore(1, 1)
    assert all(len(each.positions) >= 2 and all(each.positions) for each in found)
