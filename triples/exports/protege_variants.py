"""Forms of the OWL file for Protégé: what of the dataset each holds, and what is noted at its axioms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, OA, local_name
from araxes.ontology.oxigraph_terms import COMMENT, RDF_TYPE
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.triples.labels import Description, Term, Words

EXPORT = BASE + "export"
"""IRI of the ontology that the whole file holds; those of the others go on with their names."""

_STATED_IN = ox.NamedNode(AX + "statedIn")
_PLACES = frozenset({AX + "passage", OA + "hasSelector"})
_COMPARED = frozenset({"Comparison", "ComparedSide", "PointAtIssue", "DisputePosition"})


@dataclass(frozen=True, slots=True)
class Variant:
    """A form of the file.

    Attributes:
        name: as the command line has it.
        title: what it is, by language.
        passages: whether it says where in its source a claim stands.
        comparisons: whether it holds disputes, and the disagreements and corroborations found by comparing.
        claims: whether claims are individuals; else they are readable at the axioms alone.
        noted: whether what is claimed of a thing is annotated with its claims; else it ends with naming one,
            which takes half the space.
    """

    name: str
    title: Mapping[str, str]
    passages: bool = False
    comparisons: bool = False
    claims: bool = True
    noted: bool = False

    @property
    def iri(self) -> str:
        """Of its ontology: two forms may be open at once."""
        return EXPORT if self == WHOLE else f"{EXPORT}/{self.name}"


def _titled(*texts: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, texts, strict=True))


WHOLE = Variant(
    "whole",
    _titled("with passages and disputes", "با گذرها و اختلاف‌ها"),
    passages=True,
    comparisons=True,
    noted=True,
)
SLIM = Variant("slim", _titled("without passages and disputes", "بدون گذرها و اختلاف‌ها"))
DISPUTES = Variant(
    "disputes", _titled("with disputes, without passages", "با اختلاف‌ها، بدون گذرها"), comparisons=True
)
ANNOTATIONS = Variant(
    "annotations", _titled("with claims as annotations", "با ادعاها به شکل یادداشت"), claims=False
)


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """What a file tells of a claim where it tells what the claim states.

    Attributes:
        notes: annotations of the axioms that it states: property and value.
        ending: what is appended to a statement of it in words, by language; nothing where that is annotated.
    """

    notes: tuple[tuple[ox.NamedNode, ox.NamedNode | ox.Literal], ...]
    ending: Mapping[str, str]


VARIANTS = {each.name: each for each in (WHOLE, SLIM, DISPUTES, ANNOTATIONS)}
"""Every form by name."""


def left_out(default: Iterable[ox.Quad], variant: Variant) -> set[Term]:
    """The things of the default graph that a form does not hold.

    Args:
        default: the quads of the default graph.
        variant: the form.
    """
    kinds: dict[Term, set[str]] = defaultdict(set)
    places: set[Term] = set()
    corrections: set[Term] = set()
    for quad in default:
        if quad.predicate == RDF_TYPE and isinstance(quad.object, ox.NamedNode):
            kinds[quad.subject].add(local_name(quad.object.value))
        elif quad.predicate.value in _PLACES:
            places.add(quad.object)
        elif quad.predicate.value == AX + "correction":
            corrections.add(quad.object)
    gone = set() if variant.passages else places
    if not variant.comparisons:
        gone |= {thing for thing, names in kinds.items() if _are(names, _COMPARED)}
    if not variant.claims:
        gone |= {thing for thing, names in kinds.items() if _are(names, {"Claim"})} | corrections
    return gone


def _are(names: Iterable[str], above: Set[str]) -> bool:
    """Whether a class of some names is one of others, or lies below one."""
    classes = vocabulary().classes
    return any(not above.isdisjoint(classes.get(name, ())) for name in names)


def told_of_claims(
    claims: Mapping[str, ClaimGraph], about: Description, words: Words, variant: Variant
) -> dict[str, ToldClaim]:
    """What a form tells of each claim where it tells what the claim states.

    Always its IRI; where claims are no individuals also what would be read there: paraphrase, holders and
    source.

    Args:
        claims: by IRI.
        about: the default graph.
        words: the labels of all things.
        variant: the form.
    """
    told: dict[str, ToldClaim] = {}
    for iri, claim in claims.items():
        short = f"({iri.removeprefix(BASE).removeprefix('claim/')})"
        ending = dict.fromkeys(() if variant.noted else LANGUAGES, f" {short}")
        notes: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [(_STATED_IN, ox.NamedNode(iri))]
        for language in () if variant.claims else LANGUAGES:
            ending[language] = f" – {_whose(claim, words, language)} {short}"
            said = about.one(iri, AX + "paraphrase", language)
            notes.append((COMMENT, ox.Literal(said + ending[language], language=language)))
        told[iri] = ToldClaim(tuple(notes), ending)
    return told


def _whose(claim: ClaimGraph, words: Words, language: str) -> str:
    """Holders and source of a claim."""
    comma = {"en": ", ", "fa": "، "}[language]
    holders = comma.join(words.name(each, language) for each in claim.holders)
    return f"{holders}{comma}{words.name(claim.source, language)}"
