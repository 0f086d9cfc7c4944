"""Downloads: each file as anybody gets it, made once, with its digest; and what cannot be made."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest
from rdflib import Graph

from araxes.endpoint.pages.downloads import size_words
from araxes.endpoint.service.file_shelf import FOLDER, BusyError, FileShelf
from araxes.ontology.languages import LANGUAGES
from araxes.triples.exports.descriptions import DESCRIPTIONS
from araxes.triples.exports.file_list import FILES
from araxes.triples.exports.table_columns import tables
from araxes.triples.stores.versioned_store import current
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_pages import page_of
from tests.endpoint.test_pictures import asked

HTML = "text/html"
SMALL = ("dictionary.csv", "observations.csv", "disputes.csv", "actors.graphml", "ontology.ttl.gz")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_offers_every_file_and_explains_every_column(project_server: Server, language: str) -> None:
    reply = asked(project_server, f"/downloads?lang={language}", HTML)
    page = page_of(reply)
    assert page.root["dir"] == ("rtl" if language == "fa" else "ltr")
    offered = {f"/downloads/{name}{ending}" for name in FILES for ending in ("", ".gz")}
    assert offered | {f"/downloads/{name}" for name in DESCRIPTIONS} <= set(page.links)
    for table in tables().values():
        assert table.title[language] in reply.text
        assert all(column.meaning[language].replace("'", "&#39;") in reply.text for column in table.columns)
    digest = str(reply.headers["Araxes-Dataset"]).removeprefix("sha256:")
    assert digest in reply.text
    assert "creativecommons.org/licenses/by/4.0" in reply.text


@pytest.mark.parametrize("name", SMALL)
def test_a_file_comes_with_its_digest_and_is_kept(project_server: Server, name: str) -> None:
    reply = asked(project_server, f"/downloads/{name}")
    assert reply.status == 200, reply.text
    digest = hashlib.sha256(reply.body).hexdigest()
    stated = str(reply.headers["Repr-Digest"]).removeprefix("sha-256=:").removesuffix(":")
    assert base64.b64decode(stated).hex() == digest
    plain = gzip.decompress(reply.body) if name.endswith(".gz") else reply.body
    assert len(plain) > 5000
    assert f'filename="{name}"' in str(reply.headers["Content-Disposition"])
    assert asked(project_server, f"/downloads/{name}").body == reply.body
    tag = str(reply.headers["ETag"])
    assert project_server.get(f"/downloads/{name}", if_none_match=tag).status == 304
    assert digest in asked(project_server, "/downloads", HTML).text
    assert (current(project_server.store).path.parent / FOLDER / name).is_file()


def test_descriptions_are_readable_and_know_digests(project_server: Server) -> None:
    digest = hashlib.sha256(asked(project_server, "/downloads/dictionary.csv").body).hexdigest()
    package = json.loads(asked(project_server, "/downloads/datapackage.json").text)
    assert [resource["name"] for resource in package["resources"]] == list(tables())
    crate = asked(project_server, "/downloads/ro-crate-metadata.json")
    assert digest in crate.text
    catalogue = Graph().parse(data=asked(project_server, "/downloads/dcat.ttl").text, format="turtle")
    places = {
        str(place) for place in catalogue.objects(None, None) if str(place).endswith("/downloads/araxes.nq")
    }
    assert places == {f"http://127.0.0.1:{project_server.port}/downloads/araxes.nq"}


def test_unknown_files_are_not_there(project_server: Server) -> None:
    for name in ("passwd", "dictionary.csv.gz.gz", ".gz", "..%2fversion.json", "dictionary.csv.sha256"):
        assert asked(project_server, f"/downloads/{name}").status == 404


def test_what_a_dataset_lacks_is_said(server: Server) -> None:
    reply = asked(server, "/downloads/ontology.ttl")
    assert reply.status == 404
    assert "the store holds no ontology" in reply.text


def test_one_file_is_made_at_a_time() -> None:
    shelf = FileShelf()
    with shelf.making(), pytest.raises(BusyError), shelf.making():
        pass
    with shelf.making():
        pass


def test_where_nothing_can_be_kept_nothing_is(small_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, version = FileShelf(), current(small_store)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    assert shelf.keep(version, "x.csv", io.BytesIO(b"x")) is None
    monkeypatch.undo()
    kept = shelf.keep(version, "x.csv", io.BytesIO(b"abc"))
    assert kept is not None
    assert (kept.size, kept.digest) == (3, hashlib.sha256(b"abc").hexdigest())
    assert not list(kept.path.parent.glob(".*"))


def test_sizes_are_said_in_units() -> None:
    assert size_words(10) == (0.1, "kB")
    assert size_words(2_254_948) == (2.3, "MB")
