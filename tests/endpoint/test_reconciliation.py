"""The Reconciliation Service API 0.2 over the project's dataset, measured on variant spellings.

The JSON Schemas are our own, since the published ones cannot be fetched while tests run; where
ARAXES_RECONCILIATION_SCHEMAS names a folder of those, answers must pass them.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from araxes.ontology.namespaces import AX, BASE
from tests.endpoint.endpoint_fixtures import FORM, Reply, Server
from tests.endpoint.reconciliation_schemas import SCHEMAS

SPELLINGS = Path(__file__).parents[1] / "data" / "spellings.tsv"


def valid(reply: Reply, schema: str) -> Any:
    """The JSON of a reply that follows a schema: ours, and the published one where its folder is named."""
    assert reply.status == 200, reply.text
    assert reply.type == "application/json"
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    document = reply.json()
    jsonschema.Draft202012Validator(SCHEMAS[schema]).validate(document)
    published = os.environ.get("ARAXES_RECONCILIATION_SCHEMAS", "")
    if published:
        folder = Path(published)
        contents = {path.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
        # The schema of authentication lies elsewhere; our manifest has none.
        contents["manifest.json"]["properties"].pop("authentication", None)
        for one in contents.values():
            one.pop("$schema", None)
        ids = [(one["$id"], DRAFT202012.create_resource(one)) for one in contents.values() if "$id" in one]
        registry: Any = Registry().with_resources(ids)
        jsonschema.Draft202012Validator(contents[f"{schema}.json"], registry=registry).validate(document)
    return document


def ask(server: Server, **queries: dict[str, Any]) -> Any:
    """Reconcile a batch."""
    body = urlencode({"queries": json.dumps(queries)})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return valid(server.request("POST", "/reconcile", body.encode(), headers), "reconciliation-result-batch")


def best(server: Server, **query: Any) -> dict[str, Any]:
    """The first candidate for a query."""
    found: dict[str, Any] = ask(server, q=query)["q"]["result"][0]
    return found


def spellings() -> list[tuple[str, str]]:
    with SPELLINGS.open(encoding="utf-8", newline="") as lines:
        return [(row["spelling"], row["entity"]) for row in csv.DictReader(lines, delimiter="\t")]


def test_manifest(project_server: Server) -> None:
    document = valid(project_server.get("/reconcile"), "manifest")
    assert document["identifierSpace"] == BASE
    assert document["schemaSpace"] == AX
    for what in ("entity", "type", "property"):
        service = document["suggest"][what]
        assert project_server.get(f"{service['service_path']}?prefix=a").status == 200


def batches(names: list[str], size: int) -> Iterator[dict[str, dict[str, Any]]]:
    for start in range(0, len(names), size):
        yield {f"q{number}": {"query": name} for number, name in enumerate(names[start : start + size])}


def test_variant_spellings_find_their_entity(project_server: Server) -> None:
    """Top-1 at least 95 % of at least 150 spellings, and no certain match that is wrong."""
    pairs = spellings()
    assert len(pairs) >= 150
    found: list[dict[str, Any]] = []
    for batch in batches([name for name, _ in pairs], 50):
        answers = ask(project_server, **batch)
        found += [answers[key]["result"][0] if answers[key]["result"] else {} for key in batch]
    missed = [
        (name, entity, one.get("id"))
        for (name, entity), one in zip(pairs, found, strict=True)
        if one.get("id") != entity
    ]
    assert len(missed) <= 0.05 * len(pairs), missed
    assert not [
        pair for pair, one in zip(pairs, found, strict=True) if one.get("match") and one["id"] != pair[1]
    ]


def test_enough_spellings_are_no_label_as_it_stands(project_server: Server) -> None:
    query = "SELECT DISTINCT ?n { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?n }"
    labels = {row["n"]["value"] for row in project_server.post(query).json()["results"]["bindings"]}
    assert len([name for name, _ in spellings() if name not in labels]) >= 150


def test_types_tell_namesakes_apart(project_server: Server) -> None:
    assert best(project_server, query="Nakhchivan", type="City")["id"] == "place/nakhchivan-city"
    assert best(project_server, query="Nakhchivan", type="AdministrativeUnit")["id"] == "place/nakhchivan"
    assert best(project_server, query="Shusha", type=["Agreement"])["id"] == "agreement/shusha-declaration"
    actors = ask(project_server, q={"query": "Iran", "type": "Actor", "limit": 3})["q"]["result"]
    assert len(actors) == 3
    assert actors[0]["id"] == "state/iran"
    assert ask(project_server, q={"query": "Iran", "type": "NoSuchType"})["q"]["result"] == []


def test_an_ambiguous_name_is_no_match(project_server: Server) -> None:
    found = best(project_server, query="Astara")
    assert found["id"].startswith("place/astara")
    assert found["match"] is False


def test_identifiers_decide(project_server: Server) -> None:
    found = best(project_server, query="Azerbaijan", properties=[{"pid": "wikidata", "v": "Q131337"}])
    assert found["id"] == "historical-state/azerbaijan-ssr"
    alone = best(project_server, properties=[{"pid": "iso3166Alpha3", "v": "AZE"}])
    assert alone["id"] == "state/azerbaijan"
    assert (
        best(project_server, properties=[{"pid": "wikidata", "v": {"id": "Q227"}}])["id"]
        == "state/azerbaijan"
    )


def test_get_works_as_post_does(project_server: Server) -> None:
    queries = quote(json.dumps({"q0": {"query": "ایران"}}))
    reply = project_server.get(f"/reconcile?queries={queries}")
    assert valid(reply, "reconciliation-result-batch")["q0"]["result"][0]["id"] == "state/iran"


def test_nonsense_finds_nothing(project_server: Server) -> None:
    assert ask(project_server, q={"query": "zzqqxxyy"})["q"]["result"] == []
    assert ask(project_server, q={"query": "‌ ـ"})["q"]["result"] == []


def test_suggest(project_server: Server) -> None:
    entities = valid(project_server.get("/reconcile/suggest/entity?prefix=aliy"), "suggest-entities-response")
    assert {"person/ilham-aliyev", "person/heydar-aliyev"} <= {one["id"] for one in entities["result"]}
    persian = project_server.get("/reconcile/suggest/entity?prefix=" + quote("آذربا"))
    assert valid(persian, "suggest-entities-response")["result"]
    types = valid(project_server.get("/reconcile/suggest/type?prefix=sta"), "suggest-types-response")
    assert "State" in {one["id"] for one in types["result"]}
    properties = valid(
        project_server.get("/reconcile/suggest/property?prefix=wiki"), "suggest-properties-response"
    )
    assert [one["id"] for one in properties["result"]] == ["wikidata"]
    assert project_server.get("/reconcile/suggest/colour?prefix=a").code == "not-found"


def test_preview(project_server: Server) -> None:
    reply = project_server.get("/reconcile/preview?id=state/azerbaijan", "text/html")
    assert reply.status == 200
    assert "جمهوری آذربایجان" in reply.text
    assert "https://www.wikidata.org/wiki/Q227" in reply.text
    assert "frame-ancestors *" in reply.headers["Content-Security-Policy"]
    assert project_server.get("/reconcile/preview?id=state/nowhere").code == "not-found"


def test_extension(project_server: Server) -> None:
    names = ["label_fa", "wikidata", "geonames", "type", "capital", "iso3166Alpha3"]
    asked = {"ids": ["state/azerbaijan", "state/nowhere"], "properties": [{"id": name} for name in names]}
    reply = project_server.get(f"/reconcile?extend={quote(json.dumps(asked))}")
    document = valid(reply, "data-extension-response")
    row = document["rows"]["state/azerbaijan"]
    assert row["label_fa"] == [{"str": "جمهوری آذربایجان"}]
    assert row["wikidata"] == [{"str": "Q227"}]
    assert row["geonames"] == [{"str": "587116"}]
    assert row["type"] == [{"str": "state"}]
    assert row["capital"] == [{"id": "place/baku", "name": "Baku"}]
    assert row["iso3166Alpha3"] == [{"str": "AZE"}]
    assert document["rows"]["state/nowhere"]["wikidata"] == []
    proposal = valid(
        project_server.get("/reconcile/propose?type=State&limit=3"), "data-extension-property-proposal"
    )
    assert len(proposal["properties"]) == 3


def form(server: Server, **fields: str) -> Reply:
    """POST a form."""
    return server.request("POST", "/reconcile", urlencode(fields), {"Content-Type": FORM})


def test_the_manifest_leads_somewhere(project_server: Server) -> None:
    """Every address in it answers, and the batch size is the one that is held to."""
    document = valid(project_server.get("/reconcile"), "manifest")
    base = project_server.base + "/"
    for address in (
        document["documentation"],
        document["view"]["url"].replace("{{id}}", "state/iran"),
        document["preview"]["url"].replace("{{id}}", "state%2Firan"),
    ):
        assert address.startswith(base)
        assert project_server.get("/" + address.removeprefix(base)).status == 200, address
    page, _, mark = document["feature_view"]["url"].replace("{{id}}", "name").partition("#")
    about = "/" + page.removeprefix(base)
    for language, direction in (("en", "ltr"), ("fa", "rtl")):
        text = project_server.get(f"{about}?lang={language}", "text/html").text
        assert f'<html lang="{language}" dir="{direction}">' in text
        assert f'id="{mark}"' in text
        assert "undefined" not in text.lower()
        for kind in document["defaultTypes"]:
            assert f">{kind['id']}</code></a>: <" not in text
            assert f">{kind['id']}</code></a>: " in text
    for kind in document["defaultTypes"]:
        assert ask(project_server, q={"query": "a", "type": kind["id"]})
    size = document["batchSize"]
    for number, status in ((size, 200), (size + 1, 413)):
        queries = json.dumps({f"q{key}": {"query": "x"} for key in range(number)})
        assert form(project_server, queries=queries).status == status
    flyout = document["suggest"]["entity"]["flyout_service_path"].replace("${id}", "state/iran")
    shown = project_server.get(flyout).json()
    assert shown["id"] == "state/iran"
    assert "ایران" in shown["html"]


QUERIES = json.dumps({"q": {"query": "Iran"}})
BODIES: list[tuple[bytes, dict[str, str], int]] = [
    (QUERIES.encode(), {"Content-Type": "application/json"}, 415),
    (QUERIES.encode("utf-16"), {"Content-Type": "application/json; charset=utf-16"}, 415),
    (json.dumps({"queries": QUERIES}).encode(), {"Content-Type": "application/json"}, 415),
    (QUERIES.encode(), {"Content-Type": "text/plain"}, 415),
    (QUERIES.encode(), {}, 415),
    (gzip.compress(urlencode({"queries": QUERIES}).encode(), mtime=0), {"Content-Encoding": "gzip"}, 415),
    (urlencode({"queries": QUERIES}).encode("utf-16"), {"Content-Type": f"{FORM}; charset=utf-16"}, 400),
    (urlencode({"queries": QUERIES}).encode("utf-16"), {"Content-Type": FORM}, 400),
    (b"queries=%FF%FE", {"Content-Type": FORM}, 400),
    (b"queries=", {"Content-Type": FORM}, 400),
    (b"", {"Content-Type": FORM}, 400),
    (b"", {}, 415),
    (b"query=Iran", {"Content-Type": FORM}, 400),
    (urlencode({"queries": QUERIES, "callback": "f"}).encode(), {"Content-Type": FORM}, 400),
    (urlencode({"queries": QUERIES, "extend": "{}"}).encode(), {"Content-Type": FORM}, 400),
    (urlencode([("queries", QUERIES), ("queries", QUERIES)]).encode(), {"Content-Type": FORM}, 400),
    (b"--x\r\nnonsense", {"Content-Type": "multipart/form-data; boundary=x"}, 400),
]


@pytest.mark.parametrize(("body", "headers", "status"), BODIES)
def test_other_bodies_are_refused(
    project_server: Server, body: bytes, headers: dict[str, str], status: int
) -> None:
    """Whatever is no form in UTF-8 with one field gets a clear error, and never the manifest."""
    if "Content-Encoding" in headers:
        headers = {"Content-Type": FORM, **headers}
    reply = project_server.request("POST", "/reconcile", body, headers)
    assert reply.status == status
    assert reply.code
    assert reply.json()["remedy"]


@pytest.mark.parametrize("sent", ["query=Iran", "callback=jQuery1", "callback=f&queries=%7B%7D", "queries="])
def test_other_query_strings_are_refused(project_server: Server, sent: str) -> None:
    reply = project_server.get(f"/reconcile?{sent}")
    assert (reply.status, reply.code) == (400, "reconciliation")
    assert sent.partition("=")[0] in reply.json()["detail"]


def test_a_form_in_parts_is_read(project_server: Server) -> None:
    body = f'--x\r\nContent-Disposition: form-data; name="queries"\r\n\r\n{QUERIES}\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    reply = project_server.request("POST", "/reconcile", body, headers)
    assert valid(reply, "reconciliation-result-batch")["q"]["result"][0]["id"] == "state/iran"


_PART = f'Content-Disposition: form-data; name="queries"\r\n\r\n{QUERIES}\r\n'
_FILE = f'Content-Disposition: form-data; name="NAME"; filename="q.json"\r\n\r\n{QUERIES}\r\n'


@pytest.mark.parametrize(
    ("parameter", "body", "named"),
    [
        (
            "; boundary=x",
            f"--x\r\n{_FILE.replace('NAME', 'queries')}--x--\r\n",
            "queries: it was sent as a file",
        ),
        (
            "; boundary=x",
            f"--x\r\n{_FILE.replace('NAME', 'extend')}--x--\r\n",
            "extend: it was sent as a file",
        ),
        ("; boundary=x", f"--x\r\n{_FILE.replace('NAME', 'other')}--x--\r\n", "no field queries or extend"),
        ("; boundary=y", f"--x\r\n{_PART}--x--\r\n", "the boundary is 'y'"),
        ("; boundary=x", f"--x\r\n{_PART}", "the boundary is 'x'"),
        ("; boundary=x", f"--x\n{QUERIES}", "the boundary is 'x'"),
        ("; boundary=x", "", "the boundary is 'x'"),
        ("; boundary=é", f"--é\r\n{_PART}--é--\r\n", "the boundary is"),
        ("", f"--x\r\n{_PART}--x--\r\n", "no boundary"),
        ("; boundary=", f"--x\r\n{_PART}--x--\r\n", "no boundary"),
        ('; boundary=""', f"--x\r\n{_PART}--x--\r\n", "no boundary"),
    ],
)
def test_a_form_in_parts_that_cannot_be_read_is_explained(
    project_server: Server, parameter: str, body: str, named: str
) -> None:
    headers = {"Content-Type": f"multipart/form-data{parameter}"}
    reply = project_server.request("POST", "/reconcile", body, headers)
    assert (reply.status, reply.code) == (400, "reconciliation")
    assert named in reply.json()["detail"]


@pytest.mark.parametrize("form", [FORM, "multipart/form-data; boundary=x"])
def test_a_byte_order_mark_before_the_json_is_skipped(project_server: Server, form: str) -> None:
    body = urlencode({"queries": "\ufeff" + QUERIES})
    if form != FORM:
        body = f'--x\r\nContent-Disposition: form-data; name="queries"\r\n\r\n\ufeff{QUERIES}\r\n--x--\r\n'
    reply = project_server.request("POST", "/reconcile", body, {"Content-Type": form})
    assert valid(reply, "reconciliation-result-batch")["q"]["result"][0]["id"] == "state/iran"


def test_what_a_preview_cannot_show_is_said_in_its_frame(project_server: Server) -> None:
    for name in ("state/iran", "State", "corroboration/0", ""):
        reply = project_server.get(f"/reconcile/preview?id={name}", "text/html")
        assert reply.status == (200 if name == "state/iran" else 404)
        assert "frame-ancestors *" in reply.headers["Content-Security-Policy"]
    assert 'target="_blank"' in project_server.get("/reconcile/preview?id=state/iran", "text/html").text


BAD = [
    ("queries", "no json"),
    ("queries", "[]"),
    ("queries", "[" * 5000),
    ("queries", '{"q0": "Iran"}'),
    ("queries", '{"q0": {}}'),
    ("queries", '{"q0": {"query": 5}}'),
    ("queries", '{"q0": {"query": "x", "limit": 0}}'),
    ("queries", '{"q0": {"query": "x", "properties": [{"v": 1}]}}'),
    ("queries", '{"q0": {"query": "x", "colour": "red"}}'),
    ("extend", "{}"),
    ("extend", '{"ids": ["state/iran"], "properties": [{"id": "capital> }"}]}'),
    ("extend", '{"ids": ["state/iran"], "properties": ["capital"]}'),
]


@pytest.mark.parametrize(("name", "text"), BAD)
def test_what_is_refused(project_server: Server, name: str, text: str) -> None:
    body = urlencode({name: text}).encode()
    reply = project_server.request("POST", "/reconcile", body, {"Content-Type": FORM})
    assert (reply.status, reply.code) == (400, "reconciliation")
