"""Mappings to Wikidata and other authority files: SSSOM tables read.

A table is ``mappings/NAME.sssom.tsv`` in the Simple Standard for Sharing Ontological Mappings
(https://mapping-commons.github.io/sssom/): YAML metadata in lines that begin with ``#``, then tab-separated
rows. Its extension slot ``evidence`` says where identifier and name stand together. Beside them lie
``codes.tsv`` (codes that mapped items have there), ``names.tsv`` (their names in other languages) and
``coordinates.tsv`` (where they are).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, SKOS, WIKIDATA
from araxes.triples.authoring.corpus_layers import SHIPPED, Layers, files_in
from araxes.triples.authoring.findings import Finding, Place, did_you_mean, quoted
from araxes.triples.authoring.yaml_lines import Document, parse_document
from araxes.triples.wikidata.tab_separated import metadata_of, read_lines, read_rows

MAPPINGS = SHIPPED / "mappings"
"""Mapping tables of the project."""

SSSOM = "https://w3id.org/sssom/"
PAV = "http://purl.org/pav/"
NO_TERM = SSSOM + "NoTermFound"
"""The object of a row that records that a match was looked for and not found."""

PREFIXES = {
    "araxes": BASE,
    "ax": AX,
    "geonames": "https://sws.geonames.org/",
    "nomisma": "http://nomisma.org/id/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": SKOS,
    "sssom": SSSOM,
    "wd": WIKIDATA,
}
"""Prefixes that stand for one namespace in every table; tables may have others beside them."""

PREDICATES = tuple(
    SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)
"""Predicates that a mapping may have."""

EVIDENCE = BASE + "mappings/evidence"
"""Property of the extension slot ``evidence``."""

COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_id",
    "mapping_date",
    "confidence",
    "evidence",
    "comment",
)
"""Columns of a mapping table, in this order."""

REVIEW_COLUMNS = ("reviewer_id", "reviewer_agreement", "record_id")
"""Columns of SSSOM 1.1 that may follow, all or none: who looked at a mapping, and its record's id."""

NAME_COLUMNS = ("subject_id", "language", "name", "evidence")
CODE_COLUMNS = ("object_id", "property", "code", "evidence")
COORDINATE_COLUMNS = ("object_id", "latitude", "longitude", "kind", "evidence")


@dataclass(frozen=True)
class MappingRow:
    """One line of a table.

    Attributes:
        path: the file.
        line: 1-based line.
        cells: column → text.
        curies: prefix → namespace of the table.
    """

    path: Path
    line: int
    cells: dict[str, str]
    curies: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The text of a cell."""
        return self.cells[column]

    def iri(self, column: str) -> str:
        """The IRI of a cell's CURIE, or an empty string where its prefix is unknown."""
        prefix, separator, local = self[column].partition(":")
        return self.curies[prefix] + local if separator and prefix in self.curies else ""

    @property
    def found(self) -> bool:
        """Whether the row maps to something."""
        return self.iri("object_id") != NO_TERM

    @property
    def exact(self) -> bool:
        """Whether the row says that both are the same."""
        return self.found and self.iri("predicate_id") == SKOS + "exactMatch"

    def finding(self, message: str, remedy: str) -> Finding:
        """A violation of this line."""
        subject = self.cells.get("subject_id", "").removeprefix("araxes:")
        return Finding(Place(self.path, self.line), subject, message, remedy)


def record_iri(row: MappingRow) -> str:
    """The IRI of a mapping's record."""
    local = row["object_id"].partition(":")[2].strip("/")
    if row.iri("subject_id").startswith(BASE):
        return f"{row.iri('subject_id')}#mapping-{local}"
    table = row.path.name.partition(".")[0]
    return f"{BASE}mappings/{table}#{row['subject_id'].replace(':', '-')}-{local}"


@dataclass(frozen=True)
class MappingTable:
    """A mapping table.

    Attributes:
        path: the file.
        metadata: the mapping set's metadata slots; in ``curie_map`` the prefixes that lead somewhere.
        rows: the mappings in order of the file.
        document: the metadata with their lines.
    """

    path: Path
    metadata: dict[str, Any]
    rows: list[MappingRow]
    document: Document

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefix → namespace, for those that lead somewhere."""
        found: dict[str, str] = self.metadata["curie_map"]
        return found

    @property
    def faulty(self) -> set[str]:
        """Prefixes of which a finding says that they lead nowhere."""
        return set(self.document.data["curie_map"]) - set(self.prefixes)

    def finding(self, message: str, remedy: str, *key: str) -> Finding:
        """A violation of the metadata."""
        return self.document.finding(message, remedy, key)


@dataclass(frozen=True)
class Mappings:
    """Everything in a folder of mappings, as it was read; nothing of it is checked."""

    tables: list[MappingTable] = field(default_factory=list)
    names: list[MappingRow] = field(default_factory=list)
    codes: list[MappingRow] = field(default_factory=list)
    coordinates: list[MappingRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def rows(self) -> Iterator[MappingRow]:
        """The rows of all mapping tables."""
        for table in self.tables:
            yield from table.rows

    def every(self) -> Iterator[MappingRow]:
        """The rows of all tables that have a subject: mappings and names."""
        yield from self.rows()
        yield from self.names

    def items(self) -> dict[str, str]:
        """IRI of an entity or property → IRI of the one Wikidata item or property that is the same."""
        return {
            row.iri("subject_id"): row.iri("object_id")
            for row in self.rows()
            if row.exact and row.iri("object_id").startswith(WIKIDATA)
        }


@dataclass(frozen=True)
class SoundMappings:
    """Rows with which the checks found nothing wrong; only
    :func:`~araxes.triples.wikidata.sssom_checks.check_mappings` makes it.
    """

    rows: tuple[MappingRow, ...] = ()
    names: tuple[MappingRow, ...] = ()
    coordinates: tuple[MappingRow, ...] = ()

    def items(self) -> list[tuple[str, str]]:
        """IRI of an entity, and of the item of Wikidata that is the same."""
        pairs = ((row.iri("subject_id"), row.iri("object_id")) for row in self.rows if row.exact)
        return [(subject, item) for subject, item in pairs if item.startswith(WIKIDATA)]


def read_mappings_of(layers: Layers) -> Mappings:
    """Read the tables of corpora in layers, the lowest first; what cannot be read is in ``findings``."""
    found = Mappings()
    for folder in layers.folders:
        own = read_mappings(folder.mappings, {each.name: each.namespace for each in layers.below(folder)})
        found.tables.extend(own.tables)
        found.names.extend(own.names)
        found.codes.extend(own.codes)
        found.coordinates.extend(own.coordinates)
        found.findings.extend(own.findings)
    return found


def read_mappings(folder: Path = MAPPINGS, spaces: Mapping[str, str] | None = None) -> Mappings:
    """Read every table of a folder; a folder that is not there holds none.

    What cannot be read is in ``findings``; nothing is raised.

    Args:
        folder: the folder.
        spaces: prefixes and namespaces of corpora, whose things are known by their ids alone.
    """
    found = Mappings()
    if not folder.is_dir():
        return found
    curies = {prefix: PREFIXES[prefix] for prefix in ("araxes", "ax", "wd")} | dict.fromkeys(
        spaces or {}, BASE
    )
    own = set((spaces or {}).values())
    for path in files_in(folder, "*.sssom.tsv"):
        table = _read_table(path, found.findings, own)
        if table:
            found.tables.append(table)
            curies.update(table.metadata["curie_map"])
    for name, columns, rows in (
        ("names.tsv", NAME_COLUMNS, found.names),
        ("codes.tsv", CODE_COLUMNS, found.codes),
        ("coordinates.tsv", COORDINATE_COLUMNS, found.coordinates),
    ):
        if (folder / name).is_file():
            lines, findings = read_lines(folder / name)
            found.findings.extend(findings)
            if lines:
                rows.extend(_rows(folder / name, lines, 1, columns, curies, found.findings))
    return found


def _read_table(path: Path, findings: list[Finding], own: Collection[str]) -> MappingTable | None:
    lines, unreadable = read_lines(path)
    if unreadable:
        findings.extend(unreadable)
        return None
    head = metadata_of(lines)
    document = _metadata(path, head, findings)
    if document is None:
        return None
    curies = {key: BASE if value in own else value for key, value in _prefixes(document, findings).items()}
    rows = list(_rows(path, lines, len(head) + 1, COLUMNS, curies, findings))
    return MappingTable(path, {**document.data, "curie_map": curies}, rows, document)


def _metadata(path: Path, head: list[str], findings: list[Finding]) -> Document | None:
    """The metadata slots, if they have a ``curie_map``."""
    remedy = "begin with the metadata of an SSSOM table, each line after a #"
    if not "".join(head).strip():
        findings.append(Finding(Place(path, 1), "", "has no metadata", remedy))
        return None
    document, wrong = parse_document("\n".join(head), path)
    findings.extend(wrong)
    if document is None:
        return None
    if not isinstance(document.data, dict):
        findings.append(document.finding("its metadata are no mapping of keys and values", remedy))
    elif "curie_map" not in document.data:
        remedy = did_you_mean(
            "curie_map", document.data, "add `#curie_map:` and below it `#  prefix: namespace`"
        )
        findings.append(document.finding("its metadata have no curie_map", remedy))
    elif not document.data["curie_map"]:
        remedy = "write below it one `#  prefix: namespace` for each prefix"
        findings.append(document.finding("the curie_map is empty", remedy, ("curie_map",)))
    elif not isinstance(document.data["curie_map"], dict):
        what = quoted(document.data["curie_map"])
        remedy = "write below it one `#  prefix: namespace` for each prefix"
        findings.append(document.finding(f"the curie_map is {what}, no mapping", remedy, ("curie_map",)))
    else:
        return document
    return None


def _prefixes(document: Document, findings: list[Finding]) -> dict[str, str]:
    """The prefixes that lead somewhere."""
    found = {}
    for prefix, namespace in document.data["curie_map"].items():
        own = PREFIXES.get(prefix, namespace)
        if not isinstance(namespace, str) or not is_iri(namespace):
            message = f"the prefix {quoted(prefix)} stands for {quoted(namespace)}, which is no IRI"
        elif namespace != own:
            message = f"the prefix {quoted(prefix)} stands for {quoted(namespace)}, not for {own}"
        else:
            found[prefix] = namespace
            continue
        remedy = f"write {PREFIXES.get(prefix, f'the namespace, such as {WIKIDATA}')}"
        findings.append(document.finding(message, remedy, ("curie_map", prefix)))
    return found


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI.

    >>> is_iri("http://www.wikidata.org/entity/"), is_iri("a b:c")
    (True, False)
    """
    try:
        return bool(ox.NamedNode(text))
    except ValueError:
        return False


def _rows(
    path: Path,
    lines: list[str],
    head: int,
    columns: tuple[str, ...],
    curies: dict[str, str],
    findings: list[Finding],
) -> Iterator[MappingRow]:
    """The rows under the header line number ``head``; those of mappings may go on with a review."""
    more = REVIEW_COLUMNS if columns == COLUMNS else ()
    for each in read_rows(path, lines, head, columns, more):
        if isinstance(each, Finding):
            findings.append(each)
        else:
            yield MappingRow(path, each.number, dict(zip((*columns, *more), each.cells, strict=True)), curies)
