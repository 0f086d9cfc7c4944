"""``/health`` and ``/metrics``."""

from __future__ import annotations

import json

from flask import Flask, Response

from araxes.endpoint.service.metrics import MEDIA_TYPE
from araxes.endpoint.service.service import Service


def register(app: Flask, service: Service) -> None:
    """Add the routes. None of them needs an evaluator, so they answer whatever goes on."""

    @app.get("/health")
    @app.get("/health/ready")
    def health() -> Response:
        state = service.health()
        return _json(state, 200 if state["ready"] else 503)

    @app.get("/health/live")
    def live() -> Response:
        return _json({"live": True}, 200)

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(service.metrics.text(service.gauges()), content_type=MEDIA_TYPE)

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(status=204)


def _json(data: object, status: int) -> Response:
    body = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    response = Response(body, status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
