"""Validation of one unit: first its files, then the shapes over what is sound in them.

A record that its file check rejects is left out, so that the shapes can still look at everything else;
what they would say only because it is left out is not reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, PROV
from araxes.triples.authoring.check_references import check_corpus
from araxes.triples.authoring.corpus import Corpus, Record, read_sources
from araxes.triples.authoring.problems import Problem
from araxes.triples.dataset import described_quads, ontology_quads
from araxes.triples.wikidata.sssom_checks import check_mappings
from araxes.triples.wikidata.sssom_tables import mapping_quads
from araxes.validation.gate.finding_places import locate_findings
from araxes.validation.gate.report_formats import Entry
from araxes.validation.gate.shacl import Finding
from araxes.validation.gate.shapes_and_rules import examine
from araxes.validation.gate.sources import Shared, Unit, mentioned

_FROM_READINGS = {AX + "curator", PROV + "wasGeneratedBy"}
_REFERENCES = {"statement-about-nothing-known", "claim-without-graph"}


@dataclass(frozen=True)
class Examined:
    """What is known of a unit after validation.

    Attributes:
        entries: all that was found.
        claims: number of its claims.
        quads: what its sound records say, as N-Quads.
        context: id of each record it depends on → :meth:`Shared.digest` of it.
    """

    entries: list[Entry]
    claims: int = 0
    quads: str = ""
    context: dict[str, str] = field(default_factory=dict)


def examine_shared(shared: Shared) -> Examined:
    """Validate entities and mapping tables."""
    own = replace(shared.corpus, sources=[], curations=[], claims=[])
    problems = [
        *check_corpus(shared.corpus, set(shared.unit.files)),
        *check_mappings(shared.mappings, shared.corpus),
    ]
    removed = rejected(own, problems)
    quads = [*described_quads(without(own, removed)), *mapping_quads(shared.mappings)]
    names = shared.reached(own.entities)
    context = described_quads(shared.context(names, shared.unit.files))
    entries = _entries(problems, [*quads, *context], shared.corpus, removed)
    return Examined(entries, 0, _text(quads), {name: shared.digest(name) for name in names})


def examine_source(unit: Unit, shared: Shared) -> Examined:
    """Validate one source, reading its files and no other source's."""
    files = set(unit.files)
    own = read_sources(unit.files)
    whole = _others(shared.corpus, files).joined(own)
    problems = check_corpus(whole, files)
    removed = rejected(own, problems)
    sound = without(own, removed)
    names = shared.reached(own.records())
    quads = described_quads(sound)
    context = described_quads(shared.context(names, files))
    entries = _entries(problems, [*quads, *context], whole, [*removed, *shared.removed])
    return Examined(
        entries, len(own.claims), _text(quads), {name: shared.digest(name) for name in sorted(names)}
    )


def _entries(
    problems: list[Problem], quads: list[ox.Quad], corpus: Corpus, removed: list[Record]
) -> list[Entry]:
    """Problems of files, and what shapes and rules find, each with its place."""
    found = [finding for finding in examine([*ontology_quads(), *quads]) if not follows(finding, removed)]
    return [
        *(Entry("violation", problem) for problem in problems),
        *(
            Entry(finding.severity, problem, finding)
            for finding, problem in locate_findings(found, corpus, quads)
        ),
    ]


def _others(corpus: Corpus, files: Collection[Path]) -> Corpus:
    """A corpus without the records of some files."""

    def of(records: list[Record]) -> list[Record]:
        return [record for record in records if record.document.path not in files]

    return Corpus(of(corpus.entities), of(corpus.sources), of(corpus.curations))


def _text(quads: Iterable[ox.Quad]) -> str:
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8")


def rejected(corpus: Corpus, problems: Iterable[Problem]) -> list[Record]:
    """The records that a problem is about; all of one id, since one of them may be meant."""
    places = {(problem.path, problem.subject) for problem in problems}
    return [record for record in corpus.records() if (record.document.path, record.id) in places]


def without(corpus: Corpus, removed: list[Record]) -> Corpus:
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


def follows(finding: Finding, removed: list[Record]) -> bool:
    """Whether a finding only says that a rejected record is missing."""
    missing = {BASE + record.id for record in removed}
    if finding.value.strip("<>") in missing or (finding.focus in missing and finding.shape in _REFERENCES):
        return True
    local = finding.focus.removeprefix(BASE)
    if not finding.value and any(local in mentioned(record.data) for record in removed):
        return True  # what is missing may stand in a rejected record
    unread = {record.source for record in removed if record.kind == "curation"}
    of_unread = any(
        finding.focus.startswith(f"{BASE}claim/{source.removeprefix('source/')}/") for source in unread
    )
    return of_unread and finding.path in _FROM_READINGS
