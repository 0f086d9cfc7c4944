"""Terms that a corpus brings: known wherever terms are, published under its namespace, audited."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.cli.load import check_loaded
from araxes.endpoint.service.published_files import reference_in
from araxes.ontology.errors import InputError
from araxes.ontology.modules_at_work import use_modules
from araxes.ontology.namespaces import AX, RDF
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus_layers import layers_of
from araxes.triples.authoring.corpus_modules import modules_of, use_ontology_of
from araxes.triples.authoring.json_schema import source_file_schema
from araxes.triples.dataset import modules_of_dataset, terms_at_home, terms_at_work
from araxes.validation.gate.check_corpus import check_layers
from araxes.validation.published import published_dataset

LOWLANDS = Path(__file__).parent.parent / "corpora" / "lowlands"
SPACE = "https://example.net/lowlands/ontology/"


@pytest.fixture(scope="module")
def published() -> ox.Dataset:
    """The dataset of a corpus with a module, without the shipped one."""
    layers = layers_of([LOWLANDS], shipped=False)
    use_ontology_of(layers)
    try:
        return published_dataset(check_layers(layers, lambda _: None).described()).dataset
    finally:
        use_modules()


def test_terms_are_known_while_their_corpus_is_in_use() -> None:
    assert "Weir" not in vocabulary().classes
    use_ontology_of(layers_of([LOWLANDS]))
    assert "Infrastructure" in vocabulary().classes["Weir"]
    assert "cooperatesWith" in vocabulary().superproperties("sharesWaterWith")
    assert "sharesWaterWith" in str(source_file_schema(vocabulary()))
    use_ontology_of(layers_of())
    assert "Weir" not in vocabulary().classes


def test_terms_are_published_in_their_own_namespace(published: ox.Dataset) -> None:
    weir = ox.NamedNode("https://example.net/lowlands/infrastructure/long-weir")
    kinds = {
        quad.object for quad in published.quads_for_subject(weir) if quad.predicate.value == RDF + "type"
    }
    assert kinds == {ox.NamedNode(f"{SPACE}Weir")}
    shared = [q for q in published if q.predicate.value == f"{SPACE}sharesWaterWith"]
    assert any(str(quad.graph_name).endswith("#inferred>") for quad in shared), "it is symmetric"
    assert not any(AX + "sharesWaterWith" in str(quad) or AX + "Weir" in str(quad) for quad in published)


def test_a_loaded_dataset_brings_its_terms(published: ox.Dataset) -> None:
    use_modules(modules_of_dataset(published))
    assert "sharesWaterWith" in vocabulary().properties
    check_loaded(published, Path("lowlands.nq"))
    assert set(terms_at_home(terms_at_work(published))) == set(published)


def test_terms_stand_in_the_reference(published: ox.Dataset) -> None:
    store = ox.Store()
    store.extend(published)
    entry = reference_in(store).entries["sharesWaterWith"]
    assert entry.iri == f"{SPACE}sharesWaterWith"
    assert entry.label["fa"] == entry.label["en"], "what has no Persian stands there in English"
    assert entry.links["above"] == ("cooperatesWith",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("low:Weir\n", "low:State\n", "State is a term of ours already"),
        ('"weir"@en , ', "", "Weir has no label in en"),
        ("owl:imports <https://w3id.org/araxes/ontology>", 'rdfs:comment "."', "does not import ours"),
        ("a owl:Ontology", "a owl:Thing", "no file declares the ontology"),
        ("ax:Infrastructure", "ax:Infrastructur", "Infrastructur is no term of ours"),
        ("low:Weir\n    a owl:Class ;", "ax:State\n    a owl:Class ;", "says something of State"),
        ("low:Weir\n    a owl:Class ;", "low:Weir\n", "Weir is declared as nothing"),
        ("owl:Ontology ;", "owl:Ontology", "is no Turtle"),
    ],
)
def test_what_is_wrong_with_a_module_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    ignored = shutil.ignore_patterns(".araxes")
    folder = Path(shutil.copytree(LOWLANDS, tmp_path / "lowlands", ignore=ignored))
    path = folder / "ontology" / "lowlands.ttl"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as caught:
        modules_of(layers_of([folder], shipped=False))
    assert told in str(caught.value.problems)
