"""Asks the 1.0 draft of the Reconciliation Service API and looks at the shape of what comes back."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from araxes.endpoint.search.reconciliation.draft_requests import DRAFT
from tests.endpoint.draft_shapes import (
    check_results,
    check_table,
)
from tests.endpoint.endpoint_fixtures import Reply, Server

ROOT = "/reconcile/1.0-draft"
JSON = "application/json"
PUBLISHED = os.environ.get("ARAXES_RECONCILIATION_DRAFT", "")
LANGUAGES = ("en", "fa", "az", "hy", "tr, fa;q=0.5", "de", "*", "fa-IR", "x;q=0,,;", "")
NAME = {"matchType": "name", "propertyValue": "Iran"}
BATCH: dict[str, Any] = {"queries": [{"conditions": [NAME]}]}
TABLE: dict[str, Any] = {"ids": ["state/iran"], "properties": [{"id": "capital"}]}


@cache
def schemas() -> dict[str, Any]:
    """The draft's schemas by name, where they are there."""
    folder = Path(PUBLISHED) / "schemas"
    contents = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    for one in contents.values():
        one.pop("$schema", None)
    base = "https://reconciliation-api.github.io/specs/draft/schemas/"
    ids = [(one["$id"].rstrip("#"), one) for one in contents.values() if "$id" in one]
    ids += [(f"{base}{name}.json", one) for name, one in contents.items()]
    made = [(name, DRAFT202012.create_resource(one)) for name, one in ids]
    registry: Any = Registry().with_resources(made)
    return {name: jsonschema.Draft202012Validator(one, registry=registry) for name, one in contents.items()}


def valid(reply: Reply, schema: str, language: str = "") -> dict[str, Any]:
    """The JSON of a reply with the headers of every answer; as the draft's schema has it."""
    assert reply.status == 200, reply.text
    assert (reply.type, reply.headers["Access-Control-Allow-Origin"]) == (JSON, "*")
    assert "Accept-Language" in reply.headers["Vary"]
    assert reply.headers["Content-Language"] in ("en", "fa", "az", "hy", "tr")
    assert reply.headers["Araxes-Dataset"].startswith("sha256:")
    if language:
        assert reply.headers["Content-Language"] == language
    found: dict[str, Any] = reply.json()
    if PUBLISHED:
        schemas()[schema].validate(found)
    return found


def get(server: Server, path: str, schema: str, language: str = "") -> dict[str, Any]:
    return valid(server.request("GET", ROOT + path, None, {"Accept-Language": language}), schema)


def send(server: Server, what: str, body: object, language: str = "", content_type: str = JSON) -> Reply:
    """POST a body."""
    data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": content_type, "Accept-Language": language}
    return server.request("POST", f"{ROOT}/{what}", data, headers)


def match(server: Server, *queries: object, language: str = "") -> list[list[dict[str, Any]]]:
    """The candidates of each query."""
    reply = send(server, "match", {"queries": queries}, language)
    return check_results(valid(reply, "reconciliation-result-batch"), len(queries))


def extend(server: Server, ids: list[str], properties: list[str], language: str = "") -> list[dict[str, Any]]:
    """The rows of a table."""
    body = {"ids": ids, "properties": [{"id": one} for one in properties]}
    found = valid(send(server, "extend", body, language), "data-extension-response")
    return check_table(found, ids, properties)


def refused(reply: Reply, status: int, *named: str) -> None:
    """Whether a reply is a problem in the one shape, which says where to read."""
    assert (reply.status, bool(reply.code)) == (status, True)
    problem = reply.json()
    assert problem["remedy"]
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    for each in named:
        assert each in problem["detail"], problem
    if status in (400, 413, 415):
        assert problem["see"] == DRAFT
