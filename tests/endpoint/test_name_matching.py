"""Names and properties of a query matched against the whole project."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.index.indexed_terms import IDENTIFIERS
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.likeness.folding import LONGEST_NAME, fold, grams, joined, pieces, sounds
from araxes.endpoint.search.reconciliation.operations import perform
from araxes.endpoint.search.reconciliation.requests import parse_batch
from araxes.endpoint.search.reconciliation.suggestions import suggest_entities
from araxes.ontology.namespaces import AX, BASE
from tests.endpoint.name_fixtures import found
from tests.endpoint.reconciliation_schemas import SCHEMAS

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


def test_an_id_finds_its_entity(names: Index) -> None:
    """Of every kind of thing, and every eighth of all."""
    found_of: dict[str, int] = {}
    for number, name in names.rows("SELECT number, id FROM entity"):
        kind = str(name).partition("/")[0]
        found_of[kind] = found_of.get(kind, 0) + 1
        if int(number) % 8 and found_of[kind] > 2:
            continue
        first = found(names, str(name), limit=1)[0]
        assert (first["id"], first["match"]) == (name, True)


UNLIKE = [
    "İlham Əliyeva",
    "Heydər Əliyeva",
    "Ilham Aliyeva",
    "Гейдар Алиева",
    "TAP",
    "Tap",
    "World War III",
    "Third Nagorno-Karabakh War",
    "Armed Forces of Iran and Azerbaijan",
    "Treaty of Moscow",
    "Mehriban Aliyeva",
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
    ("جمهوري اسلامي ايران", "state/iran"),
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


OTHERWISE_NAMED = [
    # The common word is in another language, and no label is.
    ("Türkmənçay müqaviləsi", "agreement/treaty-of-turkmenchay"),
    ("Dağlıq Qarabağ", "place/nagorno-karabakh"),
    ("Нагорный Карабах", "place/nagorno-karabakh"),
    ("Гюлистанский мирный договор", "agreement/treaty-of-gulistan"),
    # The rare word tells, the common one does not.
    ("İraq Respublikası", "state/iraq"),
    ("Azərbaycan Silahlı Qüvvələri", "organization/armed-forces-of-azerbaijan"),
    # A name within the name is in another language.
    ("Ermənistan ordusu", "organization/armed-forces-of-armenia"),
    ("Распад СССР", "event/dissolution-of-the-soviet-union"),
    # The second is not the first.
    ("İkinci Qarabağ müharibəsi", "event/second-nagorno-karabakh-war"),
    ("II. Karabağ Savaşı", "event/second-nagorno-karabakh-war"),
    # Initials, and what stands in brackets.
    ("BTC", "infrastructure/baku-tbilisi-ceyhan-pipeline"),
    ("ООН", "organization/united-nations"),
    ("Milli Məclis", "organization/national-assembly-of-azerbaijan"),
    # A title says that it is a person.
    ("امام خمینی", "person/ruhollah-khomeini"),
    # Persons before what they wrote.
    ("Davutoğlu", "person/ahmet-davutoglu"),
]


@pytest.mark.parametrize(("text", "entity"), OTHERWISE_NAMED)
def test_each_way_to_write_a_name_otherwise(names: Index, text: str, entity: str) -> None:
    assert found(names, text)[0]["id"] == entity


ABBREVIATED = ["BTC", "ACG", "BMT"]


@pytest.mark.parametrize("text", ABBREVIATED)
def test_initials_are_written_in_capitals_and_never_certain(names: Index, text: str) -> None:
    first = found(names, text)[0]
    assert first["score"] == 90
    assert not first["match"]
    assert all(one["score"] < 90 for one in found(names, text.lower()))


def test_records_about_the_corpus_are_no_candidates(names: Index, project: ox.Store) -> None:
    ids = {str(name) for (name,) in names.rows("SELECT id FROM entity")}
    kinds = {name.partition("/")[0] for name in ids}
    assert not kinds & {"corroboration", "disagreement", "dispute", "claim", "curator", "mapping"}
    labels = project.query(
        f"SELECT ?l {{ ?c a <{AX}Corroboration> ; <http://www.w3.org/2000/01/rdf-schema#label> ?l }} LIMIT 40"
    )
    assert isinstance(labels, ox.QuerySolutions)
    for row in labels:
        text = getattr(row["l"], "value", "")
        assert text
        assert {one["id"] for one in found(names, text)} <= ids


def test_answers_to_questions_are_not_found_by_name(names: Index, project: ox.Store) -> None:
    """What an option of an issue is called ("Azerbaijan", "Since the 1990s") is no name of a thing."""
    options = project.query(
        f"SELECT ?l {{ ?o a <{AX}Option> ; <http://www.w3.org/2000/01/rdf-schema#label> ?l }}"
    )
    assert isinstance(options, ox.QuerySolutions)
    labels = [getattr(row["l"], "value", "") for row in options]
    assert len(labels) > 40
    for text in sorted(labels, key=len)[:60]:
        assert not [one["id"] for one in found(names, text) if one["id"].startswith("option/")]


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


@given(st.text(max_size=40))
def test_folding_is_stable_and_total(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert joined("".join(pieces(text))) == joined(fold(text))
    assert isinstance(sounds(fold(text)), str)
    assert grams(fold(text))


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
