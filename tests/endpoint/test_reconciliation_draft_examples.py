"""The examples that the 1.0 draft of the Reconciliation Service API gives of itself: answered, or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.endpoint.draft_shapes import (
    check_table,
    said,
)
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.reconciliation_draft_client import (
    BATCH,
    NAME,
    PUBLISHED,
    match,
    refused,
    send,
    valid,
)

EXAMPLES = {
    "the least": {"conditions": [{"matchType": "name", "propertyValue": "Hans Meier"}]},
    "no name": {"conditions": [{"matchType": "property", "propertyId": "uid", "propertyValue": "27eb"}]},
    "many values": {
        "type": "State",
        "limit": 5,
        "conditions": [
            {"matchType": "name", "propertyValue": "Iran"},
            {
                "matchType": "property",
                "propertyId": "capital",
                "propertyValue": ["Teh*", {"id": "x", "name": "X"}],
            },
        ],
    },
    "a qualifier that nobody knows here": {
        "conditions": [
            {
                "matchType": "property",
                "propertyId": "p",
                "propertyValue": "x",
                "matchQualifier": "EDTF:Level-0",
            }
        ],
    },
    "a language within a language": {
        "lang": "en",
        "conditions": [
            {"matchType": "name", "propertyValue": "Iran"},
            {"matchType": "property", "propertyId": "alias", "propertyValue": "伊朗", "lang": "zh-Hant"},
        ],
    },
    "members that the draft may get": {"conditions": [{**NAME, "note": "x"}]},
}


REFUSED: dict[str, object] = {
    "no conditions": {"queries": [{"conditions": []}]},
    "nothing but a limit": {"queries": [{"limit": 1}]},
    "another name for conditions": {"queries": [{"type": "State", "props": [NAME]}]},
    "no match type": {"queries": [{"conditions": [{"propertyValue": "Iran"}]}]},
    "two types": {"queries": [{"conditions": [NAME], "type": ["State", "City"]}]},
    "a list": BATCH["queries"],
    "version 0.2": {"q0": {"query": "Iran", "limit": 5}},
}


def examples(kind: str, own: dict[str, Any]) -> dict[str, Any]:
    """Bodies of batches: ours, and the draft's own where its folder is named."""
    folder = Path(PUBLISHED) / "examples" / "reconciliation-query-batch" / kind
    published = sorted(folder.iterdir()) if PUBLISHED else []
    return own | {path.name: json.loads(path.read_text("utf-8")) for path in published}


ANSWERED = examples("valid", {name: {"queries": [query]} for name, query in EXAMPLES.items()})
INVALID = examples("invalid", REFUSED)


@pytest.mark.parametrize("body", ANSWERED.values(), ids=ANSWERED)
def test_valid_examples_are_answered(project_server: Server, body: dict[str, Any]) -> None:
    match(project_server, *body["queries"])


@pytest.mark.parametrize("body", INVALID.values(), ids=INVALID)
def test_invalid_examples_are_refused(project_server: Server, body: object) -> None:
    refused(send(project_server, "match", body), 400)


def test_the_settings_of_the_draft_s_example_are_read(project_server: Server) -> None:
    body = {
        "ids": ["state/turkiye", "10662041X"],
        "properties": [
            {"id": "alias", "settings": {"limit": "5"}},
            {"id": "capital", "settings": {"limit": "1", "content": "id"}},
            {"id": "type"},
        ],
    }
    reply = valid(send(project_server, "extend", body), "data-extension-response")
    rows = check_table(reply, ["state/turkiye", "10662041X"], ["alias", "capital", "type"])
    assert rows[0]["properties"][0]["values"]
    assert rows[1]["properties"][0]["values"] == []
    said(rows[0]["properties"][2]["values"][0], least=("str",))
