"""``/pictures``: pictures of the corpus as pages, and each picture as SVG and PNG."""

from __future__ import annotations

from flask import Flask, Response, request

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.kept_pages import page_tag, tagged
from araxes.endpoint.http.responses import gone
from araxes.endpoint.http.thing_pages import page_body, thing_page
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.pages.pictures.pages import (
    FORMATS,
    KINDS,
    draw_job,
    list_page,
    page_of,
    specification_of,
)
from araxes.endpoint.pages.pictures.picture import PictureKind
from araxes.endpoint.pages.thing_pages import ThingPage
from araxes.endpoint.service.etags import matches
from araxes.endpoint.service.result_cache import Kept
from araxes.endpoint.service.service import Service

_METHODS = ["GET", "OPTIONS"]


def register(app: Flask, service: Service) -> None:
    """Add the routes."""

    @app.route("/pictures", methods=_METHODS)
    def pictures() -> Response:
        return _shown(service, list_page())

    @app.route("/pictures/<name>", methods=_METHODS)
    def picture(name: str) -> Response:
        plain, _, ending = name.partition(".")
        kind = KINDS.get(plain)
        if kind is None or (ending and ending not in FORMATS):
            raise HttpProblem(404, "not-found", f"there is no picture {name[:80]!r}", "start at /pictures")
        return _drawn(service, kind, ending) if ending else _shown(service, page_of(kind))


def _shown(service: Service, page: ThingPage) -> Response:
    """A page about the whole dataset.

    Raises:
        HttpProblem: 404, the dataset holds no claims.
    """
    found = thing_page(service, service.settings.text("namespace") + page.name, (page,))
    if found is None:
        raise HttpProblem(404, "not-found", "this dataset holds no claims to draw", "start at /")
    return found


def _drawn(service: Service, kind: PictureKind, ending: str) -> Response:
    """A picture in a format; drawn once for each dataset, choice and language.

    Raises:
        HttpProblem: 404, there is nothing to draw; or it cannot be drawn now.
    """
    page, language = specification_of(kind), chosen_language(request)
    found = page_body(service, service.settings.text("namespace") + page.name, (page,))
    if found is None or not found.body:
        raise HttpProblem(
            404, "nothing-drawn", "no claim fits what was chosen", f"start at /pictures/{kind.name}"
        )
    tag = page_tag(found.digest, f"{found.tag} {ending}", language)
    if matches(request.headers.get("If-None-Match"), tag):
        return tagged(Response(status=304), found.digest, tag)
    kept = service.cache.get(tag)
    if kept is None:
        job = draw_job(kind, found.body.decode(), language, ending)
        service.check_rate(request.remote_addr or "")
        answer = service.evaluate(job, client=request.remote_addr or "", gone=gone())
        with answer.body:
            kept = Kept(tag, FORMATS[ending], answer.body.content())
        service.cache.put(kept)
    return tagged(Response(kept.body, mimetype=kept.media_type), found.digest, tag)
