"""How well a system finds the contradictions that readers found in the texts alone.

A list is a file of JSON lines: an entry with ``sides``, each with ``source``, ``start`` and ``end`` (0-based
code points, end exclusive) and, if several sides tell one position, its ``position``. Two entries are about
one thing if two positions of the one lie where two positions of the other lie.
Run ``python -m araxes.validation.gold_lists``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, OA
from araxes.triples.derived.claim_graphs import read_claim_graphs
from araxes.triples.labels import Description
from araxes.triples.stores.versioned_store import current
from araxes.validation.disagreement.clashes import find_cases
from araxes.validation.disagreement.disputes import find_disputes

GOLD = Path(__file__).parent / "gold"
"""Folder of the readers' lists, ``contradictions-*.jsonl``."""

_SHARE = 1 / 3
"""So much of the shorter of two spans must lie in the other."""


@dataclass(frozen=True)
class Span:
    """A place in a source."""

    source: str
    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """Whether a good part of the one lies in the other."""
        common = min(self.end, other.end) - max(self.start, other.start)
        shorter = min(self.end - self.start, other.end - other.start)
        return self.source == other.source and common >= _SHARE * shorter


@dataclass(frozen=True)
class Contradiction:
    """One contradiction: spans by position, and whether it is a plain one.

    Attributes:
        name: its number or IRI.
        positions: the spans of each position.
        plain: whether the one excludes the other; softer are rival causes, extent, appraisals.
    """

    name: str
    positions: tuple[tuple[Span, ...], ...]
    plain: bool = True

    def meets(self, other: Contradiction) -> bool:
        """Whether two positions of the one lie where two of the other lie."""
        touching = [[_touch(mine, theirs) for theirs in other.positions] for mine in self.positions]
        return any(
            touching[one][first] and touching[two][second]
            for one, two in permutations(range(len(self.positions)), 2)
            for first, second in permutations(range(len(other.positions)), 2)
        )


@dataclass(frozen=True)
class ListScore:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean; 0 if both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def _touch(mine: Iterable[Span], theirs: Sequence[Span]) -> bool:
    return any(one.meets(other) for one in mine for other in theirs)


def read_entries(path: Path) -> list[Contradiction]:
    """The entries of a list.

    Raises:
        ValueError: a line is no entry.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            found.append(_entry(json.loads(line)))
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise ValueError(
                f"{path}:{number}: no entry with sides of source, start and end ({error})"
            ) from error
    return found


def _entry(data: dict[str, object]) -> Contradiction:
    sides = data["sides"]
    if not isinstance(sides, list):
        raise TypeError("sides are a list")
    positions: dict[str, list[Span]] = {}
    for number, side in enumerate(sides):
        place = Span(str(side["source"]), int(side["start"]), int(side["end"]))
        positions.setdefault(str(side.get("position", number)), []).append(place)
    return Contradiction(
        str(data["id"]), tuple(map(tuple, positions.values())), bool(data.get("plain", True))
    )


def compare(found: Sequence[Contradiction], wanted: Sequence[Contradiction]) -> ListScore:
    """How well one list meets another."""
    right = sum(any(one.meets(other) for other in wanted) for one in found)
    reached = sum(any(other.meets(one) for one in found) for other in wanted)
    return ListScore(right / max(1, len(found)), reached / max(1, len(wanted)))


def disputes_of(dataset: ox.Dataset) -> Iterator[Contradiction]:
    """The disputes of a dataset of claims, each position with the passages of its claims."""
    about = Description(dataset)
    claims = read_claim_graphs(dataset)
    for dispute in find_disputes(dataset, find_cases(dataset, claims)):
        positions = [
            tuple(span for claim in position.claims for span in _passages(claim, claims[claim].source, about))
            for position in dispute.positions.values()
        ]
        yield Contradiction(dispute.iri.removeprefix(BASE), tuple(positions))


def _passages(claim: str, source: str, about: Description) -> Iterator[Span]:
    for passage in about.all(claim, AX + "passage"):
        selector = about.one(passage, OA + "hasSelector")
        start, end = (int(about.one(selector, OA + name)) for name in ("start", "end"))
        yield Span(source.removeprefix(f"{BASE}source/"), start, end)


def figures(found: Sequence[Contradiction], lists: dict[str, list[Contradiction]]) -> Iterator[str]:
    """The rows of a Markdown table: a system, and each reader, against each reader's list."""
    yield "| against the list of | entries | plain found | softer found | all found | precision | F1 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, wanted in lists.items():
        plain = [entry for entry in wanted if entry.plain]
        soft = [entry for entry in wanted if not entry.plain]
        score = compare(found, wanted)
        parts = [f"{compare(found, each).recall:.0%}" if each else "" for each in (plain, soft)]
        yield (
            f"| {name} | {len(wanted)} | {parts[0]} | {parts[1]} | {score.recall:.0%} "
            f"| {score.precision:.0%} | {score.f1:.2f} |"
        )


@click.command()
@click.argument("system", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--store", default=Path(".araxes/store"), type=click.Path(path_type=Path), show_default=True)
def main(system: Path | None, store: Path) -> None:
    """Score SYSTEM (JSON lines) or, without it, the disputes of the store, and the readers themselves."""
    lists = {path.stem: read_entries(path) for path in sorted(GOLD.glob("contradictions-*.jsonl"))}
    if not lists:
        raise click.ClickException(f"there is no contradictions-*.jsonl in {GOLD}")
    if system:
        found = read_entries(system)
    else:
        found = list(disputes_of(ox.Dataset(ox.Store.read_only(str(current(store).path)))))
    click.echo(f"{len(found)} entries of the system\n")
    click.echo("\n".join(figures(found, lists)))
    for name, entries in lists.items():
        others = {other: wanted for other, wanted in lists.items() if other != name}
        click.echo(f"\n{name} itself\n")
        click.echo("\n".join(figures(entries, others)))


if __name__ == "__main__":
    main()
