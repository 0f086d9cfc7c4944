"""How much random damage to the data validation catches: ``python -m tests.bench_mutations [NUMBER]``.

Samples of claims of the real corpus, with all that they refer to, are damaged in one place at a time;
damage is caught if shapes or hygiene queries then find something. The random numbers are seeded.
What remains formally sound (a statement less, another entity of the same kind) no rule can see, so the
share is printed for each kind of damage.
"""

from __future__ import annotations

import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, OA, RDF, RDFS, XSD, local_name
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.corpus import Corpus, Record, read_corpus
from araxes.triples.dataset import corpus_nodes, ontology_quads, to_quads
from araxes.triples.passages import originals_folder, slice_digest
from araxes.validation.publication import examine

SAMPLE = 10
"""Claims in a sample."""

NUMBER = 30
"""Mutations of each kind, unless another number is given."""

Damage = Callable[[ox.Quad, random.Random], ox.Quad | None]


def mentioned(value: Any) -> Iterator[str]:
    """Every string in a YAML value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from mentioned(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from mentioned(item)


def sample(corpus: Corpus, dice: random.Random) -> list[ox.Quad]:
    """The data of some claims of the corpus, with the entities and sources that they need."""
    claims = dice.sample(corpus.claims, SAMPLE)
    entities = {record.id: record for record in corpus.entities}
    sources = [record for record in corpus.sources if record.id in {claim.source for claim in claims}]
    curations = [record for record in corpus.curations if record.source in {s.id for s in sources}]
    needed: dict[str, Record] = {}
    agenda = [name for record in (*claims, *sources, *curations) for name in mentioned(record.data)]
    while agenda:
        name = agenda.pop()
        if name in entities and name not in needed:
            needed[name] = entities[name]
            agenda.extend(mentioned(entities[name].data))
    part = Corpus(list(needed.values()), sources, curations, claims)
    return list(to_quads(corpus_nodes(part, vocabulary()), vocabulary()))


def drop(quad: ox.Quad, dice: random.Random) -> ox.Quad | None:
    """Leave a triple out."""
    return None


def turn(quad: ox.Quad, dice: random.Random) -> ox.Quad | None:
    """Swap subject and object."""
    assert isinstance(quad.object, ox.NamedNode)
    return ox.Quad(quad.object, quad.predicate, quad.subject, quad.graph_name)


def retype(quad: ox.Quad, dice: random.Random) -> ox.Quad | None:
    """Give a literal another datatype."""
    other = dice.choice(["string", "integer", "anyURI"])
    assert isinstance(quad.object, ox.Literal)
    datatype = other if quad.object.datatype.value != XSD + other else "boolean"
    return literal(quad, ox.Literal(quad.object.value, datatype=ox.NamedNode(XSD + datatype)))


def relabel(quad: ox.Quad, dice: random.Random) -> ox.Quad | None:
    """Give a text another language."""
    assert isinstance(quad.object, ox.Literal)
    languages = [tag for tag in ("en", "fa", "de") if tag != quad.object.language]
    return literal(quad, ox.Literal(quad.object.value, language=dice.choice(languages)))


def shift(quad: ox.Quad, dice: random.Random) -> ox.Quad | None:
    """Move an offset by up to a hundred thousand characters."""
    assert isinstance(quad.object, ox.Literal)
    moved = int(quad.object.value) + dice.choice([-1, 1]) * dice.randint(1, 100_000)
    return literal(quad, ox.Literal(str(moved), datatype=quad.object.datatype))


def exchange(quad: ox.Quad, dice: random.Random) -> ox.Quad | None:
    """Put something else of the sample in the place of a holder, source or reading."""
    other = dice.choice(["claim/nobody", "state/nobody", "source/irna-2019#text", "source/other#author"])
    return ox.Quad(quad.subject, quad.predicate, ox.NamedNode(BASE + other), quad.graph_name)


def miswrite(quad: ox.Quad, dice: random.Random) -> ox.Quad | None:
    """Leave a letter out of the property's name, or out of the IRI that is the object."""
    if dice.random() < 0.5 or not isinstance(quad.object, ox.NamedNode):
        return ox.Quad(quad.subject, ox.NamedNode(quad.predicate.value[:-1]), quad.object, quad.graph_name)
    shorter = ox.NamedNode(quad.object.value[:-1])
    return ox.Quad(quad.subject, quad.predicate, shorter, quad.graph_name)


def redirect(quad: ox.Quad, dice: random.Random) -> ox.Quad | None:
    """State another property of the ontology of the same two things."""
    names = [name for name, declared in vocabulary().properties.items() if declared.kind == "object"]
    other = dice.choice([name for name in names if AX + name != quad.predicate.value])
    return ox.Quad(quad.subject, ox.NamedNode(AX + other), quad.object, quad.graph_name)


def literal(quad: ox.Quad, value: ox.Literal) -> ox.Quad:
    """The quad with another literal."""
    return ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)


def is_relation(quad: ox.Quad) -> bool:
    """Whether a quad relates two things by a property of the ontology that has a direction."""
    declared = vocabulary().properties.get(local_name(quad.predicate.value))
    return isinstance(quad.object, ox.NamedNode) and declared is not None and not declared.symmetric


def is_apparatus(quad: ox.Quad) -> bool:
    """Whether a quad belongs to a claim's description, its passage, its source or its reading."""
    about = str(quad.subject)
    return isinstance(quad.graph_name, ox.DefaultGraph) and ("/claim/" in about or "/source/" in about)


def named(*iris: str) -> Callable[[ox.Quad], bool]:
    """Whether a quad has one of some properties."""
    return lambda quad: quad.predicate.value in iris


KINDS: dict[str, tuple[Damage, Callable[[ox.Quad], bool]]] = {
    "apparatus triple dropped": (drop, is_apparatus),
    "statement dropped": (drop, lambda quad: isinstance(quad.graph_name, ox.NamedNode)),
    "label or type of an entity dropped": (
        drop,
        lambda quad: not is_apparatus(quad) and quad.predicate.value in {RDFS + "label", RDF + "type"},
    ),
    "subject and object swapped": (turn, is_relation),
    "datatype changed": (
        retype,
        lambda quad: isinstance(quad.object, ox.Literal) and quad.object.language is None,
    ),
    "language changed": (
        relabel,
        lambda quad: isinstance(quad.object, ox.Literal) and quad.object.language is not None,
    ),
    "offset moved": (shift, named(OA + "start", OA + "end")),
    "holder, source or reading exchanged": (
        exchange,
        named(AX + "holder", AX + "source", AX + "curator", OA + "hasSource"),
    ),
    "name misspelt": (miswrite, lambda quad: quad.predicate.value.startswith(AX)),
    "property exchanged": (redirect, lambda quad: is_relation(quad) and not is_apparatus(quad)),
}
"""Kind of damage → what is done, and to which quads."""


def caught(quads: list[ox.Quad], quad: ox.Quad, changed: ox.Quad | None) -> bool:
    """Whether validation finds something after a change."""
    dataset = ox.Dataset([*ontology_quads(), *(each for each in quads if each != quad)])
    if changed is not None:
        dataset.add(changed)
    return any(finding.severity == "violation" for finding in examine(dataset))


def misplaced(quads: list[ox.Quad], quad: ox.Quad, changed: ox.Quad | None, folder: Path) -> bool:
    """Whether some passage no longer has its digest in the originals, as ``araxes verify`` would say."""
    about: dict[str, dict[str, str]] = {}
    for each in (*(other for other in quads if other != quad), *([changed] if changed else [])):
        about.setdefault(str(each.subject), {})[each.predicate.value] = getattr(each.object, "value", "")
    for passage in list(about.values()):
        if OA + "hasSelector" not in passage:
            continue
        text = about.get(f"<{passage.get(OA + 'hasSource', '')}>", {}).get(AX + "fileName", "")
        place = about.get(f"<{passage[OA + 'hasSelector']}>", {})
        try:
            original = (folder / text).read_bytes().decode("utf-8")
            digest = slice_digest(original, int(place[OA + "start"]), int(place[OA + "end"]))
        except (OSError, KeyError, ValueError):
            return True
        if digest != passage.get(AX + "sha256"):
            return True
    return False


def main(number: int) -> None:
    """Damage, count and print a table in Markdown."""
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it logs each literal of a damaged datatype
    dice = random.Random(20261120)
    corpus = read_corpus()
    found: Counter[str] = Counter()
    verified: Counter[str] = Counter()
    folder = originals_folder()
    missed: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    start = time.monotonic()
    for turn_number in range(number):
        quads = sample(corpus, dice)
        if turn_number == 0:
            sound = examine(ox.Dataset([*ontology_quads(), *quads]))
            assert not [finding for finding in sound if finding.severity == "violation"], sound
        for kind, (damage, applies) in KINDS.items():
            quad = dice.choice([each for each in quads if applies(each)])
            changed = damage(quad, dice)
            if caught(quads, quad, changed):
                found[kind] += 1
            elif folder and misplaced(quads, quad, changed, folder):
                verified[kind] += 1
            else:
                missed[kind][local_name(quad.predicate.value)] += 1
    sys.stdout.write(
        "| damage | caught | also by `araxes verify` | missed most often |\n| --- | --- | --- | --- |\n"
    )
    for kind in KINDS:
        often = ", ".join(f"{name} {times}" for name, times in missed[kind].most_common(4))
        sys.stdout.write(f"| {kind} | {found[kind]} of {number} | {verified[kind]} | {often} |\n")
    share = sum(found.values()) / (number * len(KINDS))
    both = (sum(found.values()) + sum(verified.values())) / (number * len(KINDS))
    total, seconds = number * len(KINDS), time.monotonic() - start
    sys.stdout.write(f"\n{share:.1%}, with the originals {both:.1%}, of {total}, {seconds:.0f} s\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)
