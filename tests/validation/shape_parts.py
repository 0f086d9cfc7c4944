"""Things to add to the tiny corpus, whole or less a part, for examples that pass or fail."""

from __future__ import annotations

import pyoxigraph as ox

from araxes.ontology.namespaces import BASE, DCTERMS, OA, RDF, RDFS, SKOS, XSD
from tests.validation.shape_fixtures import (
    CLAIM,
    DECIMAL,
    Change,
    Node,
    add,
    all_of,
    ax,
    iri,
    node,
    number,
    thing,
)

AX = ax("").value
SSSOM = "https://w3id.org/sssom/"
DENIED = iri("claim/test/003")
PASSAGE = iri("claim/test/001#passage-1")
POSITION = iri("claim/test/001#passage-1-position")
CORRECTION = iri("claim/test/001#correction-1")
SOURCE = iri("source/test")
TEXT = iri("source/test#text")
READING = iri("source/test#reading-1")
TRADE = iri("claim/test/001#trade")
ALPHA, BETA, GAMMA = (iri(f"state/{name}") for name in ("alpha", "beta", "gamma"))
EVENT = iri("event/recognition")
DENIAL = iri("claim/test/003#denial-1")
MAPPING = iri("mappings/1")
ITEM = ox.NamedNode("http://www.wikidata.org/entity/Q1")
ENGLISH = ox.Literal("Again, another paraphrase.", language="en")


def correction(printed: str = "lran", corrected: str = "Iran", linked: bool = True) -> Change:
    """Add a correction, or one without what is left empty."""
    parts = [add(CORRECTION, RDF + "type", ax("Correction"))]
    if linked:
        parts.append(add(CLAIM, AX + "correction", CORRECTION))
    for name, text in (("printedForm", printed), ("correctedForm", corrected)):
        if text:
            parts.append(add(CORRECTION, AX + name, ox.Literal(text)))
    return all_of(*parts)


def moment(text: str) -> ox.Literal:
    """A date and time."""
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "dateTime"))


def position(name: str) -> Change:
    """Add a text position that no passage has."""
    made = iri(name)
    return all_of(
        add(made, RDF + "type", ox.NamedNode(OA + "TextPositionSelector")),
        add(made, OA + "start", number("1")),
        add(made, OA + "end", number("2")),
    )


def text(name: str, source: ox.NamedNode | None) -> Change:
    """Add a text, of a source or of none."""
    made = iri(name)
    return all_of(
        add(made, RDF + "type", ax("SourceText")),
        add(made, AX + "fileName", ox.Literal("other.txt")),
        add(made, AX + "sha256", ox.Literal("0" * 64)),
        add(made, AX + "characterCount", number("5000")),
        *([add(source, AX + "sourceText", made)] if source else []),
    )


def reading(**properties: ox.NamedNode) -> Change:
    """Add a reading with some of its properties."""
    made = iri("source/test#reading-2")
    texts = {"date": "2026-11-20", "guideline": "test"}
    return all_of(
        thing("source/test#reading-2", "Curation"),
        add(made, AX + "earliest", moment("2026-11-20T00:00:00Z")),
        add(made, AX + "latest", moment("2026-11-20T23:59:59Z")),
        *(add(made, AX + name, ox.Literal(value)) for name, value in texts.items()),
        *(add(made, AX + name, value) for name, value in properties.items()),
    )


def side(name: str, comparison: ox.NamedNode | None, without: str = "") -> Change:
    """Add a side of a comparison, less one of its properties."""
    made = iri(name)
    parts: dict[str, Node] = {
        "sideProperty": ax("recognizes"),
        "sideSubject": ALPHA,
        "sideObject": BETA,
        "sideDenies": ox.Literal(False),
        "comparedClaim": CLAIM,
        "comparedHolder": BETA,
        "comparedSource": SOURCE,
    }
    linked = [add(comparison, AX + "hasSide", made)] if comparison else []
    kept = [add(made, AX + part, value) for part, value in parts.items() if part != without]
    return all_of(add(made, RDF + "type", ax("ComparedSide")), *linked, *kept)


def comparison(
    without: str = "", kind: str = "Corroboration", sides: int = 1, side_without: str = ""
) -> Change:
    """Add a comparison with its sides, less one property of it or of its sides."""
    made = iri("corroboration/1")
    parts = [
        ("strength", ax("Strong")),
        ("comparedClaim", CLAIM),
        ("comparedClaim", DENIED),
        ("comparedHolder", BETA),
        ("comparedSource", SOURCE),
    ]
    if kind == "Disagreement":
        parts.append(("disagreementKind", ax("DeniedStatement")))
    names = (("A", "en"), ("آ", "fa"))
    return all_of(
        add(made, RDF + "type", ax(kind)),
        *(add(made, RDFS + "label", ox.Literal(text, language=tag)) for text, tag in names),
        *(add(made, AX + name, value) for name, value in parts if name != without),
        *(side(f"corroboration/1#side-{each}", made, side_without) for each in range(1, sides + 1)),
    )


def dispute(without: str = "", position_without: str = "", positions: int = 2) -> Change:
    """Add a dispute of one clash with its positions, less one property of it or of its positions."""
    made, members = iri("dispute/1"), (CLAIM, DENIED)
    labels = [(RDFS + "label", ox.Literal(text, language=tag)) for text, tag in (("A?", "en"), ("آ؟", "fa"))]
    parts: list[tuple[str, Node]] = [
        (RDF + "type", ax("PointAtIssue")),
        (RDF + "type", ax("Dispute")),
        (AX + "strength", ax("Strong")),
        (AX + "hasClash", iri("corroboration/1")),
        (AX + "thingAtIssue", BETA),
        *((AX + "comparedClaim", each) for each in members),
        *labels,
    ]
    changes = [add(made, name, value) for name, value in parts if name != without]
    for place in range(1, positions + 1):
        each = iri(f"dispute/1#{place}")
        changes.append(add(made, AX + "hasDisputePosition", each))
        of_position: list[tuple[str, Node]] = [
            (RDF + "type", ax("DisputePosition")),
            (AX + "comparedClaim", CLAIM),
            (AX + "comparedHolder", BETA),
            (AX + "comparedSource", SOURCE),
            (AX + "representativeClaim", CLAIM),
            *labels,
        ]
        changes += [add(each, name, value) for name, value in of_position if name != position_without]
    return all_of(comparison(kind="Disagreement", sides=2), *changes)


def mapping(record: ox.NamedNode = MAPPING, **instead: ox.NamedNode | ox.Literal | None) -> Change:
    """Add a link to Wikidata and its record, with one part left out or replaced."""
    subject, item = instead.get("subject") or ALPHA, instead.get("object") or ITEM
    assert isinstance(subject, ox.NamedNode)
    parts: dict[str, tuple[str, ox.NamedNode | ox.Literal | None]] = {
        "subject": (SSSOM + "subject_id", ALPHA),
        "predicate": (SSSOM + "predicate_id", ox.NamedNode(SKOS + "exactMatch")),
        "object": (SSSOM + "object_id", ITEM),
        "why": (SSSOM + "mapping_justification", ox.NamedNode(SSSOM + "Manual")),
        "author": ("http://purl.org/pav/authoredBy", iri("curator/tester")),
        "day": (DCTERMS + "created", moment("2026-11-20T00:00:00Z")),
        "evidence": (BASE + "mappings/evidence", ox.Literal("a file")),
        "label": (SSSOM + "object_label", ox.Literal("universe")),
        "confidence": (SSSOM + "confidence", number("0.9", DECIMAL)),
    }
    for name, value in instead.items():
        parts[name] = (parts[name][0], value)
    return all_of(
        add(record, RDF + "type", ox.NamedNode(SSSOM + "Mapping")),
        add(subject, SKOS + "exactMatch", item),
        *(add(record, predicate, value) for predicate, value in parts.values() if value is not None),
    )


def figure(**properties: Node | list[Node]) -> Change:
    """Add an observation with a measure and some properties."""
    return node("Observation", measure=iri("measure/trade"), **properties)


def perception(**properties: ox.NamedNode) -> Change:
    """Add a perception with some properties."""
    return node("Perception", **properties)


def codes(state: ox.NamedNode, iso: str = "BET", cow: str = "992", gw: str = "992") -> Change:
    """Give a state its codes."""
    given = (("iso3166Alpha3", iso), ("cowCode", cow), ("gwCode", gw))
    return all_of(*(add(state, AX + name, ox.Literal(code)) for name, code in given if code))
