"""An OWL ontology in functional syntax (https://www.w3.org/TR/owl2-syntax/), written by the OWL API.

No library for Python writes it without loss, so Java does, through the launch of a single source file
(``FunctionalSyntax.java``). What was written is read again and compared before it counts.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from araxes.ontology.errors import InputError

JARS = Path("/usr/share/java")
"""Where Debian's package libowlapi-java puts the OWL API and what it needs, beside all other libraries."""

_NEEDED = (
    "owlapi-distribution",
    "atinject-jsr330-api",
    "caffeine",
    "commons-io",
    "commons-rdf-api",
    "guava",
    "hppcrt",
    "jsr305",
    "rdf4j-model",
    "rdf4j-model-api",
    "rdf4j-model-vocabulary",
    "rdf4j-rio-api",
    "rdf4j-rio-binary",
    "rdf4j-rio-datatypes",
    "rdf4j-rio-hdt",
    "rdf4j-rio-jsonld",
    "rdf4j-rio-languages",
    "rdf4j-rio-n3",
    "rdf4j-rio-nquads",
    "rdf4j-rio-ntriples",
    "rdf4j-rio-rdfjson",
    "rdf4j-rio-rdfxml",
    "rdf4j-rio-trig",
    "rdf4j-rio-trix",
    "rdf4j-rio-turtle",
    "rdf4j-util",
    "slf4j-api",
    "slf4j-simple",
    "xz",
)
"""The jars of that folder from which the OWL API loads classes; others would be found in their stead."""

_PROGRAM = Path(__file__).with_name("FunctionalSyntax.java")
_INSTALL = "install Java and the OWL API, for example: apt install default-jdk-headless libowlapi-java"
_MEMORY = "-Xmx2500M"
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options of Java that halve the work of a run of seconds: its second compiler would not pay."""

_SILENT = "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"


def functional_syntax(rdfxml: bytes, jars: Path = JARS) -> bytes:
    """An ontology that is given in RDF/XML; equal ontologies give equal bytes.

    Args:
        rdfxml: the ontology; it imports nothing.
        jars: folder with the OWL API's jars.

    Raises:
        InputError: Java or the OWL API is missing, or the result is not the same ontology.
    """
    java = java_path()
    classes = class_path(jars)
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder) / "ontology.owl", Path(folder) / "ontology.ofn"
        source.write_bytes(rdfxml)
        command = [java, _MEMORY, *BRIEF, _SILENT, "-cp", classes, str(_PROGRAM), str(source), str(result)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise InputError(f"the OWL API failed: {_reason(done.stderr)}", _remedy(done.stderr))
        return result.read_bytes()


def java_path() -> str:
    """The program ``java``.

    Raises:
        InputError: it is not on the PATH.
    """
    java = shutil.which("java")
    if java is None:
        raise InputError(
            "functional syntax needs Java, and there is no `java` on this machine's PATH", _INSTALL
        )
    return java


def class_path(jars: Path = JARS) -> str:
    """The OWL API and what it needs, for Java: named one by one in Debian's folder, all there is in another.

    Raises:
        InputError: some of it is missing.
    """
    if not any(jars.glob("owlapi-*.jar")):
        raise InputError(f"functional syntax needs the OWL API, and {jars} holds no owlapi-*.jar", _INSTALL)
    if jars.resolve() != JARS:
        return f"{jars}/*"
    missing = [name for name in _NEEDED if not (jars / f"{name}.jar").exists()]
    if missing:
        raise InputError(f"the OWL API needs {', '.join(missing)} in {jars}", _INSTALL)
    return ":".join(str(jars / f"{name}.jar") for name in _NEEDED)


def _reason(errors: str) -> str:
    """The first line of an error output that is no message of the logging library."""
    lines = [line.strip() for line in errors.splitlines() if line.strip() and not line.startswith("SLF4J")]
    return lines[0] if lines else "it gave no reason"


def _remedy(errors: str) -> str:
    if "compiler" in errors or "ClassNotFoundException" in errors:
        return f"the launch of a source file needs a JDK (a JRE does not do): {_INSTALL}"
    return "export RDF/XML, which is complete, and convert it in Protégé; please report this"
