"""The files for download: one way to make each, descriptions that their validators accept."""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib.resources
import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import frictionless
import networkx as nx
import pyoxigraph as ox
import pytest
import requests
from click.testing import CliRunner
from rdflib import Graph
from rocrate_validator import models, services

from araxes.endpoint.cli import build, unchanged
from araxes.endpoint.cli.beside_files import files_beside
from araxes.endpoint.cli.export import export
from araxes.endpoint.pages.named_queries import named_queries
from araxes.endpoint.service.file_shelf import FileShelf
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import local_name
from araxes.triples.authoring.dates_and_calendars import edtf_bounds
from araxes.triples.exports.dataset_tables import query_rows
from araxes.triples.exports.descriptions import DESCRIPTIONS
from araxes.triples.exports.file_folders import SUMS, write_files
from araxes.triples.exports.file_list import FILES, GZIP
from araxes.triples.exports.files import write_file
from araxes.triples.exports.table_columns import tables
from araxes.triples.stores.canonical_form import digest_of
from araxes.triples.stores.versioned_store import StoreVersion, current

QUICK = tuple(name for name in FILES if not name.startswith("protege"))
"""What is made in seconds."""


@pytest.fixture(scope="session")
def version(project_store: Path) -> StoreVersion:
    return current(project_store)


@pytest.fixture(scope="session")
def folder(version: StoreVersion, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All quick files, plain and compressed, with descriptions."""
    made = tmp_path_factory.mktemp("files")
    assert list(write_files(version, made, [n for name in QUICK for n in (name, name + GZIP)]))
    return made


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text("utf-8"), newline="")))


def test_every_file_is_there_with_its_digest(folder: Path) -> None:
    lines = (line.split("  ") for line in (folder / SUMS).read_text().splitlines())
    listed = {name: digest for digest, name in lines}
    assert set(listed) == {n for name in QUICK for n in (name, name + GZIP)}
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        if name.endswith(GZIP):
            assert gzip.decompress((folder / name).read_bytes()) == (folder / name[:-3]).read_bytes()


def test_equal_datasets_give_equal_bytes(version: StoreVersion, folder: Path) -> None:
    store = ox.Store.read_only(str(version.path))
    for name in ("ontology.ttl", "araxes.nq.gz", "events.csv", "actors.gexf", "mappings.sssom.tsv"):
        again = io.BytesIO()
        write_file(name, store, version.path.parent, again)
        assert again.getvalue() == (folder / name).read_bytes(), name


def test_the_dataset_is_whole_in_both_syntaxes(version: StoreVersion, folder: Path) -> None:
    lines = (folder / "araxes.nq").read_bytes().splitlines(keepends=True)
    assert digest_of(lines) == version.digest
    trig = ox.Dataset(ox.parse(path=str(folder / "araxes.trig"), format=ox.RdfFormat.TRIG))
    assert len(trig) == version.quads == len(lines)


def test_the_ontology_is_one(folder: Path) -> None:
    graph = Graph().parse(folder / "ontology.ttl")
    found = graph.query("SELECT ?o { ?o a <http://www.w3.org/2002/07/owl#Ontology> }")
    assert [str(row[0]) for row in found] == ["https://w3id.org/araxes/ontology"]  # type: ignore[index]
    imports = graph.query("ASK { ?o <http://www.w3.org/2002/07/owl#imports> ?p }")
    assert not imports.askAnswer


@pytest.mark.parametrize("name", tables())
def test_columns_are_those_that_are_described(folder: Path, name: str) -> None:
    rows = rows_of(folder, name)
    table = tables()[name]
    assert len(rows) > 50
    assert list(rows[0]) == [column.name for column in table.columns]
    keys = [tuple(row[column.name] for column in table.columns if column.key) for row in rows]
    assert not any(column.key for column in table.columns) or len(set(keys)) == len(keys)
    for column in table.columns:
        assert all(column.meaning[language] for language in LANGUAGES)
        assert any(row[column.name] for row in rows), f"no row has a {column.name}"


def test_events_are_directed_dyads_with_codes_and_bounds(folder: Path) -> None:
    rows = rows_of(folder, "events")
    iran = [row for row in rows if row["actor_iso3"] == "IRN"]
    assert {(row["actor_cow"], row["actor_gw"]) for row in iran} == {("630", "630")}
    assert all(row["actor"] != row["target"] for row in rows)
    for row in rows:
        if row["date_basis"] == "event":
            allowed = edtf_bounds(row["date_edtf"])
            assert row["earliest"][:10] == str(allowed.earliest or "")
            assert row["latest"][:10] == str(allowed.latest or "")
    mutual = {
        (row["claim"], row["event"], row["actor"], row["target"])
        for row in rows
        if row["directed"] == "false"
    }
    assert mutual
    assert all((claim, event, two, one) in mutual for claim, event, one, two in mutual)


def test_graphs_hold_the_relations_of_their_table(folder: Path) -> None:
    rows = rows_of(folder, "relations")
    kinds = {tuple(row[name] for name in ("from", "relation", "to", "polarity")) for row in rows}
    for graph in (
        nx.read_graphml(folder / "actors.graphml", force_multigraph=True),
        nx.read_gexf(folder / "actors.gexf"),
    ):
        edges = list(graph.edges(data=True))
        assert {(one, it["relation"], two, it["polarity"]) for one, two, it in edges} == kinds
        assert len(edges) == len(kinds)
        assert sum(it["weight"] for *_, it in edges) == len(rows)
        assert all(len(it["claim"].split()) == it["weight"] for *_, it in edges)
        assert all(it["holder"] and it["source"] for *_, it in edges)
        assert set(graph.nodes) == {row[end] for row in rows for end in ("from", "to")}
        assert graph.nodes["https://w3id.org/araxes/state/iran"]["label"] == "Iran"


def test_relations_have_the_polarity_that_pages_show(folder: Path, version: StoreVersion) -> None:
    """Between two actors as many claims of each polarity as the picture of the network has."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for row in rows_of(folder, "relations"):
        found.setdefault((row["from"], row["to"], row["polarity"]), set()).add(row["claim"])
        assert int(row["claims"]) >= 1
    drawn = ox.Store.read_only(str(version.path)).query(named_queries()["picture-network"].filled({}))
    assert isinstance(drawn, ox.QuerySolutions)
    for row in drawn:
        polarity = "" if row["polarity"] is None else local_name(row["polarity"].value)
        assert len(found[row["from"].value, row["to"].value, polarity]) == int(row["number"].value)
    threats = {
        row["polarity"] for row in rows_of(folder, "relations") if "perceivesThreat" in row["relation"]
    }
    assert threats == {"Conflictual"}


def test_claims_tell_their_time_and_what_it_rests_on(folder: Path) -> None:
    rows = rows_of(folder, "claims")
    assert {row["period_basis"] for row in rows if row["period_edtf"]} <= {"StatedPeriod", "InheritedHorizon"}
    assert all(row["period_basis"] for row in rows)
    assert all(edtf_bounds(row["period_edtf"]) for row in rows if row["period_edtf"])


def test_the_links_are_a_table_of_sssom(folder: Path, version: StoreVersion) -> None:
    lines = (folder / "mappings.sssom.tsv").read_text("utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(cells) - 1 == len(list(query_rows("mappings", ox.Store.read_only(str(version.path)))))
    curies = cells[0].index("object_id")
    assert all(not row[curies].startswith("http") for row in cells[1:])


def test_frictionless_accepts_the_package(folder: Path) -> None:
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "fieldName", "message"])[:5]
    assert len(report.tasks) == len(tables())


CONTEXT = "https://w3id.org/ro/crate/1.3/context"


def _context_alone(_: object, request: requests.PreparedRequest, **__: object) -> requests.Response:
    """What the validator would fetch: the context out of its package; nothing else is there."""
    response = requests.Response()
    response.request, response.url = request, str(request.url)
    response.status_code = 200 if request.url == CONTEXT else 404
    response.headers["Content-Type"] = "application/ld+json"
    response.raw = io.BytesIO(
        importlib.resources.files("rocrate").joinpath("data", "ro-crate.jsonld").read_bytes()
        if response.status_code == 200
        else b""
    )
    return response


def issues_of(folder: Path) -> list[str]:
    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.3",
        requirement_severity=models.Severity.REQUIRED,
        no_cache=True,
        skip_availability_check=True,
    )
    return [str(issue.message) for issue in services.validate(settings).get_issues()]


def test_the_validator_of_ro_crates_accepts_the_crate(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", _context_alone)
    assert issues_of(folder) == []
    # The validator is really at work: without its licence a crate is none.
    name = "ro-crate-metadata.json"
    crate = json.loads((folder / name).read_text("utf-8"))
    root = next(node for node in crate["@graph"] if node["@id"] == "./")
    del root["license"], root["datePublished"]
    (tmp_path / name).write_text(json.dumps(crate), "utf-8")
    assert issues_of(tmp_path)


DCAT_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix spdx: <http://spdx.org/rdf/terms#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 2 ; sh:uniqueLang true ; sh:nodeKind sh:Literal ] ,
    [ sh:path dct:description ; sh:minCount 1 ; sh:uniqueLang true ] ,
    [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dct:license ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dct:issued ; sh:maxCount 1 ; sh:minCount 1 ; sh:datatype xsd:dateTime ] ,
    [ sh:path dcat:version ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path dcat:distribution ; sh:minCount 20 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:downloadURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path dcat:mediaType ; sh:minCount 1 ; sh:maxCount 1 ; sh:class dct:MediaType ] ,
    [ sh:path dcat:byteSize ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] ,
    [ sh:path spdx:checksum ; sh:minCount 1 ; sh:maxCount 1 ; sh:class spdx:Checksum ] .
[] a sh:NodeShape ; sh:targetClass foaf:Agent ; sh:property [ sh:path foaf:name ; sh:minCount 1 ] .
"""
"""What DCAT-AP 3 makes mandatory, and some of what it recommends: no package has its own shapes."""


def test_dcat_says_what_catalogues_need(folder: Path) -> None:
    from pyshacl import validate

    conforms, _, text = validate(
        Graph().parse(folder / "dcat.ttl"), shacl_graph=Graph().parse(data=DCAT_SHAPES, format="turtle")
    )
    assert conforms, text
    broken = Graph().parse(folder / "dcat.ttl")
    broken.remove((None, next(p for p in broken.predicates() if str(p).endswith("downloadURL")), None))
    assert not validate(broken, shacl_graph=Graph().parse(data=DCAT_SHAPES, format="turtle"))[0]


def test_descriptions_name_every_file_once(folder: Path) -> None:
    crate = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))
    parts = [node["@id"] for node in crate["@graph"] if node["@type"] == "File"]
    assert sorted(parts) == sorted(n for name in QUICK for n in (name, name + GZIP))
    assert set(DESCRIPTIONS) == {"datapackage.json", "ro-crate-metadata.json", "dcat.ttl"}


def test_the_verb_writes_chosen_files_and_refuses_unknown_ones(project_store: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    chosen = ["files", "--store", str(project_store), "-o", str(tmp_path / "out")]
    done = runner.invoke(export, [*chosen, "dictionary.csv", "disputes.csv.gz"])
    assert done.exit_code == 0, done.output
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {"dictionary.csv", "disputes.csv.gz", SUMS, *DESCRIPTIONS}
    refused = runner.invoke(export, [*chosen, "nothing.csv"])
    assert refused.exit_code != 0
    assert "there is no file 'nothing.csv'" in refused.output + str(refused.exception)


def test_files_beside_the_store_are_those_that_a_server_finds(
    project_store: Path, version: StoreVersion
) -> None:
    done = CliRunner().invoke(
        export, ["files", "--store", str(project_store), "--beside-store", "dictionary.csv"]
    )
    assert done.exit_code == 0, done.output
    kept = FileShelf().kept(version, "dictionary.csv")
    assert kept is not None
    assert hashlib.sha256(kept.path.read_bytes()).hexdigest() == kept.digest
    both = CliRunner().invoke(export, ["files", "--store", str(project_store)])
    assert "give either --output or --beside-store" in both.output


def test_what_is_there_beside_the_store_can_stay(project_store: Path, version: StoreVersion) -> None:
    names = ("disputes.csv", "disputes.csv.gz")
    assert [made.name for made in files_beside(version, names)] == list(names)
    plain, packed = (FileShelf().kept(version, name) for name in names)
    assert plain is not None
    assert packed is not None
    assert gzip.decompress(packed.path.read_bytes()) == plain.path.read_bytes()
    alone = io.BytesIO()
    write_file(names[1], ox.Store.read_only(str(version.path)), version.path.parent, alone)
    assert alone.getvalue() == packed.path.read_bytes(), "packed from the file, or made by itself"
    packed.path.unlink()
    assert [made.name for made in files_beside(version, names, missing=True)] == [names[1]]
    assert list(files_beside(version, names, missing=True)) == []
    refused = CliRunner().invoke(export, ["files", "--store", str(project_store), "--missing", "-o", "x"])
    assert "--missing goes with --beside-store" in refused.output


def test_a_build_makes_all_files_if_it_is_told_to(
    monkeypatch: pytest.MonkeyPatch, version: StoreVersion
) -> None:
    made: list[str] = []

    def noted(found: StoreVersion) -> Iterator[str]:
        made.append(found.digest)
        yield found.digest

    checked = SimpleNamespace(report=SimpleNamespace(counts={}), claims=1, described=lambda: None)
    issues = dict.fromkeys(("Dispute", "Contrast", "Inconsistency"), 0)
    monkeypatch.setattr(build, "check_layers", lambda *_, **__: checked)
    monkeypatch.setattr(
        build,
        "published_dataset",
        lambda *_: SimpleNamespace(dataset=None, cases=(), points_at_issue=issues),
    )
    monkeypatch.setattr(unchanged, "made_of", lambda *_: "of this")
    monkeypatch.setattr(build, "publish", lambda *_, **__: version)
    monkeypatch.setattr(build, "files_beside", noted)
    for flags, times in (([], 0), (["--files"], 1)):
        done = CliRunner().invoke(build.build, ["--fresh", *flags])
        assert done.exit_code == 0, done.output
        assert len(made) == times
