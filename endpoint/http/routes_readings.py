"""``/disputes``, ``/compare``, ``/theories``: the corpus by its disagreements, parties and theories."""

from __future__ import annotations

from flask import Flask, Response

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.sides import sides_of, unknown_side
from araxes.endpoint.http.thing_pages import thing_page
from araxes.endpoint.pages import compare, disputes, theory
from araxes.endpoint.pages.thing_pages import ThingPage
from araxes.endpoint.service.service import Service

_METHODS = ["GET", "OPTIONS"]


def register(app: Flask, service: Service) -> None:
    """Add the routes."""

    @app.route("/disputes", methods=_METHODS)
    def disputes_list() -> Response:
        return _page(service, disputes.PAGE)

    @app.route("/compare", methods=_METHODS)
    def compare_two() -> Response:
        return _compared(service)

    @app.route("/theories", methods=_METHODS)
    def theories() -> Response:
        return _page(service, theory.LIST)


def _compared(service: Service) -> Response:
    """Two sources or holders side by side.

    Raises:
        HttpProblem: 400, a field names nothing; 404, one of the two is unknown or makes no claim.
    """
    asked = sides_of(service)
    found = thing_page(service, asked.namespace + compare.PAGE.name, (compare.PAGE,))
    if found is None:
        said = "one of the two makes no claim here, as a source or as a holder"
        raise unknown_side(service, asked, said, "compare")
    return found


def _page(service: Service, page: ThingPage) -> Response:
    """A page about the whole dataset.

    Raises:
        HttpProblem: 404, this dataset has no such page.
    """
    found = thing_page(service, service.settings.text("namespace") + page.name, (page,))
    if found is None:
        raise HttpProblem(404, "not-found", f"there is no /{page.name} of this dataset", "start at /")
    return found
