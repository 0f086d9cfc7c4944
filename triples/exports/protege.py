"""The dataset as one OWL 2 DL ontology, to be opened in Protégé.

OWL knows no named graphs. So an uncontested statement becomes an assertion whose axiom is annotated
with ``ax:statedIn`` for each claim that states it; a claim is an individual with its description; a
denial under the same conditions becomes a negative property assertion; and what is contested, reported,
predicted, recommended or merely possible is not asserted but readable, as ``ax:claimedOf`` of the
things it is about, and as ``ax:statementText`` of its claims. The file imports nothing, and names itself by
``xml:base``: by that Protégé finds it when another ontology in its folder imports it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from araxes.ontology.errors import InputError
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import (
    AX,
    DC,
    DCTERMS,
    ONTOLOGY,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    XSD,
    local_name,
)
from araxes.ontology.oxigraph_terms import LABEL, OWL_ONTOLOGY, RDF_TYPE
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.derived.claim_graphs import (
    OWN_STANCES,
    ClaimGraph,
    Triple,
    read_claim_graphs,
    triple_of,
)
from araxes.triples.derived.inference import SUFFIX
from araxes.triples.exports.protege_variants import WHOLE, ToldClaim, Variant, left_out, told_of_claims
from araxes.triples.labels import Description, Term, Words, made_labels
from araxes.triples.stores.canonical_form import canonicalize

_Claims = Mapping[str, ToldClaim]
"""What is told of each claim where something is told that it states."""

_INDIVIDUAL = ox.NamedNode(OWL + "NamedIndividual")
_AXIOM = ox.NamedNode(OWL + "Axiom")
_SOURCE, _PROPERTY, _TARGET = (
    ox.NamedNode(OWL + name) for name in ("annotatedSource", "annotatedProperty", "annotatedTarget")
)
_CLAIMED_OF = ox.NamedNode(AX + "claimedOf")
_STATEMENT_TEXT = ox.NamedNode(AX + "statementText")
_HIDDEN = {AX + name for name in ("earliest", "latest")} | {LABEL.value}
_TITLE = {"en": "Araxes: ontology, entities and claims", "fa": "ارس: هستان‌شناسی، موجودیت‌ها و ادعاها"}
_ABOUT = {
    "en": "An assertion here is uncontested among the claims; its annotations name the claims that state it.",
    "fa": "هیچ گزارهٔ تأییدشده‌ای در اینجا میان ادعاها محل اختلاف نیست؛ "
    "یادداشت‌های آن ادعاهایی را که بیانش می‌کنند نام می‌برند.",
}


def protege_rdfxml(dataset: ox.Dataset, variant: Variant = WHOLE) -> bytes:
    """The ontology as RDF/XML; equal datasets give equal bytes.

    Raises:
        InputError: the dataset holds no claims.
    """
    triples = sorted(set(protege_triples(dataset, variant)), key=str)
    data = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES) or b""
    # Told of a base, the serializer writes every IRI relative to it.
    return data.replace(b"<rdf:RDF ", f'<rdf:RDF xml:base="{variant.iri}" '.encode(), 1)


def protege_triples(dataset: ox.Dataset, variant: Variant = WHOLE) -> Iterator[ox.Triple]:
    """The triples of the ontology, some more than once.

    Raises:
        InputError: the dataset holds no claims.
    """
    claims = read_claim_graphs(dataset)
    if not claims:
        raise InputError("the store holds no claims", "build it with `araxes build`")
    bare = list(_bare(dataset, variant))
    asserted = {triple_of(triple) for triple in bare}
    yield from _header(dataset, variant)
    yield from bare
    yield from _foreign_terms(bare)
    yield from _labels(claims.values())
    individuals = list(_individuals(bare, claims.values()))
    yield from individuals
    words, about = Words(dataset), Description(dataset)
    subjects = (triple.subject for triple in individuals)
    labels = list(made_labels(subjects, dataset, about, words))
    yield from labels
    words.learn(labels)
    told = told_of_claims(claims, about, words, variant)
    yield from _evidence(claims.values(), asserted, told)
    yield from _denials(claims.values(), dataset, told)
    yield from _readable(claims.values(), asserted, words, told)
    if variant.claims:
        yield from _statement_texts(claims.values(), words)


def _bare(dataset: ox.Dataset, variant: Variant) -> Iterator[ox.Triple]:
    """The default graph without headers of modules, descriptions of inferences, and what is left out."""
    default = [quad for quad in dataset if isinstance(quad.graph_name, ox.DefaultGraph)]
    gone = left_out(default, variant) | {
        quad.subject
        for quad in default
        if quad.predicate == RDF_TYPE and quad.object in (OWL_ONTOLOGY, ox.NamedNode(AX + "Inference"))
    }
    kept = [quad for quad in default if quad.subject not in gone and quad.object not in gone]
    # Names of blank nodes change from one reading of the modules to the next.
    blank = ox.Dataset(quad for quad in kept if _has_blank(quad))
    canonicalize(blank)
    yield from (quad.triple for quad in blank)
    yield from (quad.triple for quad in kept if not _has_blank(quad))


def _has_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _header(dataset: ox.Dataset, variant: Variant) -> Iterator[ox.Triple]:
    root, module = ox.NamedNode(variant.iri), ox.NamedNode(ONTOLOGY)
    yield ox.Triple(root, RDF_TYPE, OWL_ONTOLOGY)
    for quad in dataset.quads_for_subject(module):
        if quad.predicate.value in (OWL + "versionInfo", DCTERMS + "license", DC + "creator"):
            yield ox.Triple(root, quad.predicate, quad.object)
        if quad.predicate.value == OWL + "versionIRI" and isinstance(quad.object, ox.NamedNode):
            version = quad.object.value.rpartition("/")[2]
            yield ox.Triple(root, quad.predicate, ox.NamedNode(f"{variant.iri}/{version}"))
    for language in LANGUAGES:
        title = ox.Literal(f"{_TITLE[language]} ({variant.title[language]})", language=language)
        yield ox.Triple(root, ox.NamedNode(DC + "title"), title)
        about = ox.Literal(_ABOUT[language], language=language)
        yield ox.Triple(root, ox.NamedNode(DCTERMS + "description"), about)


def _foreign_terms(bare: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Declarations of properties, classes and datatypes of other vocabularies that no module declares.

    What a property means there is unknown here, so it becomes an annotation property.
    """
    declared, properties, classes, datatypes = set(), set(), set(), set()
    for triple in bare:
        properties.add(triple.predicate)
        if isinstance(triple.object, ox.Literal):
            datatypes.add(triple.object.datatype)
        if triple.predicate == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
            classes.add(triple.object)
            if triple.object.value.startswith((OWL, RDFS)):
                declared.add(triple.subject)
    kinds = (
        (properties, OWL + "AnnotationProperty"),
        (classes, OWL + "Class"),
        (datatypes, RDFS + "Datatype"),
    )
    for terms, kind in kinds:
        for term in terms - declared:
            if not term.value.startswith((OWL, RDF, RDFS, XSD)):
                yield ox.Triple(term, RDF_TYPE, ox.NamedNode(kind))


def _labels(claims: Iterable[ClaimGraph]) -> Iterator[ox.Triple]:
    """Names assert nothing: those given in claims are always shown."""
    for claim in claims:
        for quad in claim.quads:
            if quad.predicate == LABEL:
                yield quad.triple


def _individuals(bare: Iterable[ox.Triple], claims: Iterable[ClaimGraph]) -> Iterator[ox.Triple]:
    """A declaration of everything that is no term of an ontology, node of a denial or blank node."""
    terms: set[Term] = set()
    things: set[Term] = set()
    for triple in bare:
        if triple.predicate == RDF_TYPE and isinstance(triple.subject, ox.NamedNode):
            is_term = getattr(triple.object, "value", "").startswith((OWL, RDFS))
            (terms if is_term else things).add(triple.subject)
    for claim in claims:
        denials = {node for node, _ in claim.denials()}
        things |= {quad.subject for quad in claim.quads if str(quad.subject) not in denials}
        things |= {
            quad.object
            for quad in claim.quads
            if isinstance(quad.object, ox.NamedNode)
            and quad.predicate != RDF_TYPE
            and _is_ours(quad.predicate)
        }
        things |= {ox.NamedNode(part.strip("<>")) for part in _ends(claim)}
    for thing in things - terms:
        if isinstance(thing, ox.NamedNode):
            yield ox.Triple(thing, RDF_TYPE, _INDIVIDUAL)


def _is_ours(predicate: ox.NamedNode) -> bool:
    return predicate.value.startswith(AX)


def _ends(claim: ClaimGraph) -> Iterator[str]:
    """The things that denied statements are about."""
    for _, (subject, _, value) in claim.denials():
        yield subject
        if value.startswith("<"):
            yield value


def _evidence(claims: Iterable[ClaimGraph], asserted: set[Triple], told: _Claims) -> Iterator[ox.Triple]:
    """For each asserted statement an axiom annotated with all the claims that state it.

    What a symmetric or inverse property says from the other end is asserted as well: tools show of a thing
    what it is the subject of.
    """
    for claim in claims:
        for quad in claim.quads:
            if triple_of(quad) in asserted and quad.predicate != LABEL:
                yield from _annotated(quad.triple, told[claim.iri])
                for turned in _from_the_other_end(quad):
                    yield turned
                    yield from _annotated(turned, told[claim.iri])


def _from_the_other_end(quad: ox.Quad) -> Iterator[ox.Triple]:
    declared = vocabulary().properties.get(local_name(quad.predicate.value))
    if declared and isinstance(quad.object, ox.NamedNode):
        for name in (*declared.inverses, *([declared.name] if declared.symmetric else [])):
            yield ox.Triple(quad.object, ox.NamedNode(AX + name), quad.subject)


def _annotated(triple: ox.Triple, told: ToldClaim) -> Iterator[ox.Triple]:
    """An owl:Axiom (https://www.w3.org/TR/owl2-mapping-to-rdf/#Translation_of_Annotations)."""
    axiom = ox.BlankNode("a" + _digest(str(triple)))
    yield ox.Triple(axiom, RDF_TYPE, _AXIOM)
    yield ox.Triple(axiom, _SOURCE, triple.subject)
    yield ox.Triple(axiom, _PROPERTY, triple.predicate)
    yield ox.Triple(axiom, _TARGET, triple.object)
    for name, value in told.notes:
        yield ox.Triple(axiom, name, value)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _denials(claims: Iterable[ClaimGraph], dataset: ox.Dataset, told: _Claims) -> Iterator[ox.Triple]:
    """Denials by an author, as fact, of what no claim states or implies: negative property assertions."""
    claims = list(claims)
    stated = set(_said(claims))
    stated |= {triple_of(quad) for quad in dataset if str(quad.graph_name).endswith(f"{SUFFIX}>")}
    for claim in claims:
        if not _denied_as_fact(claim):
            continue
        parts = {str(quad.subject): quad.subject for quad in claim.quads}
        for node, denied in claim.denials():
            if denied in stated:
                continue
            axiom = ox.BlankNode("n" + _digest(*denied))
            for quad in claim.quads:
                if quad.subject == parts[node] and quad.predicate.value.startswith((OWL, RDF)):
                    yield ox.Triple(axiom, quad.predicate, quad.object)
            for name, value in told[claim.iri].notes:
                yield ox.Triple(axiom, name, value)


def _said(claims: Iterable[ClaimGraph]) -> Iterator[Triple]:
    """What claims state, with what that implies by itself: the more general, mirror images, inverses."""
    words = vocabulary()
    for claim in claims:
        for subject, predicate, value in map(triple_of, claim.quads):
            yield subject, predicate, value
            name = local_name(predicate)
            for implied, turned in words.implications(name) if name in words.properties else ():
                yield (value, AX + implied, subject) if turned else (subject, AX + implied, value)


def _denied_as_fact(claim: ClaimGraph) -> bool:
    return claim.kind == "FactualClaim" and claim.modality == "Denied" and claim.stance in OWN_STANCES


def _readable(
    claims: Iterable[ClaimGraph], asserted: set[Triple], words: Words, told: _Claims
) -> Iterator[ox.Triple]:
    """Every statement that is not asserted, in words at what it is about."""
    for claim in claims:
        for (subject, predicate, value), denied in _statements(claim):
            triple = (str(subject), predicate.value, str(value))
            if not denied and triple in asserted:
                continue
            things = {part for part in (subject, value) if isinstance(part, ox.NamedNode)}
            if predicate == RDF_TYPE:
                things.discard(value)
            for language in LANGUAGES:
                ending = told[claim.iri].ending.get(language, "")
                text = words.statement(triple, language, denied) + ending
                for thing in things:
                    literal = ox.Literal(text, language=language)
                    said = ox.Triple(thing, _CLAIMED_OF, literal)
                    yield said
                    if not ending:
                        yield from _annotated(said, told[claim.iri])


def _statement_texts(claims: Iterable[ClaimGraph], words: Words) -> Iterator[ox.Triple]:
    """Every statement in words at its claim."""
    for claim in claims:
        for (subject, predicate, value), denied in _statements(claim):
            triple = (str(subject), predicate.value, str(value))
            for language in LANGUAGES:
                text = ox.Literal(words.statement(triple, language, denied), language=language)
                yield ox.Triple(ox.NamedNode(claim.iri), _STATEMENT_TEXT, text)


def _statements(claim: ClaimGraph) -> Iterator[tuple[tuple[Term, ox.NamedNode, Term], bool]]:
    """What a claim states and what it denies, as terms."""
    denials = {node for node, _ in claim.denials()}
    denied: dict[str, dict[str, Term]] = defaultdict(dict)
    for quad in claim.quads:
        if str(quad.subject) in denials:
            denied[str(quad.subject)][quad.predicate.value] = quad.object
        elif quad.predicate.value not in _HIDDEN:
            yield (quad.subject, quad.predicate, quad.object), False
    for parts in denied.values():
        predicate = parts[OWL + "assertionProperty"]
        value = parts.get(OWL + "targetIndividual", parts.get(OWL + "targetValue"))
        if isinstance(predicate, ox.NamedNode) and value is not None:
            yield (parts[OWL + "sourceIndividual"], predicate, value), True
