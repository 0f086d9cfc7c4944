"""The real OWL API, asked through Java's single-file source launch."""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import owlready2
import pyoxigraph as ox

from araxes.ontology.module_files import ALIGNMENTS, module_files
from araxes.ontology.namespaces import ALIGNMENTS_IRI, ONTOLOGY, OWL, RDF, RDFS
from araxes.triples.exports.owl_functional import BRIEF, JARS, class_path
from tests.requirements_helper import missing, require_tool

JDK_PARSER = (
    "-Djavax.xml.parsers.SAXParserFactory=com.sun.org.apache.xerces.internal.jaxp.SAXParserFactoryImpl"
)
"""The JDK's own parser: another jar of the folder may bring one that knows no namespaces."""

CHECKER = Path(__file__).with_name("OwlCheck.java")
SAME = "lost 0 gained 0 annotations true"
"""What a comparison of two ontologies says when they are the same."""

HERMIT = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"


def owl_check(path: Path, folder: Path, contains: str = "", same: Path | None = None) -> dict[str, list[str]]:
    """What the OWL API says of a file: key → values (see OwlCheck.java).

    Args:
        path: the ontology file.
        folder: where the round trip is made.
        contains: part of axioms that are to be listed under the key ``axiom``.
        same: the same ontology in functional syntax, read instead of a round trip through it; whether its
            axioms are the same is told under the key ``same``. The round trip through RDF/XML is then made
            by some axioms of each form with each property.
    """
    require_tool("javac", "apt-get install openjdk-17-jdk-headless")
    if not (JARS / "owlapi-distribution.jar").exists():
        missing("the OWL API", "apt-get install libowlapi-java")
    command = [require_tool("java"), "-Xmx3000M", *BRIEF, "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"]
    command += [JDK_PARSER]
    command += [f"-Daxioms={contains}"] if contains else []
    command += [f"-Dsame={same}"] if same else []
    command += ["-cp", class_path(), str(CHECKER), str(path), str(folder), *modules_by_iri()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, list[str]] = defaultdict(list)
    for line in done.stdout.splitlines():
        key, _, value = line.partition("\t")
        found[key].append(value)
    assert found["done"] == ["yes"]
    return found


def modules_by_iri() -> list[str]:
    """Ontology IRIs and files, one after the other."""
    pairs = [f"{ALIGNMENTS_IRI}", str(ALIGNMENTS / "alignments.ttl")]
    for path in module_files():
        pairs += [ONTOLOGY if path.stem == "araxes" else f"{ONTOLOGY}/module/{path.stem}", str(path)]
    return pairs


def hermit_consistent(path: Path) -> bool:
    """Whether HermiT finds an ontology file consistent."""
    java = shutil.which("java") or require_tool("java")
    command = [java, "-Xmx4000M", "-cp", str(HERMIT), "org.semanticweb.HermiT.cli.CommandLine", "-k"]
    done = subprocess.run(
        [*command, path.resolve().as_uri()], capture_output=True, text=True, check=False, timeout=900
    )
    answer = done.stdout + done.stderr
    assert "satisfiable" in answer or "Inconsistent" in answer or "inconsistent" in answer, answer[-3000:]
    return "owl#Thing is satisfiable" in answer


def skeleton(path: Path, folder: Path) -> Path:
    """Classes, properties, kinds and relations of an ontology file, without texts, values and chains.

    HermiT is at work for many minutes over chains and texts; what relations and kinds say of each
    other it decides in half a minute.
    """
    triples = [
        ox.Triple(each.subject, each.predicate, each.object)
        for each in ox.parse(path=path, format=ox.RdfFormat.RDF_XML)
    ]
    described: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        described[str(triple.subject)].append(triple)
    dropped: set[str] = set()
    agenda = [
        str(triple.object)
        for triple in triples
        if triple.predicate.value in _LEFT_OUT and isinstance(triple.object, ox.BlankNode)
    ]
    agenda += [
        str(t.subject)
        for t in triples
        if t.object in (_AXIOM, _DATA, _DATATYPE) and t.predicate.value == RDF + "type"
    ]
    while agenda:
        node = agenda.pop()
        if node not in dropped:
            dropped.add(node)
            blank = [t.object for t in described[node] if isinstance(t.object, ox.BlankNode)]
            agenda += [str(each) for each in blank]
    kept = [
        triple
        for triple in triples
        if str(triple.subject) not in dropped
        and triple.predicate.value not in _LEFT_OUT
        and not isinstance(triple.object, ox.Literal)
    ]
    written = folder / "skeleton.ttl"
    written.write_bytes(ox.serialize(kept, format=ox.RdfFormat.TURTLE) or b"")
    return written


_LEFT_OUT = frozenset({OWL + "propertyChainAxiom", OWL + "imports", OWL + "versionIRI"})
_AXIOM = ox.NamedNode(OWL + "Axiom")
_DATA = ox.NamedNode(OWL + "DatatypeProperty")
_DATATYPE = ox.NamedNode(RDFS + "Datatype")


def assert_clean(found: dict[str, list[str]]) -> None:
    """No unparsed triple, no violation of OWL 2 DL, nothing lost on a round trip."""
    assert found["unparsed"] == []
    assert found["violation"] == []
    # Another file in functional syntax that was compared is the round trip through that syntax.
    for key in ("roundtrip-rdfxml", "same" if "same" in found else "roundtrip-functional"):
        assert found[key] == [SAME], found[f"lost-{key}"]
