"""The checks of one unit: first its files, then shapes, rules and wording of what is sound in them.

A record that its file check rejects is left out, so that the shapes can still look at everything else;
what they would say only because it is left out is not reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, PROV
from araxes.triples.authoring.check_entities import things_below
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.check_statements import repeated_claims
from araxes.triples.authoring.corpus import Corpus, Record, read_sources, strings
from araxes.triples.authoring.entity_names import mistaken_entities
from araxes.triples.authoring.findings import DATASET, Finding
from araxes.triples.authoring.plausible_dates import disordered_dates, doubtful_dates
from araxes.triples.dataset import described_quads
from araxes.triples.wikidata.mapping_quads import mapping_quads
from araxes.triples.wikidata.sssom_checks import check_mappings
from araxes.triples.wikidata.sssom_tables import MappingRow
from araxes.validation.gate.finding_places import locate_findings
from araxes.validation.gate.shapes_and_rules import check_described
from araxes.validation.gate.sources import (
    ALL_PLACES,
    PLACE_OF,
    REJECTED_ABOUT,
    REJECTED_READINGS,
    Shared,
    Unit,
)
from araxes.validation.gate.wording.checks import wording_findings
from araxes.validation.gate.wording.swallowed import situations
from araxes.validation.gate.wording.worded_claim import WordedClaim

_FROM_READINGS = {AX + "curator", PROV + "wasGeneratedBy"}
_OF_LANGUAGES = {"label-language", "note-language", "paraphrase-language"}
_REFERENCES = {"statement-about-nothing-known", "claim-without-graph"}


@dataclass(frozen=True)
class CheckedUnit:
    """What is known of a unit after the checks.

    Attributes:
        findings: all that was found.
        claims: number of its claims.
        quads: what its sound records say, as N-Quads.
        context: what it depends on, as :meth:`Shared.digest` names it → its digest.
        situations: situations that its claims name → ids of the claims.
    """

    findings: list[Finding]
    claims: int = 0
    quads: str = ""
    context: dict[str, str] = field(default_factory=dict)
    situations: dict[str, list[str]] = field(default_factory=dict)


def check_shared(shared: Shared) -> CheckedUnit:
    """Check entities and mapping tables."""
    files = set(shared.unit.files)
    records = check_records(shared.corpus, files)
    mappings = check_mappings(shared.mappings, shared.corpus)
    sound = (*mappings.sound.rows, *mappings.sound.names)
    names = shared.reached([*shared.corpus.entities, *shared.corpus.refinements], _subjects(sound))
    quads = [*described_quads(records.sound), *mapping_quads(mappings.sound)]
    context = described_quads(shared.context(names, files))
    findings = [*records.findings, *mappings.findings]
    rejected = [*records.rejected, *shared.checked.rejected]
    of_shapes, names_of_findings = _of_shapes([*quads, *context], shared.corpus, rejected, shared)
    # Codes of two are told by the check of mappings, which knows the corpora that the two are of.
    found = [*findings, *(each for each in of_shapes if each.shape != "code-shared")]
    found += [*mistaken_entities(shared.corpus.entities), *things_below(shared.corpus.entities)]
    found += doubtful_dates(records.sound.entities)
    looked_up = {*names, *_subjects(shared.mappings.every())}
    depends = _context(looked_up | names_of_findings, shared, found, files)
    return CheckedUnit(found, 0, _text(quads), depends)


def _subjects(rows: Iterable[MappingRow]) -> set[str]:
    """The ids that rows of mappings and names are about."""
    return {row.iri("subject_id").removeprefix(BASE) for row in rows}


def check_source(shared: Shared, unit: Unit) -> CheckedUnit:
    """Check one source, reading its files and no other source's."""
    files = set(unit.files)
    own = read_sources(unit.files, (), unit.folder, shared.layers)
    whole = shared.corpus.part(lambda path: path not in files).joined(own)
    records = check_records(whole, files)
    names = shared.reached(own.records())
    quads = described_quads(records.sound)
    context = shared.context(names, files)
    rejected = [*records.rejected, *shared.checked.rejected]
    of_shapes, names_of_findings = _of_shapes([*quads, *described_quads(context)], whole, rejected, shared)
    found = [*records.findings, *of_shapes]
    known = {entity.id: entity for entity in context.entities}
    claims = [WordedClaim(claim, known) for claim in records.sound.claims]
    found += [finding for worded in claims for finding in wording_findings(worded)]
    found += doubtful_dates((*records.sound.sources, *records.sound.claims))
    found += repeated_claims(records.sound.claims)
    found += disordered_dates(records.sound.sources, records.sound.curations, records.sound.claims)
    depends = _context(names | names_of_findings, shared, found, files)
    return CheckedUnit(found, len(own.claims), _text(quads), depends, _situations(claims))


def _situations(claims: list[WordedClaim]) -> dict[str, list[str]]:
    """Each situation that some claims name, with their ids."""
    found: dict[str, list[str]] = {}
    for worded in claims:
        for name in situations(worded):
            found.setdefault(name, []).append(worded.claim.id)
    return found


def _of_shapes(
    quads: list[ox.Quad], corpus: Corpus, rejected: list[Record], shared: Shared
) -> tuple[list[Finding], set[str]]:
    """What shapes and rules find, each at its place, less what only says that a record was rejected.

    With it comes what decides about the latter: for all that they find, rejected records that are named.
    """
    found = check_described(quads)
    if any(set(folder.languages) != set(LANGUAGES) for folder in shared.layers.folders):
        found = [each for each in found if each.shape not in _OF_LANGUAGES]  # the schema knows each corpus's
    ends = {end.strip("<>").removeprefix(BASE) for each in found for end in (each.focus, each.value)}
    depends = {REJECTED_ABOUT + end for end in ends - {""}}
    return locate_findings([each for each in found if not follows(each, rejected)], corpus, quads), depends


def _context(
    names: Iterable[str], shared: Shared, findings: list[Finding], files: Collection[Path]
) -> dict[str, str]:
    """Everything outside a unit's files that decides what is found of it."""
    needed = {*names, REJECTED_READINGS}
    if any(not finding.shape for finding in findings):
        needed.add(ALL_PLACES)
    needed |= {
        PLACE_OF + finding.subject
        for finding in findings
        if finding.place.path not in files and finding.place.path != DATASET
    }
    return {name: shared.digest(name) for name in sorted(needed)}


def _text(quads: Iterable[ox.Quad]) -> str:
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8")


def follows(finding: Finding, rejected: list[Record]) -> bool:
    """Whether a finding only says that a rejected record is missing."""
    missing = {BASE + record.id for record in rejected}
    if finding.value.strip("<>") in missing or (finding.focus in missing and finding.shape in _REFERENCES):
        return True
    local = finding.focus.removeprefix(BASE)
    if not finding.value and any(local in strings(record.data) for record in rejected):
        return True  # what is missing may stand in a rejected record
    unread = {record.source for record in rejected if record.kind == "curation"}
    of_unread = any(
        finding.focus.startswith(f"{BASE}claim/{source.removeprefix('source/')}/") for source in unread
    )
    return of_unread and finding.path in _FROM_READINGS
