"""Values, suggestions and previews of the whole project's entities, and the index that they are read from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.index.missing_index import make_missing_index
from araxes.endpoint.search.index.names_index import FILE, Index, open_index, write_index
from araxes.endpoint.search.reconciliation.property_values import extend, preview, propose
from araxes.endpoint.search.reconciliation.requests import parse_extension
from araxes.endpoint.search.reconciliation.suggestions import (
    suggest_entities,
    suggest_properties,
    suggest_types,
)
from araxes.ontology.namespaces import AX, BASE, OWL, RDF, RDFS
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.name_fixtures import found


def values(names: Index, one: str, name: str) -> list[dict[str, Any]]:
    """The cells of one entity and property."""
    asked = parse_extension(json.dumps({"ids": [one], "properties": [{"id": name}]}))
    return [dict(cell) for cell in extend(names, asked)["rows"][one][name]]


def test_every_id_has_its_row(names: Index) -> None:
    ids = [
        "state/iran",
        "ARM",
        "",
        "State",
        "x> } INSERT",
        BASE + "state/iran",
        "corroboration/0",
        "a" * 9999,
    ]
    asked = parse_extension(json.dumps({"ids": ids, "properties": [{"id": "label_en"}, {"id": "cowCode"}]}))
    rows = extend(names, asked)["rows"]
    assert list(rows) == ids
    for one, row in rows.items():
        known = one.endswith("state/iran")
        assert row == {
            "label_en": [{"str": "Iran"}] if known else [],
            "cowCode": [{"str": "630"}] if known else [],
        }


def test_values_are_typed_and_named(names: Index) -> None:
    assert values(names, "state/iran", "type") == [{"str": "state"}]
    assert values(names, "state/azerbaijan", "capital") == [{"id": "place/baku", "name": "Baku"}]
    assert values(names, "state/turkiye", "label_az") == [{"str": "Türkiyə"}]
    war = "event/second-nagorno-karabakh-war"
    assert values(names, war, "earliest") == [{"date": "2020-01-01T00:00:00Z"}]
    assert values(names, war, "date") == [{"str": "2020"}]
    assert values(names, "agreement/treaty-of-kars", "date") == [{"date": "1921-10-13T00:00:00Z"}]
    assert values(names, "state/turkiye", "hasPoliticalSystem")[0]["str"].startswith("secular")
    assert {"str": "Turkey"} in values(names, "state/turkiye", "alias")
    tenures = values(names, "person/ilham-aliyev", "hasTenure")
    assert {"str": "President of Azerbaijan"} in tenures
    asked = parse_extension(json.dumps({"ids": [], "properties": [{"id": "hasPoliticalSystem"}]}))
    assert extend(names, asked)["meta"] == [{"id": "hasPoliticalSystem", "name": "has political system"}]


def test_a_value_for_a_time_says_so(names: Index) -> None:
    """Baku was in the Russian Empire for a claim's period only; where any claim has none, there is none."""
    empire = {"id": "historical-state/russian-empire", "name": "Russian Empire (1890~/)"}
    republic = {"id": "state/azerbaijan", "name": "Azerbaijan"}
    assert sorted(values(names, "place/baku", "locatedIn"), key=str) == [empire, republic]
    assert {"id": "organization/nato", "name": "NATO (1952/..)"} not in values(
        names, "state/iran", "memberOf"
    )


def test_an_unknown_property_is_named(names: Index) -> None:
    for name in ("noSuchProperty", "label_xx", "capital> }", "contentDigest"):
        with pytest.raises(HttpProblem) as caught:
            values(names, "state/iran", name)
        assert caught.value.status == 400
        assert name in caught.value.message


def test_every_suggested_property_extends(names: Index) -> None:
    every = suggest_properties(names, "")
    assert len(every) > 150
    for one in every:
        asked = parse_extension(json.dumps({"ids": ["state/iran"], "properties": [{"id": one["id"]}]}))
        assert extend(names, asked)["meta"] == [{"id": one["id"], "name": one["name"]}]
        assert one["id"] in [other["id"] for other in suggest_properties(names, one["name"])]
        assert one["id"] in [other["id"] for other in suggest_properties(names, one["id"])]


def test_every_property_of_an_entity_is_suggested(names: Index) -> None:
    suggested = {one["id"] for one in suggest_properties(names, "")}
    stated = {str(name) for (name,) in names.rows("SELECT DISTINCT property FROM value")}
    assert stated - suggested == {"contentDigest", "curatorNote"}


def test_suggestions_by_words_and_languages(names: Index) -> None:
    assert suggest_properties(names, "capital")[0]["id"] == "capital"
    assert [one["id"] for one in suggest_properties(names, "پایتخت")] == ["capital"]
    assert {"cowCode", "gwCode", "iso3166Alpha3"} <= {one["id"] for one in suggest_properties(names, "code")}
    assert suggest_properties(names, "???") == []
    assert suggest_types(names, AX + "State")[0]["id"] == "State"
    assert "DeFactoState" in {one["id"] for one in suggest_types(names, "sta")}
    assert suggest_types(names, "corrobor") == []
    assert "state/iran" in [one["id"] for one in suggest_entities(names, "state/ir")]
    assert suggest_entities(names, "قره باغ") == suggest_entities(names, "قره‌باغ")
    pages = [[one["id"] for one in suggest_entities(names, "a", start)] for start in (0, 20)]
    assert not set(pages[0]) & set(pages[1])


def test_proposals_are_what_entities_of_the_type_have(names: Index) -> None:
    for kind in ("Person", "State", "Event", "Actor"):
        proposed = [one["id"] for one in propose(names, kind, 1000)]
        assert proposed[:2] == ["label_en", "label_fa"]
        for name in proposed[2:]:
            query = (
                "SELECT COUNT(*) FROM entity_type JOIN type_above USING (type) JOIN evidence USING (entity) "
                "WHERE above = ? AND property = ?"
            )
            assert name == "type" or names.rows(query, kind, name)[0][0], (kind, name)
    assert "cowCode" not in [one["id"] for one in propose(names, "Person", 1000)]
    assert "capital" in [one["id"] for one in propose(names, "State", 1000)]
    assert propose(names, "noSuchType", 1000) == []
    assert len(propose(names, "", 5)) == 5


def test_previews(names: Index) -> None:
    assert preview(names, BASE + "state/iran") == preview(names, "state/iran")
    assert preview(names, "state/iran")["wikidata"] == ["Q794"]
    for name in ("State", "corroboration/0", "", "state/nowhere"):
        with pytest.raises(HttpProblem) as caught:
            preview(names, name)
        assert caught.value.status == 404


def test_the_index_lies_beside_the_store(names: Index, project_store: Path, tmp_path: Path) -> None:
    version = (project_store / "current").resolve()
    opened = open_index(version / FILE)
    assert opened is not None
    for table in ("entity", "name", "gram", "value", "evidence", "property_type"):
        query = f"SELECT * FROM {table}"
        assert sorted(opened.rows(query)) == sorted(names.rows(query))
    assert open_index(tmp_path / FILE) is None
    (tmp_path / FILE).write_bytes(b"SQLite format 3\0 but not really" * 100)
    assert open_index(tmp_path / FILE) is None


def test_a_version_without_a_readable_index_gets_one(tmp_path: Path) -> None:
    """What another release published is indexed when it is served, and only once."""
    label = ox.NamedNode(RDFS + "label")
    state = ox.NamedNode(BASE + "state/x")
    quads = [
        ox.Quad(state, ox.NamedNode(RDF + "type"), ox.NamedNode(AX + "State")),
        ox.Quad(state, label, ox.Literal("X", language="en")),
    ]
    made = publish(quads, tmp_path, origin="load")
    path = made.path.parent / FILE
    for before in (None, b"", b"not an index"):
        if before is not None:
            path.write_bytes(before)
        make_missing_index(made)
        opened = open_index(path)
        assert opened is not None
        assert [one["id"] for one in found(opened, "x")] == ["state/x"]
    inode = path.stat().st_ino
    make_missing_index(made)
    assert path.stat().st_ino == inode
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


def test_any_dataset_has_an_index(tmp_path: Path) -> None:
    """A dataset without entities, or with odd ones, is published and asked as well."""
    odd = f"""
    @prefix ax: <{AX}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> .
    <{BASE}state/x> a ax:State , "text" , _:b ; ax:capital _:c , <<( _:c a _:c )>> ;
      rdfs:label "{"long " * 200}"@en , "" , "x"^^<http://e.org/t> , <http://e.org/label> .
    ax:A a owl:Class ; rdfs:subClassOf ax:B . ax:B a owl:Class ; rdfs:subClassOf ax:A .
    _:d a ax:State ; ax:period "1990" .
    """
    for number, text in enumerate(("<a:a> <a:a> <a:a> .", odd)):
        quads = ox.parse(input=text, format=ox.RdfFormat.TURTLE)
        made = publish(quads, tmp_path / str(number), origin="load", beside={FILE: write_index})
        opened = open_index(made.path.parent / FILE)
        assert opened is not None
        assert [one["id"] for one in found(opened, "x")] == (["state/x"] if number else [])
