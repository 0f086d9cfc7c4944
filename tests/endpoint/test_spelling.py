"""What is typed otherwise than the dataset writes it finds its name; and no claim is found by a title."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from araxes.endpoint.search.index.names_index import Index, build_index
from araxes.endpoint.search.index.text_index import TextIndex, build_text_index
from araxes.endpoint.search.index.text_rows import TextRow
from araxes.endpoint.search.text.corrections import heard_likeness
from araxes.endpoint.search.text.full_text import search
from araxes.ontology.namespaces import AX, BASE, DCTERMS, RDF, RDFS

CLAIM = "claim/made-up/1"


@pytest.fixture(scope="module")
def indexes() -> tuple[TextIndex, Index]:
    """Indexes of a dataset that a few names and two claims make."""
    names = {
        "feast/nowruz": [("Nowruz", "en"), ("نوروز", "fa")],
        "person/aliyev": [("Ilham Aliyev", "en"), ("Ильхам Алиев", "ru")],
        "base/air": [("Air bases of Azerbaijan", "en")],
        "place/karabakh": [("Karabakh", "en"), ("قره‌باغ", "fa")],
        "treaty/turkmenchay": [("ترکمانچای", "fa")],
        "place/erebi": [("ერების", "ka")],
        "concept/share": [("Share", "en")],
        "concept/norms": [("Norms", "en")],
    }
    store = ox.Store()
    store.add(_quad(AX + "Thing", RDFS + "subClassOf", ox.NamedNode(AX + "Entity")))
    for path, labels in names.items():
        store.add(_quad(BASE + path, RDF + "type", ox.NamedNode(AX + "Thing")))
        for text, language in labels:
            store.add(_quad(BASE + path, RDFS + "label", ox.Literal(text, language=language)))
    source, author, person = BASE + "source/made-up", BASE + "source/made-up#author", BASE + "person/writer"
    store.add(_quad(source, RDFS + "label", ox.Literal("Essay on dragons", language="en")))
    store.add(_quad(source, AX + "sourceAuthor", ox.NamedNode(author)))
    store.add(_quad(author, RDFS + "label", ox.Literal("Author of the essay on dragons", language="en")))
    store.add(_quad(author, DCTERMS + "creator", ox.NamedNode(person)))
    store.add(_quad(person, RDFS + "label", ox.Literal("Penny Writer", language="en")))
    store.add(_quad(BASE + CLAIM, AX + "paraphrase", ox.Literal("Rivers rise in spring.", language="en")))
    store.add(_quad(BASE + CLAIM, AX + "source", ox.NamedNode(source)))
    store.add(_quad(BASE + CLAIM, AX + "holder", ox.NamedNode(author)))
    question = TextRow("question", "questions/made-up", {"fa": "ترکمنچای چیست؟"})
    return build_text_index(store, None, [question]), build_index(store)


def _quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value)


def _found(indexes: tuple[TextIndex, Index], text: str, kind: str) -> list[str]:
    groups = search(*indexes, text, "en")["groups"]
    return [hit["path"] for group in groups if group["kind"] == kind for hit in group["hits"]]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Norouz", "feast/nowruz"),
        ("aliyof", "person/aliyev"),
        ("airbases", "base/air"),
        ("ghare bagh", "place/karabakh"),
        ("قراباغ", "place/karabakh"),
        ("ترکمنچای", "treaty/turkmenchay"),
    ],
)
def test_a_variant_finds_its_name(indexes: tuple[TextIndex, Index], typed: str, meant: str) -> None:
    assert _found(indexes, typed, "name")[:1] == [meant]


def test_a_correction_stays_in_its_script(indexes: tuple[TextIndex, Index]) -> None:
    assert search(*indexes, "aliyof", "en")["changed"] == {"aliyof": "aliyev"}
    assert "ერების" not in search(*indexes, "airbases", "en")["changed"].values()
    assert heard_likeness("airbases", "ერების") < 0.5 < heard_likeness("алиев", "aliyev")


def test_a_claim_is_found_by_what_it_says_and_who_says_it(indexes: tuple[TextIndex, Index]) -> None:
    assert _found(indexes, "rivers", "claim") == [CLAIM]
    assert _found(indexes, "Penny Writer", "claim") == [CLAIM]


@pytest.mark.parametrize("text", ["dragons", "essay", "essay on dragons"])
def test_no_claim_is_found_by_the_title_of_its_source(indexes: tuple[TextIndex, Index], text: str) -> None:
    assert _found(indexes, text, "claim") == []
