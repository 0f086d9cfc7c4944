"""The 1.0 draft of the Reconciliation Service API over HTTP, over the project's dataset.

Where ARAXES_RECONCILIATION_DRAFT names a folder with the draft (``1.0-draft`` of its repository), answers
must pass its JSON Schemas as well, and its example queries are sent.
"""

from __future__ import annotations

import gzip
import json
from urllib.parse import quote

import pytest

from araxes.endpoint.search.index.undeclared_words import FEATURES, IDENTIFIER_NAMES
from tests.endpoint.draft_shapes import (
    check_manifest,
    check_proposals,
    check_results,
    check_suggestions,
)
from tests.endpoint.endpoint_fixtures import FORM, Server
from tests.endpoint.reconciliation_draft_client import (
    BATCH,
    JSON,
    LANGUAGES,
    NAME,
    ROOT,
    TABLE,
    extend,
    get,
    match,
    refused,
    send,
    valid,
)

# --- every operation, in every language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_operation_has_the_shape_of_the_draft(project_server: Server, language: str) -> None:
    server = project_server
    check_manifest(get(server, "", "manifest", language), server.base)
    for what, plural in (("entity", "entities"), ("property", "properties"), ("type", "types")):
        for prefix in ("", "a", "آذ", "State", "state/ir", "Q794", "???", "%00"):
            path = f"/suggest/{what}?prefix={quote(prefix, safe='%')}"
            check_suggestions(what, get(server, path, f"suggest-{plural}-response", language))
    queries = [
        {"conditions": [{"matchType": "name", "propertyValue": name}], "lang": "fa", "limit": 25}
        for name in ("Iran", "ایران", "Azərbaycan", "Карабах", "Treaty of Kars", "")
    ]
    match(server, *queries, language=language)
    entities = check_suggestions(
        "entity", get(server, "/suggest/entity?prefix=&limit=100", "suggest-entities-response", language)
    )
    ids = [one["id"] for one in entities][:60]
    found = get(server, "/extend/propose?type=", "data-extension-property-proposal", language)
    names = [one["id"] for one in check_proposals(found, "", None)]
    for start in range(0, len(names), 20):
        extend(server, ids, names[start : start + 20], language)
    found = get(server, "/extend/propose?type=State&limit=3", "data-extension-property-proposal", language)
    assert len(check_proposals(found, "State", 3)) == 3


def test_readers_get_their_language(project_server: Server) -> None:
    server = project_server
    for header, field, language in (
        ("fa", "", "fa"),
        ("", "?lang=fa", "fa"),
        ("en", "?lang=fa-IR", "fa"),
        ("fa", "?lang=de", "fa"),
        ("de, az;q=0.9, fa;q=0.1", "", "az"),
        ("fa;q=0", "", "en"),
        ("", "", "en"),
    ):
        reply = server.request("GET", ROOT + field, None, {"Accept-Language": header})
        valid(reply, "manifest", language)
    assert server.get(f"{ROOT}?lang=fa").json()["name"].startswith("ارس")
    assert "Set-Cookie" not in server.get(f"{ROOT}?lang=fa").headers
    (persian,) = match(server, {"conditions": [NAME]}, language="fa")
    assert (persian[0]["name"], persian[0]["lang"], persian[0]["dir"]) == ("ایران", "fa", "rtl")
    reply = server.request(
        "POST", f"{ROOT}/match?lang=fa", json.dumps(BATCH).encode(), {"Content-Type": JSON}
    )
    assert check_results(reply.json(), 1)[0] == persian
    refused(server.get(f"{ROOT}/suggest/type?prefix=&lang=not+a+tag"), 400, "lang")


def test_the_manifest_leads_somewhere(project_server: Server) -> None:
    server = project_server
    found = get(server, "", "manifest")
    base = server.base + "/"
    addresses = [found["documentation"], found["view"]["url"].replace("{+id}", "state/iran")]
    for address in addresses:
        assert server.get("/" + address.removeprefix(base)).status == 200, address
    for language in ("en", "fa"):
        page = server.get(f"/reconcile/about?lang={language}", "text/html").text
        assert f"{base}reconcile/1.0-draft<" in page
        for feature in (*FEATURES, *IDENTIFIER_NAMES):
            assert f'id="{feature}"' in page
    queries = [{"conditions": [{"matchType": "name", "propertyValue": "x"}]}] * found["batchSize"]
    match(server, *queries)
    refused(send(server, "match", {"queries": [*queries, queries[0]]}), 413, "queries")
    for kind in found["defaultTypes"]:
        assert match(server, {"conditions": [NAME], "type": kind["id"]})
    assert get(server, "/", "manifest") == found


def test_results_come_in_the_order_of_the_queries(project_server: Server) -> None:
    names = ["Iran", "Mozambique", "Armenia", "Georgia", "Iran"]
    found = match(
        project_server,
        *({"conditions": [{"matchType": "name", "propertyValue": one}], "limit": 1} for one in names),
    )
    assert [each[0]["id"] if each else "" for each in found] == [
        *("state/iran", "", "state/armenia", "state/georgia", "state/iran")
    ]


def test_conditions_of_all_kinds_at_once(project_server: Server) -> None:
    conditions = [
        {"matchType": "name", "propertyValue": "Азербайджан", "lang": "ru"},
        {"matchType": "id", "propertyValue": {"id": "state/azerbaijan", "name": "Azerbaijan"}},
        {
            "matchType": "property",
            "propertyId": "capital",
            "propertyValue": ["Tbilisi", {"id": "place/baku"}],
        },
        {
            "matchType": "property",
            "propertyId": "label_en",
            "propertyValue": "Azer*",
            "matchQualifier": "WildcardMatch",
            "required": True,
        },
        {
            "matchType": "property",
            "propertyId": "type",
            "propertyValue": "City",
            "matchQuantifier": "none",
            "required": True,
        },
    ]
    (found,) = match(project_server, {"conditions": conditions, "lang": "en", "dir": "ltr", "type": "State"})
    values = {one["id"]: one["value"] for one in found[0]["features"]}
    assert (found[0]["id"], found[0]["match"]) == ("state/azerbaijan", True)
    assert values.keys() == {"name", "language", "id", "capital", "label_en", "type"}
    assert {name for name, value in values.items() if value is True} >= {"id", "capital", "label_en", "type"}


def test_suggestions_are_limited_and_paged(project_server: Server) -> None:
    server = project_server

    def ids(path: str) -> list[str]:
        found = get(server, f"/suggest/{path}", "suggest-types-response")["result"]
        return [one["id"] for one in found]

    assert len(ids("entity?prefix=a&limit=3")) == 3
    assert ids("entity?prefix=a&limit=3&offset=2")[0] == ids("entity?prefix=a")[2]
    assert len(ids("entity?prefix=&limit=5000")) == 100
    assert ids("type?prefix=&limit=2&offset=1") == ids("type?prefix=")[1:3]
    assert ids("property?prefix=&offset=99999") == []
    for query, named in (
        ("", "prefix"),
        ("prefix=a&limit=0", "limit"),
        ("prefix=a&limit=x", "limit"),
        ("prefix=a&limit=-1", "limit"),
        ("prefix=a&offset=1.5", "offset"),
        ("prefix=a&offset=99999999", "offset"),
        ("prefix=a&prefix=b", "prefix"),
    ):
        refused(server.get(f"{ROOT}/suggest/entity?{query}"), 400, named)
    refused(server.get(f"{ROOT}/suggest/colour?prefix=a"), 404)
    refused(server.get(f"{ROOT}/extend/propose"), 400, "type")
    refused(server.get(f"{ROOT}/extend/propose?type=State&limit=0"), 400, "limit")


def test_previews(project_server: Server) -> None:
    reply = project_server.get(f"{ROOT}/preview?id=state%2Fazerbaijan", "text/html")
    assert (reply.status, reply.type) == (200, "text/html")
    assert "جمهوری آذربایجان" in reply.text
    assert "frame-ancestors *" in reply.headers["Content-Security-Policy"]
    refused(project_server.get(f"{ROOT}/preview?id=state/nowhere"), 404)
    refused(project_server.get(f"{ROOT}/preview"), 400, "id")


# --- what is refused


def test_methods(project_server: Server) -> None:
    for path, method, allowed in (
        ("", "POST", "GET, HEAD, OPTIONS"),
        ("/match", "GET", "OPTIONS, POST"),
        ("/match", "HEAD", "OPTIONS, POST"),
        ("/extend", "PUT", "OPTIONS, POST"),
        ("/suggest/entity", "POST", "GET, HEAD, OPTIONS"),
        ("/preview", "DELETE", "GET, HEAD, OPTIONS"),
        ("/extend/propose", "POST", "GET, HEAD, OPTIONS"),
    ):
        reply = project_server.request(method, ROOT + path)
        assert (reply.status, reply.headers["Allow"]) == (405, allowed), path
    preflight = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    reply = project_server.request("OPTIONS", f"{ROOT}/match", None, preflight)
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in reply.headers["Access-Control-Allow-Headers"]
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


TEXT = json.dumps(BATCH).encode()
BODIES: list[tuple[bytes, dict[str, str], int]] = [
    (TEXT, {}, 415),
    (TEXT, {"Content-Type": "text/plain"}, 415),
    (b"queries=" + TEXT, {"Content-Type": FORM}, 415),
    (TEXT, {"Content-Type": "multipart/form-data; boundary=x"}, 415),
    (TEXT, {"Content-Type": "application/jsonx"}, 415),
    (gzip.compress(TEXT, mtime=0), {"Content-Type": JSON, "Content-Encoding": "gzip"}, 415),
    (TEXT.decode().encode("utf-16"), {"Content-Type": f"{JSON}; charset=utf-16"}, 400),
    (TEXT.decode().encode("utf-16"), {"Content-Type": JSON}, 400),
    (b'{"queries": "\xff"}', {"Content-Type": JSON}, 400),
    (b"", {"Content-Type": JSON}, 400),
    (b"null", {"Content-Type": JSON}, 400),
    (b"[" * 100_000, {"Content-Type": JSON}, 400),
    (b"[" * 300_000, {"Content-Type": JSON}, 413),
    (
        b'{"queries": [{"conditions": [{"matchType": "name", "propertyValue": 1e999}]}]}',
        {"Content-Type": JSON},
        400,
    ),
    (
        b'{"queries": [{"conditions": [{"matchType": "name", "propertyValue": "\\ud800"}]}]}',
        {"Content-Type": JSON},
        400,
    ),
    (
        b'{"queries": [{"conditions": [{"matchType": "name", "propertyValue": null}]}]}',
        {"Content-Type": JSON},
        400,
    ),
    (b'{"q0": {"query": "Iran"}}', {"Content-Type": JSON}, 400),
]


@pytest.mark.parametrize(("body", "headers", "status"), BODIES)
@pytest.mark.parametrize("what", ["match", "extend"])
def test_other_bodies_are_refused(
    project_server: Server, what: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    refused(project_server.request("POST", f"{ROOT}/{what}", body, headers), status)


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b" \n"])
@pytest.mark.parametrize("content_type", [JSON, f"{JSON}; charset=UTF-8", "Application/JSON"])
def test_json_is_read_however_it_is_said(project_server: Server, start: bytes, content_type: str) -> None:
    for what, body in (("match", BATCH), ("extend", TABLE)):
        assert send(project_server, what, start + json.dumps(body).encode(), "", content_type).status == 200


def test_a_wrong_table_is_named(project_server: Server) -> None:
    for body, named in (
        ({"ids": "state/iran", "properties": []}, "ids"),
        ({"ids": [5], "properties": []}, "ids"),
        ({"ids": [], "properties": ["capital"]}, "properties"),
        ({"ids": [], "properties": [{"id": "noSuchProperty"}]}, "noSuchProperty"),
        ({"ids": [], "properties": [{"id": "capital", "settings": {"limit": []}}]}, "settings.limit"),
        ({"properties": []}, "ids"),
    ):
        refused(send(project_server, "extend", body), 400, named)
    refused(send(project_server, "extend", {"ids": ["x"] * 101, "properties": []}), 413, "ids")
    refused(
        send(project_server, "extend", {"ids": [], "properties": [{"id": "capital"}] * 21}), 413, "properties"
    )


def test_requests_of_the_other_version_are_told_where_they_belong(project_server: Server) -> None:
    for field in ("queries", "extend", "callback"):
        reply = project_server.get(f"{ROOT}?{field}=%7B%7D")
        refused(reply, 400, field)
        assert "/reconcile" in reply.json()["remedy"]
    old = project_server.get("/reconcile").json()
    assert (old["versions"], old["view"]["url"][-6:]) == (["0.2"], "{{id}}")
    assert send(project_server, "match", b"queries=%7B%7D", "", FORM).headers["Accept-Post"] == JSON
