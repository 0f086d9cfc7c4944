"""The real OWL API, asked through Java's single-file source launch."""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import owlready2

from araxes.ontology.module_files import ALIGNMENTS, module_files
from araxes.ontology.namespaces import ALIGNMENTS_IRI, ONTOLOGY
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
            axioms are the same is told under the key ``same``.
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


def assert_clean(found: dict[str, list[str]]) -> None:
    """No unparsed triple, no violation of OWL 2 DL, nothing lost on a round trip."""
    assert found["unparsed"] == []
    assert found["violation"] == []
    # Another file in functional syntax that was compared is the round trip through that syntax.
    for key in ("roundtrip-rdfxml", "same" if "same" in found else "roundtrip-functional"):
        assert found[key] == [SAME], found[f"lost-{key}"]
