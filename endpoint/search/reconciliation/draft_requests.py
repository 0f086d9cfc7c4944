"""Requests of the draft of the Reconciliation Service API 1.0, checked and bounded before anything is done.

https://reconciliation-api.github.io/specs/1.0-draft/, as it stood on 15 July 2026 (commit 8d66bdb). Plain
functions from the text of a body to frozen records; what is wrong is a
:class:`~araxes.endpoint.errors.HttpProblem` that names the member.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, get_args

from araxes.endpoint.search.index.undeclared_words import CHOICES, SETTINGS
from araxes.endpoint.search.reconciliation.request_members import (
    DEFAULT_CANDIDATES,
    MOST_PROPERTIES,
    MOST_QUERIES,
    MOST_VALUES,
    MOST_VALUES_AT_ONCE,
    candidate_limit,
    extension_members,
    json_object,
    short,
    too_many,
    value_text,
    wrong,
)
from araxes.ontology.namespaces import AX

DRAFT = "https://reconciliation-api.github.io/specs/1.0-draft/"

MOST_NAMES_AT_ONCE = 200
"""Values of conditions on names in a whole batch: each is looked for among all names."""

MatchType = Literal["name", "id", "property"]
Quantifier = Literal["any", "all", "none"]
Content = Literal["id", "literal"]

ANY_LANGUAGE = "any"
_MEMBERS = ("conditions", "type", "limit", "lang", "dir")
_DIRECTIONS = ("ltr", "rtl", "auto")
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,8}")
_MOST_VALUES_OF_A_ROW = 999_999


@dataclass(frozen=True, slots=True)
class Condition:
    """What entities are to match.

    Attributes:
        match_type: what the values are compared with.
        property: its id, where that is a property.
        values: texts to compare, none of them blank.
        quantifier: how many of the values are to match.
        qualifier: how; empty: as the service sees fit.
        required: whether only entities that match are candidates.
        language: in which the values are written (BCP 47); empty if nobody said.
    """

    match_type: MatchType
    property: str
    values: tuple[str, ...]
    quantifier: Quantifier = "any"
    qualifier: str = ""
    required: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class DraftQuery:
    """One query of a batch.

    Attributes:
        conditions: one at least.
        type: id of a class; empty for any.
        limit: candidates at most.
    """

    conditions: tuple[Condition, ...]
    type: str
    limit: int


@dataclass(frozen=True, slots=True)
class WantedProperty:
    """A property whose values are wanted, with its settings.

    Attributes:
        property: its id.
        most: values of a row at most; 0 for all.
        content: whether entities keep their ids or become texts.
        language: of the texts that are wanted, or "any".
    """

    property: str
    most: int = 0
    content: Content = "id"
    language: str = ANY_LANGUAGE


@dataclass(frozen=True, slots=True)
class DraftExtension:
    """A request for values of properties.

    Attributes:
        ids: as they were sent; they need not exist.
        columns: what is wanted of each.
    """

    ids: tuple[str, ...]
    columns: tuple[WantedProperty, ...]


def parse_query_batch(text: str) -> tuple[DraftQuery, ...]:
    """The queries of a batch, in their order.

    Raises:
        HttpProblem: 400 with the member that is wrong, 413 with the limit that is exceeded.
    """
    queries = json_object("body", text).get("queries")
    if not isinstance(queries, list):
        wrong(
            "queries",
            "it is no list",
            'send {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Iran"}]}]}; '
            "requests of version 0.2 are answered at /reconcile",
        )
    if len(queries) > MOST_QUERIES:
        raise too_many("queries", len(queries), MOST_QUERIES)
    batch = tuple(_query(f"queries[{number}]", query) for number, query in enumerate(queries))
    every = [condition for query in batch for condition in query.conditions]
    values = sum(len(condition.values) for condition in every)
    if values > MOST_VALUES_AT_ONCE:
        raise too_many("queries: values of conditions", values, MOST_VALUES_AT_ONCE)
    names = sum(len(condition.values) for condition in every if condition.match_type == "name")
    if names > MOST_NAMES_AT_ONCE:
        raise too_many("queries: names", names, MOST_NAMES_AT_ONCE)
    return batch


def parse_columns(text: str) -> DraftExtension:
    """The ids and properties of a data extension query.

    Raises:
        HttpProblem: 400 with the member that is wrong, 413 with the limit that is exceeded.
    """
    ids, properties = extension_members(text)
    columns = (
        _column(f"extend.properties[{number}]", one["id"].removeprefix(AX), one.get("settings", {}))
        for number, one in enumerate(properties)
    )
    return DraftExtension(tuple(ids), tuple(columns))


def language_tag(where: str, tag: Any) -> str:
    """A language tag, in lower case.

    >>> language_tag("lang", "zh-Hant")
    'zh-hant'

    Raises:
        HttpProblem: 400, it is not well-formed (BCP 47 §2.2.9).
    """
    if not isinstance(tag, str) or not _TAG.fullmatch(tag):
        wrong(where, "it is no language tag", "send one as BCP 47 has them: fa, az, zh-Hant")
    return tag.lower()


def _query(where: str, query: Any) -> DraftQuery:
    if not isinstance(query, dict):
        wrong(where, "it is no object", 'send {"conditions": […]}')
    if unknown := sorted(set(query) - set(_MEMBERS)):
        wrong(f"{where}.{short(unknown[0])}", "it is unknown", f"members are {', '.join(_MEMBERS)}")
    conditions = query.get("conditions")
    if not isinstance(conditions, list) or not conditions:
        wrong(
            f"{where}.conditions",
            "it is no list with a condition",
            'send [{"matchType": "name", "propertyValue": "Iran"}]',
        )
    if len(conditions) > MOST_PROPERTIES:
        raise too_many(f"{where}.conditions", len(conditions), MOST_PROPERTIES)
    kind = query.get("type", "")
    if not isinstance(kind, str):
        wrong(f"{where}.type", "it is no string", 'send the id of one type: "State"')
    language = _language(where, query, "")
    return DraftQuery(
        tuple(_condition(f"{where}.conditions[{n}]", one, language) for n, one in enumerate(conditions)),
        kind.strip().removeprefix(AX),
        candidate_limit(f"{where}.limit", query.get("limit", DEFAULT_CANDIDATES)),
    )


def _condition(where: str, one: Any, inherited: str) -> Condition:
    if not isinstance(one, dict):
        wrong(where, "it is no object", 'send {"matchType": "name", "propertyValue": "Iran"}')
    match_type: MatchType = _choice(f"{where}.matchType", one.get("matchType"), get_args(MatchType))
    name = one.get("propertyId", "")
    if not isinstance(name, str) or (match_type == "property" and not name):
        wrong(f"{where}.propertyId", "it is no string", "take ids from suggest/property")
    if "propertyValue" not in one:
        wrong(f"{where}.propertyValue", "it is missing", "send a value or a list of values")
    required = one.get("required", False)
    if not isinstance(required, bool):
        wrong(f"{where}.required", "it is neither true nor false", "send true or false")
    qualifier = one.get("matchQualifier", "")
    if not isinstance(qualifier, str):
        wrong(f"{where}.matchQualifier", "it is no string", "suggest/property says which there are")
    quantifiers = get_args(Quantifier)
    return Condition(
        match_type,
        name.removeprefix(AX) if match_type == "property" else "",
        _values(f"{where}.propertyValue", one["propertyValue"]),
        _choice(f"{where}.matchQuantifier", one.get("matchQuantifier", "any"), quantifiers),
        qualifier,
        required,
        _language(where, one, inherited),
    )


def _values(where: str, value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if len(values) > MOST_VALUES:
        raise too_many(where, len(values), MOST_VALUES)
    for each in values:
        if each is None:
            wrong(where, "it is null", "send a string, number, boolean or an object with an id")
        if isinstance(each, dict):
            _language(where, each, "")
    texts = dict.fromkeys(value_text(where, each) for each in values)
    return tuple(text for text in texts if text)


def _language(where: str, one: dict[str, Any], inherited: str) -> str:
    """The language of an object's texts, with its direction checked: letters say which way they run."""
    if one.get("dir", "auto") not in _DIRECTIONS:
        wrong(f"{where}.dir", "it is unknown", f"send one of {', '.join(_DIRECTIONS)}")
    return language_tag(f"{where}.lang", one["lang"]) if "lang" in one else inherited


def _choice(where: str, value: Any, choices: tuple[Any, ...]) -> Any:
    if not isinstance(value, str) or value not in choices:
        what = "it is missing" if value is None else "it is unknown"
        wrong(where, what, f"send one of {', '.join(choices)}")
    return value


def _column(where: str, name: str, settings: Any) -> WantedProperty:
    if not isinstance(settings, dict):
        wrong(f"{where}.settings", "it is no object", 'send {"limit": 5}')
    if unknown := sorted(set(settings) - set(SETTINGS)):
        wrong(f"{where}.settings.{short(unknown[0])}", "it is unknown", f"settings are {', '.join(SETTINGS)}")
    return WantedProperty(
        name,
        _most(f"{where}.settings.limit", settings.get("limit", 0)),
        _choice(f"{where}.settings.content", settings.get("content", "id"), tuple(CHOICES["content"])),
        _choice(
            f"{where}.settings.language",
            settings.get("language", ANY_LANGUAGE),
            tuple(CHOICES["language"]),
        ),
    )


def _most(where: str, value: Any) -> int:
    """A whole number; as text too, which is what forms give and the draft's own example sends."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 6:
        value = int(value)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or not 0 <= value <= _MOST_VALUES_OF_A_ROW:
        wrong(where, "it is no whole number that fits", f"send one from 0 to {_MOST_VALUES_OF_A_ROW}")
    return int(value)
