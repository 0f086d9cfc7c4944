"""For each hygiene rule the change that breaks its demand, and as far as can be no other."""

from __future__ import annotations

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, DCTERMS, OA, OWL, PROV, RDF, RDFS, SKOS, XSD
from tests.validation.shape_fixtures import (
    CLAIM,
    MADE,
    Change,
    add,
    all_of,
    ax,
    drop,
    iri,
    node,
    number,
    swap,
    term,
    thing,
)
from tests.validation.shape_parts import (
    ALPHA,
    BETA,
    DENIAL,
    DENIED,
    ENGLISH,
    EVENT,
    GAMMA,
    ITEM,
    PASSAGE,
    POSITION,
    SOURCE,
    codes,
    mapping,
    moment,
    text,
)

REPORTED = iri("claim/test/002")


def passage(start: str, end: str) -> Change:
    """Add a second passage to the first claim."""
    made, place = iri("claim/test/001#passage-2"), iri("claim/test/001#passage-2-position")
    return all_of(
        add(CLAIM, AX + "passage", made),
        add(made, RDF + "type", ox.NamedNode(OA + "SpecificResource")),
        add(made, OA + "hasSource", iri("source/test#text")),
        add(made, AX + "sha256", ox.Literal("1" * 64)),
        add(made, OA + "hasSelector", place),
        add(place, RDF + "type", ox.NamedNode(OA + "TextPositionSelector")),
        add(place, OA + "start", number(start)),
        add(place, OA + "end", number(end)),
    )


def same_span(store: ox.Store) -> None:
    """Let another claim's passage have the first one's start and end, but its own digest."""
    other = iri("claim/test/003#passage-1-position")
    for name, value in (("start", "0"), ("end", "34")):
        swap(other, OA + name, number(value))(store)


def long_text(store: ox.Store) -> None:
    """Make the text and one passage very long."""
    swap(iri("source/test#text"), AX + "characterCount", number("9000"))(store)
    swap(POSITION, OA + "end", number("4000"))(store)


def other_source(name: str = "source/b") -> Change:
    """Add a whole second source with its text, author and reading."""
    made, author, read = iri(name), iri(f"{name}#author"), iri(f"{name}#reading-1")
    texts = {"date": "2026-11-20", "guideline": "test"}
    return all_of(
        thing(name, "NewsReport"),
        add(made, DCTERMS + "language", ox.Literal("en", datatype=ox.NamedNode(XSD + "language"))),
        add(made, RDF + "type", ox.NamedNode(AX + "Source")),
        text(f"{name}#text", made),
        thing(f"{name}#author", "Authorship"),
        add(made, AX + "sourceAuthor", author),
        thing(f"{name}#reading-1", "Curation"),
        add(read, AX + "readingOf", made),
        add(read, AX + "curator", iri("curator/tester")),
        add(read, AX + "earliest", moment("2026-11-20T00:00:00Z")),
        add(read, AX + "latest", moment("2026-11-20T23:59:59Z")),
        *(add(read, AX + each, ox.Literal(value)) for each, value in texts.items()),
    )


def link(subject: ox.NamedNode, item: str, number_: int) -> Change:
    """Add a link with its record."""
    target = ox.NamedNode(f"http://www.wikidata.org/entity/{item}")
    return mapping(iri(f"mappings/{number_}"), subject=subject, object=target)


def dated(date: str, first: str, last: str) -> Change:
    """Give the event another date with bounds, in its claim and bare."""
    return all_of(
        swap(EVENT, AX + "date", ox.Literal(date)),
        swap(EVENT, AX + "earliest", moment(first)),
        swap(EVENT, AX + "latest", moment(last)),
    )


def stranger(store: ox.Store) -> None:
    """Let a module define a term of somebody else's, as well as its own are defined."""
    term("stranger", "ObjectProperty")(store)
    for quad in list(store.quads_for_pattern(ax("stranger"), None, None)):
        store.remove(quad)
        store.add(ox.Quad(ox.NamedNode("http://example.org/stranger"), quad.predicate, quad.object))


CLAIM_CASES: dict[str, Change] = {
    "advice-not-normative": all_of(
        thing("policy/made", "Policy"), node("Recommendation", recommendsAction=iri("policy/made"))
    ),
    "bare-without-claim": add(ALPHA, AX + "supports", GAMMA),
    "bounds-without-date": drop(EVENT, AX + "date"),
    "causal-claim-without-cause": all_of(
        drop(REPORTED, RDF + "type", ax("FactualClaim")), add(REPORTED, RDF + "type", ax("CausalClaim"))
    ),
    "claim-alone-in-graph": add(ALPHA, AX + "supports", DENIAL, CLAIM),
    "claim-of-other-source": all_of(
        other_source(),
        swap(REPORTED, AX + "source", iri("source/b")),
        swap(REPORTED, PROV + "wasGeneratedBy", iri("source/b#reading-1")),
        swap(iri("claim/test/002#passage-1"), OA + "hasSource", iri("source/b#text")),
    ),
    "claim-without-graph": lambda store: store.clear_graph(REPORTED),
    "code-shared": all_of(codes(ALPHA, iso="ALP", gw="991"), codes(BETA)),
    "curator-of-no-reading": all_of(
        thing("curator/other", "Curator"), add(CLAIM, AX + "curator", iri("curator/other"))
    ),
    "date-outside-bounds": dated("1994", "1992-05-01T00:00:00Z", "1994-12-31T23:59:59Z"),
    "dates-out-of-order": dated("1994/1992", "1994-01-01T00:00:00Z", "1992-12-31T23:59:59Z"),
    "denied-and-stated": all_of(
        add(GAMMA, AX + "aids", BETA, DENIED), add(DENIED, AX + "polarity", ax("Neutral"))
    ),
    "described-without-type": all_of(drop(EVENT, RDF + "type"), add(EVENT, RDF + "type", ax("Recognition"))),
    "graph-without-claim": add(ALPHA, AX + "supports", BETA, iri("claim/test/009")),
    "holder-of-other-source": all_of(other_source(), swap(REPORTED, AX + "holder", iri("source/b#author"))),
    "inference-of-other-claim": swap(iri("claim/test/001#inferred"), PROV + "wasDerivedFrom", DENIED),
    "label-language": all_of(
        drop(EVENT, RDFS + "label"),
        add(EVENT, RDFS + "label", ox.Literal("Only", language="en")),
        add(EVENT, RDFS + "label", ox.Literal("Nur", language="de")),
    ),
    "mapping-malformed": link(ALPHA, "Q01", 1),
    "mapping-not-one-to-one": all_of(link(ALPHA, "Q1", 1), link(BETA, "Q1", 2)),
    "mapping-to-two-items": all_of(link(ALPHA, "Q1", 1), link(ALPHA, "Q2", 2)),
    "mapping-without-evidence": add(ALPHA, SKOS + "closeMatch", ITEM),
    "mapping-without-link": all_of(mapping(), drop(ALPHA, SKOS + "exactMatch")),
    "modality-and-denial": swap(REPORTED, AX + "modality", ax("Denied")),
    "node-without-type": add(MADE, AX + "concerns", BETA, CLAIM),
    "note-language": add(CLAIM, AX + "curatorNote", ENGLISH),
    "nothing-said": all_of(
        thing("place/made", "City"), add(iri("place/made"), RDF + "type", ax("City"), CLAIM)
    ),
    "one-way": all_of(
        *(thing(f"place/{name}", "Place") for name in "ab"),
        add(iri("place/a"), AX + "territorialPartOf", iri("place/b"), CLAIM),
        add(iri("place/b"), AX + "territorialPartOf", iri("place/a"), CLAIM),
    ),
    "horizon-missing": swap(CLAIM, AX + "periodBasis", ax("InheritedHorizon")),
    "own-voice-with-other-stance": swap(CLAIM, AX + "authorStance", ax("Reports")),
    "paraphrase-language": swap(
        CLAIM, AX + "paraphrase", ox.Literal("Only in English, and no other language.", language="en")
    ),
    "passage-beyond-text": swap(POSITION, OA + "end", number("1000")),
    "passage-digest": same_span,
    "passage-in-other-source": all_of(other_source(), swap(PASSAGE, OA + "hasSource", iri("source/b#text"))),
    "passage-overlap": passage("30", "50"),
    "passage-too-long": long_text,
    "polarity-missing": drop(CLAIM, AX + "polarity"),
    "reading-not-named": all_of(other_source(), swap(iri("source/b#reading-1"), AX + "readingOf", SOURCE)),
    "reading-of-other-source": all_of(
        other_source(), add(CLAIM, PROV + "wasGeneratedBy", iri("source/b#reading-1"))
    ),
    "self-relation": add(ALPHA, AX + "recognizes", ALPHA, CLAIM),
    "statement-about-nothing-known": add(ALPHA, AX + "supports", iri("goal/nowhere"), CLAIM),
    "text-in-other-script": all_of(
        drop(CLAIM, AX + "paraphrase"),
        add(CLAIM, AX + "paraphrase", ox.Literal("One in English.", language="en")),
        add(CLAIM, AX + "paraphrase", ox.Literal("Another in English.", language="fa")),
    ),
    "thing-without-label": drop(EVENT, RDFS + "label"),
    "threat-without-relation": node("ThreatPerception", perceiver=BETA, perceived=ALPHA),
    "undeclared-class": add(EVENT, RDF + "type", ax("Stat")),
    "undeclared-property": add(ALPHA, AX + "recognises", BETA, CLAIM),
}
"""Rules over claims, entities and mappings."""

TERM_CASES: dict[str, Change] = {
    "disjoint-and-above": add(ax("City"), OWL + "disjointWith", ax("Place")),
    "inverse-missing": all_of(term("hasTwin", "ObjectProperty"), term("twinOf", "ObjectProperty")),
    "inverse-of-itself": add(ax("borders"), OWL + "inverseOf", ax("locatedIn")),
    "label-shared": all_of(
        drop(ax("State"), RDFS + "label", ox.Literal("state", language="en")),
        add(ax("State"), RDFS + "label", ox.Literal("organization", language="en")),
    ),
    "property-narrower-above": swap(ax("actor"), RDFS + "domain", ax("Issue")),
    "several-domains": add(ax("recognizes"), RDFS + "domain", ax("Event")),
    "symmetric-domain-range": swap(ax("alliedWith"), RDFS + "range", ax("Place")),
    "term-case": all_of(term("wrongCase", "Class"), add(ax("wrongCase"), RDFS + "subClassOf", ax("State"))),
    "term-cycle": add(ax("participant"), RDFS + "subPropertyOf", ax("actor")),
    "term-in-wrong-namespace": stranger,
    "term-of-two-kinds": add(ax("recognizes"), RDF + "type", ox.NamedNode(OWL + "DatatypeProperty")),
    "term-orphan": term("Orphan", "Class"),
    "term-used-as-another-kind": add(ALPHA, AX + "supports", ax("State"), CLAIM),
    "term-without-definition": drop(ax("State"), SKOS + "definition"),
}
"""Rules over the ontology."""

RULE_CASES = CLAIM_CASES | TERM_CASES


def from_graph(subject: ox.NamedNode, name: str) -> Change:
    """Remove a property's values from the first claim's graph, where a bare copy remains."""

    def change(store: ox.Store) -> None:
        for quad in list(store.quads_for_pattern(subject, ax(name), None, CLAIM)):
            store.remove(quad)

    return change


FURTHER_CASES: list[tuple[str, Change]] = [
    ("bounds-without-date", drop(EVENT, AX + "latest")),
    ("bounds-without-date", from_graph(EVENT, "earliest")),
    ("bounds-without-date", from_graph(EVENT, "date")),
    ("date-outside-bounds", dated("1992-05", "1992-05-02T00:00:00Z", "1992-05-31T23:59:59Z")),
    ("date-outside-bounds", dated("1992", "1992-01-01T00:00:00Z", "1992-12-31T23:59:58Z")),
    ("date-outside-bounds", dated("1991/1993-06-29", "1991-01-01T00:00:00Z", "1993-06-28T23:59:59Z")),
    ("statement-about-nothing-known", add(iri("goal/nowhere"), AX + "concerns", BETA, CLAIM)),
    ("mapping-malformed", link(ALPHA, "1", 1)),
]
"""Rules with several ways to be broken: each of the others."""

SOUND_CASES: list[Change] = [
    dated("1992~", "1992-01-01T00:00:00Z", "1992-12-31T23:59:59Z"),
    dated("199X", "1990-01-01T00:00:00Z", "1999-12-31T23:59:59Z"),
    dated("1992-22", "1992-06-01T00:00:00Z", "1992-08-31T23:59:59Z"),
    dated("1991/1993-06-29", "1991-01-01T00:00:00Z", "1993-06-29T23:59:59Z"),
    all_of(dated("1992/..", "1992-01-01T00:00:00Z", "1999-01-01T00:00:00Z"), drop(EVENT, AX + "latest")),
]
"""Dates of every form that are sound."""
