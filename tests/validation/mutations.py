"""Ways to damage a dataset in one place, for the benchmark of what is seen."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, OA, ONTOLOGY, XSD, local_name
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.derived.digests import CONTENT_DIGEST
from araxes.triples.derived.inference import SUFFIX
from araxes.triples.originals.passages import slice_digest


@dataclass(frozen=True)
class Changed:
    """What damage puts into a dataset, and whether it stands instead of the quad that was chosen."""

    added: tuple[ox.Quad, ...] = ()
    instead: bool = True


Damage = Callable[[ox.Quad, list[ox.Quad], random.Random], Changed]


def place(quad: ox.Quad) -> str:
    """Which part of a dataset a quad belongs to."""
    if isinstance(quad.graph_name, ox.NamedNode):
        return "derived" if quad.graph_name.value.endswith(SUFFIX) else "statement"
    about = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
    if not about.startswith(BASE) or about.startswith(ONTOLOGY):
        return "ontology"
    if (
        quad.predicate == CONTENT_DIGEST
        or about.endswith(SUFFIX)
        or about.startswith((BASE + "disagreement/", BASE + "corroboration/"))
    ):
        return "derived"
    if about.startswith((BASE + "claim/", BASE + "source/")):
        return "apparatus"
    return "entity"


def drop(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """Leave a quad out."""
    return Changed()


def turn(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """Swap subject and object."""
    assert isinstance(quad.object, ox.NamedNode)
    return Changed((ox.Quad(quad.object, quad.predicate, quad.subject, quad.graph_name),))


def retype(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """Give a literal another datatype."""
    other = dice.choice(["string", "integer", "anyURI"])
    assert isinstance(quad.object, ox.Literal)
    datatype = other if quad.object.datatype.value != XSD + other else "boolean"
    return instead(quad, ox.Literal(quad.object.value, datatype=ox.NamedNode(XSD + datatype)))


def relabel(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """Give a text another language."""
    assert isinstance(quad.object, ox.Literal)
    languages = [tag for tag in ("en", "fa", "de") if tag != quad.object.language]
    return instead(quad, ox.Literal(quad.object.value, language=dice.choice(languages)))


def reword(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """Leave one character out of a text or number, or double it."""
    assert isinstance(quad.object, ox.Literal)
    text = quad.object.value
    at = dice.randrange(len(text))
    text = text[:at] + dice.choice(["", text[at] * 2]) + text[at + 1 :]
    if quad.object.language:
        return instead(quad, ox.Literal(text, language=quad.object.language))
    return instead(quad, ox.Literal(text, datatype=quad.object.datatype))


def shift(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """Move an offset by up to a hundred thousand characters."""
    assert isinstance(quad.object, ox.Literal)
    moved = int(quad.object.value) + dice.choice([-1, 1]) * dice.randint(1, 100_000)
    return instead(quad, ox.Literal(str(moved), datatype=quad.object.datatype))


def misfit(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """Put something of another kind, or unknown, in the place of a holder, source or reading."""
    other = dice.choice(["claim/nobody", "state/nobody", "source/irna-2019#text", "source/other#author"])
    return instead(quad, ox.NamedNode(BASE + other))


def another(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """Put the value that the property has elsewhere in the place of an object."""
    values = {str(other.object): other.object for other in quads if other.predicate == quad.predicate}
    values.pop(str(quad.object), None)
    value = values[dice.choice(sorted(values))] if values else ox.NamedNode(BASE + "state/nobody")
    assert not isinstance(value, ox.BlankNode | ox.Triple)
    return instead(quad, value)


def miswrite(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """Leave a letter out of the property's name, or out of the IRI that is the object."""
    if dice.random() < 0.5 or not isinstance(quad.object, ox.NamedNode):
        predicate = ox.NamedNode(quad.predicate.value[:-1])
        return Changed((ox.Quad(quad.subject, predicate, quad.object, quad.graph_name),))
    return instead(quad, ox.NamedNode(quad.object.value[:-1]))


def redirect(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """State another property of the ontology of the same two things."""
    names = [name for name, declared in sorted(vocabulary().properties.items()) if declared.kind == "object"]
    other = dice.choice([name for name in names if AX + name != quad.predicate.value])
    return Changed((ox.Quad(quad.subject, ox.NamedNode(AX + other), quad.object, quad.graph_name),))


def forge(quad: ox.Quad, quads: list[ox.Quad], dice: random.Random) -> Changed:
    """Add a statement to where a quad stands: its subject and property, with another object of the kind."""
    added = another(quad, quads, dice).added
    return Changed(added, instead=False)


def instead(quad: ox.Quad, value: ox.NamedNode | ox.Literal) -> Changed:
    """The quad with another object."""
    return Changed((ox.Quad(quad.subject, quad.predicate, value, quad.graph_name),))


def is_relation(quad: ox.Quad) -> bool:
    """Whether a quad relates two things by a property of the ontology that has a direction."""
    declared = vocabulary().properties.get(local_name(quad.predicate.value))
    return isinstance(quad.object, ox.NamedNode) and declared is not None and not declared.symmetric


def is_text(quad: ox.Quad) -> bool:
    """Whether the object is a text in a language."""
    return isinstance(quad.object, ox.Literal) and quad.object.language is not None


def within(*places: str) -> Callable[[ox.Quad], bool]:
    """Whether a quad belongs to one of some parts."""
    return lambda quad: place(quad) in places


def named(*iris: str) -> Callable[[ox.Quad], bool]:
    """Whether a quad has one of some properties."""
    return lambda quad: quad.predicate.value in iris


def is_bare(quad: ox.Quad) -> bool:
    """Whether a quad is a relation in the default graph."""
    return is_relation(quad) and isinstance(quad.graph_name, ox.DefaultGraph) and place(quad) == "entity"


def is_stated(quad: ox.Quad) -> bool:
    """Whether a quad is a relation that a claim states."""
    return is_relation(quad) and place(quad) == "statement"


_ASCRIBED = (AX + "holder", AX + "source", AX + "curator", OA + "hasSource")

KINDS: dict[str, tuple[Damage, Callable[[ox.Quad], bool]]] = {
    "triple of a claim's or source's description dropped": (drop, within("apparatus")),
    "statement of a claim dropped": (drop, within("statement")),
    "derived triple dropped": (drop, within("derived")),
    "triple of an entity dropped": (drop, within("entity")),
    "bare statement added": (forge, is_bare),
    "statement added to a claim": (forge, is_stated),
    "subject and object swapped": (turn, is_relation),
    "property exchanged for another": (
        redirect,
        lambda quad: is_relation(quad) and place(quad) != "apparatus",
    ),
    "object exchanged for another": (another, is_stated),
    "holder, source, reading or text exchanged for a misfit": (misfit, named(*_ASCRIBED)),
    "holder exchanged for another": (another, named(AX + "holder")),
    "name of a term or thing misspelt": (miswrite, lambda quad: quad.predicate.value.startswith(AX)),
    "character of a text or number changed": (
        reword,
        lambda quad: (
            isinstance(quad.object, ox.Literal)
            and bool(quad.object.value)
            and quad.predicate != CONTENT_DIGEST
        ),
    ),
    "datatype changed": (retype, lambda quad: isinstance(quad.object, ox.Literal) and not is_text(quad)),
    "language changed": (relabel, is_text),
    "offset moved": (shift, named(OA + "start", OA + "end")),
}
"""Kind of damage → what is done, and to which quads."""


def misplaced(quads: list[ox.Quad], folder: Path) -> bool:
    """Whether some passage has not its digest in the originals, as ``araxes verify`` would say."""
    about: dict[str, dict[str, str]] = {}
    for quad in quads:
        about.setdefault(str(quad.subject), {})[quad.predicate.value] = getattr(quad.object, "value", "")
    for passage in list(about.values()):
        if OA + "hasSelector" not in passage:
            continue
        text = about.get(f"<{passage.get(OA + 'hasSource', '')}>", {}).get(AX + "fileName", "")
        where = about.get(f"<{passage[OA + 'hasSelector']}>", {})
        try:
            original = (folder / text).read_bytes().decode("utf-8")
            digest = slice_digest(original, int(where[OA + "start"]), int(where[OA + "end"]))
        except (OSError, KeyError, ValueError):
            return True
        if digest != passage.get(AX + "sha256"):
            return True
    return False
