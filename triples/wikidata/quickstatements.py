"""What Wikidata could take from the uncontested claims, in QuickStatements V1 commands.

https://www.wikidata.org/wiki/Help:QuickStatements: a line is item, property and value, then qualifiers
(``P…`` and a value) and references (``S…`` and a value, the first of each further reference written ``!S…``),
separated by tabs. Only what a source's author affirms or endorses as fact, and nobody contests, is written,
only between things that are the same as an item, and only with a reference that leads to the document.
Whatever the format cannot carry is in the list of losses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, PROV, RDF, RDFS, SKOS, WIKIDATA, local_name
from araxes.triples.derived.claim_graphs import ClaimGraph, read_claim_graphs
from araxes.triples.labels import Description, Words
from araxes.triples.wikidata.quickstatements_values import (
    END,
    POINT,
    START,
    Pairs,
    period_pairs,
    string,
    time_value,
)
from araxes.triples.wikidata.source_references import looked_for, naming, new_item

LOSS_COLUMNS = ("claim", "statement", "lost", "reason", "subject", "property", "object")
"""Columns of the list of losses.

``statement`` is the statement in words, ``lost`` is ``statement``, ``qualifier`` or ``reference``.
"""

ACTORS = frozenset({"state", "de-facto-state", "historical-state", "organization", "person"})


class Counterpart(NamedTuple):
    """When a property of ours may become one of Wikidata.

    Attributes:
        name: our property.
        pid: theirs; the pair stands in the table of property mappings.
        subjects: kinds of subjects for which both mean the same.
        objects: kinds of objects, likewise.
        inverse: whether theirs runs the other way.
    """

    name: str
    pid: str
    subjects: frozenset[str]
    objects: frozenset[str]
    inverse: bool = False


def _kinds(text: str) -> frozenset[str]:
    return frozenset(text.split())


COUNTERPARTS = (
    Counterpart("capital", "P36", _kinds("state place"), _kinds("place")),
    Counterpart("borders", "P47", _kinds("state"), _kinds("state")),
    Counterpart("hasDiplomaticRelationsWith", "P530", _kinds("state"), _kinds("state")),
    Counterpart("memberOf", "P463", _kinds("state de-facto-state"), _kinds("organization")),
    Counterpart("hasMember", "P463", _kinds("organization"), _kinds("state de-facto-state"), inverse=True),
    Counterpart("foundedBy", "P112", _kinds("organization historical-state"), ACTORS),
    Counterpart("followsReligion", "P140", _kinds("organization person"), _kinds("religion")),
    Counterpart("hasSubEvent", "P527", _kinds("event"), _kinds("event")),
    Counterpart("subEventOf", "P361", _kinds("event"), _kinds("event")),
    Counterpart("participant", "P710", _kinds("event"), ACTORS),
    Counterpart("belligerent", "P710", _kinds("event"), ACTORS),
    Counterpart("place", "P276", _kinds("event"), _kinds("place")),
    Counterpart("locatedIn", "P131", _kinds("infrastructure"), _kinds("place")),
    Counterpart("bornIn", "P19", _kinds("person"), _kinds("place")),
    Counterpart("signatory", "P1891", _kinds("agreement"), ACTORS),
    Counterpart("speaksLanguage", "P2936", _kinds("state place"), _kinds("language")),
    Counterpart("adheresToIdeology", "P1142", _kinds("organization"), _kinds("ideology")),
    Counterpart("operates", "P137", _kinds("state"), _kinds("organization infrastructure"), inverse=True),
    Counterpart("succeeds", "P1365", _kinds("state historical-state"), _kinds("historical-state")),
)
"""Properties that have a counterpart, and between which kinds of things."""

URL, RETRIEVED = "S854", "S813"

_SILENT = {RDF + "type", RDFS + "label", AX + "earliest", AX + "latest"}


@dataclass
class Command:
    """One command: a statement with everything that claims say in support of it."""

    item: str
    property: str
    value: str
    qualifiers: set[Pairs] = field(default_factory=set)
    references: list[Pairs] = field(default_factory=list)

    def line(self) -> str:
        """The command."""
        cells = [self.item, self.property, self.value]
        if len(self.qualifiers) == 1:
            cells += [cell for pair in next(iter(self.qualifiers)) for cell in pair]
        for number, reference in enumerate(self.references):
            (first, value), *rest = reference
            cells += [f"!{first}" if number else first, value, *(cell for pair in rest for cell in pair)]
        return "\t".join(cells)


@dataclass
class Export:
    """What is written, and what is lost.

    Attributes:
        statements: the commands.
        losses: rows of :data:`LOSS_COLUMNS`.
        new_items: lines that would make items of the sources that have none.
        looked_for: source of such an item → what was looked for before, as the mappings record it.
    """

    statements: list[Command]
    losses: list[dict[str, str]]
    new_items: list[str]
    looked_for: dict[str, str]

    def text(self) -> str:
        """The commands, one on each line."""
        return "".join(statement.line() + "\n" for statement in self.statements)

    def reasons(self) -> list[tuple[str, int]]:
        """Why statements are left out, and how many, the commonest first."""
        return Counter(row["reason"] for row in self.losses if row["lost"] == "statement").most_common()


def quickstatements(dataset: Iterable[ox.Quad]) -> Export:
    """The commands for a dataset, in order of item, property and value, and the list of losses."""
    return _Exporter(list(dataset)).export()


class _Exporter:
    """One run over a dataset."""

    def __init__(self, quads: list[ox.Quad]) -> None:
        self.quads = quads
        self.about, self.words = Description(quads), Words(quads)
        self.bare = {quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)}
        self.items: dict[str, str] = {}
        for quad in quads:
            if quad.predicate.value == SKOS + "exactMatch" and isinstance(quad.object, ox.NamedNode):
                target = quad.object.value
                if target.startswith(WIKIDATA + "Q") and isinstance(quad.subject, ox.NamedNode):
                    self.items[quad.subject.value] = target.removeprefix(WIKIDATA)
        self.references: dict[str, tuple[Pairs, list[str]]] = {}
        self.losses: list[dict[str, str]] = []

    def export(self) -> Export:
        statements: dict[tuple[str, str, str], Command] = {}
        origin: dict[tuple[str, str, str], list[tuple[ClaimGraph, ox.Quad]]] = defaultdict(list)
        for claim in read_claim_graphs(self.quads).values():
            if claim.affirmed_as_fact:
                denials = {node for node, _ in claim.denials()}
                for quad in claim.quads:
                    if str(quad.subject) not in denials:
                        self._take(claim, quad, statements, origin)
        for key, statement in statements.items():
            if len(statement.qualifiers) > 1:
                for claim, quad in origin[key]:
                    self._lose(claim, quad, "qualifier", "claims give it different periods")
        ordered = sorted(
            statements.values(), key=lambda one: (int(one.item[1:]), int(one.property[1:]), one.value)
        )
        losses = sorted(self.losses, key=lambda row: tuple(row.values()))
        sources = self.about.subjects(AX + "sourceAuthor")
        made = {source: new_item(self.about, source, self.items) for source in sources}
        looked = {source: looked_for(self.about, source) for source, lines in made.items() if lines}
        return Export(ordered, losses, [line for lines in made.values() for line in lines], looked)

    def _take(
        self,
        claim: ClaimGraph,
        quad: ox.Quad,
        statements: dict[tuple[str, str, str], Command],
        origin: dict[tuple[str, str, str], list[tuple[ClaimGraph, ox.Quad]]],
    ) -> None:
        if quad.predicate.value in _SILENT:
            return
        found = self._statement(quad)
        if isinstance(found, str):
            self._lose(claim, quad, "statement", found)
            return
        if quad.triple not in self.bare:
            self._lose(claim, quad, "statement", "contested")
            return
        reference, lost = self._reference(claim)
        if not reference:
            self._lose(claim, quad, "statement", "; ".join(lost))
            return
        for reason in lost:
            self._lose(claim, quad, "reference", reason)
        for key in found:
            statement = statements.setdefault(key, Command(*key))
            origin[key].append((claim, quad))
            if key[1] not in (POINT, START, END):
                self._qualify(claim, quad, statement)
            if reference not in statement.references:
                statement.references.append(reference)

    def _statement(self, quad: ox.Quad) -> list[tuple[str, str, str]] | str:
        """Items, properties and values, or why there are none."""
        name = local_name(quad.predicate.value)
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        if name == "date" and isinstance(quad.object, ox.Literal):
            return self._date(subject, quad.object.value)
        found = [each for each in COUNTERPARTS if each.name == name]
        if not found:
            return f"no counterpart of {name}"
        value = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
        for each in found:
            if _kind(subject) in each.subjects and _kind(value) in each.objects:
                missing = [local for local in (subject, value) if local not in self.items]
                if missing:
                    return f"no item that is the same as {missing[0].removeprefix(BASE)}"
                one, two = (value, subject) if each.inverse else (subject, value)
                return [(self.items[one], each.pid, self.items[two])]
        return f"{name} has a counterpart only between other kinds of things"

    def _date(self, subject: str, text: str) -> list[tuple[str, str, str]] | str:
        if _kind(subject) != "event" or "#" in subject:
            return "a date of something that is no event"
        if subject not in self.items:
            return f"no item that is the same as {subject.removeprefix(BASE)}"
        pairs, lost = period_pairs(text)
        return [(self.items[subject], name, value) for name, value in pairs] if pairs else "; ".join(lost)

    def _qualify(self, claim: ClaimGraph, quad: ox.Quad, statement: Command) -> None:
        period = self.about.one(claim.iri, AX + "period")
        if period:
            pairs, lost = period_pairs(period)
            if pairs:
                statement.qualifiers.add(pairs)
            for reason in lost:
                self._lose(claim, quad, "qualifier", reason)

    def _reference(self, claim: ClaimGraph) -> tuple[Pairs, list[str]]:
        """The reference to a claim's source with the claim's own address, and what it cannot say."""
        if claim.source not in self.references:
            self.references[claim.source] = self._source(claim.source)
        pairs, lost = self.references[claim.source]
        if not pairs:
            return (), lost
        retrieved = max((self._readings(claim)), default="")
        ending = [(URL, string(claim.iri))]
        if value := time_value(retrieved):
            ending.append((RETRIEVED, value))
        return (*pairs, *ending), lost

    def _readings(self, claim: ClaimGraph) -> Iterator[str]:
        for reading in self.about.all(claim.iri, PROV + "wasGeneratedBy"):
            yield from self.about.all(reading, AX + "date")

    def _source(self, source: str) -> tuple[Pairs, list[str]]:
        pairs, lost = naming(self.about, source, self.items)
        return tuple((key.replace("P", "S"), value) for key, value in pairs), lost

    def _lose(self, claim: ClaimGraph, quad: ox.Quad, what: str, why: str) -> None:
        said = (str(quad.subject), quad.predicate.value, str(quad.object))
        values = (
            claim.iri,
            self.words.statement(said, "en"),
            what,
            why,
            said[0],
            local_name(said[1]),
            said[2],
        )
        self.losses.append(dict(zip(LOSS_COLUMNS, values, strict=True)))


def _kind(iri: str) -> str:
    """The kind of an entity, from its IRI.

    >>> _kind("https://w3id.org/araxes/state/iran")
    'state'
    """
    return iri.removeprefix(BASE).partition("/")[0] if iri.startswith(BASE) else ""
