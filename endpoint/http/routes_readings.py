"""``/disputes``, ``/compare``, ``/theories``: the corpus by its disagreements, parties and theories."""

from __future__ import annotations

from flask import Flask, Response

from araxes.endpoint.errors import HttpProblem
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
        return _page(service, compare.PAGE)

    @app.route("/theories", methods=_METHODS)
    def theories() -> Response:
        return _page(service, theory.LIST)


def _page(service: Service, page: ThingPage) -> Response:
    """A page about the whole dataset.

    Raises:
        HttpProblem: 404, this dataset has no such page.
    """
    found = thing_page(service, service.settings.text("namespace") + page.name, (page,))
    if found is None:
        raise HttpProblem(404, "not-found", f"there is no /{page.name} of this dataset", "start at /")
    return found
