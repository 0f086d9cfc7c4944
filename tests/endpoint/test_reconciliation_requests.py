"""Requests for reconciliation and data extension: what is wrong is named, what is too much refused."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.reconciliation.request_members import MOST_PROPERTIES, MOST_QUERIES, MOST_VALUES
from araxes.endpoint.search.reconciliation.requests import parse_batch, parse_extension


def problem(text: str, parse: Any = parse_batch) -> HttpProblem:
    """What is wrong with a request."""
    with pytest.raises(HttpProblem) as caught:
        parse(text)
    return caught.value


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


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON_VALUES)
def test_any_json_is_checked(value: Any) -> None:
    for parse in (parse_batch, parse_extension):
        with contextlib.suppress(HttpProblem):
            parse(json.dumps(value))


@pytest.mark.parametrize("space", ["", " ", "\n"])
def test_a_byte_order_mark_is_no_part_of_the_json(space: str) -> None:
    assert parse_batch("\ufeff" + space + '{"q": {"query": "Iran"}}')["q"]["query"] == "Iran"
    assert parse_extension('\ufeff{"ids": [], "properties": []}') == {"ids": [], "properties": []}


@pytest.mark.parametrize("character", ["\ufeff", "\u200b", "\u00a0", "\u200e", "\u201c", "\x01"])
def test_a_character_that_cannot_be_told_is_named(character: str) -> None:
    for text in ("{?}", '{"q": ?{}}', '{"q": {"query": "Iran"}}?', "{??}"):
        found = problem(text.replace("?", character))
        assert f"U+{ord(character):04X}" in found.message
    assert "U+" not in problem('{"q": x}').message
    assert "it is no JSON" in problem("").message
