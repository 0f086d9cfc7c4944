"""Requests of the reconciliation draft: what is wrong is named, what is too much is refused."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.reconciliation.draft_requests import (
    MOST_NAMES_AT_ONCE,
    Condition,
    DraftQuery,
    WantedProperty,
    parse_columns,
    parse_query_batch,
)
from araxes.endpoint.search.reconciliation.request_members import (
    DEFAULT_CANDIDATES,
    LONGEST_FIELD,
    MOST_CANDIDATES,
    MOST_PROPERTIES,
    MOST_QUERIES,
    MOST_VALUES,
)
from araxes.ontology.namespaces import AX
from tests.endpoint.test_reconciliation_requests import JSON_VALUES, problem

NAME = {"matchType": "name", "propertyValue": "Iran"}
CODE = {"matchType": "property", "propertyId": "cowCode", "propertyValue": 630}


def batch(*queries: object) -> str:
    return json.dumps({"queries": list(queries)})


def one(*conditions: object, **members: object) -> DraftQuery:
    (query,) = parse_query_batch(batch({"conditions": list(conditions), **members}))
    return query


def test_a_query_is_read() -> None:
    assert one(NAME) == DraftQuery((Condition("name", "", ("Iran",)),), "", DEFAULT_CANDIDATES)
    full = {
        **CODE,
        "required": True,
        "matchQuantifier": "all",
        "matchQualifier": "ExactMatch",
        "lang": "FA-ir",
    }
    query = one(full, type=AX + "State", limit=3.0, dir="rtl")
    condition = Condition("property", "cowCode", ("630",), "all", "ExactMatch", True, "fa-ir")
    assert query == DraftQuery((condition,), "State", 3)
    assert one(NAME, limit=1000).limit == MOST_CANDIDATES


def test_values_of_every_kind_are_read() -> None:
    values = ["Iran", " Iran ", "", 630, 630.0, True, {"id": "state/iran", "name": "Iran", "lang": "en"}]
    assert one({**NAME, "propertyValue": values}).conditions[0].values == (
        "Iran",
        "630",
        "true",
        "state/iran",
    )
    assert one({**NAME, "propertyValue": []}).conditions[0].values == ()
    assert one({**NAME, "propertyValue": "x" * 100_000}).conditions[0].values == ()


def test_conditions_inherit_the_language_of_the_query() -> None:
    query = one(NAME, {**NAME, "lang": "zh-Hant"}, lang="en")
    assert [condition.language for condition in query.conditions] == ["en", "zh-hant"]
    assert one(NAME).conditions[0].language == ""


WRONG: list[tuple[object, str]] = [
    ([], "body"),
    ({}, "queries"),
    ({"queries": {}}, "queries"),
    ({"queries": None}, "queries"),
    ({"q0": {"query": "Iran"}}, "queries"),
    ({"queries": ["Iran"]}, "queries[0]"),
    ({"queries": [{}]}, "queries[0].conditions"),
    ({"queries": [{"limit": 1}]}, "queries[0].conditions"),
    ({"queries": [{"conditions": []}]}, "queries[0].conditions"),
    ({"queries": [{"conditions": {}}]}, "queries[0].conditions"),
    ({"queries": [{"conditions": [NAME], "type_strict": "any"}]}, "queries[0].type_strict"),
    ({"queries": [{"conditions": [NAME], "query": "Iran"}]}, "queries[0].query"),
    ({"queries": [{"conditions": [NAME], "type": ["State", "City"]}]}, "queries[0].type"),
    ({"queries": [{"conditions": [NAME], "type": {"id": "State"}}]}, "queries[0].type"),
    ({"queries": [{"conditions": [NAME], "type": None}]}, "queries[0].type"),
    ({"queries": [{"conditions": [NAME], "limit": 0}]}, "queries[0].limit"),
    ({"queries": [{"conditions": [NAME], "limit": "5"}]}, "queries[0].limit"),
    ({"queries": [{"conditions": [NAME], "limit": 2.5}]}, "queries[0].limit"),
    ({"queries": [{"conditions": [NAME], "lang": "not a tag"}]}, "queries[0].lang"),
    ({"queries": [{"conditions": [NAME], "lang": ""}]}, "queries[0].lang"),
    ({"queries": [{"conditions": [NAME], "lang": 5}]}, "queries[0].lang"),
    ({"queries": [{"conditions": [NAME], "lang": "a" * 100}]}, "queries[0].lang"),
    ({"queries": [{"conditions": [NAME], "dir": "up"}]}, "queries[0].dir"),
    ({"queries": [{"conditions": [NAME], "dir": []}]}, "queries[0].dir"),
    ({"queries": [{"conditions": [NAME, 5]}]}, "queries[0].conditions[1]"),
    ({"queries": [{"conditions": [{"propertyValue": "x"}]}]}, "conditions[0].matchType: it is missing"),
    ({"queries": [{"conditions": [{**NAME, "matchType": "label"}]}]}, "matchType: it is unknown"),
    ({"queries": [{"conditions": [{**NAME, "matchType": []}]}]}, "matchType"),
    ({"queries": [{"conditions": [{"matchType": "name"}]}]}, "propertyValue: it is missing"),
    ({"queries": [{"conditions": [{**NAME, "propertyValue": None}]}]}, "propertyValue: it is null"),
    ({"queries": [{"conditions": [{**NAME, "propertyValue": [["x"]]}]}]}, "propertyValue"),
    ({"queries": [{"conditions": [{**NAME, "propertyValue": {}}]}]}, "propertyValue"),
    ({"queries": [{"conditions": [{**NAME, "propertyValue": {"id": 5}}]}]}, "propertyValue"),
    (
        {"queries": [{"conditions": [{**NAME, "propertyValue": {"id": "x", "lang": 5}}]}]},
        "propertyValue.lang",
    ),
    ({"queries": [{"conditions": [{"matchType": "property", "propertyValue": 1}]}]}, "propertyId"),
    ({"queries": [{"conditions": [{**CODE, "propertyId": ""}]}]}, "propertyId"),
    ({"queries": [{"conditions": [{**CODE, "propertyId": 5}]}]}, "propertyId"),
    ({"queries": [{"conditions": [{**CODE, "required": "yes"}]}]}, "required"),
    ({"queries": [{"conditions": [{**CODE, "required": None}]}]}, "required"),
    ({"queries": [{"conditions": [{**CODE, "matchQuantifier": "some"}]}]}, "matchQuantifier"),
    ({"queries": [{"conditions": [{**CODE, "matchQuantifier": ["any"]}]}]}, "matchQuantifier"),
    ({"queries": [{"conditions": [{**CODE, "matchQualifier": 1}]}]}, "matchQualifier"),
    ({"queries": [{"conditions": [{**CODE, "lang": None}]}]}, "conditions[0].lang"),
]


@pytest.mark.parametrize(("document", "member"), WRONG)
def test_what_is_wrong_is_named(document: object, member: str) -> None:
    wrong = problem(json.dumps(document), parse_query_batch)
    assert (wrong.status, wrong.code) == (400, "reconciliation")
    assert member in wrong.message
    assert wrong.remedy


@pytest.mark.parametrize(
    "text", ["", "{", "NaN", '{"queries": [NaN]}', '{"queries": [], "queries": []}', "null"]
)
def test_what_is_no_json_is_refused(text: str) -> None:
    for parse in (parse_query_batch, parse_columns):
        assert problem(text, parse).status == 400


def test_what_is_too_much_is_named() -> None:
    values = [f"Q{number}" for number in range(MOST_VALUES + 1)]
    full = {**CODE, "propertyValue": values[:-1]}
    named = {**NAME, "propertyValue": values[:10]}
    for text, member in (
        (batch(*[{"conditions": [NAME]}] * (MOST_QUERIES + 1)), "queries"),
        (batch({"conditions": [NAME] * (MOST_PROPERTIES + 1)}), "queries[0].conditions"),
        (batch({"conditions": [{**CODE, "propertyValue": values}]}), "propertyValue"),
        (batch(*[{"conditions": [full] * MOST_PROPERTIES}] * 10), "values of conditions"),
        (batch(*[{"conditions": [named]}] * (MOST_NAMES_AT_ONCE // 10 + 1)), "names"),
        (batch({"conditions": [NAME]}) + " " * LONGEST_FIELD, "body"),
    ):
        wrong = problem(text, parse_query_batch)
        assert (wrong.status, wrong.code) == (413, "reconciliation-size")
        assert member in wrong.message
    assert len(parse_query_batch(batch(*[{"conditions": [NAME]}] * MOST_QUERIES))) == MOST_QUERIES


def columns(settings: object) -> tuple[WantedProperty, ...]:
    asked = {"ids": ["state/iran"], "properties": [{"id": AX + "capital", "settings": settings}]}
    return parse_columns(json.dumps(asked)).columns


def test_settings_are_read() -> None:
    assert columns({}) == (WantedProperty("capital"),)
    assert columns({"limit": "5", "content": "literal", "language": "fa"}) == (
        WantedProperty("capital", 5, "literal", "fa"),
    )
    wrong: list[tuple[object, str]] = [
        ([], "settings"),
        (None, "settings"),
        ({"colour": 1}, "settings.colour"),
        ({"limit": -1}, "settings.limit"),
        ({"limit": 1.5}, "settings.limit"),
        ({"limit": True}, "settings.limit"),
        ({"limit": "many"}, "settings.limit"),
        ({"limit": 10**9}, "settings.limit"),
        ({"content": "html"}, "settings.content"),
        ({"content": 1}, "settings.content"),
        ({"language": "de"}, "settings.language"),
    ]
    for settings, member in wrong:
        with pytest.raises(HttpProblem) as caught:
            columns(settings)
        assert (caught.value.status, member in caught.value.message) == (400, True), settings


@given(
    JSON_VALUES
    | st.fixed_dictionaries({"queries": st.lists(st.fixed_dictionaries({"conditions": JSON_VALUES}))})
)
def test_any_json_is_checked(value: Any) -> None:
    for parse in (parse_query_batch, parse_columns):
        with contextlib.suppress(HttpProblem):
            parse(json.dumps(value))
