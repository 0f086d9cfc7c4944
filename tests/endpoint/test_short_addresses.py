"""Shortened addresses lead on where one thing fits, and nowhere else."""

from __future__ import annotations

import pytest

from tests.endpoint.endpoint_fixtures import NAMESPACE, Server

HTML = "text/html"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("/questions/33", "/questions/33-trade-and-energy"),
        ("/questions/33-trade", "/questions/33-trade-and-energy"),
        ("/questions/1", "/questions/01-threats-and-their-holders"),
        ("/irna-2019/050", "/claim/irna-2019/050"),
        ("/claim/irna-2019/50", "/claim/irna-2019/050"),
        ("/claims/irna-2019/050", "/claim/irna-2019/050"),
        ("/sources/irna-2019", "/source/irna-2019"),
        ("/iran", "/state/iran"),
    ],
)
def test_a_short_address_leads_on(project_server: Server, short: str, full: str) -> None:
    reply = project_server.get(f"{short}?lang=fa", HTML)
    assert (reply.status, reply.headers["Location"]) == (302, f"{full}?lang=fa")
    assert project_server.get(full, HTML).status == 200


def test_a_dispute_is_found_by_its_key(project_server: Server) -> None:
    query = "SELECT ?x { ?x a <https://w3id.org/araxes/ontology/Dispute> } ORDER BY ?x LIMIT 1"
    iri = project_server.query(query).json()["results"]["bindings"][0]["x"]["value"]
    name = iri.removeprefix(NAMESPACE + "dispute/")
    key = name.rpartition("-")[2]
    for short in (f"/{key}", f"/dispute/{key}", f"/disputes/{name}", f"/dispute/{key[:10]}"):
        reply = project_server.get(short, HTML)
        assert (reply.status, reply.headers["Location"]) == (302, f"/dispute/{name}"), short


@pytest.mark.parametrize(
    "path",
    ["/questions/9999", "/questions/x", "/questions/9", "/irna-2019/9999", "/person/iran", "/abcdef0123"],
)
def test_what_is_not_there_or_not_alone_leads_nowhere(project_server: Server, path: str) -> None:
    reply = project_server.get(path, HTML)
    if path == "/questions/9":
        assert reply.headers["Location"].startswith("/questions/09-")  # 9x are others
    else:
        assert reply.status == 404


def test_programs_are_told_what_is_wrong(project_server: Server) -> None:
    assert project_server.get("/irna-2019/050", "text/turtle").code == "not-found"
    assert project_server.get("/cite?question=33&format=text&lang=en").status == 200
