"""Two things that an address names, side by side: which of them is not known here, and what was meant."""

from __future__ import annotations

from flask import request

from araxes.endpoint.engines.jobs import DocumentJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.responses import gone
from araxes.endpoint.pages.thing_pages import LONGEST_FIELD, Asked
from araxes.endpoint.service.service import Service

SIDES = ("a", "b")
"""Fields of the address."""

_MOST_SHOWN = 80


def sides_of(service: Service) -> Asked:
    """The two fields of the address that is asked for.

    Raises:
        HttpProblem: 400, what one of them holds can be no address of a thing.
    """
    namespace = service.settings.text("namespace")
    fields = {name: request.args.get(name, "")[:LONGEST_FIELD].strip() for name in SIDES}
    asked = Asked(namespace, "", namespace, fields)
    for name in SIDES:
        if fields[name] and asked.node(name) is None:
            problem = f"“{fields[name][:_MOST_SHOWN]}” (field {name}) is no address of a thing"
            raise HttpProblem(400, "field", problem, "write its path here, such as state/iran")
    return asked


def unknown_side(service: Service, asked: Asked, otherwise: str, start: str) -> HttpProblem:
    """Why there is no page of these two: 404, of the first that nothing is known of with what is near it.

    Args:
        service: that is asked.
        asked: the two.
        otherwise: what is wrong where both are known.
        start: the path at which two can be chosen.
    """
    remedy = f"choose at /{start}"
    client = request.remote_addr or ""
    for name in SIDES:
        node = asked.node(name)
        if node is None:
            continue
        service.check_rate(client)
        job = DocumentJob(node.value, "trig", "turtle", asked.namespace)
        try:
            service.evaluate(job, client=client, gone=gone()).body.close()
        except HttpProblem as problem:
            if problem.status != 404:
                return problem
            named = node.value.removeprefix(asked.namespace)[:_MOST_SHOWN]
            near = problem.members.get("suggestions", ())
            remedy = f"did you mean one of the suggestions? Or choose at /{start}" if near else remedy
            said = f"nothing is known of {named!r}"
            return HttpProblem(404, "not-found", said, remedy, named=named, suggestions=near)
    return HttpProblem(404, "not-found", otherwise, remedy)
