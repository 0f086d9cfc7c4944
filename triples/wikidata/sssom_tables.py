"""Mappings to Wikidata and other authority files: SSSOM tables read, and compiled to RDF.

A table is ``mappings/NAME.sssom.tsv`` in the Simple Standard for Sharing Ontological Mappings
(https://mapping-commons.github.io/sssom/): YAML metadata in lines that begin with ``#``, then tab-separated
rows. Its extension slot ``evidence`` says where identifier and name stand together. Beside them lie
``codes.tsv`` (codes that mapped items have there) and ``names.tsv`` (their names in other languages).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from araxes.ontology.namespaces import AX, BASE, DCTERMS, RDF, RDFS, SKOS, XSD
from araxes.triples.authoring.problems import Problem

MAPPINGS = Path(__file__).parent.parent / "corpus" / "mappings"
"""Mapping tables of the project."""

SSSOM = "https://w3id.org/sssom/"
PAV = "http://purl.org/pav/"
WIKIDATA = "http://www.wikidata.org/entity/"
NO_TERM = SSSOM + "NoTermFound"
"""The object of a row that records that a match was looked for and not found."""

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

NAME_COLUMNS = ("subject_id", "language", "name", "evidence")
CODE_COLUMNS = ("object_id", "property", "code", "evidence")


@dataclass(frozen=True)
class Row:
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

    def problem(self, message: str, remedy: str) -> Problem:
        """A problem of this line."""
        subject = self.cells.get("subject_id", "").removeprefix("araxes:")
        return Problem(self.path, self.line, subject, message, remedy)


@dataclass
class Table:
    """A mapping table.

    Attributes:
        path: the file.
        metadata: the mapping set's metadata slots.
        rows: the mappings in order of the file.
    """

    path: Path
    metadata: dict[str, Any]
    rows: list[Row]


@dataclass
class Mappings:
    """Everything in a folder of mappings."""

    tables: list[Table] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)
    codes: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """The rows of all mapping tables."""
        for table in self.tables:
            yield from table.rows

    def items(self) -> dict[str, str]:
        """IRI of an entity or property → IRI of the one Wikidata item or property that is the same."""
        return {
            row.iri("subject_id"): row.iri("object_id")
            for row in self.rows()
            if row.exact and row.iri("object_id").startswith(WIKIDATA)
        }


def read_mappings(folder: Path = MAPPINGS) -> Mappings:
    """Read every table of a folder; a folder that is not there holds none.

    What cannot be read is in ``problems``; nothing is raised.
    """
    found = Mappings()
    if not folder.is_dir():
        return found
    curies = {"araxes": BASE, "ax": AX, "wd": WIKIDATA}
    for path in sorted(folder.glob("*.sssom.tsv")):
        table = _read_table(path, found.problems)
        if table:
            found.tables.append(table)
            curies.update(table.metadata["curie_map"])
    for name, columns, rows in (
        ("names.tsv", NAME_COLUMNS, found.names),
        ("codes.tsv", CODE_COLUMNS, found.codes),
    ):
        if (folder / name).is_file():
            lines = _lines(folder / name, found.problems)
            rows.extend(_rows(folder / name, lines, 1, columns, curies, found.problems))
    return found


def _lines(path: Path, problems: list[Problem]) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(path, 0, "", f"cannot be read: {error}", "save it as a file in UTF-8"))
        return []


def _read_table(path: Path, problems: list[Problem]) -> Table | None:
    lines = _lines(path, problems)
    head = 0
    while head < len(lines) and lines[head].startswith("#"):
        head += 1
    try:
        metadata = yaml.safe_load("\n".join(line[1:] for line in lines[:head]))
    except yaml.YAMLError as error:
        metadata = f"its metadata are no YAML: {str(error).splitlines()[0]}"
    curies = metadata.get("curie_map") if isinstance(metadata, dict) else None
    if not isinstance(metadata, dict) or not isinstance(curies, dict):
        message = metadata if isinstance(metadata, str) else "its metadata have no curie_map"
        remedy = "begin with the metadata of an SSSOM table, each line after a #"
        problems.append(Problem(path, 1, "", message, remedy))
        return None
    return Table(path, metadata, list(_rows(path, lines, head + 1, COLUMNS, curies, problems)))


def _rows(
    path: Path,
    lines: list[str],
    head: int,
    columns: tuple[str, ...],
    curies: dict[str, str],
    problems: list[Problem],
) -> Iterator[Row]:
    """The rows under the header line number ``head``."""
    if len(lines) < head or tuple(lines[head - 1].split("\t")) != columns:
        remedy = f"separated by tabs: {' '.join(columns)}"
        problems.append(Problem(path, head, "", "the columns are not those of this table", remedy))
        return
    for number, line in enumerate(lines[head:], head + 1):
        cells = line.split("\t")
        if len(cells) == len(columns):
            yield Row(path, number, dict(zip(columns, cells, strict=True)), curies)
        elif line or number < len(lines):
            message = f"has {len(cells)} cells instead of {len(columns)}"
            problems.append(Problem(path, number, cells[0], message, "separate the cells by single tabs"))


def mapping_quads(mappings: Mappings) -> Iterator[ox.Quad]:
    """The quads of all tables, for the default graph.

    A mapping is the bare SKOS statement and a record ``<subject>#mapping-OBJECT`` of type ``sssom:Mapping``
    (for terms of other vocabularies below ``mappings/``); a row without a match is only a record.
    Names are ``skos:hiddenLabel``: found by searches, not shown.
    """
    for row in mappings.rows():
        subject, predicate = ox.NamedNode(row.iri("subject_id")), ox.NamedNode(row.iri("predicate_id"))
        target = ox.NamedNode(row.iri("object_id"))
        if row.found:
            yield ox.Quad(subject, predicate, target)
        yield from _record(row, subject, predicate, target)
    for row in mappings.names:
        name = ox.Literal(row["name"], language=row["language"])
        yield ox.Quad(ox.NamedNode(row.iri("subject_id")), ox.NamedNode(SKOS + "hiddenLabel"), name)


def _record(
    row: Row, subject: ox.NamedNode, predicate: ox.NamedNode, target: ox.NamedNode
) -> Iterator[ox.Quad]:
    local = row["object_id"].partition(":")[2].strip("/")
    if subject.value.startswith(BASE):
        record = ox.NamedNode(f"{subject.value}#mapping-{local}")
    else:
        record = ox.NamedNode(
            f"{BASE}mappings/{row.path.name.partition('.')[0]}#{row['subject_id'].replace(':', '-')}-{local}"
        )

    def quad(name: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(record, ox.NamedNode(name), value)

    yield quad(RDF + "type", ox.NamedNode(SSSOM + "Mapping"))
    yield quad(SSSOM + "subject_id", subject)
    yield quad(SSSOM + "predicate_id", predicate)
    yield quad(SSSOM + "object_id", target)
    yield quad(SSSOM + "mapping_justification", ox.NamedNode(row.iri("mapping_justification")))
    yield quad(PAV + "authoredBy", ox.NamedNode(row.iri("author_id")))
    moment = f"{row['mapping_date']}T00:00:00Z"
    yield quad(DCTERMS + "created", ox.Literal(moment, datatype=ox.NamedNode(XSD + "dateTime")))
    yield quad(EVIDENCE, ox.Literal(row["evidence"]))
    if row["object_label"]:
        yield quad(SSSOM + "object_label", ox.Literal(row["object_label"]))
    if row["confidence"]:
        value = ox.Literal(row["confidence"], datatype=ox.NamedNode(XSD + "decimal"))
        yield quad(SSSOM + "confidence", value)
    if row["comment"]:
        yield quad(RDFS + "comment", ox.Literal(row["comment"], language="en"))
