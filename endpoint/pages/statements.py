"""Statement lines: who says what, in which source, for what time, and how it stands among the sources.

Any query whose solutions bind ``?claim ?subject ?relation ?object``, and maybe ``?denied`` and ``?bare``,
can be shown so; the rest is asked about the claims that it names (``queries/claims.rq`` and ``sides.rq``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from araxes.endpoint.pages.dates import date_told, dates_of
from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.thing_pages import NamedThing, Row, Told
from araxes.endpoint.pages.words import words
from araxes.endpoint.sparql.local_links import held_link
from araxes.ontology.namespaces import AX, XSD, local_name
from araxes.validation.disagreement.words_of_time import date_in_words, number_in_words

_DATE = AX + "date"
_GAP = "…"
"""Where the object stands in the label of a relation."""

_KINDS = {"PredictiveClaim": "predicted", "NormativeClaim": "normative"}
_MODALITIES = {"Possible": "possible", "Ability": "able"}
_STANCES = {"Reports": "reported", "Endorses": "endorsed", "Disputes": "rejected"}
_DATES = frozenset(AX + name for name in ("date", "period", "horizon", "overlap"))
_WRITTEN_DATES = frozenset({AX + "dateSolarHijri"})
"""Dates that are shown as they are written, in the digits of the page."""
_BY_DATES = "DatedStatements"
"""The basis of a period of claims that hold when what they speak of is dated."""
_DAYS = frozenset({XSD + "date", XSD + "dateTime"})
_NUMBERS = frozenset(XSD + kind for kind in ("integer", "decimal", "double"))


@dataclass(frozen=True, slots=True)
class ClaimNote:
    """What a line says of the claim behind it.

    Attributes:
        name: the claim by its paraphrase.
        holders: who holds it.
        source: where it stands.
        polarity: value of the ontology; ``None`` where it has none.
        marks: keys of ``[statement.marks]`` in the words: why it is no plain assertion of the author.
        when: the period in words, or the dates of what it speaks of if it holds by these; or empty.
        basis: local name of what the period rests on.
    """

    name: NamedThing
    holders: tuple[NamedThing, ...]
    source: NamedThing
    polarity: NamedThing | None
    marks: tuple[str, ...]
    when: str
    basis: str

    @property
    def authors(self) -> bool:
        """Whether it is held by the source's own authors alone, so that its name says enough."""
        return all(holder.iri.startswith(self.source.iri + "#") for holder in self.holders)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One statement of one claim.

    Attributes:
        parts: the sentence; each piece is a thing, or text that leads nowhere.
        relation: the property's IRI.
        denied: whether the claim denies it.
        note: on the claim.
        polarity: of the relation where it has one of its own, else of the claim; ``None`` for neither.
        uncontested: whether the statement stands bare among these sources.
        disputes: the questions on which this statement stands against others.
    """

    parts: tuple[NamedThing, ...]
    relation: str
    denied: bool
    note: ClaimNote
    polarity: NamedThing | None
    uncontested: bool
    disputes: tuple[NamedThing, ...]


def lines(told: Told, name: str) -> list[StatementLine]:
    """The solutions of a query as statement lines, in their order; without those of no claim."""
    return [line for _, line in rows_and_lines(told, name)]


def rows_and_lines(told: Told, name: str) -> list[tuple[Row, StatementLine]]:
    """The same, each with its solution."""
    notes = claim_notes(told)
    return [(row, line_of(told, row)) for row in told.rows(name) if row["claim"]["value"] in notes]


def claim_notes(told: Told) -> Mapping[str, ClaimNote]:
    """What is to be said of each claim that the answers name."""
    return told.once("claim notes", _claim_notes)


def _claim_notes(told: Told) -> dict[str, ClaimNote]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in told.rows("claims"):
        rows[row["claim"]["value"]].append(row)
    return {claim: _note(told, claim, found) for claim, found in rows.items()}


def _note(told: Told, claim: str, rows: list[Row]) -> ClaimNote:
    first = rows[0]
    language = told.asked.language
    marks = {
        word
        for row in rows
        for variable, table in (("stance", _STANCES), ("kind", _KINDS), ("modality", _MODALITIES))
        if variable in row and (word := table.get(local_name(row[variable]["value"])))
    }
    shown = told.named(claim)
    if "paraphrase" in first:
        shown = NamedThing(claim, first["paraphrase"]["value"], first["paraphrase"]["xml:lang"], shown.href)
    period = first.get("period", {}).get("value", "")
    basis = local_name(first.get("basis", {}).get("value", ""))
    return ClaimNote(
        shown,
        tuple(map(told.named, dict.fromkeys(row["holder"]["value"] for row in rows if "holder" in row))),
        told.named(first["source"]["value"]),
        told.named(first["polarity"]["value"]) if "polarity" in first else None,
        tuple(word for word in words(language)["statement"]["marks"] if word in marks),
        date_in_words(period, language) if period else dates_of(told, claim) if basis == _BY_DATES else "",
        basis,
    )


_Key = tuple[str, str, str, str]


def _disputes(told: Told) -> Mapping[_Key, list[str]]:
    """Claim, subject, property and object → disputes."""
    found: dict[_Key, list[str]] = defaultdict(list)
    for row in told.rows("sides"):
        claim, subject, relation, value, dispute = (
            row[each]["value"] for each in ("claim", "subject", "relation", "object", "dispute")
        )
        found[claim, relation, subject, value].append(dispute)
        found[claim, relation, value, subject].append(dispute)  # a symmetric relation may be turned round
    return found


def line_of(told: Told, row: Row) -> StatementLine:
    """One solution as a statement line.

    Raises:
        KeyError: it names no claim.
    """
    claim, subject, relation, value = (
        row[each]["value"] for each in ("claim", "subject", "relation", "object")
    )
    against = dict.fromkeys(told.once("disputes", _disputes).get((claim, relation, subject, value), ()))
    note, denied = claim_notes(told)[claim], row.get("denied", {}).get("value") == "true"
    return StatementLine(
        sentence(told, row["subject"], relation, object_of(told, row)),
        relation,
        denied,
        note,
        told.named(row["own"]["value"]) if "own" in row and not denied else note.polarity,
        row.get("bare", {}).get("value") == "true" and not against,
        tuple(map(told.named, against)),
    )


def object_of(told: Told, row: Row) -> Mapping[str, str]:
    """The object of a solution; a date as text that tells it as its claim writes it."""
    if row["relation"]["value"] != _DATE:
        return row["object"]
    claim, subject, date = (row[each]["value"] for each in ("claim", "subject", "object"))
    language = told.asked.language
    return {"type": "literal", "value": date_told(told, claim, subject, date), "xml:lang": language}


def sentence(
    told: Told, subject: Mapping[str, str], relation: str, value: Mapping[str, str]
) -> tuple[NamedThing, ...]:
    """A statement in words: subject, relation, object, as the ontology's labels put them."""
    says = told.named(relation)
    ends = (end(told, subject, relation), end(told, value, relation))
    before, gap, behind = says.text.partition(_GAP)
    if not gap:
        return ends[0], says, ends[1]
    pieces = (NamedThing(relation, text.strip(), says.language, says.href) for text in (before, behind))
    first, last = pieces
    return tuple(piece for piece in (ends[0], first, ends[1], last) if piece.text)


def end(told: Told, term: Mapping[str, str], relation: str = "") -> NamedThing:
    """A thing, or a value as people say it."""
    text, language = term["value"], told.asked.language
    if term["type"] == "uri":
        return _part_of_claim(told, text) or told.named(text)
    if term["type"] == "bnode":
        return NamedThing("", _words(told)["something"], language, None)
    if relation in _DATES and "xml:lang" not in term:
        return NamedThing("", date_in_words(text, language), language, None)
    if term.get("datatype") in _DAYS:
        return NamedThing("", date_in_words(text[:10], language), language, None)
    if term.get("datatype") in _NUMBERS:
        return NamedThing("", number_in_words(text, language), language, None)
    tag = term.get("xml:lang", "")
    # a text without language or type is an identifier, a digest, a name of a file: its digits stay
    counted = tag == language or bool(term.get("datatype")) or relation in _WRITTEN_DATES
    return NamedThing("", digits(text, language) if counted else text, tag, None)


def _part_of_claim(told: Told, iri: str) -> NamedThing | None:
    """A node that a claim makes for itself and that has no name: it is called by its kind."""
    claim, mark, _ = iri.partition("#")
    kind = told.once("kinds of parts", _kinds_of_parts).get(iri, "") if mark else ""
    if not kind or told.has_label(iri):
        return None
    own: Mapping[str, str] = words(told.asked.language)["statement"]["parts"]
    spoken = own.get(local_name(kind)) or _words(told)["part"].format(kind=told.named(kind).text)
    return NamedThing(iri, spoken, told.asked.language, held_link(claim, told.asked.namespace))


def _kinds_of_parts(told: Told) -> dict[str, str]:
    """Node of a claim → its kind, the first in order of characters."""
    rows = sorted(((row["part"]["value"], row["kind"]["value"]) for row in told.rows("parts")), reverse=True)
    return dict(rows)


def _words(told: Told) -> Mapping[str, Any]:
    found: Mapping[str, Any] = words(told.asked.language)["statement"]
    return found


def by_relation(found: Iterable[StatementLine]) -> dict[str, list[StatementLine]]:
    """Lines by relation, in order of their first."""
    groups: dict[str, list[StatementLine]] = {}
    for line in found:
        groups.setdefault(line.relation, []).append(line)
    return groups
