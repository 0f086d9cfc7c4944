"""Replay: datasets that were published and kept are asked as they were; ``/versions`` says what changed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.endpoint.service.published_files import beside_in
from araxes.triples.stores.versioned_store import (
    KEEP,
    StoreVersion,
    current,
    datasets,
    keep_datasets,
    kept_number,
    publish,
)
from tests.endpoint.endpoint_fixtures import FEW, Server, serving, within

AX = "https://w3id.org/araxes/ontology/"
CLAIMS = f"PREFIX ax: <{AX}> SELECT ?claim ?text {{ ?claim a ax:Claim ; ax:paraphrase ?text }}"

_HEAD = f"""@prefix ax: <{AX}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix c: <https://w3id.org/araxes/claim/s/> . @prefix d: <https://w3id.org/araxes/dispute/> .
"""
PAST = """
c:stays a ax:Claim ; ax:contentDigest "1" ; ax:paraphrase "stays"@en, "می‌ماند"@fa .
c:goes a ax:Claim ; ax:contentDigest "2" ; ax:paraphrase "goes"@en .
c:said a ax:Claim ; ax:contentDigest "3" ; ax:paraphrase "said thus"@en, "چنین گفته شد"@fa .
c:meant a ax:Claim ; ax:contentDigest "4" ; ax:paraphrase "meant"@en .
d:over a ax:PointAtIssue, ax:Dispute ; rdfs:label "Over?"@en .
"""
PRESENT = """
c:stays a ax:Claim ; ax:contentDigest "1" ; ax:paraphrase "stays"@en, "می‌ماند"@fa .
c:comes a ax:Claim ; ax:contentDigest "5" ; ax:paraphrase "comes"@en, "می‌آید"@fa .
c:said a ax:Claim ; ax:contentDigest "6" ; ax:paraphrase "said so"@en, "چنان گفته شد"@fa .
c:meant a ax:Claim ; ax:contentDigest "7" ; ax:paraphrase "meant"@en .
d:new a ax:PointAtIssue, ax:Dispute ; rdfs:label "<b>New?</b>"@en, "تازه؟"@fa .
"""


@dataclass(frozen=True)
class Replayed:
    """A server that serves its second dataset, and what the first one answered while it was served."""

    server: Server
    past: StoreVersion
    present: StoreVersion
    answer: bytes
    tag: str
    link: str


def _published(text: str, root: Path) -> StoreVersion:
    quads = ox.parse(input=_HEAD + text, format=ox.RdfFormat.TRIG)
    return publish(quads, root, origin="load", beside=beside_in(root))


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replayed]:
    root = tmp_path_factory.mktemp("replay")
    past = _published(PAST, root)
    with serving(root, *FEW) as server:
        reply = server.query(CLAIMS, "text/csv")
        link = reply.headers["Link"].partition(">")[0].removeprefix("<" + server.base)
        present = _published(PRESENT, root)
        end = time.monotonic() + within(20)
        while server.health()["dataset"]["digest"] != present.digest:
            assert time.monotonic() < end, "the server did not switch"
            time.sleep(0.05)
        yield Replayed(server, past, present, reply.body, reply.headers["ETag"], link)


def test_a_permalink_answers_the_same_bytes_after_a_new_version(replayed: Replayed) -> None:
    assert f"dataset={replayed.past.digest}" in replayed.link
    assert "format=csv" in replayed.link
    for _ in range(2):  # evaluated, then from the cache
        again = replayed.server.get(replayed.link)
        assert again.body == replayed.answer
        assert again.headers["ETag"] == replayed.tag
        assert again.headers["Araxes-Dataset"] == f"sha256:{replayed.past.digest}"
    assert replayed.server.query(CLAIMS, "text/csv").body != replayed.answer


@pytest.mark.parametrize("name", ["{0}", "sha256:{0}", "{1}"])
def test_a_dataset_is_named_by_digest(replayed: Replayed, name: str) -> None:
    named = name.format(replayed.past.digest, replayed.past.digest[:12].upper())
    by_form = replayed.server.request(
        "POST",
        "/sparql",
        f"query={quote(CLAIMS)}&dataset={quote(named)}",
        {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/csv"},
    )
    assert by_form.body == replayed.answer


def test_graphs_of_the_past(replayed: Replayed) -> None:
    past = replayed.server.get(f"/data?default&dataset={replayed.past.digest}", "application/n-triples")
    assert '"goes"@en' in past.text
    assert '"goes"@en' not in replayed.server.get("/data?default", "application/n-triples").text


@pytest.mark.parametrize("accept", ["text/turtle", "application/trig", "text/html"])
def test_a_thing_of_the_past(replayed: Replayed, accept: str) -> None:
    """What a later version withdrew is still told by its own address, if that names the dataset."""
    withdrawn, named = "/claim/s/goes", f"?dataset={replayed.past.digest}"
    assert replayed.server.get(withdrawn, accept).status == 404
    told = replayed.server.get(withdrawn + named, accept)
    while told.status == 303:
        assert replayed.past.digest in told.headers["Location"]
        told = replayed.server.get(told.headers["Location"], accept)
    assert told.status == 200
    assert "goes" in told.text
    assert told.headers["Araxes-Dataset"] == f"sha256:{replayed.past.digest}"
    assert replayed.past.digest in told.headers["Content-Location"]
    assert replayed.server.get(f"/claim/s/comes{named}", accept).status == 404


@pytest.mark.parametrize("path", ["/", "/search?q=x", "/disputes", "/versions", "/downloads", "/ontology"])
def test_no_page_leaves_the_dataset_out_of_account(replayed: Replayed, path: str) -> None:
    named = f"{path}{'&' if '?' in path else '?'}dataset="
    refused = replayed.server.get(named + replayed.past.digest, "application/problem+json")
    assert (refused.status, refused.code) == (400, "dataset")
    present = replayed.server.get(named + replayed.present.digest, "text/html")
    assert present.status == replayed.server.get(path, "text/html").status


@pytest.mark.parametrize(
    ("name", "status"), [("0" * 64, 404), ("latest", 400), ("..x", 400), ("0" * 11, 400)]
)
@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D&dataset=", "/data?default&dataset=", "/versions/"])
def test_datasets_that_are_not_there(replayed: Replayed, path: str, name: str, status: int) -> None:
    reply = replayed.server.get(path + quote(name, safe=""), "application/json")
    assert (reply.status, reply.json()["code"]) == (status, "dataset")
    if status == 404:
        assert replayed.past.digest in reply.json()["choices"]


def test_nothing_of_the_past_federates(replayed: Replayed) -> None:
    query = quote("SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }")
    reply = replayed.server.get(f"/sparql?query={query}&dataset={replayed.past.digest}")
    assert (reply.status, reply.json()["code"]) == (403, "federation")


def test_what_changed_as_data(replayed: Replayed) -> None:
    listed = replayed.server.get("/versions", "application/json").json()
    assert listed["current"] == replayed.present.digest
    newest, oldest = listed["versions"]
    assert (newest["dataset"], oldest["dataset"]) == (replayed.present.digest, replayed.past.digest)
    assert newest["changes"] == dict.fromkeys(newest["changes"], 1)
    assert oldest["changes"]["added"] == 4
    whole = replayed.server.get(f"/versions/{replayed.present.digest}?format=json").json()["changes"]
    assert whole["before"] == replayed.past.digest
    names = {kind: [entry["iri"].rpartition("/")[2] for entry in whole[kind]] for kind in newest["changes"]}
    assert names == {
        "added": ["comes"],
        "withdrawn": ["goes"],
        "reworded": ["said"],
        "revised": ["meant"],
        "opened": ["new"],
        "closed": ["over"],
    }
    assert whole["reworded"][0]["before"]["en"] == "said thus"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_changed_as_pages(replayed: Replayed, language: str) -> None:
    page = replayed.server.get(f"/versions?lang={language}", "text/html").text
    assert all(f"/versions/{version.digest}" in page for version in (replayed.past, replayed.present))
    path = f"/versions/{replayed.present.digest}?lang={language}&kind="
    reworded = replayed.server.get(path + "reworded", "text/html").text
    assert {"en": "said so", "fa": "چنان گفته شد"}[language] in reworded
    assert {"en": "said thus", "fa": "چنین گفته شد"}[language] in reworded
    opened = replayed.server.get(path + "opened", "text/html").text
    assert {"en": "&lt;b&gt;New?", "fa": "تازه؟"}[language] in opened
    assert replayed.server.get(path + "nonsense&page=99999", "text/html").status == 200


def test_the_page_of_a_past_answer_says_so(replayed: Replayed) -> None:
    page = replayed.server.get(
        f"/sparql?query={quote(CLAIMS)}&dataset={replayed.past.digest}&format=html", "text/html"
    ).text
    assert replayed.past.digest[:12] in page
    assert 'href="/versions"' in page
    assert f'name="dataset" value="{replayed.past.digest}"' in page


def test_as_many_datasets_stay_as_was_said(tmp_path: Path) -> None:
    keep_datasets(tmp_path, KEEP + 2)
    made = [_published(f'd:a rdfs:label "{number}" .', tmp_path) for number in range(KEEP + 4)]
    assert datasets(tmp_path) == made[2:]
    again = _published('d:a rdfs:label "6" .', tmp_path)
    assert again.digest == made[-1].digest
    assert [version.digest for version in datasets(tmp_path)] == [version.digest for version in made[2:]]


def test_what_is_said_of_keeping_must_be_readable(tmp_path: Path) -> None:
    assert kept_number(tmp_path) == KEEP
    for text in ("nonsense", "-4", "[1]", "1e99"):
        (tmp_path / "keep").write_text(text, "utf-8")
        assert kept_number(tmp_path) == KEEP


def test_the_command_line_keeps_and_asks(tmp_path: Path) -> None:
    root, runner = tmp_path / "store", CliRunner()
    for number in range(KEEP + 2):
        (tmp_path / "a.ttl").write_text(f'<http://e.example/s> <http://e.example/p> "{number}" .', "utf-8")
        arguments = ["load", str(tmp_path / "a.ttl"), "--store", str(root)]
        done = runner.invoke(main, arguments + (["--keep", str(KEEP + 2)] if number == 0 else []))
        assert done.exit_code == 0, done.output
    first = datasets(root)[0]
    assert len(datasets(root)) == KEEP + 2
    asked = ["query", "SELECT ?o { ?s ?p ?o }", "--format", "json", "--store", str(root)]
    past = runner.invoke(main, [*asked, "--dataset", first.digest[:12]])
    assert json.loads(past.stdout)["results"]["bindings"][0]["o"]["value"] == "0"
    assert json.loads(runner.invoke(main, asked).stdout)["results"]["bindings"][0]["o"]["value"] == str(
        KEEP + 1
    )
    missing = runner.invoke(main, [*asked, "--dataset", "0" * 12])
    assert missing.exit_code != 0
    assert current(root).digest[:12] in missing.output
