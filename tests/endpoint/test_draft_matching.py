"""Conditions, languages and values of the 1.0 draft over the whole project's names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.reconciliation.draft_candidates import DraftCandidate, draft_candidates
from araxes.endpoint.search.reconciliation.draft_requests import parse_columns, parse_query_batch
from araxes.endpoint.search.reconciliation.draft_suggestions import (
    draft_entities,
    draft_properties,
    draft_types,
)
from araxes.endpoint.search.reconciliation.draft_texts import Texts, known_languages
from araxes.endpoint.search.reconciliation.draft_values import TableRow, extend_table, propose_properties
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.name_fixtures import found

ENGLISH, PERSIAN = LANGUAGES, tuple(reversed(LANGUAGES))


def asked(
    names: Index, *conditions: dict[str, Any], language: str = "en", **members: Any
) -> list[DraftCandidate]:
    """The candidates for conditions."""
    (query,) = parse_query_batch(json.dumps({"queries": [{"conditions": conditions, **members}]}))
    return draft_candidates(names, query, Texts(names, known_languages([language])))


def ids(candidates: list[DraftCandidate]) -> list[str]:
    return [one["id"] for one in candidates]


def name(*values: str, **members: Any) -> dict[str, Any]:
    return {"matchType": "name", "propertyValue": values[0] if len(values) == 1 else list(values), **members}


def of(pid: str, value: Any, **members: Any) -> dict[str, Any]:
    return {"matchType": "property", "propertyId": pid, "propertyValue": value, **members}


def features(candidate: DraftCandidate) -> dict[str, float | bool]:
    return {one["id"]: one["value"] for one in candidate["features"]}


# --- as in 0.2


@pytest.mark.parametrize(
    "text", ["Iran", "ایران", "Astara", "Nakhchivan", "Aliyev, Ilham", "Q794", "Mozambique", ""]
)
@pytest.mark.parametrize("pid", ["", "type", "wikidata", "capital"])
def test_candidates_are_those_of_the_other_version(names: Index, text: str, pid: str) -> None:
    more = {"type": "state", "wikidata": "Q227", "capital": "Baku"}
    old = found(names, text, properties=[{"pid": pid, "v": more[pid]}] if pid else [], limit=25)
    new = asked(names, name(text), *([of(pid, more[pid])] if pid else []), limit=25)
    assert [(one["id"], one["score"], one["match"]) for one in new] == [
        (one["id"], one["score"], one["match"]) for one in old
    ]


# --- conditions


def test_an_id_finds_its_entity(names: Index) -> None:
    for text in ("state/iran", "https://w3id.org/araxes/state/iran", "Q794", {"id": "state/iran"}):
        (only,) = asked(names, {"matchType": "id", "propertyValue": text})
        assert (only["id"], only["match"], features(only)) == ("state/iran", True, {"id": True})
        assert only["score"] > 90


def test_another_id_counts_against_a_name(names: Index) -> None:
    both = asked(
        names, name("Azerbaijan"), {"matchType": "id", "propertyValue": "historical-state/azerbaijan-ssr"}
    )
    assert both[0]["id"] == "historical-state/azerbaijan-ssr"
    unknown = asked(names, name("Azerbaijan"), {"matchType": "id", "propertyValue": "state/nowhere"})
    assert (unknown[0]["id"], unknown[0]["match"]) == ("state/azerbaijan", False)
    assert (
        asked(
            names, name("Azerbaijan"), {"matchType": "id", "propertyValue": "state/nowhere", "required": True}
        )
        == []
    )


def test_what_is_required_leaves_others_out(names: Index) -> None:
    free = asked(names, name("Azerbaijan"), of("wikidata", "Q227"), limit=25)
    bound = asked(names, name("Azerbaijan"), of("wikidata", "Q227", required=True), limit=25)
    assert len(free) > 1
    assert ids(bound) == ["state/azerbaijan"]
    assert bound[0]["match"] is True
    assert asked(names, name("Azerbaijan"), of("wikidata", "", required=True)) == []
    assert asked(names, name("Azerbaijan"), of("noSuchProperty", "x", required=True)) == []
    assert ids(asked(names, name("Azerbaijan"), of("noSuchProperty", "x")))[0] == "state/azerbaijan"
    assert asked(names, name("Mozambique", required=True), of("wikidata", "Q227")) == []
    assert ids(asked(names, name("Mozambique"), of("wikidata", "Q227"))) == ["state/azerbaijan"]


def test_quantifiers(names: Index) -> None:
    capital = of("capital", ["Baku", "Tehran"], required=True)
    assert {"state/azerbaijan"} <= set(ids(asked(names, capital, limit=25)))
    assert asked(names, {**capital, "matchQuantifier": "all"}) == []
    assert "state/azerbaijan" in ids(
        asked(names, of("capital", ["Baku", {"id": "place/baku"}], matchQuantifier="all"))
    )
    without = asked(
        names, name("Azerbaijan"), of("wikidata", "Q227", matchQuantifier="none", required=True), limit=25
    )
    assert without
    assert "state/azerbaijan" not in ids(without)
    doubted = asked(names, name("Azerbaijan"), of("wikidata", "Q227", matchQuantifier="none"), limit=25)
    (state,) = [one for one in doubted if one["id"] == "state/azerbaijan"]
    assert (state["match"], features(state)["wikidata"]) == (False, False)
    assert {features(one)["wikidata"] for one in doubted if one["id"] != "state/azerbaijan"} == {True}
    blank = of("wikidata", "", matchQuantifier="none", required=True)
    assert ids(asked(names, name("Azerbaijan"), blank))[0] == "state/azerbaijan"


def test_quantifiers_of_names(names: Index) -> None:
    assert ids(asked(names, name("Mozambique", "Iran")))[0] == "state/iran"
    assert ids(asked(names, name("ایران", "Iran", matchQuantifier="all")))[0] == "state/iran"
    assert asked(names, name("Mozambique", "Iran", matchQuantifier="all")) == []
    not_it = asked(names, name("Iran"), name("ایران", matchQuantifier="none", required=True), limit=25)
    assert "state/iran" not in ids(not_it)
    doubted = asked(names, name("Iran"), name("ایران", matchQuantifier="none"))
    assert not any(one["match"] for one in doubted if one["id"] == "state/iran")


def test_exact_values(names: Index) -> None:
    for pid, right, other in (
        ("label_fa", "ایران", "ايران"),
        ("alias", "Turkey", "turkey"),
        ("capital", "place/baku", "baku"),
        ("capital", "Baku", "BAKU"),
        ("type", "State", "Actor"),
        ("wikidata", "Q794", "q794"),
    ):
        exact = of(pid, right, matchQualifier="ExactMatch", required=True)
        assert asked(names, exact, limit=25), (pid, right)
        assert asked(names, {**exact, "propertyValue": other}, limit=25) == [], (pid, other)
        free = {**exact, "propertyValue": other}
        del free["matchQualifier"]
        assert asked(names, free, limit=25), (pid, other)


def test_beginnings_of_texts(names: Index) -> None:
    begun = asked(
        names, of("label_en", "Nagorno-Kar*", matchQualifier="WildcardMatch", required=True), limit=25
    )
    assert begun
    assert all(one["name"].lower().startswith("nagorno") for one in begun)
    first = asked(names, name("Azerbaijan"), of("label_fa", "جمهوری*", matchQualifier="WildcardMatch"))[0]
    assert (first["id"], features(first)["label_fa"]) == ("state/azerbaijan", True)
    for pid, value in (
        ("label_en", "*stan"),
        ("label_en", "Ir*n"),
        ("label_en", "Iran"),
        ("wikidata", "Q7*"),
    ):
        assert asked(names, of(pid, value, matchQualifier="WildcardMatch", required=True)) == []


def test_an_unknown_qualifier_says_nothing(names: Index) -> None:
    odd = of("wikidata", "Q227", matchQualifier="skos:exactMatch")
    assert features(asked(names, name("Iran"), odd)[0]) == {"name": 100.0}
    assert asked(names, name("Iran"), {**odd, "required": True}) == []


def test_every_advertised_qualifier_is_honoured(names: Index) -> None:
    texts = Texts(names, ENGLISH)
    for prop in draft_properties(names, "", 0, 0, texts):
        for qualifier in prop["matchQualifiers"]:
            row = names.rows("SELECT entity, shown FROM value WHERE property = ? LIMIT 1", prop["id"])
            if row and qualifier["id"] == "ExactMatch":
                condition = of(prop["id"], str(row[0][1]), matchQualifier="ExactMatch", required=True)
                (own,) = names.rows("SELECT id FROM entity WHERE number = ?", int(row[0][0]))
                plain = asked(names, condition, {"matchType": "id", "propertyValue": str(own[0])})
                # What is longer than any name, or for a time only, cannot be compared.
                assert not plain or ids(plain)[0] == own[0], prop["id"]


def test_the_type_is_a_condition_that_holds(names: Index) -> None:
    assert ids(asked(names, name("Nakhchivan"), type="City"))[0] == "place/nakhchivan-city"
    assert asked(names, name("Iran"), type="NoSuchType") == []


# --- languages


def test_names_are_in_the_language_that_is_wanted(names: Index) -> None:
    for language, called, direction in (
        ("en", "Iran", "ltr"),
        ("fa-IR", "ایران", "rtl"),
        ("az", "İran", "ltr"),
        ("de", "Iran", "ltr"),
    ):
        first = asked(names, name("Iran"), language=language)[0]
        assert (first["name"], first["dir"]) == (called, direction)
        assert first["lang"] == language.partition("-")[0].replace("de", "en")
    persian = asked(names, name("Iran"), of("capital", "Tehran"), language="fa")[0]
    assert persian["description"] == "دولت"
    assert persian["type"] == [{"id": "State", "name": "دولت", "lang": "fa", "dir": "rtl"}]
    assert {one["lang"] for one in persian["features"]} == {"fa"}
    # No class has a label in Azerbaijani, so nothing is said in another language under its name.
    assert "description" not in asked(names, name("Iran"), language="az")[0]


def test_the_language_of_a_query_decides_between_equals_only(names: Index) -> None:
    free = asked(names, name("ایران"))
    said = asked(names, name("ایران"), lang="fa")
    assert [(one["id"], one["score"], one["match"]) for one in said] == [
        (one["id"], one["score"], one["match"]) for one in free
    ]
    assert features(said[0])["language"] is True
    assert "language" not in features(free[0])
    assert features(asked(names, name("ایران"), lang="ru")[0])["language"] is False
    assert features(asked(names, name("ایران", lang="fa-IR"), lang="ru")[0])["language"] is True


def row(names: Index, one: str, *properties: dict[str, Any], language: str = "en") -> TableRow:
    extension = parse_columns(json.dumps({"ids": [one], "properties": properties}))
    return extend_table(names, extension, Texts(names, known_languages([language])))["rows"][0]


def cells(names: Index, one: str, prop: str, reader: str = "en", **settings: Any) -> list[Any]:
    found = row(names, one, {"id": prop, "settings": settings}, language=reader)
    return list(found["properties"][0]["values"])


def test_values_say_their_language_and_direction(names: Index) -> None:
    assert cells(names, "state/iran", "label_fa") == [{"str": "ایران", "lang": "fa", "dir": "rtl"}]
    assert cells(names, "state/turkiye", "label_az") == [{"str": "Türkiyə", "lang": "az", "dir": "ltr"}]
    assert cells(names, "state/iran", "wikidata") == [{"str": "Q794", "lang": "zxx", "dir": "ltr"}]
    assert cells(names, "state/iran", "type", "fa") == [{"str": "دولت", "lang": "fa", "dir": "rtl"}]
    capital = {"id": "place/baku", "name": "Baku", "lang": "en", "dir": "ltr"}
    assert cells(names, "state/azerbaijan", "capital") == [capital]
    persian = cells(names, "state/azerbaijan", "capital", "fa")
    assert persian == [{"id": "place/baku", "name": "باکو", "lang": "fa", "dir": "rtl"}]
    assert cells(names, "event/second-nagorno-karabakh-war", "earliest") == [{"date": "2020-01-01T00:00:00Z"}]
    empire = cells(names, "place/baku", "locatedIn", "fa")
    assert any("(1890~/)" in one["name"] and one["dir"] == "rtl" for one in empire)


def test_a_value_that_is_a_term_or_a_part_is_translated(names: Index) -> None:
    english, persian = (cells(names, "state/turkiye", "hasPoliticalSystem", tag) for tag in ("en", "fa"))
    assert (english[0]["lang"], persian[0]["lang"], persian[0]["dir"]) == ("en", "fa", "rtl")
    tenures = [cells(names, "person/ilham-aliyev", "hasTenure", tag)[0] for tag in ("en", "fa")]
    assert [one["lang"] for one in tenures] == ["en", "fa"]


def test_settings(names: Index) -> None:
    query = (
        "SELECT id FROM value JOIN entity ON number = entity WHERE property = 'alias' "
        "GROUP BY id HAVING COUNT(DISTINCT language) > 1 AND COUNT(*) > 2 LIMIT 1"
    )
    ((many,),) = names.rows(query)
    entity = str(many)
    every = cells(names, entity, "alias")
    assert cells(names, entity, "alias", limit=1) == every[:1]
    assert cells(names, entity, "alias", limit=0) == every
    for language in {one["lang"] for one in every} - {"und", "zxx"}:
        assert cells(names, entity, "alias", language=language) == [
            one for one in every if one["lang"] == language
        ]
    literal = cells(names, "state/azerbaijan", "capital", reader="fa", content="literal")
    assert literal == [{"str": "باکو", "lang": "fa", "dir": "rtl"}]


def test_rows_are_those_that_were_asked_for(names: Index) -> None:
    asked_ids = ["state/iran", "nobody", "", "state/iran", "a" * 9999]
    body = {"ids": asked_ids, "properties": [{"id": "cowCode"}, {"id": "label_en"}, {"id": "cowCode"}]}
    table = extend_table(names, parse_columns(json.dumps(body)), Texts(names, ENGLISH))
    assert [one["id"] for one in table["rows"]] == asked_ids
    assert [one["id"] for one in table["meta"]] == ["cowCode", "label_en", "cowCode"]
    for one in table["rows"]:
        assert [each["id"] for each in one["properties"]] == ["cowCode", "label_en", "cowCode"]
        assert bool(one["properties"][0]["values"]) == (one["id"] == "state/iran")
    with pytest.raises(HttpProblem) as caught:
        cells(names, "state/iran", "contentDigest")
    assert (caught.value.status, "contentDigest" in caught.value.message) == (400, True)


def test_every_text_of_an_answer_has_a_persian_form(names: Index) -> None:
    texts = Texts(names, PERSIAN)
    for one in [*draft_types(names, "", 0, 0, texts), *draft_properties(names, "", 0, 0, texts)]:
        named_so = names.rows("SELECT 1 FROM term_text WHERE term = ?", one["id"])
        assert (one["lang"], one["dir"]) == (("fa", "rtl") if named_so else ("und", "auto")), one
        assert named_so or one["name"] == one["id"]


# --- suggestions


def test_suggestions_come_in_pages(names: Index) -> None:
    texts = Texts(names, PERSIAN)
    (total,) = names.rows("SELECT COUNT(*) FROM entity")[0]
    every = [
        one["id"]
        for start in range(0, int(total), 100)
        for one in draft_entities(names, "", start, 100, texts)
    ]
    assert (len(every), len(set(every))) == (total, total)
    assert len(draft_entities(names, "", 0, 9999, texts)) == 100
    assert len(draft_entities(names, "a", 0, 0, texts)) == 20
    for suggest in (draft_types, draft_properties):
        whole = [one["id"] for one in suggest(names, "", 0, 0, texts)]
        assert [one["id"] for one in suggest(names, "", 3, 4, texts)] == whole[3:7]
        assert suggest(names, "", len(whole), 5, texts) == []


def test_names_and_ids_suggest_what_they_name(names: Index) -> None:
    texts = Texts(names, PERSIAN)
    for prefix in ("state/iran", "Iran", "ایران", "Q794", "https://w3id.org/araxes/state/iran"):
        assert draft_entities(names, prefix, 0, 3, texts)[0]["id"] == "state/iran"
    for one in draft_properties(names, "", 0, 0, texts):
        for prefix in (one["id"], one["name"]):
            assert one["id"] in [each["id"] for each in draft_properties(names, prefix, 0, 0, texts)], prefix
    for kind in draft_types(names, "", 0, 0, texts):
        for prefix in (kind["id"], kind["name"]):
            assert kind["id"] in [each["id"] for each in draft_types(names, prefix, 0, 0, texts)], prefix
    (state,) = [one for one in draft_types(names, "State", 0, 0, texts) if one["id"] == "State"]
    assert state["broader"]
    assert all(above["dir"] == "rtl" for above in state["broader"])


def test_proposals(names: Index) -> None:
    texts = Texts(names, PERSIAN)
    few = propose_properties(names, "State", 3, texts)
    assert (few["type"], few["limit"], len(few["properties"])) == ("State", 3, 3)
    assert few["properties"][0]["name"] == "برچسب انگلیسی"
    every = propose_properties(names, "State", 0, texts)
    assert "limit" not in every
    assert "capital" in [one["id"] for one in every["properties"]]
    assert propose_properties(names, "NoSuchType", 0, texts)["properties"] == []
