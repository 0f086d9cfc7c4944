"""The catalogues beside the ontology's files, read by a resolver of XML catalogues and by the OWL API."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from rdflib import OWL, RDF, Graph

from araxes.ontology.catalogues import CATALOGUE, FOLDERS, REPAIR, catalogue, folder_catalogue
from araxes.ontology.module_files import ALIGNMENTS, MODULES, module_files
from araxes.ontology.namespaces import ONTOLOGY
from tests.ontology.owl_api import assert_clean, java, owl_checks

FILES = [*module_files(), *module_files(ALIGNMENTS)]


def _declared() -> Iterator[tuple[str, Path]]:
    """Every ontology and every version of one, with the file that declares it."""
    for path in FILES:
        graph = Graph().parse(path)
        for node in graph.subjects(RDF.type, OWL.Ontology):
            for iri in (node, *graph.objects(node, OWL.versionIRI)):
                yield str(iri), path


DECLARED = dict(_declared())


def resolved(address: str, *iris: str) -> dict[str, str]:
    """What the JDK's resolver finds by a catalogue; an IRI that the catalogue lacks is not among them."""
    lines = java("CatalogResolve.java", address, *iris).splitlines()
    return {iri: place for iri, _, place in (line.partition("\t") for line in lines) if place != "-"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_catalogues_are_made_from_the_files(folder: Path) -> None:
    assert (folder / CATALOGUE).read_text("utf-8") == folder_catalogue(folder), f"run `{REPAIR}`"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_resolver_finds_every_ontology_and_version(folder: Path) -> None:
    found = resolved((folder / CATALOGUE).as_uri(), *DECLARED, f"{ONTOLOGY}/module/nothing")
    assert len(found) == 2 * len(FILES)
    assert {iri: Path(unquote(urlsplit(place).path)).resolve() for iri, place in found.items()} == {
        iri: path.resolve() for iri, path in DECLARED.items()
    }


def test_addresses_may_hold_what_xml_escapes(tmp_path: Path) -> None:
    places = {"http://e.example/?a=1&b=2": "own%20file.ttl?x=1&y=2", "http://e.example/": "http://f.example/"}
    (tmp_path / CATALOGUE).write_text(catalogue(places), "utf-8")
    found = resolved((tmp_path / CATALOGUE).as_uri(), *places)
    assert found.pop("http://e.example/") == "http://f.example/"
    assert found.popitem()[1].endswith(f"{tmp_path.name}/own%20file.ttl?x=1&y=2")


def test_the_owl_api_opens_each_file_with_the_catalogue_beside_it(tmp_path: Path) -> None:
    """The root, the alignments, any module, and an ontology of somebody else's that imports a version."""
    copy = tmp_path / "a copy with spaces"
    shutil.copytree(MODULES, copy / "modules")
    shutil.copytree(ALIGNMENTS, copy / "alignments")
    own = copy / "modules" / "own.ttl"
    version = next(iri for iri in DECLARED if iri.startswith(f"{ONTOLOGY}/") and iri[-1].isdigit())
    own.write_text(
        f"<http://e.example/own> a <{OWL.Ontology}> ; <{OWL.imports}> <{version}> .\n"
        f"<http://e.example/Ford> a <{OWL.Class}> .",
        "utf-8",
    )
    opened = [*sorted((copy / "modules").glob("*.ttl")), *sorted((copy / "alignments").glob("*.ttl"))]
    found = owl_checks(opened, tmp_path)
    assert len(found) == len(FILES) + 1
    modules = len(module_files())
    imported = {name: int(check["imported"][0]) for name, check in found.items()}
    assert imported.pop("araxes.ttl") == modules - 1
    assert imported.pop("alignments.ttl") == imported.pop("own.ttl") == modules
    assert set(imported.values()) == {0}
    for check in found.values():
        assert_clean(check)


def test_the_owl_api_finds_nothing_without_a_catalogue(tmp_path: Path) -> None:
    shutil.copytree(MODULES, tmp_path / "modules")
    (tmp_path / "modules" / CATALOGUE).rename(tmp_path / CATALOGUE)
    with pytest.raises(AssertionError, match="no catalogue beside the file says where"):
        owl_checks([tmp_path / "modules" / "araxes.ttl"], tmp_path)
