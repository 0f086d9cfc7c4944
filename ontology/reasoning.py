"""Is the ontology consistent, and has every class a possible member? HermiT answers, through owlready2.

For what is wrong, Pellet (which owlready2 brings too) finds a smallest set of axioms that explains it.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import owlready2
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.module_files import module_files
from araxes.ontology.namespaces import AX, local_name

_PELLET = Path(owlready2.__file__).parent / "pellet"
_EXPLAIN_SECONDS = 120
_MOST_EXPLAINED = 10
_BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""An explanation takes a second or two, in which Java's second compiler does not pay."""


class NoJavaError(Exception):
    """There is no Java to run the reasoners with."""


class ReasonerError(Exception):
    """A reasoner failed for a reason of its own."""


@dataclass(frozen=True)
class Verdict:
    """What the reasoner found.

    Attributes:
        consistent: whether the axioms can all hold together.
        classes: number of named classes.
        individuals: number of named individuals.
        unsatisfiable: IRIs of classes that can have no member, sorted.
        inferred: pairs (class, super-class) that follow and are not stated, sorted.
        reasons: each of these pairs → axioms that explain it.
        explanations: IRI of an unsatisfiable class, or "" for inconsistency → axioms that explain it.
        seconds: time taken.
    """

    consistent: bool
    classes: int
    individuals: int
    unsatisfiable: tuple[str, ...]
    inferred: tuple[tuple[str, str], ...]
    reasons: dict[tuple[str, str], str]
    explanations: dict[str, str]
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.consistent and not self.unsatisfiable


def java() -> str:
    """The path of Java.

    Raises:
        NoJavaError: there is none.
    """
    found = shutil.which(str(owlready2.JAVA_EXE))
    if found is None:
        raise NoJavaError("HermiT needs Java, and there is no `java` on this machine's PATH")
    return found


def reason(axioms: bytes, *, say_why: bool = True) -> Verdict:
    """Check consistency and classify.

    Args:
        axioms: N-Triples of an ontology; imports are ignored.
        say_why: whether each super-class that follows is explained, which takes seconds for each.

    Raises:
        NoJavaError: there is no Java.
        ReasonerError: HermiT failed, for example on axioms that are not OWL 2 DL.
    """
    java()
    start = time.monotonic()
    axioms = _without_imports(axioms)
    world = owlready2.World()
    ontology = world.get_ontology("https://w3id.org/araxes/reasoning#")
    ontology.load(fileobj=io.BytesIO(axioms))
    classes, individuals = len(list(world.classes())), len(list(world.individuals()))
    consistent = True
    try:
        with ontology:
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        consistent = False
    except owlready2.OwlReadyJavaError as error:
        raise ReasonerError(str(error)) from error
    unsatisfiable = tuple(sorted(each.iri for each in world.inconsistent_classes() if hasattr(each, "iri")))
    unsatisfiable = tuple(iri for iri in unsatisfiable if iri != str(OWL.Nothing))
    explanations = {iri: explain(axioms, iri) for iri in unsatisfiable[:_MOST_EXPLAINED]}
    if not consistent:
        explanations[""] = explain(axioms)
    inferred = _inferred(world, axioms) if consistent else ()
    reasons = explain_pairs(axioms, inferred) if say_why else {}
    took = time.monotonic() - start
    return Verdict(consistent, classes, individuals, unsatisfiable, inferred, reasons, explanations, took)


def without_chains(axioms: bytes) -> bytes:
    """The axioms without property chains and roll-ups, which individuals make slow and no class needs.

    Args:
        axioms: N-Triples.
    """
    graph = Graph().parse(data=axioms, format="nt")
    dropped: list[Node] = [*graph.subjects(OWL.hasSelf), *graph.objects(None, OWL.propertyChainAxiom)]
    dropped += [each for each in graph.subjects(RDFS.subClassOf) if isinstance(each, BNode)]
    while dropped:
        node = dropped.pop()
        dropped += [each for each in graph.objects(node) if isinstance(each, BNode)]
        graph.remove((node, None, None))
        graph.remove((None, None, node))
    return graph.serialize(format="nt", encoding="utf-8")


def explain_pairs(axioms: bytes, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """For each pair of a class and a super-class, smallest axioms from which that follows, one a line.

    Args:
        axioms: N-Triples.
        pairs: IRIs of the two classes.
    """
    graph = Graph().parse(data=axioms, format="nt")
    return {pair: _pellet(_concerning(graph, pair), ["--subclass", ",".join(pair)]) for pair in pairs}


def _concerning(graph: Graph, names: Iterable[str]) -> bytes:
    """The axioms on classes and on all that is above them, without labels: few enough to explain fast."""
    kept, seen = Graph(), set[Node]()
    agenda: list[Node] = [*map(URIRef, names)]
    while agenda:
        node = agenda.pop()
        if node in seen:
            continue
        seen.add(node)
        for triple in graph.triples((node, None, None)):
            if not isinstance(triple[2], Literal) and triple[1] not in _ABOUT_TERMS:
                kept.add(triple)
                agenda += triple[1:]
    for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        for part in (group, *graph.transitive_objects(graph.value(group, OWL.members), RDF.rest)):
            for triple in graph.triples((part, None, None)):
                kept.add(triple)
    return kept.serialize(format="nt", encoding="utf-8")


_ABOUT_TERMS = {RDFS.isDefinedBy, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.propertyChainAxiom}


def explain(axioms: bytes, unsatisfiable: str = "") -> str:
    """A smallest set of axioms because of which a class is unsatisfiable, or all is inconsistent.

    Args:
        axioms: N-Triples.
        unsatisfiable: IRI of a class; empty for the inconsistency of everything.

    Returns:
        Axioms in a readable syntax, one a line, or a sentence saying why there are none.
    """
    if not unsatisfiable:
        return _pellet(_without_imports(without_chains(axioms)), ["--inconsistent"])
    graph = Graph().parse(data=axioms, format="nt")
    return _pellet(_concerning(graph, [unsatisfiable]), ["--unsat", unsatisfiable])


def _pellet(axioms: bytes, what: list[str]) -> str:
    """What Pellet answers to a wish for an explanation."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "axioms.nt"
        path.write_bytes(axioms)
        command = [java(), *_BRIEF, "-Xmx2000M", "-cp", str(_PELLET / "*"), "pellet.Pellet", "explain"]
        command += ["--ignore-imports", *what, str(path)]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=_EXPLAIN_SECONDS
            )
        except subprocess.TimeoutExpired:
            return f"no explanation was found within {_EXPLAIN_SECONDS} seconds"
    _, _, found = done.stdout.partition("Explanation(s):")
    return _one_line_each(found) or "no explanation was found"


def axiom_file(axiom: str) -> str:
    """The file of the module in which an axiom of an explanation stands, or an empty string.

    An axiom stands where its subject is defined; the disjointness of classes may stand anywhere.

    >>> axiom_file("Treaty subClassOf Agreement"), axiom_file("iran type State")
    ('agreements.ttl', '')
    """
    words = re.findall(r"\w+", axiom)
    if not axiom.startswith("DisjointClasses("):
        module = load_ontology().value(URIRef(AX + words[0]), RDFS.isDefinedBy) if words else None
        return f"{str(module).rpartition('/')[2]}.ttl" if module else ""
    return _disjointness().get(frozenset(words[1:]), "")


@cache
def _disjointness() -> dict[frozenset[str], str]:
    """Groups of classes that a module declares disjoint, by local name, with its file."""
    found: dict[frozenset[str], str] = {}
    for path in module_files():
        graph = Graph().parse(path, format="turtle")
        for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
            members = graph.items(graph.value(group, OWL.members) or RDF.nil)
            found[frozenset(local_name(str(member)) for member in members)] = path.name
        for one, other in graph.subject_objects(OWL.disjointWith):
            found[frozenset((local_name(str(one)), local_name(str(other))))] = path.name
    return found


def _one_line_each(text: str) -> str:
    """Pellet breaks an axiom over lines by indenting what continues it."""
    lines: list[str] = []
    for line in text.splitlines():
        body = re.sub(r"^\s*\d+\)", "", line).strip()
        if not body:
            continue
        continues = body.startswith(("and ", "or "))
        if lines and (continues or lines[-1].count("(") > lines[-1].count(")")):
            lines[-1] += " " + body
        else:
            lines.append(body)
    return "\n".join(lines)


def _without_imports(axioms: bytes) -> bytes:
    marker = f"<{OWL.imports}>".encode()
    return b"".join(line for line in axioms.splitlines(keepends=True) if marker not in line)


def _inferred(world: owlready2.World, axioms: bytes) -> tuple[tuple[str, str], ...]:
    """Pairs of a class and a super-class that HermiT added to the stated ones."""
    graph = Graph()
    graph.parse(data=axioms, format="nt")
    found = set()
    for each in world.classes():
        stated = {str(up) for up in graph.transitive_objects(URIRef(each.iri), RDFS.subClassOf)}
        above = {up.iri for up in each.ancestors(include_constructs=False) if up.iri != str(OWL.Thing)}
        found |= {(each.iri, up) for up in above - stated if (URIRef(up), RDF.type, OWL.Class) in graph}
    return tuple(sorted(found))
