"""All that is wrong with a corpus, in one run: each source by itself, wherever a runner does it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from araxes.triples.authoring.corpus_layers import Layers, layers_of_folders
from araxes.triples.authoring.corpus_quads import Homes, corpus_quads, homes_of
from araxes.triples.authoring.findings import FOLLOWS, Finding, corpus_error, told
from araxes.triples.originals.fingerprints import FILE as FINGERPRINTS
from araxes.triples.originals.fingerprints import numbers_in
from araxes.triples.runners.runner import IN_PROCESS, Runner
from araxes.validation.gate.check_source import CheckedUnit, check_shared, check_source
from araxes.validation.gate.kept_results import Results
from araxes.validation.gate.report_formats import Report, report_of
from araxes.validation.gate.sources import divide
from araxes.validation.gate.wording.swallowed import named_once
from araxes.validation.question_checks import question_findings

Tell = Callable[[str], None]
"""Is told each step."""


@dataclass(frozen=True)
class CheckedCorpus:
    """A corpus after all checks; :func:`check_corpus` alone makes it.

    Attributes:
        report: everything that was found.
        claims: number of claims.
        units: what is known of the entities and of each source.
        homes: the namespaces of what they describe.
        about: what the corpora themselves are.
    """

    report: Report
    claims: int
    units: list[CheckedUnit]
    homes: Homes
    about: list[ox.Quad]

    def described(self) -> Iterator[ox.Quad]:
        """What its records and mappings say, for :func:`araxes.validation.published.published_dataset`.

        Raises:
            CorpusError: there are violations; all are named.
        """
        if not self.report.conforms:
            violations = [each for each in self.report.findings if each.severity == "violation"]
            again = (
                "correct the places named above and run this again; the store that was there keeps serving"
            )
            raise corpus_error(violations, again)
        quads = chain.from_iterable(ox.parse(unit.quads, format=ox.RdfFormat.N_QUADS) for unit in self.units)
        return self.homes.moved(chain(self.about, quads))


def check_corpus(
    entities: Path,
    sources: Path,
    tell: Tell,
    *,
    runner: Runner = IN_PROCESS,
    results: Results | None = None,
    quads: bool = True,
) -> CheckedCorpus:
    """Read and check two folders of files, as :func:`check_layers` does corpora.

    Args:
        entities: folder of entity files; the mapping tables lie in ``mappings`` beside it.
        sources: folder of annotated sources.
        tell: is told each step.
        runner: where sources are checked.
        results: what was found before.
        quads: keep what the records say.

    Raises:
        InputError: a process that checked ended before it was done.
    """
    layers = layers_of_folders(entities, sources)
    return check_layers(layers, tell, runner=runner, results=results, quads=quads)


def check_layers(
    layers: Layers,
    tell: Tell,
    *,
    runner: Runner = IN_PROCESS,
    results: Results | None = None,
    quads: bool = True,
) -> CheckedCorpus:
    """Read and check corpora in layers.

    Args:
        layers: the corpora.
        tell: is told each step.
        runner: where sources are checked.
        results: what was found before; sources that have not changed since are not read.
        quads: keep what the records say, which :meth:`CheckedCorpus.described` needs.

    Raises:
        InputError: a process that checked ended before it was done.
    """
    kept = results or Results(None)
    tell("reading entities and mappings …")
    shared, units, findings = divide(layers)
    common = kept.find(shared.unit, shared, quads=quads)
    if common is None:
        common = check_shared(shared)
        kept.keep(shared.unit, common)
    shared = shared.with_checked_entities(each for each in common.findings if not each.shape)
    # By their files: a corpus may go on with a source of another, which is then in two units.
    known = {unit.files: kept.find(unit, shared, quads=quads) for unit in units}
    stale = [unit for unit in units if known[unit.files] is None]
    if len(stale) < len(units):
        tell(f"{len(units) - len(stale)} of {len(units)} sources unchanged since they were last validated")
    for number, (unit, found) in enumerate(runner.each(check_source, stale, shared), start=1):
        kept.keep(unit, found)
        known[unit.files] = found if quads else replace(found, quads="", context={})
        own = sum(finding.place.path in unit.files for finding in told(found.findings))
        counts = f"{found.claims} claims, {_count(own, 'finding')}"
        tell(f"{number}/{len(stale)} {unit.name}: {counts}")
    checked = [common, *(found for found in known.values() if found is not None)]
    claims = sum(each.claims for each in checked)
    summary = f"{claims} claims of {_count(len(units), 'source')}"
    findings += question_findings(layers)
    findings += [each for folder in layers.folders for each in numbers_in(folder.root / FINGERPRINTS)[1]]
    every = (*findings, *(finding for each in checked for finding in each.findings))
    named = _claims_of_situations(checked)
    reported, below = _of_top([finding for finding in every if named_once(finding, named)], layers)
    if below:
        summary += f"; {_count(below, 'remark')} on corpora below not listed"
    homes, about = homes_of(layers, shared.corpus), list(corpus_quads(layers, shared.corpus))
    return CheckedCorpus(report_of(reported, summary), claims, checked, homes, about)


def _of_top(findings: list[Finding], layers: Layers) -> tuple[list[Finding], int]:
    """The findings without remarks and warnings on the lowest of several corpora, and how many these are."""
    lowest = layers.folders[0].root
    if len(layers.folders) == 1:
        return findings, 0
    shown = [
        each
        for each in findings
        if each.severity in {"violation", FOLLOWS} or not each.place.path.is_relative_to(lowest)
    ]
    return shown, len(findings) - len(shown)


def _claims_of_situations(units: list[CheckedUnit]) -> dict[str, list[str]]:
    """Each situation with the claims that name it, in whatever source."""
    found: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        for name, claims in unit.situations.items():
            found[name] += claims
    return found


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
