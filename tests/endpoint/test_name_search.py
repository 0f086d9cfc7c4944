"""Names matched and values read, as functions over the index of the whole project."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.candidates import candidates
from araxes.endpoint.search.folding import LONGEST_NAME, fold, grams, joined, pieces, sounds
from araxes.endpoint.search.indexed_terms import IDENTIFIERS
from araxes.endpoint.search.names_index import FILE, Index, build_index, open_index, write_index
from araxes.endpoint.search.property_values import extend, preview, propose
from araxes.endpoint.search.reconciliation import perform
from araxes.endpoint.search.reconciliation_requests import (
    MOST_PROPERTIES,
    MOST_QUERIES,
    MOST_VALUES,
    parse_batch,
    parse_extension,
)
from araxes.endpoint.search.suggestions import suggest_entities, suggest_properties, suggest_types
from araxes.ontology.namespaces import AX, BASE, OWL, RDFS
from araxes.triples.stores.versions import publish
from tests.endpoint.test_reconciliation import SCHEMAS


@pytest.fixture(scope="session")
def names(project: ox.Store) -> Index:
    """The index of the whole project."""
    return build_index(project)


def found(names: Index, query: str | None = None, **members: Any) -> list[dict[str, Any]]:
    """The candidates for a query."""
    asked = members if query is None else {"query": query, **members}
    return [dict(one) for one in candidates(names, parse_batch(json.dumps({"q": asked}))["q"])]


def values(names: Index, one: str, name: str) -> list[dict[str, Any]]:
    """The cells of one entity and property."""
    asked = parse_extension(json.dumps({"ids": [one], "properties": [{"id": name}]}))
    return [dict(cell) for cell in extend(names, asked)["rows"][one][name]]


def problem(text: str, parse: Any = parse_batch) -> HttpProblem:
    """What is wrong with a request."""
    with pytest.raises(HttpProblem) as caught:
        parse(text)
    return caught.value


SAME = [
    ("wikidata", "Q794"),
    ("wikidata", "q794"),
    ("wikidata", "http://www.wikidata.org/entity/Q794"),
    ("wikidata", "https://www.wikidata.org/entity/Q794"),
    ("wikidata", "https://www.wikidata.org/wiki/Q794#sitelinks"),
    ("wikidata", "https://m.wikidata.org/wiki/Special:EntityData/Q794.json"),
    ("wikidata", "wd:Q794"),
    ("wikidata", {"id": "Q794", "name": "Iran"}),
    ("wikidata", ["", None, "Q794"]),
    ("geonames", "130758"),
    ("geonames", 130758),
    ("geonames", "https://sws.geonames.org/130758/"),
    ("geonames", "https://www.geonames.org/130758/islamic-republic-of-iran.html"),
    ("cowCode", 630),
    ("cowCode", 630.0),
    ("cowCode", "630.0"),
    ("cowCode", " 0630 "),
    ("iso3166Alpha3", "irn"),
    (AX + "iso3166Alpha3", "IRN"),
    ("type", "State"),
    ("type", AX + "State"),
    ("type", "Actor"),
    ("type", ["city", "STATE"]),
    ("label_fa", "ايران"),
    ("memberOf", "Economic Cooperation Organization"),
    ("memberOf", "organization/economic-cooperation-organization"),
    ("memberOf", BASE + "organization/economic-cooperation-organization"),
]


@pytest.mark.parametrize(("pid", "value"), SAME)
def test_a_value_in_any_form_supports(names: Index, pid: str, value: Any) -> None:
    """The state is told from what is called like it by a misspelt name and the property."""
    plain = found(names, "Irran")
    ((before, after),) = [
        (one["score"], other["score"])
        for one in plain
        for other in found(names, "Irran", properties=[{"pid": pid, "v": value}])
        if one["id"] == other["id"] == "state/iran"
    ]
    assert after > before
    if pid.removeprefix(AX) in IDENTIFIERS:
        first, *others = found(names, "Irran", properties=[{"pid": pid, "v": value}])
        assert (first["id"], first["match"]) == ("state/iran", True)
        assert not any(one["match"] for one in others)


NOTHING: list[Any] = ["", " ", None, []]
UNCOMPARABLE: list[tuple[str, Any]] = [
    ("wikidata", "http://viaf.org/viaf/1"),
    ("wikidata", "794"),
    ("wikidata", "P36"),
    ("geonames", "Iran"),
    ("cowCode", "IRN"),
    ("cowCode", 630.5),
    ("iso3166Alpha3", "IR"),
    ("type", "no such kind"),
    ("noSuchProperty", "x"),
    ("capital", "Paris"),
    ("label_fa", "something else"),
    ("wikidata", "x" * 1000),
    *((name, value) for name in ("wikidata", "cowCode", "type", "capital") for value in NOTHING),
]


@pytest.mark.parametrize(("pid", "value"), UNCOMPARABLE)
def test_what_cannot_be_compared_says_nothing(names: Index, pid: str, value: Any) -> None:
    assert found(names, "Iran", properties=[{"pid": pid, "v": value}]) == found(names, "Iran")


def test_what_differs_counts_against(names: Index) -> None:
    different: list[tuple[str, Any]] = [("wikidata", "Q999999"), ("cowCode", 1), ("type", "City")]
    for pid, value in different:
        first = found(names, "Iran", properties=[{"pid": pid, "v": value}])[0]
        assert (first["id"], first["match"]) == ("state/iran", False)
        assert first["score"] < 100
    astara = {"pid": "type", "v": "AdministrativeUnit"}
    before, after = ([one["id"] for one in found(names, "Astara", properties=ps)] for ps in ([], [astara]))
    assert before != after


def test_name_and_identifier_that_disagree_are_for_people(names: Index) -> None:
    first, *_ = found(names, "Iran", properties=[{"pid": "wikidata", "v": "Q227"}])
    assert first["id"] == "state/azerbaijan"
    assert not first["match"]
    two = [{"pid": "wikidata", "v": "Q227"}, {"pid": "cowCode", "v": 630}]
    assert not any(one["match"] for one in found(names, "", properties=two))


def test_properties_alone_find(names: Index) -> None:
    assert found(names, properties=[{"pid": "capital", "v": "Bakü"}])[0]["id"] == "state/azerbaijan"
    blank = found(names, "", properties=[{"pid": "cowCode", "v": 371.0}])
    assert (blank[0]["id"], blank[0]["match"]) == ("state/armenia", True)
    kinds = found(names, " ", properties=[{"pid": "type", "v": "WaterBody"}], limit=25)
    assert kinds
    assert all(one["type"] == [{"id": "WaterBody", "name": "body of water"}] for one in kinds)
    assert not any(one["match"] for one in kinds)


@pytest.mark.parametrize("blank", ["", " ", "\u200c", "…", "؟!", "x" * (LONGEST_NAME + 1)])
def test_a_blank_spoils_no_batch(names: Index, blank: str) -> None:
    batch = parse_batch(json.dumps({"a": {"query": "Iran"}, "b": {"query": blank}, "c": {"query": "Baku"}}))
    answers: Any = perform(names, "match", {"queries": batch})
    assert [len(answers[key]["result"]) > 0 for key in "abc"] == [True, False, True]


IDS = [
    ("state/iran", "state/iran"),
    (" state/iran ", "state/iran"),
    (BASE + "state/iran", "state/iran"),
    ("<" + BASE + "state/iran>", "state/iran"),
    ("state:iran", "state/iran"),
    ("organization/bbc", "organization/bbc"),
    ("Q794", "state/iran"),
    ("https://www.wikidata.org/wiki/Q794", "state/iran"),
    ("https://sws.geonames.org/130758/", "state/iran"),
]


@pytest.mark.parametrize(("text", "entity"), IDS)
def test_an_identifier_as_query_finds(names: Index, text: str, entity: str) -> None:
    first, *others = found(names, text)
    assert (first["id"], first["match"], first["score"]) == (entity, True, 100)
    assert not any(one["match"] for one in others)
    assert suggest_entities(names, text)[0]["id"] == entity


def test_every_id_finds_its_entity(names: Index) -> None:
    for (name,) in names.rows("SELECT id FROM entity"):
        first = found(names, str(name), limit=1)[0]
        assert (first["id"], first["match"]) == (name, True)


UNLIKE = [
    "İlham Əliyeva",
    "Heydər Əliyeva",
    "Ilham Aliyeva",
    "Гейдар Алиева",
    "TAP",
    "Tap",
    "Iran Iran",
    "War Karabakh",
    "Nagorno-Karabakh Second War",
    "Kars, Moscow",
    "Irann",
    "Tehrani",
    "Ali",
    "رییس",
]


@pytest.mark.parametrize("text", UNLIKE)
def test_what_is_not_written_the_same_is_no_match(names: Index, text: str) -> None:
    assert not any(one["match"] for one in found(names, text))


SAME_NAMES = [
    ("ILHAM  ALİYEV", "person/ilham-aliyev"),
    ("İlham Əliyev", "person/ilham-aliyev"),
    ("Aliyev, Ilham", "person/ilham-aliyev"),
    ("جمهوري اسلامي ايران", None),
    ("Turkey", "state/turkiye"),
    ("TÜRKİYE", "state/turkiye"),
    ("ناگورنو قره باغ", "place/nagorno-karabakh"),
]


@pytest.mark.parametrize(("text", "entity"), SAME_NAMES)
def test_what_is_written_the_same_but_for_letter_forms_is_a_match(
    names: Index, text: str, entity: str | None
) -> None:
    first = found(names, text)[0]
    assert (first["id"], first["match"]) == (entity, True) if entity else not first["match"]


PERSIAN = ["قره|باغ", "ناگورنو قره|باغ", "جنگ دوم قره|باغ", "علی|اف", "حیدر علی|اف", "جمهوری آذربایجان"]


@pytest.mark.parametrize("pattern", PERSIAN)
@pytest.mark.parametrize("members", [{}, {"type": "Place"}, {"type": "Person"}])
def test_a_persian_name_with_space_joiner_or_nothing(
    names: Index, pattern: str, members: dict[str, str]
) -> None:
    answers = [
        [(one["id"], one["match"]) for one in found(names, pattern.replace("|", between), **members)]
        for between in (" ", "\u200c", "")
    ]
    assert answers[0] == answers[1] == answers[2]


def test_parts_of_persian_names_find_their_bearers(names: Index) -> None:
    for text in ("علی اف", "علی‌اف", "علیاف"):
        assert found(names, text, type="Person")[0]["id"] in ("person/heydar-aliyev", "person/ilham-aliyev")
        assert "person/ali-al-ridha" not in [one["id"] for one in found(names, text)[:2]]
    for text in ("قره باغ", "ناگورنو قره باغ", "ناگورنو قره‌باغ", "قره باغ کوهستانی"):
        assert found(names, text, type="Place")[0]["id"] == "place/nagorno-karabakh"


def test_records_about_the_corpus_are_no_candidates(names: Index, project: ox.Store) -> None:
    ids = {str(name) for (name,) in names.rows("SELECT id FROM entity")}
    kinds = {name.partition("/")[0] for name in ids}
    assert not kinds & {"corroboration", "disagreement", "claim", "curator", "mapping"}
    labels = project.query(
        f"SELECT ?l {{ ?c a <{AX}Corroboration> ; <http://www.w3.org/2000/01/rdf-schema#label> ?l }} LIMIT 40"
    )
    assert isinstance(labels, ox.QuerySolutions)
    for row in labels:
        text = getattr(row["l"], "value", "")
        assert text
        assert {one["id"] for one in found(names, text)} <= ids


def test_strictness_of_types(names: Index) -> None:
    assert {kind["id"] for one in found(names, "Iran", type="State") for kind in one["type"]} == {"State"}
    assert found(names, "Iran", type=["City", "Person"], type_strict="all") == []
    both = found(names, "Iran", type=["State", "Actor"], type_strict="all")
    assert both[0]["id"] == "state/iran"
    soft = found(names, "Iran", type="City", type_strict="should", limit=25)
    state = next(one for one in soft if one["id"] == "state/iran")
    assert not state["match"]
    assert found(names, "Iran", type="City") != soft
    assert found(names, "Iran", type=AX + "State")[0]["match"]


NO_QUERY: list[tuple[str, str]] = [
    ('{"query": "x", "limit": 1e999}', "limit"),
    ('{"query": "x", "limit": -1e999}', "limit"),
    ('{"query": "x", "limit": 2.5}', "limit"),
    ('{"query": "x", "limit": 0}', "limit"),
    ('{"query": "x", "limit": true}', "limit"),
    ('{"query": "x", "limit": "5"}', "limit"),
    ('{"query": "x", "limit": null}', "limit"),
    ('{"query": "x", "limit": NaN}', "NaN"),
    ('{"query": "x", "limit": Infinity}', "Infinity"),
    ('{"query": 5}', "query"),
    ('{"query": null}', "query"),
    ('{"query": ["x"]}', "query"),
    ('{"type": "State"}', "query"),
    ("{}", "query"),
    ("[]", "object"),
    ('{"query": "x", "type": 5}', "type"),
    ('{"query": "x", "type": {"id": "State"}}', "type"),
    ('{"query": "x", "type_strict": "maybe"}', "type_strict"),
    ('{"query": "x", "type_strict": []}', "type_strict"),
    ('{"query": "x", "properties": {}}', "properties"),
    ('{"query": "x", "properties": ["wikidata"]}', "properties[0]"),
    ('{"query": "x", "properties": [{"v": 1}]}', "properties[0]"),
    ('{"query": "x", "properties": [{"pid": "wikidata"}]}', "properties[0]"),
    ('{"query": "x", "properties": [{"pid": 5, "v": 1}]}', "pid"),
    ('{"query": "x", "properties": [{"pid": "wikidata", "v": {}}]}', "v"),
    ('{"query": "x", "properties": [{"pid": "wikidata", "v": {"id": 5}}]}', "v"),
    ('{"query": "x", "properties": [{"pid": "wikidata", "v": [["Q1"]]}]}', "v"),
    ('{"query": "x", "properties": [{"pid": "wikidata", "v": 1e999}]}', "v"),
    ('{"query": "x", "colour": "red"}', "colour"),
    ('{"query": "x", "query": "y"}', "twice"),
    ('{"query": "\\ud800"}', "queries"),
]


@pytest.mark.parametrize(("query", "member"), NO_QUERY)
def test_what_is_wrong_is_named(query: str, member: str) -> None:
    wrong = problem('{"q0": {"query": "Iran"}, "q1": ' + query + "}")
    assert wrong.status == 400
    assert member in wrong.message
    assert wrong.remedy
    if "JSON" not in wrong.message:
        assert wrong.message.startswith("queries.q1")


def test_what_is_too_much_is_named() -> None:
    values = [f"Q{number}" for number in range(MOST_VALUES + 1)]
    properties = [{"pid": "wikidata", "v": "Q1"}] * (MOST_PROPERTIES + 1)
    many = {f"q{key}": {"query": "x"} for key in range(MOST_QUERIES + 1)}
    full = {"query": "x", "properties": [{"pid": "wikidata", "v": values[:-1]}] * MOST_PROPERTIES}
    batches: list[Any] = [
        many,
        {"q": {"query": "x", "properties": properties}},
        {"q": {"query": "x", "properties": [{"pid": "wikidata", "v": values}]}},
        {"q": {"query": "x", "type": ["State"] * (MOST_VALUES + 1)}},
        {f"q{key}": full for key in range(MOST_QUERIES)},
        {"q": {"query": "x" * 300_000}},
    ]
    for batch in batches:
        assert problem(json.dumps(batch)).status == 413
    ids = ["state/iran"] * (MOST_QUERIES + 1)
    for asked in (
        {"ids": ids, "properties": [{"id": "type"}]},
        {"ids": ids[:1], "properties": [{"id": "type"}] * (MOST_PROPERTIES + 1)},
    ):
        assert problem(json.dumps(asked), parse_extension).status == 413


NO_EXTENSION = [
    ("{}", "ids"),
    ('{"ids": "state/iran", "properties": []}', "ids"),
    ('{"ids": [5], "properties": []}', "ids"),
    ('{"ids": [], "properties": {"id": "type"}}', "properties"),
    ('{"ids": [], "properties": ["type"]}', "properties"),
    ('{"ids": [], "properties": [{"id": 5}]}', "properties"),
    ('{"ids": [], "properties": [{"id": ""}]}', "properties"),
    ('{"ids": [], "properties": [{"id": "type", "settings": {"limit": NaN}}]}', "NaN"),
    ('{"ids": [], "properties": [{"id": "type", "settings": {"limit": 1}}]}', "settings"),
]


@pytest.mark.parametrize(("text", "member"), NO_EXTENSION)
def test_what_is_wrong_with_an_extension_is_named(text: str, member: str) -> None:
    wrong = problem(text, parse_extension)
    assert wrong.status == 400
    assert member in wrong.message


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
    """Baku is in the Russian Empire for a claim's period only; where any claim has none, there is none."""
    (cell,) = values(names, "place/baku", "locatedIn")
    assert cell == {"id": "historical-state/russian-empire", "name": "Russian Empire (1890~/..)"}
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


@given(st.text(max_size=40))
def test_folding_is_stable_and_total(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert joined("".join(pieces(text))) == joined(fold(text))
    assert isinstance(sounds(fold(text)), str)
    assert grams(fold(text))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.none(),
    st.sampled_from(["Q794", "http://www.wikidata.org/entity/Q227", "630.0", "state/iran", "", " ", "City"]),
    st.fixed_dictionaries({"id": st.text(max_size=20)}),
)
NAMES = st.sampled_from(["Iran", "Türkiye", "قره‌باغ", "Aliyev, Ilham", "state/iran", ""]) | st.text(
    max_size=60
)
QUERIES = st.fixed_dictionaries(
    {"query": NAMES},
    optional={
        "type": st.sampled_from(["State", "City", "Actor", "nothing"]) | st.lists(st.text(max_size=9)),
        "type_strict": st.sampled_from(["any", "all", "should"]),
        "limit": st.integers() | st.floats(),
        "properties": st.lists(
            st.fixed_dictionaries(
                {
                    "pid": st.sampled_from(["wikidata", "cowCode", "type", "capital", "label_fa", "x"]),
                    "v": VALUES | st.lists(VALUES, max_size=3),
                }
            ),
            max_size=4,
        ),
    },
)


@given(QUERIES)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_has_a_result_or_a_problem(names: Index, query: dict[str, Any]) -> None:
    try:
        parsed = parse_batch(json.dumps({"q": query}))
    except HttpProblem as problem:
        assert problem.status in (400, 413)
        assert problem.message.startswith("queries")
        return
    document = json.loads(json.dumps(perform(names, "match", {"queries": parsed}), allow_nan=False))
    jsonschema.Draft202012Validator(SCHEMAS["reconciliation-result-batch"]).validate(document)
    found = document["q"]["result"]
    assert len(found) <= parsed["q"]["limit"]
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    assert not any(one["match"] for one in found[1:])
    assert all(0 <= one["score"] <= 100 for one in found)


@given(JSON_VALUES)
def test_any_json_is_checked(value: Any) -> None:
    for parse in (parse_batch, parse_extension):
        with contextlib.suppress(HttpProblem):
            parse(json.dumps(value))
