"""Names of the things that the page of a missing one offers: asked behind the wall, else left out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from flask import request

from araxes.endpoint.engines.jobs import QueryJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.responses import gone
from araxes.endpoint.pages.answer_tables import ReaderLabels, known_from, labels_query
from araxes.endpoint.service.service import Service

_MOST = 5


def suggestion_names(service: Service, iris: Sequence[str], language: str) -> Mapping[str, ReaderLabels]:
    """Labels of a few IRIs of the dataset; none where nothing can be evaluated now.

    A problem is told in any case, so that no further problem may come of it.
    """
    if not iris:
        return {}
    client = request.remote_addr or ""
    try:
        service.check_rate(client)
        job = QueryJob(labels_query(iris[:_MOST]), "json", None)
        answer = service.evaluate(job, client=client, gone=gone())
    except HttpProblem:
        return {}
    with answer.body:
        return known_from(json.loads(answer.body.content()), language)
