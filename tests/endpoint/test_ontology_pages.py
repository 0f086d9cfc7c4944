"""The reference of the ontology: complete, in both languages, and at the address of each term."""

from __future__ import annotations

import time
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from araxes.endpoint.service.ontology_reference import from_json, to_json
from araxes.endpoint.service.published_files import BESIDE, reference_in
from araxes.ontology.diagrams import IMAGES, REPAIR, claim_diagram, class_diagram, drawings
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, local_name
from araxes.ontology.reference import entries_by_name, reference
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.stores.versioned_store import StoreVersion, publish
from araxes.validation.kept_questions import questions_with_terms
from araxes.validation.question_terms import questions_by_term
from tests.endpoint.endpoint_fixtures import FEW, Server, serving

PAGE = "text/html"
SVG = "{http://www.w3.org/2000/svg}"


def fetch(server: Server, path: str, accept: str = PAGE) -> tuple[str, str]:
    """Media type and text."""
    reply = server.get(path, accept)
    assert reply.status == 200, reply.text
    return reply.type, reply.text


def test_reference_has_every_term() -> None:
    words = vocabulary()
    own = {name for name, declared in words.properties.items() if declared.iri.startswith(AX)}
    expected = words.classes.keys() | own | words.individuals.keys()
    # A term of before may have the local name of the reused one that took its place.
    apart = {
        name
        for name, entry in entries_by_name().items()
        if entry.kind["en"] == "Datatype" or (entry.deprecated and name not in expected)
    }
    assert entries_by_name().keys() - apart == expected
    for entry in entries_by_name().values():
        for language in LANGUAGES:
            assert entry.label[language]
            assert entry.definition[language]
            assert entry.example[language]


def test_links_lead_to_terms() -> None:
    for entry in entries_by_name().values():
        for names in entry.links.values():
            assert all(name in entries_by_name() or "XMLSchema#" in name for name in names), entry.name


def test_entry_tells_what_the_ontology_says() -> None:
    entry = entries_by_name()["memberOf"]
    assert entry.links["inverse"] == ("hasMember",)
    assert entry.links["domain"] == ("Actor",)
    assert {"Organization", "ActorGroup"} <= set(entry.links["range"])
    assert any(iri.endswith("org#memberOf") for _, iri, _ in entry.alignments)


@pytest.mark.parametrize("language", LANGUAGES)
def test_index_names_every_module_and_term(project_server: Server, language: str) -> None:
    kind, text = fetch(project_server, f"/ontology?lang={language}")
    assert kind.startswith(PAGE)
    assert f'lang="{language}" dir="{"rtl" if language == "fa" else "ltr"}"' in text
    for module in reference().values():
        for entry in module.entries:
            assert f'href="/ontology/{entry.name}?lang={language}"' in text


@pytest.mark.parametrize("name", ["perceivesThreatFrom", "State", "Endorses", "paraphrase", "iso3166Alpha3"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_term_resolves_to_its_entry(project_server: Server, name: str, language: str) -> None:
    entry = entries_by_name()[name]
    _, text = fetch(project_server, f"/ontology/{local_name(entry.iri)}?lang={language}")
    assert f"<h1>{entry.label[language]}</h1>" in text
    assert f'<article id="{name}">' in text


@pytest.mark.parametrize("name", sorted(reference()))
def test_module_page_has_its_entries(project_server: Server, name: str) -> None:
    _, text = fetch(project_server, f"/ontology/module/{name}?lang=en")
    assert text.count("<article id=") == len(reference()[name].entries)


def test_others_get_rdf(project_server: Server) -> None:
    for path in ("/ontology", "/ontology/State", "/ontology/module/events"):
        kind, text = fetch(project_server, path, "text/turtle")
        assert kind.startswith("text/turtle"), path
        assert "State" in text or "Ontology" in text
    kind, text = fetch(project_server, "/ontology/alignments", "text/turtle")
    assert "closeMatch" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_drawings_are_svg_with_every_class(project_server: Server, language: str) -> None:
    kind, text = fetch(project_server, f"/ontology/diagram/classes.{language}.svg", "*/*")
    assert kind.startswith("image/svg+xml")
    assert text == class_diagram(reference(), language)
    found = ElementTree.fromstring(text).iter(SVG + "text")
    drawn = {str(element.text).partition(" (")[0] for element in found}
    classes = [entry for entry in entries_by_name().values() if entry.kind["en"] == "Class"]
    assert len(classes) > 100
    assert {entry.label[language].partition(" (")[0] for entry in classes} <= drawn


def test_drawings_in_the_folder_are_the_present_ones() -> None:
    kept = {path.name: path.read_text("utf-8") for path in IMAGES.glob("*.svg")}
    assert kept == drawings(reference()), f"run `{REPAIR}`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_claim_drawing_uses_the_labels(language: str) -> None:
    drawn = {
        element.text
        for element in ElementTree.fromstring(claim_diagram(reference(), language)).iter(SVG + "text")
    }
    for name in ("Claim", "Source", "holder", "passage", "modality", "Inference"):
        assert entries_by_name()[name].label[language] in drawn


def test_the_reference_in_the_store_is_that_of_the_modules(project: ox.Store) -> None:
    found = from_json(to_json(reference_in(project, questions_with_terms())))
    assert found.modules == reference()
    assert found.drawings == drawings(reference())
    assert found.questions.keys() == questions_by_term().keys() & entries_by_name().keys()


def _load(root: Path, *texts: str) -> StoreVersion:
    quads = [quad for text in texts for quad in ox.parse(input=text, format=ox.RdfFormat.TURTLE)]
    return publish(quads, root, origin="load", beside=BESIDE)


_RIVER = """
@prefix ax: <https://w3id.org/araxes/ontology/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/araxes/ontology/module/rivers> a owl:Ontology ; owl:versionInfo "7.0" .
ax:River a owl:Class ; rdfs:label "LABEL"@en ; owl:disjointWith ax:Lake ;
  rdfs:isDefinedBy <https://w3id.org/araxes/ontology/module/rivers> .
ax:Lake a owl:Class ; rdfs:isDefinedBy <https://w3id.org/araxes/ontology/module/rivers> .
"""


def test_what_is_shown_belongs_to_the_dataset_that_is_named(tmp_path: Path) -> None:
    root = tmp_path / "store"
    first = _load(root, _RIVER.replace("LABEL", "Stream of water"))
    with serving(root, *FEW) as server:
        for version, label in ((first, "Stream of water"), (None, "Watercourse")):
            made = version or _load(root, _RIVER.replace("LABEL", label))
            end = time.monotonic() + 10
            while server.health()["dataset"]["digest"] != made.digest:
                assert time.monotonic() < end
                time.sleep(0.05)
            for path in ("/ontology", "/ontology/module/rivers", "/ontology/River"):
                reply = server.get(path, PAGE)
                assert reply.headers["Araxes-Dataset"] == f"sha256:{made.digest}"
                assert label in reply.text
                assert "Lake" in reply.text  # without a label
                assert "perceivesThreatFrom" not in reply.text
            reply = server.get("/ontology/diagram/classes.fa.svg")
            assert reply.headers["Araxes-Dataset"] == f"sha256:{made.digest}"
            assert label in reply.text
            # A drawing of terms that the dataset does not have is not made.
            assert server.get("/ontology/diagram/claim.en.svg").code == "not-found"
            assert "claim.en.svg" not in server.get("/ontology", PAGE).text
            assert server.get("/ontology/perceivesThreatFrom", PAGE).status == 404


_ODD = """
@prefix ax: <https://w3id.org/araxes/ontology/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix m: <https://w3id.org/araxes/ontology/module/> .
m:odd a owl:Ontology .
ax:Top a owl:Class ; rdfs:isDefinedBy m:odd .
ax:A a owl:Class ; rdfs:subClassOf ax:Top , ax:B ; rdfs:isDefinedBy m:odd ;
  rdfs:label "<script>"@en , 5 , "x"^^xsd:date .
ax:B a owl:Class ; rdfs:subClassOf ax:A , ax:B ; rdfs:isDefinedBy m:odd , "literal" ; owl:deprecated 7 .
ax:Alone a owl:Class .
ax:p a owl:ObjectProperty , owl:Class ; rdfs:domain [ owl:unionOf _:loop ] ; rdfs:isDefinedBy m:odd ;
  rdfs:range 7 .
_:loop rdf:first ax:A ; rdf:rest _:loop .
_:group a owl:AllDisjointClasses ; owl:members _:loop .
ax:A rdfs:seeAlso <<( ax:A ax:p ax:B )>> .
"""


def test_any_ontology_can_be_published_and_shown(tmp_path: Path) -> None:
    _load(tmp_path / "store", _ODD)
    with serving(tmp_path / "store", *FEW) as server:
        for path in ("/ontology", "/ontology/module/odd", "/ontology/A", "/ontology/p"):
            reply = server.get(path, PAGE)
            assert reply.status == 200, reply.text
            assert "<script>" not in reply.text
        assert server.get("/ontology/Alone", PAGE).status == 200  # of no module: what the data says of it
        assert "<script>" not in server.get("/ontology/diagram/classes.en.svg").text


def test_a_hierarchy_of_any_depth_is_drawn() -> None:
    deep = "".join(
        f"ax:C{number} a owl:Class ; rdfs:subClassOf ax:C{number + 1} ; rdfs:isDefinedBy m:odd .\n"
        for number in range(3000)
    )
    store = ox.Store()
    store.extend(ox.parse(input=_ODD + deep, format=ox.RdfFormat.TURTLE))
    drawn = reference_in(store).drawings["classes.en.svg"]
    assert all(f">C{number}<" in drawn for number in range(2999))


def test_a_dataset_without_an_ontology_shows_none(server: Server) -> None:
    for path in ("/ontology", "/ontology/State", "/ontology/module/events"):
        reply = server.get(path, PAGE)
        assert (reply.status, reply.headers["Araxes-Dataset"]) == (404, None)
    assert server.get("/ontology/diagram/classes.en.svg").code == "not-found"
