"""All that is wrong with a corpus, in one run: each source by itself, in as many processes as wanted."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.errors import InputError
from araxes.triples.authoring.check_references import check_corpus
from araxes.triples.authoring.corpus import Record
from araxes.triples.dataset import complete_dataset
from araxes.validation.disagreement.clashes import Case
from araxes.validation.disagreement.comparison_quads import add_comparisons
from araxes.validation.gate.check_source import Examined, examine_shared, examine_source, rejected
from araxes.validation.gate.kept_results import Results
from araxes.validation.gate.report_formats import Entry, Report, report_of
from araxes.validation.gate.sources import Shared, Unit, divide

Tell = Callable[[str], None]
"""Is told each step."""


@dataclass(frozen=True)
class Inspection:
    """A corpus that was looked at.

    Attributes:
        report: everything that was found.
        claims: number of claims.
        examined: what is known of the entities and of each source.
    """

    report: Report
    claims: int
    examined: list[Examined]

    def dataset(self) -> tuple[ox.Dataset, list[Case]]:
        """The dataset of what is sound, with all that follows from it, and its claims compared."""
        parsed = (ox.parse(unit.quads, format=ox.RdfFormat.N_QUADS) for unit in self.examined)
        dataset = complete_dataset(chain.from_iterable(parsed))
        return dataset, add_comparisons(dataset)


def inspect_corpus(
    entities: Path,
    sources: Path,
    tell: Tell,
    *,
    jobs: int = 1,
    results: Results | None = None,
    quads: bool = True,
) -> Inspection:
    """Read and check a corpus.

    Args:
        entities: folder of entity files; the mapping tables lie in ``mappings`` beside it.
        sources: folder of annotated sources.
        tell: is told each step.
        jobs: how many processes may work at once.
        results: what was found before; sources that have not changed since are not read.
        quads: keep what the records say, which :meth:`Inspection.dataset` needs.

    Raises:
        InputError: a process that validated ended before it was done.
    """
    kept = results or Results(None)
    tell("reading entities and mappings …")
    shared, units, problems = divide(entities, sources)
    common = kept.find(shared.unit, shared, quads=quads)
    if common is None:
        common = examine_shared(shared)
        kept.keep(shared.unit, common)
    shared.removed = _unsound(common, shared, units)
    known = {unit.name: kept.find(unit, shared, quads=quads) for unit in units}
    stale = [unit for unit in units if known[unit.name] is None]
    if len(stale) < len(units):
        tell(f"{len(units) - len(stale)} of {len(units)} sources unchanged since they were last validated")
    for number, (unit, found) in enumerate(_examined(stale, shared, jobs), start=1):
        kept.keep(unit, found)
        known[unit.name] = found if quads else replace(found, quads="", context={})
        own = sum(entry.problem.path in unit.files for entry in found.entries)
        counts = f"{found.claims} claims, {_count(own, 'finding')}"
        tell(f"{number}/{len(stale)} {unit.name}: {counts}")
    examined = [common, *(found for found in known.values() if found is not None)]
    claims = sum(each.claims for each in examined)
    entries = [*(Entry("violation", problem) for problem in problems)]
    entries += [entry for each in examined for entry in each.entries]
    summary = f"{claims} claims of {_count(len(units), 'source')}"
    return Inspection(report_of(entries, summary), claims, examined)


def _unsound(common: Examined, shared: Shared, units: list[Unit]) -> list[Record]:
    """Entities and heads of sources that the file checks reject; nothing may be built on them."""
    problems = [entry.problem for entry in common.entries if entry.finding is None]
    files = {path for unit in units for path in unit.files}
    return rejected(shared.corpus, [*problems, *check_corpus(shared.corpus, files)])


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _examined(units: list[Unit], shared: Shared, jobs: int) -> Iterator[tuple[Unit, Examined]]:
    """Each unit as it is done, here or in processes of their own."""
    if jobs == 1 or len(units) < 2:
        for unit in units:
            yield unit, examine_source(unit, shared)
        return
    with ProcessPoolExecutor(
        min(jobs, len(units)), _processes(), initializer=_prepare, initargs=(shared,)
    ) as pool:
        running = {pool.submit(_work, unit): unit for unit in units}
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        except BrokenProcessPool as error:
            raise InputError(
                "a process that validated ended before it was done",
                "memory may have run out: use fewer --jobs",
            ) from error


def _processes() -> multiprocessing.context.BaseContext:
    """Forked where the system can: nothing here runs in threads, and what was read need not be sent."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else None)


_shared: list[Shared] = []


def _prepare(shared: Shared) -> None:
    _shared[:] = [shared]


def _work(unit: Unit) -> Examined:
    return examine_source(unit, _shared[0])
