"""All that is wrong with a corpus, in one run: first its files, then the shapes over what is sound.

A record that its file check rejects is left out of the dataset, so that the shapes can still look at
everything else; what they would say only because it is left out is not reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, PROV
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.checks import check_corpus
from araxes.triples.corpus import Corpus, Record, read_corpus
from araxes.triples.dataset import build_dataset, corpus_dataset
from araxes.triples.mapping_checks import check_mappings
from araxes.triples.mappings import read_mappings
from araxes.triples.problems import CorpusError, Problem
from araxes.validation.comparison_quads import add_comparisons
from araxes.validation.findings import locate_findings
from araxes.validation.publication import examine
from araxes.validation.reports import Entry, Report, report_of
from araxes.validation.shacl import Finding

_FROM_READINGS = {AX + "curator", PROV + "wasGeneratedBy"}
_REFERENCES = {"statement-about-nothing-known", "claim-without-graph"}


@dataclass(frozen=True)
class Inspection:
    """A corpus that was looked at, its dataset (of the sound part), and what was found."""

    report: Report
    dataset: ox.Dataset
    corpus: Corpus


def inspect_corpus(entities: Path, sources: Path, tell: Callable[[str], None]) -> Inspection:
    """Read, build, compare and check a corpus.

    Args:
        entities: folder of entity files; the mapping tables lie in ``mappings`` beside it.
        sources: folder of annotated sources.
        tell: is told each step as it begins.
    """
    tell("reading and checking the annotated sources …")
    entries: list[Entry] = []
    removed: list[Record] = []
    try:
        dataset, corpus = build_dataset(entities, sources)
    except CorpusError:
        corpus = read_corpus(entities, sources)
        mappings = read_mappings(entities.parent / "mappings")
        problems = [*check_corpus(corpus), *check_mappings(mappings, corpus)]
        entries += [Entry("violation", problem) for problem in problems]
        removed = _rejected(corpus, problems)
        dataset = corpus_dataset(_without(corpus, removed), vocabulary())
    tell("comparing the claims …")
    cases = add_comparisons(dataset)
    agreeing = sum(case.agrees for case in cases)
    tell(f"{len(cases) - agreeing} disagreements, {agreeing} corroborations")
    tell(f"validating {len(dataset)} quads of {len(corpus.claims)} claims against the shapes …")
    findings = [finding for finding in examine(dataset) if not _follows(finding, removed)]
    entries += [
        Entry(finding.severity, problem, finding)
        for finding, problem in locate_findings(findings, corpus, dataset)
    ]
    summary = f"{len(corpus.claims)} claims of {len(corpus.sources)} sources, {len(dataset)} quads"
    return Inspection(report_of(entries, summary), dataset, corpus)


def _rejected(corpus: Corpus, problems: Iterable[Problem]) -> list[Record]:
    """The records that a problem is about; all of one id, since one of them may be meant."""
    places = {(problem.path, problem.subject) for problem in problems}
    return [record for record in corpus.records() if (record.document.path, record.id) in places]


def _without(corpus: Corpus, removed: list[Record]) -> Corpus:
    """The corpus less some records, and less the claims and readings of a source that is among them."""
    out = {id(record.data) for record in removed}
    gone = {record.id for record in removed if record.kind == "source"}
    known = {record.id for record in corpus.sources} - gone

    def left(records: Iterable[Record], of_source: bool = False) -> list[Record]:
        return [
            record
            for record in records
            if id(record.data) not in out and (not of_source or record.source in known)
        ]

    return replace(
        corpus,
        entities=left(corpus.entities),
        sources=left(corpus.sources),
        curations=left(corpus.curations, of_source=True),
        claims=left(corpus.claims, of_source=True),
        problems=[],
    )


def _follows(finding: Finding, removed: list[Record]) -> bool:
    """Whether a finding only says that a rejected record is missing."""
    missing = {BASE + record.id for record in removed}
    if finding.value.strip("<>") in missing or (finding.focus in missing and finding.shape in _REFERENCES):
        return True
    unread = {record.source for record in removed if record.kind == "curation"}
    of_unread = any(
        finding.focus.startswith(f"{BASE}claim/{source.removeprefix('source/')}/") for source in unread
    )
    return of_unread and finding.path in _FROM_READINGS
