"""``/downloads``: the dataset as files, each made once for each dataset, in a process of its own."""

from __future__ import annotations

import base64
from typing import cast

from flask import Flask, Response, request
from werkzeug.wsgi import wrap_file

from araxes.endpoint.engines.jobs import FileJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.kept_pages import HTML
from araxes.endpoint.http.responses import base_url, file_response, gone, with_dataset
from araxes.endpoint.pages.downloads import downloads_page
from araxes.endpoint.service.etags import matches
from araxes.endpoint.service.file_shelf import BusyError, FileShelf, KeptFile
from araxes.endpoint.service.service import Service
from araxes.triples.exports.descriptions import DESCRIPTIONS, MadeFile, Release
from araxes.triples.exports.file_list import FILES, GZIP
from araxes.triples.stores.versioned_store import StoreVersion

_METHODS = ["GET", "OPTIONS"]
_AGAIN = 10
"""Seconds after which to ask again for a file while another is being made."""


def register(app: Flask, service: Service) -> None:
    """Add the routes."""
    shelf = FileShelf()

    @app.route("/downloads", methods=_METHODS)
    def downloads() -> Response:
        version = service.dataset
        base = base_url(service.settings)
        body = downloads_page(_made(shelf, version), _release(version, base), base)
        page = Response(body, mimetype=HTML)
        page.headers["Cache-Control"] = "no-cache"
        return with_dataset(page, version.digest)

    @app.route("/downloads/<name>", methods=_METHODS)
    def download(name: str) -> Response:
        if name in DESCRIPTIONS:
            return _description(service, shelf, name)
        if name.removesuffix(GZIP) not in FILES:
            raise HttpProblem(404, "not-found", f"there is no file {name[:80]!r}", "start at /downloads")
        return _file(service, shelf, name)


def _release(version: StoreVersion, base: str) -> Release:
    return Release(version.digest, version.built, version.cited, base + "downloads/")


def _made(shelf: FileShelf, version: StoreVersion) -> dict[str, MadeFile]:
    """Every file, compressed and not, as far as it was made."""
    found = {}
    for name, file in FILES.items():
        for offered in (name, name + GZIP):
            kept = shelf.kept(version, offered)
            found[offered] = MadeFile(file, offered, kept.size if kept else None, kept.digest if kept else "")
    return found


def _description(service: Service, shelf: FileShelf, name: str) -> Response:
    """A description of the files for programs."""
    version = service.dataset
    make, media_type = DESCRIPTIONS[name]
    release = _release(version, base_url(service.settings))
    response = Response(make(_made(shelf, version).values(), release), mimetype=media_type)
    response.headers["Cache-Control"] = "no-cache"
    return with_dataset(response, version.digest)


def _file(service: Service, shelf: FileShelf, name: str) -> Response:
    """A file from the shelf; made first if nobody asked for it yet.

    Raises:
        HttpProblem: it cannot be made, or not now.
    """
    version = service.dataset
    kept = shelf.kept(version, name)
    if kept is not None:
        return _sent(kept, name, version)
    service.check_rate(request.remote_addr or "")
    try:
        with shelf.making():
            answer = service.evaluate(
                FileJob(name),
                client=request.remote_addr or "",
                gone=gone(),
                timeout=service.settings.number("file_time"),
            )
            kept = shelf.keep(answer.dataset, name, answer.body)
    except BusyError:
        raise HttpProblem(
            503,
            "file-under-way",
            "this file, or another, is being made at this moment",
            f"ask again in {_AGAIN} seconds; whoever wants all files runs `araxes export files`",
            headers={"Retry-After": str(_AGAIN)},
        ) from None
    if kept is not None:
        answer.body.close()
        return _sent(kept, name, answer.dataset)
    answer.body.seek(0)
    return _named(with_dataset(file_response(answer.body, _media_type(name)), answer.dataset.digest), name)


def _sent(kept: KeptFile, name: str, version: StoreVersion) -> Response:
    """A file of the shelf, with its digest (RFC 9530)."""
    tag = f'"{kept.digest[:40]}"'
    if matches(request.headers.get("If-None-Match"), tag):
        response = Response(status=304)
    else:
        body = cast("object", wrap_file(request.environ, kept.path.open("rb"), 1 << 16))
        response = Response(body, mimetype=_media_type(name), direct_passthrough=True)  # type: ignore[arg-type]
        response.headers["Content-Length"] = str(kept.size)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(kept.digest)).decode()}:"
    return _named(with_dataset(response, version.digest), name)


def _media_type(name: str) -> str:
    return "application/gzip" if name.endswith(GZIP) else FILES[name].media_type


def _named(response: Response, name: str) -> Response:
    """Have a browser keep it under its name."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
