"""Every shape and hygiene query passes on a valid dataset and fires on one that breaks just its demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import SH, Graph, URIRef

from araxes.ontology.namespaces import AX, BASE, OA, OWL, PROV, RDF, RDFS, SKOS, XSD
from araxes.triples.dataset import build_dataset
from araxes.validation.hygiene import HYGIENE
from araxes.validation.publication import examine
from araxes.validation.shacl import SHAPES_FOLDER
from tests.corpus_fixtures import TinyCorpus

SHAPES = "https://w3id.org/araxes/shapes/"
CLAIM = ox.NamedNode(BASE + "claim/test/001")
DENIED = ox.NamedNode(BASE + "claim/test/003")
PASSAGE = ox.NamedNode(BASE + "claim/test/001#passage-1")
POSITION = ox.NamedNode(BASE + "claim/test/001#passage-1-position")
SOURCE = ox.NamedNode(BASE + "source/test")
TEXT = ox.NamedNode(BASE + "source/test#text")
READING = ox.NamedNode(BASE + "source/test#reading-1")
TRADE = ox.NamedNode(BASE + "claim/test/001#trade")
ALPHA = ox.NamedNode(BASE + "state/alpha")
BETA = ox.NamedNode(BASE + "state/beta")
EVENT = ox.NamedNode(BASE + "event/recognition")
ITEM = ox.NamedNode("http://www.wikidata.org/entity/Q1")
DENIAL = ox.NamedNode(BASE + "claim/test/003#denial-1")
DEFAULT = ox.DefaultGraph()
Change = Callable[[ox.Store], None]
Node = ox.NamedNode | ox.Literal


def ax(name: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(AX + name)


def drop(subject: ox.NamedNode, predicate: str, value: Node | None = None) -> Change:
    """Remove statements, in every graph."""

    def change(store: ox.Store) -> None:
        found = list(store.quads_for_pattern(subject, ox.NamedNode(predicate), value, None))
        assert found, "nothing to drop"
        for quad in found:
            store.remove(quad)

    return change


def add(subject: ox.NamedNode, predicate: str, value: Node, graph: ox.NamedNode | None = None) -> Change:
    """Add a statement."""
    return lambda store: store.add(ox.Quad(subject, ox.NamedNode(predicate), value, graph or DEFAULT))


def swap(subject: ox.NamedNode, predicate: str, value: Node) -> Change:
    """Replace the values of a property."""

    def change(store: ox.Store) -> None:
        found = list(store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None))
        assert found, "nothing to replace"
        for quad in found:
            store.remove(quad)
            store.add(ox.Quad(subject, quad.predicate, value, quad.graph_name))

    return change


def both(*changes: Change) -> Change:
    """Several changes."""

    def change(store: ox.Store) -> None:
        for each in changes:
            each(store)

    return change


def term(name: str, kind: str) -> Change:
    """Declare a term of the ontology."""
    return both(
        add(ax(name), RDF + "type", ox.NamedNode(OWL + kind)),
        add(ax(name), RDFS + "isDefinedBy", ax("module/actors")),
    )


def correction(store: ox.Store) -> None:
    """Add a correction that says only what is printed."""
    node = ox.NamedNode(BASE + "claim/test/001#correction-1")
    add(CLAIM, AX + "correction", node)(store)
    add(node, RDF + "type", ax("Correction"))(store)
    add(node, AX + "printedForm", ox.Literal("lran"))(store)


def other_text(store: ox.Store) -> None:
    """Let the passage point into another source's text."""
    other = ox.NamedNode(BASE + "source/other#text")
    for predicate, value in (("fileName", "o.txt"), ("sha256", "0" * 64)):
        add(other, AX + predicate, ox.Literal(value))(store)
    add(other, AX + "characterCount", ox.Literal(5))(store)
    add(other, RDF + "type", ax("SourceText"))(store)
    swap(PASSAGE, OA + "hasSource", other)(store)


def node(kind: str, **properties: ox.NamedNode) -> Change:
    """Add to the first claim a node of a class with some properties."""
    made = ox.NamedNode(BASE + "claim/test/001#made")
    return both(
        add(made, RDF + "type", ax(kind), CLAIM),
        *(add(made, AX + name, value, CLAIM) for name, value in properties.items()),
    )


def comparison(*present: str) -> Change:
    """Add a comparison that has only some of what it needs."""
    made, side = ox.NamedNode(BASE + "corroboration/1"), ox.NamedNode(BASE + "corroboration/1#side-1")
    parts = {
        "strength": [add(made, AX + "strength", ax("Strong"))],
        "hasSide": [add(made, AX + "hasSide", side), add(side, RDF + "type", ax("ComparedSide"))],
        "comparedClaim": [add(made, AX + "comparedClaim", claim) for claim in (CLAIM, DENIED)],
    }
    chosen = [change for name in present for change in parts[name]]
    return both(add(made, RDF + "type", ax("Corroboration")), *chosen)


def moment(text: str) -> ox.Literal:
    """A date and time."""
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "dateTime"))


def same_span(store: ox.Store) -> None:
    """Let another claim's passage have the first one's start and end, but its own digest."""
    other = ox.NamedNode(BASE + "claim/test/003#passage-1-position")
    for name, value in (("start", "0"), ("end", "34")):
        swap(other, OA + name, ox.Literal(value, datatype=INTEGER))(store)


INTEGER = ox.NamedNode(XSD + "integer")
DECIMAL = ox.NamedNode(XSD + "decimal")
ENGLISH = ox.Literal("Again, another paraphrase.", language="en")

SHAPE_CASES: dict[str, Change] = {
    "Claim-kind": drop(CLAIM, RDF + "type", ax("FactualClaim")),
    "Claim-source": drop(CLAIM, AX + "source"),
    "Claim-holder": drop(CLAIM, AX + "holder"),
    "Claim-curator": drop(CLAIM, AX + "curator"),
    "Claim-reading": drop(CLAIM, PROV + "wasGeneratedBy"),
    "Claim-modality": drop(CLAIM, AX + "modality"),
    "Claim-stance": add(CLAIM, AX + "authorStance", ax("Disputes")),
    "Claim-certainty": swap(CLAIM, AX + "certainty", ax("Asserted")),
    "Claim-polarity": add(CLAIM, AX + "polarity", ax("Conflictual")),
    "Claim-passage": drop(CLAIM, AX + "passage"),
    "Claim-paraphrase-en": swap(CLAIM, AX + "paraphrase", ox.Literal("تنها به فارسی است.", language="fa")),
    "Claim-paraphrase-fa": swap(CLAIM, AX + "paraphrase", ox.Literal("Only in English.", language="en")),
    "Claim-paraphrase-languages": add(CLAIM, AX + "paraphrase", ENGLISH),
    "Passage-text": drop(PASSAGE, OA + "hasSource"),
    "Passage-digest": swap(PASSAGE, AX + "sha256", ox.Literal("ABC")),
    "Passage-selector": drop(PASSAGE, OA + "hasSelector"),
    "Position-start": swap(POSITION, OA + "start", ox.Literal("40", datatype=INTEGER)),
    "Position-end": add(POSITION, OA + "end", ox.Literal("90", datatype=INTEGER)),
    "Source-text": drop(SOURCE, AX + "sourceText"),
    "Source-author": drop(SOURCE, AX + "sourceAuthor"),
    "Source-language": swap(SOURCE, AX + "language", ox.Literal("English")),
    "SourceText-file": drop(TEXT, AX + "fileName"),
    "SourceText-digest": swap(TEXT, AX + "sha256", ox.Literal("0")),
    "SourceText-length": swap(TEXT, AX + "characterCount", ox.Literal("0", datatype=INTEGER)),
    "Curation-curator": drop(READING, AX + "curator"),
    "Curation-source": drop(READING, AX + "readingOf"),
    "Curation-date": drop(READING, AX + "date"),
    "Correction-printed": both(
        correction, drop(ox.NamedNode(BASE + "claim/test/001#correction-1"), AX + "printedForm")
    ),
    "Correction-corrected": correction,
    "Denial": drop(DENIAL, OWL + "targetIndividual"),
    "Denial-subject": drop(DENIAL, OWL + "sourceIndividual"),
    "Denial-property": swap(DENIAL, OWL + "assertionProperty", ALPHA),
    "Labelled-count": both(
        drop(BETA, RDFS + "label"), add(BETA, RDFS + "label", ox.Literal("Beta", language="en"))
    ),
    "Labelled-languages": add(BETA, RDFS + "label", ox.Literal("Betaland", language="en")),
    "Observation": drop(TRADE, AX + "value"),
    "Observation-measure": drop(TRADE, AX + "measure"),
    "Iso-code": add(BETA, AX + "iso3166Alpha3", ox.Literal("be")),
    "actor-subject": add(ALPHA, AX + "actor", BETA, CLAIM),
    "actor-object": add(EVENT, AX + "actor", ox.NamedNode(BASE + "measure/trade"), CLAIM),
    "recognizes-object": swap(ALPHA, AX + "recognizes", EVENT),
    "recognizes-subject": add(EVENT, AX + "recognizes", BETA, CLAIM),
    "value-value": swap(TRADE, AX + "value", ox.Literal("much")),
    "unit-object": swap(TRADE, AX + "unit", ox.Literal("dollars")),
}

SHAPE_CASES |= {
    "Perception-perceiver": node("Perception", perceived=BETA),
    "Perception-perceived": node("Perception", perceiver=BETA),
    "Stance": node("Position", positionOf=BETA),
    "Stance-of": node("Position", favours=BETA),
    "Recommendation-action": node("Recommendation", addressee=BETA),
    "CulturalTie-party": node("CulturalTie"),
    "Tenure-office": node("Tenure"),
    "Figure-value": add(TRADE, AX + "value", ox.Literal("7", datatype=DECIMAL), CLAIM),
    "Figure-range": both(
        add(TRADE, AX + "lowerValue", ox.Literal("7", datatype=DECIMAL), CLAIM),
        add(TRADE, AX + "upperValue", ox.Literal("6", datatype=DECIMAL), CLAIM),
    ),
    "Figure-rank": add(TRADE, AX + "rank", ox.Literal("0", datatype=INTEGER), CLAIM),
    "Figure-unit": add(TRADE, AX + "unit", ax("Percent"), CLAIM),
    "Figure-comparator": both(
        add(TRADE, AX + "comparator", ax("About"), CLAIM),
        add(TRADE, AX + "comparator", ax("MoreThan"), CLAIM),
    ),
    "Figure-date": both(
        add(TRADE, AX + "date", ox.Literal("1999"), CLAIM), add(TRADE, AX + "date", ox.Literal("2000"), CLAIM)
    ),
    "Figure-flow": both(add(TRADE, AX + "fromActor", BETA, CLAIM), add(TRADE, AX + "toActor", BETA, CLAIM)),
    "Between-count": add(TRADE, AX + "betweenActor", BETA, CLAIM),
    "Between-direction": both(
        add(TRADE, AX + "betweenActor", BETA, CLAIM), add(TRADE, AX + "fromActor", ALPHA, CLAIM)
    ),
    "Plover-code": add(EVENT, AX + "ploverType", ox.Literal("HELP"), CLAIM),
    "Cow-code": add(BETA, AX + "cowCode", ox.Literal("36O")),
    "Gw-code": add(BETA, AX + "gwCode", ox.Literal("GRG")),
    "Comparison-strength": comparison("hasSide", "comparedClaim"),
    "Comparison-side": comparison("strength", "comparedClaim"),
    "Comparison-claims": comparison("strength", "hasSide"),
}
"""Nodes of claims, codes, and comparisons."""

HYGIENE_CASES: dict[str, Change] = {
    "dates-out-of-order": swap(EVENT, AX + "latest", moment("1991-01-01T00:00:00Z")),
    "bounds-without-date": drop(EVENT, AX + "date"),
    "note-language": add(CLAIM, AX + "curatorNote", ENGLISH),
    "date-outside-bounds": swap(EVENT, AX + "date", ox.Literal("1994")),
    "passage-beyond-text": swap(POSITION, OA + "end", ox.Literal("4000", datatype=INTEGER)),
    "passage-digest": same_span,
    "holder-of-other-source": both(
        swap(CLAIM, AX + "holder", ox.NamedNode(BASE + "source/other#author")),
        add(
            ox.NamedNode(BASE + "source/other"),
            AX + "sourceAuthor",
            ox.NamedNode(BASE + "source/other#author"),
        ),
    ),
    "own-voice-not-endorsed": swap(CLAIM, AX + "authorStance", ax("Reports")),
    "modality-and-denial": swap(CLAIM, AX + "modality", ax("Denied")),
    "claim-of-other-source": swap(CLAIM, AX + "source", ox.NamedNode(BASE + "source/other")),
    "reading-of-other-source": swap(READING, AX + "readingOf", ox.NamedNode(BASE + "source/other")),
    "text-in-other-script": swap(CLAIM, AX + "paraphrase", ox.Literal("Only in English.", language="fa")),
    "claim-alone-in-graph": add(ALPHA, AX + "supports", DENIAL, CLAIM),
    "undeclared-property": add(ALPHA, AX + "recognises", BETA, CLAIM),
    "undeclared-class": add(ALPHA, RDF + "type", ax("Stat")),
    "self-relation": add(ALPHA, AX + "recognizes", ALPHA, CLAIM),
    "passage-in-other-source": other_text,
    "claim-without-graph": lambda store: store.clear_graph(CLAIM),
    "statement-about-nothing-known": add(ALPHA, AX + "supports", ox.NamedNode(BASE + "goal/nowhere"), CLAIM),
    "denied-and-stated": add(ox.NamedNode(BASE + "state/gamma"), AX + "aids", BETA, DENIED),
    "mapping-without-evidence": add(ALPHA, SKOS + "closeMatch", ITEM),
    "mapping-not-one-to-one": both(
        add(ALPHA, SKOS + "exactMatch", ITEM), add(BETA, SKOS + "exactMatch", ITEM)
    ),
    "mapping-to-two-items": both(
        add(ALPHA, SKOS + "exactMatch", ITEM),
        add(ALPHA, SKOS + "exactMatch", ox.NamedNode("http://www.wikidata.org/entity/Q2")),
    ),
    "code-shared": both(
        add(ALPHA, AX + "cowCode", ox.Literal("1")), add(BETA, AX + "cowCode", ox.Literal("1"))
    ),
    "term-without-definition": drop(ax("State"), SKOS + "definition"),
    "term-in-wrong-namespace": add(ITEM, RDFS + "isDefinedBy", ax("module/actors")),
    "term-case": term("wrongCase", "Class"),
    "term-of-two-kinds": term("State", "ObjectProperty"),
    "term-used-as-another-kind": add(ALPHA, AX + "supports", ax("State"), CLAIM),
    "term-cycle": add(ax("Actor"), RDFS + "subClassOf", ax("State")),
    "term-orphan": term("Orphan", "Class"),
    "property-narrower-above": swap(ax("alliedWith"), RDFS + "domain", ax("Event")),
    "inverse-of-itself": add(ax("borders"), OWL + "inverseOf", ax("locatedIn")),
    "inverse-missing": both(term("hasTwin", "ObjectProperty"), term("twinOf", "ObjectProperty")),
    "symmetric-domain-range": swap(ax("alliedWith"), RDFS + "range", ax("Place")),
    "several-domains": add(ax("recognizes"), RDFS + "domain", ax("Event")),
    "disjoint-and-above": add(ax("City"), OWL + "disjointWith", ax("Place")),
    "label-shared": swap(ax("State"), RDFS + "label", ox.Literal("organization", language="en")),
    "label-language": both(
        drop(EVENT, RDFS + "label"), add(EVENT, RDFS + "label", ox.Literal("Only", language="en"))
    ),
}


def broken(tiny: TinyCorpus, change: Change | None) -> set[str]:
    """Names of the shapes and queries that fire after a change."""
    dataset, _ = build_dataset(tiny.entity_folder, tiny.source_folder)
    store = ox.Store()
    store.extend(dataset)
    if change:
        change(store)
    return {finding.shape.removeprefix(SHAPES) for finding in examine(ox.Dataset(store))}


def test_the_tiny_corpus_is_valid(tiny: TinyCorpus) -> None:
    assert broken(tiny, None) == set()


@pytest.mark.parametrize("name", SHAPE_CASES)
def test_shape_fires(tiny: TinyCorpus, name: str) -> None:
    assert name in broken(tiny, SHAPE_CASES[name])


@pytest.mark.parametrize("name", HYGIENE_CASES)
def test_hygiene_query_fires(tiny: TinyCorpus, name: str) -> None:
    assert name in broken(tiny, HYGIENE_CASES[name])


def written_shapes() -> Iterator[str]:
    """Names of all hand-written shapes that can fire by themselves."""
    for path in sorted(SHAPES_FOLDER.glob("*.ttl")):
        graph = Graph().parse(path, format="turtle")
        for shape in {
            *graph.subjects(SH.path, None),
            *graph.subjects(SH.xone, None),
            *graph.subjects(SH["or"], None),
        }:
            if isinstance(shape, URIRef):
                yield str(shape).removeprefix(SHAPES)


def test_no_shape_is_without_a_failing_example() -> None:
    written = set(written_shapes())
    assert len(written) > 30
    assert written - SHAPE_CASES.keys() == set()


def test_no_hygiene_query_is_without_a_failing_example() -> None:
    assert {path.stem for path in Path(HYGIENE).glob("*.rq")} == HYGIENE_CASES.keys()
