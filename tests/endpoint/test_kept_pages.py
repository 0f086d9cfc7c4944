"""What the web process writes itself is written once, however often and under whatever name it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http import service_description
from araxes.endpoint.http.app import create_app
from araxes.endpoint.http.service_description import describe
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import load_settings
from araxes.endpoint.sparql.formats import GRAPHS

PAGES = [
    "/ontology",
    "/ontology/module/claims",
    "/ontology/State",
    "/ontology/alignments",
    "/plover/",
    "/questions",
]
BASES = [
    "http://a.example/",
    "https://b.example:8443/",
    "http://[::1]:5000/",
    "http://h.example/x/?a=1&b='2'/",
]


@pytest.fixture(scope="module")
def app(project_store: Path) -> Iterator[Flask]:
    """The application over the project's dataset."""
    service = Service(load_settings({"store": str(project_store), "evaluators": "1", "spares": "0"}, {}))
    service.start()
    try:
        yield create_app(service)
    finally:
        service.stop()


@pytest.fixture
def rendered(app: Flask) -> Iterator[list[str]]:
    """Names of the templates that are rendered."""
    names: list[str] = []

    def note(_: Flask, template: Any, **__: Any) -> None:
        names.append(template.name)

    with template_rendered.connected_to(note, app):
        yield names


def fetch(client: FlaskClient, path: str, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers={"Accept": "text/html", **named})


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_made_once_for_each_language(app: Flask, rendered: list[str], path: str) -> None:
    client = app.test_client(use_cookies=False)
    english = fetch(client, path)
    assert (english.status_code, english.mimetype) == (200, "text/html")
    ways = [path, path + "?lang=en", path + "?x=1", path + "?lang=en&lang=fa"]
    for number, way in enumerate(ways):
        again = fetch(client, way, Host=f"h{number}.example", Accept_Language="en")
        assert again.data == english.data
        assert again.headers["ETag"] == english.headers["ETag"]
    known = fetch(client, path, If_None_Match=english.headers["ETag"])
    assert (known.status_code, known.data) == (304, b"")
    persian = fetch(client, path, Accept_Language="fa")
    assert b'lang="fa" dir="rtl"' in persian.data
    assert persian.headers["ETag"] != english.headers["ETag"]
    assert fetch(client, path, Cookie="lang=fa").data == persian.data
    assert {"Accept-Language", "Cookie"} <= set(persian.vary)
    assert len(rendered) == 2


def test_no_link_of_a_kept_page_leads_to_another_host(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    for path in ("/ontology/alignments", "/ontology/State", "/state/iran", "/nowhere"):
        assert b'href="//' not in fetch(client, "/" + path).data
        assert b'href="//' not in fetch(client, path).data


@pytest.mark.parametrize("name", [name for name in GRAPHS if name != "html"])
def test_a_description_is_written_once_for_all_hosts(app: Flask, name: str) -> None:
    service: Service = app.extensions["araxes"]
    service_description._described.cache_clear()
    texts = {base: describe(service, base, name) for base in BASES}
    assert service_description._described.cache_info().misses == 1
    for base, text in texts.items():
        triples = [quad.triple for quad in ox.parse(input=text, format=GRAPHS[name])]
        subjects = {str(triple.subject) for triple in triples if isinstance(triple.subject, ox.NamedNode)}
        assert f"<{base}sparql>" in subjects
        assert all(subject.startswith(f"<{base}") for subject in subjects)
        assert b".invalid" not in text
        assert len(triples) > 500
    for number in range(100):
        describe(service, f"http://h{number}.example/", name)
    assert service_description._described.cache_info()[1:4:2] == (1, 1)


def test_a_host_that_is_no_iris_is_the_clients_mistake(app: Flask) -> None:
    with pytest.raises(HttpProblem) as problem:
        describe(app.extensions["araxes"], "http://[:::]/", "turtle")
    assert (problem.value.status, problem.value.code) == (400, "host")
