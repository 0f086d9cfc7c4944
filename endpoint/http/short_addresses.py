"""Addresses that readers shorten: without the kind of thing, without zeros, by a number or key alone.

They lead on where exactly one thing fits; else what is not there is told as ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from flask import request

from araxes.endpoint.engines.jobs import QueryJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.responses import gone
from araxes.endpoint.service.service import Service
from araxes.ontology.namespaces import AX

_CLAIM = re.compile(r"(?:claims?/)?([a-z0-9][a-z0-9-]{0,60})/([0-9]{1,4})([a-z]?)")
_DISPUTE = re.compile(r"(?:disputes?/)?(?:[a-z]{2,20}-)?([0-9a-f]{6,16})")
_NUMBER = re.compile(r"0{0,3}([0-9]{1,4})")


def question_of(names: Iterable[str], short: str) -> str | None:
    """The one question that a number, or a beginning of a name, names.

    >>> question_of(["03-a", "33-trade", "34-b"], "33"), question_of(["03-a", "33-b"], "3")
    ('33-trade', '03-a')
    >>> question_of(["133-a", "33-b", "33-c"], "33") is None, question_of(["33-trade"], "33-tra")
    (True, '33-trade')
    """
    number = _NUMBER.fullmatch(short)
    found = [
        name
        for name in names
        if (number and name.partition("-")[0].lstrip("0") == number[1])
        or ("-" in short and name.startswith(short))
    ]
    return found[0] if len(found) == 1 else None


def short_address(service: Service, path: str, suggestions: Sequence[str]) -> str | None:
    """Where a shortened path leads; ``None`` if nothing fits, or several things do.

    Args:
        service: that is asked.
        path: as it was asked for, without a slash at its beginning; nothing is there.
        suggestions: IRIs that resemble it.
    """
    namespace = service.settings.text("namespace")
    wanted = _of_suggestions(path, [iri.removeprefix(namespace) for iri in suggestions])
    if wanted is None and (query := _query(path, namespace)):
        wanted = _only(service, query)
    return f"/{wanted.removeprefix(namespace)}" if wanted else None


def _of_suggestions(path: str, names: Iterable[str]) -> str | None:
    """The one thing named by the last part of a path that has no kind before it, or the kind in plural."""
    kind, _, last = path.rpartition("/")
    found = [
        name
        for name in names
        if name.rpartition("/")[2] == last and kind in ("", name.rpartition("/")[0] + "s")
    ]
    return found[0] if len(found) == 1 else None


def _query(path: str, namespace: str) -> str:
    """Asks for the claim or dispute that a path may be short for; empty for paths of other forms."""
    if claim := _CLAIM.fullmatch(path):
        source, number, tail = claim.groups()
        written = dict.fromkeys((number, *(number.lstrip("0").zfill(width) for width in (1, 2, 3, 4))))
        values = " ".join(f"<{namespace}claim/{source}/{each}{tail}>" for each in written)
        return f"SELECT ?thing {{ VALUES ?thing {{ {values} }} ?thing a <{AX}Claim> }} LIMIT 2"
    if dispute := _DISPUTE.fullmatch(path):
        return (
            f"SELECT ?thing {{ ?thing a <{AX}PointAtIssue> "
            f'FILTER (CONTAINS(STRAFTER(STR(?thing), "{namespace}dispute/"), "-{dispute[1]}")) }} LIMIT 2'
        )
    return ""


def _only(service: Service, query: str) -> str | None:
    """The one thing that answers a query; ``None`` also where it cannot be asked now."""
    client = request.remote_addr or ""
    try:
        service.check_rate(client)
        answer = service.evaluate(QueryJob(query, "json", None), client=client, gone=gone())
    except HttpProblem:
        return None
    with answer.body:
        rows = json.loads(answer.body.content())["results"]["bindings"]
    return rows[0]["thing"]["value"] if len(rows) == 1 else None
