"""``/reconcile``: the Reconciliation Service API 0.2, so that OpenRefine matches tables against the entities.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. The names are read once for
each dataset, by a query that an evaluator answers; what a client sends is never part of a query but as
checked ids.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from html import escape
from importlib.metadata import version
from typing import Any

from flask import Flask, Response, request

from araxes.endpoint.engines.jobs import QueryJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.responses import base_url, gone, with_dataset
from araxes.endpoint.search.name_matching import (
    CLASSES,
    FACTS,
    IDENTIFIERS,
    LABELS,
    NAMES,
    Index,
    Row,
    is_id,
    query_problem,
)
from araxes.endpoint.service.service import Service
from araxes.ontology.namespaces import AX, BASE

SPECIFICATION = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"
MOST_QUERIES = 200
"""Queries of one batch, and ids or properties of one extension."""

_PREVIEW = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors *"
_METHODS = ["GET", "POST", "OPTIONS"]


class Reconciler:
    """The index of the dataset that is being served, made anew when that changes."""

    def __init__(self, service: Service) -> None:
        """Make nothing yet: the first request does."""
        self.service = service
        self._lock = threading.Lock()
        self._made: tuple[str, Index] | None = None

    def index(self) -> Index:
        """The index for the current dataset."""
        digest = self.service.dataset.digest
        with self._lock:
            if self._made is None or self._made[0] != digest:
                parts = [self.rows(query) for query in (NAMES, CLASSES, FACTS)]
                self._made = (digest, Index(*parts))
            return self._made[1]

    def rows(self, query: str) -> list[Row]:
        """The rows of a query of ours, evaluated like any other."""
        job = QueryJob(query, "json", None)
        answer = self.service.evaluate(job, client=request.remote_addr or "", gone=gone())
        with answer.body:
            bindings = json.loads(answer.body.content())["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]


def register(app: Flask, service: Service) -> None:
    """Add the routes."""
    reconciler = Reconciler(service)

    @app.route("/reconcile", methods=_METHODS)
    @app.route("/reconcile/", methods=_METHODS)
    def reconcile() -> Response:
        queries, extend = _field("queries"), _field("extend")
        if queries is None and extend is None:
            return _json(service, manifest(base_url(service.settings)))
        service.check_rate(request.remote_addr or "")
        if queries is not None:
            return _json(service, _batch(reconciler.index(), _object("queries", queries)))
        return _json(service, _extension(reconciler, _object("extend", extend or "")))

    @app.get("/reconcile/suggest/<what>")
    def suggest(what: str) -> Response:
        service.check_rate(request.remote_addr or "")
        return _json(service, {"result": _suggestions(reconciler, what)})

    @app.get("/reconcile/propose")
    def propose() -> Response:
        kind = request.args.get("type", "")
        properties = _properties("")
        limit = _number("limit", len(properties)) or len(properties)
        return _json(service, {"type": kind, "limit": limit, "properties": properties[:limit]})

    @app.get("/reconcile/preview")
    def preview() -> Response:
        service.check_rate(request.remote_addr or "")
        return _preview(reconciler, request.args.get("id", ""))


def manifest(base: str) -> dict[str, Any]:
    """The service manifest (§3)."""
    place = {"service_url": base.rstrip("/")}
    return {
        "versions": ["0.2"],
        "name": "Araxes: international relations of the South Caucasus",
        "identifierSpace": BASE,
        "schemaSpace": AX,
        "documentation": SPECIFICATION,
        "serviceVersion": version("araxes"),
        "view": {"url": base + "{{id}}"},
        "feature_view": {"url": base + "ontology/{{id}}"},
        "defaultTypes": [
            {"id": name, "name": name}
            for name in ("State", "Organization", "Person", "Place", "Event", "Actor")
        ],
        "preview": {"url": base + "reconcile/preview?id={{id}}", "width": 420, "height": 160},
        "suggest": {
            what: {**place, "service_path": f"/reconcile/suggest/{what}"}
            for what in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {**place, "service_path": "/reconcile/propose"},
            "property_settings": [],
        },
    }


def _batch(index: Index, queries: dict[str, Any]) -> dict[str, Any]:
    if len(queries) > MOST_QUERIES:
        raise _bad(f"the batch has {len(queries)} queries", f"send at most {MOST_QUERIES} at once")
    for key, query in queries.items():
        if message := query_problem(query):
            raise _bad(f"query {key[:40]!r}: {message}", "see §4 of the specification")
    return {key: {"result": index.candidates(query)} for key, query in queries.items()}


def _suggestions(reconciler: Reconciler, what: str) -> list[dict[str, Any]]:
    prefix = request.args.get("prefix", "")
    if what == "entity":
        return reconciler.index().suggest(prefix, _number("cursor", 0))
    if what == "type":
        return list(reconciler.index().suggest_types(prefix))
    if what == "property":
        return _properties(prefix)
    raise HttpProblem(404, "not-found", f"nothing suggests {what!r}", "ask for entity, type or property")


def _properties(prefix: str) -> list[dict[str, Any]]:
    """The properties that refine a query or extend a table."""
    names = {**LABELS, "type": "Kind", **{name: label for name, (label, _) in IDENTIFIERS.items()}}
    wanted = prefix.casefold()
    return [
        {"id": name, "name": label}
        for name, label in names.items()
        if label.casefold().startswith(wanted) or name.casefold().startswith(wanted)
    ]


def _extension(reconciler: Reconciler, asked: dict[str, Any]) -> dict[str, Any]:
    """Values of properties for ids (§7): ours of the list, or a property of the ontology."""
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise _bad("extend has no ids or no properties", 'send {"ids": […], "properties": [{"id": …}]}')
    names = [one.get("id") if isinstance(one, dict) else None for one in properties]
    if not all(isinstance(one, str) and one.isascii() and one.replace("_", "").isalnum() for one in names):
        raise _bad("a property has no id, or one that is none", "take ids from suggest/property")
    if max(len(ids), len(names)) > MOST_QUERIES or not all(map(is_id, ids)):
        raise _bad(
            "the ids are too many, or one is no id", f"send at most {MOST_QUERIES} ids such as state/iran"
        )
    index = reconciler.index()
    others = [str(name) for name in names if name not in {*LABELS, *IDENTIFIERS, "type"}]
    found = _stated(reconciler, ids, others) if others and ids else {}
    known = {one["id"]: one["name"] for one in _properties("")}
    return {
        "meta": [{"id": name, "name": known.get(str(name), str(name))} for name in names],
        "rows": {one: {str(name): _cells(index, one, str(name), found) for name in names} for one in ids},
    }


def _stated(reconciler: Reconciler, ids: list[str], names: list[str]) -> dict[tuple[str, str], list[str]]:
    """Bare statements about the ids: what nobody contests, and what the entity files say."""
    subjects = " ".join(f"<{BASE}{one}>" for one in ids)
    predicates = " ".join(f"<{AX}{name}>" for name in names)
    query = (
        f"SELECT ?e ?p ?v {{ VALUES ?e {{ {subjects} }} VALUES ?p {{ {predicates} }} ?e ?p ?v }} ORDER BY ?v"
    )
    found: dict[tuple[str, str], list[str]] = {}
    for row in reconciler.rows(query):
        key = (row["e"].removeprefix(BASE), row["p"].removeprefix(AX))
        found.setdefault(key, []).append(row["v"])
    return found


def _cells(
    index: Index, one: str, name: str, found: dict[tuple[str, str], list[str]]
) -> list[dict[str, str]]:
    entity = index.entities.get(one)
    if entity is None:
        return []
    if name in LABELS:
        label = entity.labels.get(name.removeprefix("label_"))
        return [{"str": label}] if label else []
    if name == "type":
        return [{"id": kind, "name": index.types.get(kind, kind)} for kind in sorted(entity.types)]
    if name in IDENTIFIERS:
        return [{"str": value} for value in sorted(entity.facts.get(name, ()))]
    return [_cell(index, value) for value in found.get((one, name), [])]


def _cell(index: Index, value: str) -> dict[str, str]:
    other = index.entities.get(value.removeprefix(BASE))
    return {"id": other.id, "name": other.name} if other else {"str": value}


def _preview(reconciler: Reconciler, name: str) -> Response:
    entity = reconciler.index().entities.get(name)
    if entity is None:
        raise HttpProblem(
            404, "not-found", f"no entity {name[:80]!r}", "take ids from an answer of /reconcile"
        )
    links = _links(entity.facts.get("wikidata", ()), "https://www.wikidata.org/wiki/")
    persian = f'<p lang="fa" dir="rtl">{escape(entity.labels["fa"])}</p>' if "fa" in entity.labels else ""
    body = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(entity.name)}</title>'
        f'<body style="font: 14px sans-serif"><strong>{escape(entity.name)}</strong>{persian}'
        f"<p>{escape(', '.join(sorted(entity.types)))}{links}</p><p>{escape(entity.id)}</p></body></html>"
    )
    response = Response(body, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _PREVIEW
    return response


def _links(values: Iterable[str], place: str) -> str:
    return "".join(f' · <a href="{escape(place + one)}">{escape(one)}</a>' for one in sorted(values))


def _field(name: str) -> str | None:
    value: str | None = request.form.get(name) or request.args.get(name)
    return value


def _object(name: str, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise _bad(f"{name} is no JSON object", f"send the field {name} as in the specification")
    return value


def _number(name: str, default: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise _bad(f"{name} is no number", "send a whole number")
    return int(text)


def _bad(detail: str, remedy: str) -> HttpProblem:
    return HttpProblem(400, "reconciliation", detail, remedy, see=SPECIFICATION)


def _json(service: Service, document: object) -> Response:
    body = json.dumps(document, ensure_ascii=False) + "\n"
    response = with_dataset(Response(body, mimetype="application/json"), service.dataset.digest)
    response.headers["Cache-Control"] = "no-cache"
    return response
