"""``/health`` and ``/metrics``."""

from __future__ import annotations

import json

from flask import Flask, Response, request

from araxes.endpoint.service.service import Service


def register(app: Flask, service: Service) -> None:
    """Add the routes. None of them needs an evaluator, so they answer whatever goes on."""

    @app.get("/health")
    def health() -> Response:
        state = service.health()
        return _json(state, 200 if state["status"] == "ok" else 503)

    @app.get("/health/ready")
    def ready() -> Response:
        state = service.health()
        return _json(state, 200 if state["ready"] else 503)

    @app.get("/health/live")
    def live() -> Response:
        is_live = service.health()["live"]
        return _json({"live": is_live}, 200 if is_live else 503)

    @app.get("/metrics")
    def metrics() -> Response:
        text, media_type = service.metrics.exposed(request.headers.get("Accept", ""))
        response = Response(text, content_type=media_type)
        response.vary.add("Accept")
        return response

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(status=204)


def _json(data: object, status: int) -> Response:
    body = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    response = Response(body, status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
