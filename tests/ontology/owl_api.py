"""The real OWL API, asked through Java's single-file source launch."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import owlready2
import pyoxigraph as ox

from araxes.ontology.namespaces import OWL, RDF, RDFS
from araxes.triples.exports.owl_functional import BRIEF, JARS, class_path
from tests.requirements_helper import missing, require_tool

JDK_PARSER = (
    "-Djavax.xml.parsers.SAXParserFactory=com.sun.org.apache.xerces.internal.jaxp.SAXParserFactoryImpl"
)
"""The JDK's own parser: another jar of the folder may bring one that knows no namespaces."""

SAME = "lost 0 gained 0 annotations true"
"""What a comparison of two ontologies says when they are the same."""

HERMIT = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"


def owl_check(path: Path, folder: Path, about: str = "") -> dict[str, list[str]]:
    """What the OWL API says of a file: key → values (see OwlCheck.java).

    Args:
        path: the ontology file; its imports are found by the catalogue beside it.
        folder: where the round trip is made.
        about: IRI of an individual whose axioms are to be listed under the key ``axiom``.
    """
    options = [f"-Dabout={about}"] if about else []
    return owl_checks([path], folder, *options)[path.name]


def owl_checks(paths: Iterable[Path], folder: Path, *options: str) -> dict[str, dict[str, list[str]]]:
    """What the OWL API says of several files, each by its name: one Java is cheaper than many."""
    output = java("OwlCheck.java", str(folder), *map(str, paths), options=options)
    checks: dict[str, dict[str, list[str]]] = {}
    for line in output.splitlines():
        key, _, value = line.partition("\t")
        if key == "file":
            found = checks[Path(value).name] = defaultdict(list)
        elif key == "done":
            return checks
        else:
            found[key].append(value)
    raise AssertionError(f"it did not come to an end:\n{output[-3000:]}")


def java(program: str, *arguments: str, options: Iterable[str] = ()) -> str:
    """What a program of this folder prints, run with the OWL API."""
    require_tool("javac", "apt-get install openjdk-17-jdk-headless")
    if not (JARS / "owlapi-distribution.jar").exists():
        missing("the OWL API", "apt-get install libowlapi-java")
    command = [require_tool("java"), "-Xmx3000M", *BRIEF, "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"]
    command += [JDK_PARSER, *options, "-cp", class_path(), str(Path(__file__).with_name(program)), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def hermit_consistent(path: Path) -> bool:
    """Whether HermiT finds an ontology file consistent."""
    command = [require_tool("java"), "-Xmx4000M", *BRIEF, "-cp", str(HERMIT)]
    command += ["org.semanticweb.HermiT.cli.CommandLine", "-k"]
    done = subprocess.run(
        [*command, path.resolve().as_uri()], capture_output=True, text=True, check=False, timeout=900
    )
    answer = done.stdout + done.stderr
    assert "satisfiable" in answer or "Inconsistent" in answer or "inconsistent" in answer, answer[-3000:]
    return "owl#Thing is satisfiable" in answer


def skeleton(quads: Iterable[ox.Quad], folder: Path) -> Path:
    """Classes, properties, kinds and relations of an ontology, without texts, values and chains, as a file.

    HermiT is at work for many minutes over chains and texts; what relations and kinds say of each
    other it decides in seconds.
    """
    triples = [quad.triple for quad in quads if not isinstance(quad.object, ox.Literal)]
    below: dict[object, list[ox.BlankNode]] = defaultdict(list)
    agenda: list[object] = []
    for triple in triples:
        if isinstance(triple.object, ox.BlankNode):
            below[triple.subject].append(triple.object)
            if triple.predicate in _LEFT_OUT:
                agenda.append(triple.object)
        elif triple.object in _DROPPED and triple.predicate == _TYPE:
            agenda.append(triple.subject)
    dropped: set[object] = set()
    while agenda:
        node = agenda.pop()
        if node not in dropped:
            dropped.add(node)
            agenda += below[node]
    kept = [t for t in triples if t.subject not in dropped and t.predicate not in _LEFT_OUT]
    written = folder / "skeleton.ttl"
    written.write_bytes(ox.serialize(kept, format=ox.RdfFormat.TURTLE) or b"")
    return written


_TYPE = ox.NamedNode(RDF + "type")
_LEFT_OUT = frozenset(ox.NamedNode(OWL + name) for name in ("propertyChainAxiom", "imports", "versionIRI"))
_DROPPED = frozenset(
    ox.NamedNode(name) for name in (OWL + "Axiom", OWL + "DatatypeProperty", RDFS + "Datatype")
)


def assert_clean(found: dict[str, list[str]]) -> None:
    """No unparsed triple, no violation of OWL 2 DL, nothing lost on a round trip."""
    assert found["unparsed"] == []
    assert found["violation"] == []
    for key in ("roundtrip-rdfxml", "roundtrip-functional"):
        assert found[key] == [SAME], found[f"lost-{key}"]
