"""What answers of the 1.0 draft of the Reconciliation Service API look like, written from its text.

Stricter than the draft, which leaves most members open: ours always say language and direction, and have no
member that the draft does not know.
"""

from __future__ import annotations

import re
from typing import Any

TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
TIME = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
RIGHT_TO_LEFT = {"fa", "ar", "he"}
ARABIC = re.compile("[\u0600-\u06ff]")


def said(one: dict[str, Any], *others: str, least: tuple[str, ...] = ("id", "name")) -> None:
    """A thing with its name, the language of that and its direction; and what else it may have."""
    assert {*least, "lang", "dir"} <= one.keys() <= {*least, "lang", "dir", "description", *others}, one
    for member in (*least, "lang", "dir", "description"):
        assert isinstance(one.get(member, ""), str)
    assert all(one[member] for member in least), one
    assert TAG.fullmatch(one["lang"]), one
    direction = {"und": "auto"}.get(one["lang"], "rtl" if one["lang"] in RIGHT_TO_LEFT else "ltr")
    assert one["dir"] == direction, one
    if one["lang"] in RIGHT_TO_LEFT and one["lang"] != "he":
        # A name may be a code or a foreign one, but most are in their own script.
        assert ARABIC.search(one[least[-1]]) or one[least[-1]].isascii(), one


def check_manifest(found: dict[str, Any], base: str) -> None:
    """The manifest."""
    assert found.keys() == {
        *("versions", "name", "lang", "dir", "documentation", "serviceVersion", "batchSize"),
        *("standardizedScore", "view", "featureView", "defaultTypes", "preview", "suggest", "extend"),
    }
    assert found["versions"] == ["1.0-draft"]
    said({member: found[member] for member in ("name", "lang", "dir")}, least=("name",))
    assert (found["batchSize"], found["standardizedScore"]) == (100, True)
    assert found["suggest"] == {"entity": True, "property": True, "type": True}
    assert found["preview"] == {"width": 420, "height": 200}
    assert found["view"] == {"url": base + "/{+id}"}
    assert found["featureView"]["url"].endswith("{id}")
    for kind in found["defaultTypes"]:
        said(kind)
    assert found["extend"]["proposeProperties"] is True
    for setting in found["extend"]["propertySettings"]:
        check_setting(setting)


def check_setting(setting: dict[str, Any]) -> None:
    """A setting of a property."""
    said(setting, "helpText", "type", "default", "choices")
    assert setting["helpText"]
    if setting["type"] == "number":
        assert isinstance(setting["default"], int)
    else:
        assert setting["type"] == "select"
        values = [choice["value"] for choice in setting["choices"]]
        assert setting["default"] == values[0]
        for choice in setting["choices"]:
            said(choice, least=("value", "name"))


def check_results(found: dict[str, Any], number: int) -> list[list[dict[str, Any]]]:
    """The results of a batch; the candidates of each query."""
    assert found.keys() == {"results"}
    assert len(found["results"]) == number
    for result in found["results"]:
        assert result.keys() == {"candidates"}
        scores = [one["score"] for one in result["candidates"]]
        assert scores == sorted(scores, reverse=True)
        assert [one["match"] for one in result["candidates"][1:]] == [False] * len(scores[1:])
        for one in result["candidates"]:
            check_candidate(one)
    return [result["candidates"] for result in found["results"]]


def check_candidate(one: dict[str, Any]) -> None:
    """A candidate."""
    said(one, "score", "match", "type", "features")
    assert 0 <= one["score"] <= 100
    assert isinstance(one["match"], bool)
    assert one["type"]
    for kind in one["type"]:
        said(kind)
    names = [feature["id"] for feature in one["features"]]
    assert len(names) == len(set(names))
    for feature in one["features"]:
        said(feature, "value")
        assert isinstance(feature["value"], bool | int | float)


def check_suggestions(what: str, found: dict[str, Any]) -> list[dict[str, Any]]:
    """Suggestions of entities, properties or types."""
    nested = {"entity": "notable", "property": "matchQualifiers", "type": "broader"}[what]
    assert found.keys() == {"result"}
    for one in found["result"]:
        said(one, nested)
        for each in one[nested]:
            said(each)
    result: list[dict[str, Any]] = found["result"]
    return result


def check_table(found: dict[str, Any], ids: list[str], properties: list[str]) -> list[dict[str, Any]]:
    """The answer to a data extension query."""
    assert found.keys() == {"meta", "rows"}
    assert [one["id"] for one in found["meta"]] == properties
    for one in found["meta"]:
        said(one)
    assert [row["id"] for row in found["rows"]] == ids
    for row in found["rows"]:
        assert row.keys() == {"id", "properties"}
        assert [one["id"] for one in row["properties"]] == properties
        for one in row["properties"]:
            assert one.keys() == {"id", "values"}
            for value in one["values"]:
                check_value(value)
    rows: list[dict[str, Any]] = found["rows"]
    return rows


def check_value(value: dict[str, Any]) -> None:
    """A value."""
    if "id" in value:
        said(value)
    elif "str" in value:
        said(value, least=("str",))
    else:
        ((kind, content),) = value.items()
        assert kind in ("int", "float", "date")
        assert (
            TIME.fullmatch(content)
            if kind == "date"
            else isinstance(content, {"int": int, "float": float}[kind])
        )


def check_proposals(found: dict[str, Any], kind: str, limit: int | None) -> list[dict[str, Any]]:
    """Properties that are proposed."""
    assert found.keys() == {"type", "properties"} | ({"limit"} if limit else set())
    assert (found["type"], found.get("limit")) == (kind, limit)
    for one in found["properties"]:
        said(one)
    properties: list[dict[str, Any]] = found["properties"]
    return properties
