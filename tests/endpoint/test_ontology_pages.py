"""The reference of the ontology: complete, in both languages, and at the address of each term."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from araxes.ontology.diagrams import IMAGES, REPAIR, claim_diagram, class_diagram, drawings
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import local_name
from araxes.ontology.reference import entries_by_name, reference
from araxes.ontology.vocabulary import vocabulary
from tests.endpoint.endpoint_fixtures import Server

PAGE = "text/html"
SVG = "{http://www.w3.org/2000/svg}"


def fetch(server: Server, path: str, accept: str = PAGE) -> tuple[str, str]:
    """Media type and text."""
    reply = server.get(path, accept)
    assert reply.status == 200, reply.text
    return reply.type, reply.text


def test_reference_has_every_term() -> None:
    words = vocabulary()
    assert (
        entries_by_name().keys() == words.classes.keys() | words.properties.keys() | words.individuals.keys()
    )
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
def test_index_names_every_module_and_term(server: Server, language: str) -> None:
    kind, text = fetch(server, f"/ontology?lang={language}")
    assert kind.startswith(PAGE)
    assert f'lang="{language}" dir="{"rtl" if language == "fa" else "ltr"}"' in text
    for module in reference().values():
        for entry in module.entries:
            assert f'href="/ontology/{entry.name}?lang={language}"' in text


@pytest.mark.parametrize("name", ["perceivesThreatFrom", "State", "Endorses", "paraphrase", "iso3166Alpha3"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_term_resolves_to_its_entry(server: Server, name: str, language: str) -> None:
    entry = entries_by_name()[name]
    _, text = fetch(server, f"/ontology/{local_name(entry.iri)}?lang={language}")
    assert f"<h1>{entry.label[language]}</h1>" in text
    assert f'<article id="{name}">' in text


@pytest.mark.parametrize("name", sorted(reference()))
def test_module_page_has_its_entries(server: Server, name: str) -> None:
    _, text = fetch(server, f"/ontology/module/{name}?lang=en")
    assert text.count("<article id=") == len(reference()[name].entries)


def test_others_get_rdf(project_server: Server) -> None:
    for path in ("/ontology", "/ontology/State", "/ontology/module/events"):
        kind, text = fetch(project_server, path, "text/turtle")
        assert kind.startswith("text/turtle"), path
        assert "State" in text or "Ontology" in text
    kind, text = fetch(project_server, "/ontology/alignments", "text/turtle")
    assert "closeMatch" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_drawings_are_svg_with_every_class(server: Server, language: str) -> None:
    kind, text = fetch(server, f"/ontology/diagram/classes.{language}.svg", "*/*")
    assert kind.startswith("image/svg+xml")
    assert text == class_diagram(language)
    found = ElementTree.fromstring(text).iter(SVG + "text")
    drawn = {str(element.text).partition(" (")[0] for element in found}
    classes = [entry for entry in entries_by_name().values() if entry.kind["en"] == "Class"]
    assert len(classes) > 100
    assert {entry.label[language] for entry in classes} <= drawn


def test_drawings_in_the_folder_are_the_present_ones() -> None:
    kept = {path.name: path.read_text("utf-8") for path in IMAGES.glob("*.svg")}
    assert kept == drawings(), f"run `{REPAIR}`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_claim_drawing_uses_the_labels(language: str) -> None:
    drawn = {element.text for element in ElementTree.fromstring(claim_diagram(language)).iter(SVG + "text")}
    for name in ("Claim", "Source", "holder", "passage", "modality", "Inference"):
        assert entries_by_name()[name].label[language] in drawn
