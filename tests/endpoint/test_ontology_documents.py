"""Whoever opens an IRI of the ontology through a server gets the ontology, whatever the tool."""

from __future__ import annotations

import io
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, SKOS, VANN, Graph, URIRef

from araxes.endpoint.service.published_files import BESIDE
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, GRAPHS
from araxes.ontology.alignments import ALIGNMENT_PREFIXES, read_alignments
from araxes.ontology.catalogues import CATALOGUE
from araxes.ontology.loading import load_ontology
from araxes.ontology.module_files import ALIGNMENTS, module_files
from araxes.ontology.namespaces import ALIGNMENTS_IRI, BASE, ONTOLOGY
from araxes.triples.exports.owl_functional import JARS, class_path
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import FEW, Server, serving
from tests.ontology.owl_api import assert_clean, owl_checks
from tests.ontology.test_catalogues import resolved
from tests.requirements_helper import missing, require_tool

_FILES = [*module_files(), ALIGNMENTS / "alignments.ttl"]
_CODES = sorted(
    {
        str(value)
        for _, _, value, _ in read_alignments()
        if str(value).startswith((ALIGNMENT_PREFIXES["plover"], ALIGNMENT_PREFIXES["cameo"]))
    }
)


def _declared() -> Iterator[tuple[str, Path]]:
    """Every IRI at which an ontology says that it is: its own, its version's, its preferred namespace."""
    for path in _FILES:
        graph = Graph().parse(path)
        for node in graph.subjects(RDF.type, OWL.Ontology):
            spaces = [URIRef(str(space)) for space in graph.objects(node, VANN.preferredNamespaceUri)]
            for iri in [node, *graph.objects(node, OWL.versionIRI), *spaces]:
                yield str(iri), path


DECLARED = dict(_declared())
_VERSION = next(iri for iri in DECLARED if iri.startswith(ONTOLOGY + "/") and iri[-1].isdigit()).rpartition(
    "/"
)[2]
IMPORTED = sorted(str(iri) for iri in load_ontology().objects(None, OWL.imports))


def _path(iri: str) -> str:
    return "/" + iri.removeprefix(BASE)


def test_every_import_is_among_them() -> None:
    assert len(DECLARED) >= 2 * len(_FILES) + 1
    assert set(IMPORTED) <= DECLARED.keys()


def _canonical(data: bytes, media_type: str) -> set[ox.Quad]:
    """Statements with canonical names of blank nodes: equal sets are isomorphic graphs."""
    dataset = ox.Dataset(ox.parse(data, format=ox.RdfFormat.from_media_type(media_type)))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@pytest.mark.parametrize("iri", DECLARED)
def test_the_document_is_the_file(project_server: Server, iri: str) -> None:
    expected = _canonical(DECLARED[iri].read_bytes(), "text/turtle")
    assert len(expected) > 5
    for accept in ("application/rdf+xml", "text/turtle"):
        reply = project_server.get(_path(iri), accept)
        assert (reply.status, reply.type) == (200, accept)
        assert _canonical(reply.body, accept) == expected
        assert reply.headers["Araxes-Dataset"] == "sha256:" + project_server.health()["dataset"]["digest"]
        assert project_server.get(_path(iri), accept, If_None_Match=reply.headers["ETag"]).status == 304


@pytest.mark.parametrize("name", [entry.name for entry in GRAPH_FORMATS if entry.name != "html"])
def test_every_format_has_all_of_it(project_server: Server, name: str) -> None:
    for iri, path in DECLARED.items():
        reply = project_server.get(f"{_path(iri)}?format={name}")
        triples = {quad.triple for quad in ox.parse(reply.body, format=GRAPHS[name])}
        assert len(triples) == len(list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))), iri


@pytest.mark.parametrize(
    "path", ["/ontology", "/ontology/State", "/ontology/module/claims", "/ontology/alignments"]
)
def test_a_slash_at_the_end_changes_nothing(project_server: Server, path: str) -> None:
    for accept in ("text/html", "text/turtle", "application/rdf+xml", "application/ld+json", ""):
        one, two = (project_server.get(path + end, accept) for end in ("", "/"))
        assert (one.status, one.type) == (two.status, two.type)
        # Only the link to the page in the other language has the path as it was asked.
        assert one.text == two.text.replace("/?lang=", "?lang=")
        assert one.status == 200
        assert one.headers["Content-Location"] == two.headers["Content-Location"]


def test_who_says_nothing_gets_rdf_xml(project_server: Server) -> None:
    for path in (
        "/ontology",
        "/ontology/module/claims",
        "/ontology/State",
        f"/ontology/alignments/{_VERSION}",
    ):
        assert project_server.get(path).type == "application/rdf+xml"
        assert project_server.get(path, "*/*").type == "application/rdf+xml"
        assert project_server.get(path, "application/json").type == "application/json"


@pytest.mark.parametrize("iri", DECLARED)
def test_browsers_get_a_page(project_server: Server, iri: str) -> None:
    reply = project_server.get(_path(iri), "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    if reply.status == 302:
        reply = project_server.get(reply.headers["Location"].removeprefix(project_server.base), "text/html")
    assert (reply.status, reply.type) == (200, "text/html")


@pytest.mark.parametrize("iri", [*DECLARED, *_CODES[:2], f"{BASE}plover", f"{BASE}plover/", f"{BASE}cameo/"])
def test_a_page_can_be_asked_for_by_name(project_server: Server, iri: str) -> None:
    for name in ("html", "HTML", "text%2Fhtml"):
        reply = project_server.get(f"{_path(iri)}?format={name}", "text/turtle")
        assert (reply.status, reply.type) == (200, "text/html")
    assert iri in reply.text
    assert reply.headers["Araxes-Dataset"]


def test_no_page_of_what_is_not_there(project_server: Server) -> None:
    for path in ("/ontology/9.9.9", "/ontology/alignments/9.9.9", "/plover/NOTHING", "/export"):
        assert project_server.get(f"{path}?format=html", "application/json").status == 404


@pytest.mark.parametrize("code", _CODES)
def test_codes_have_a_document(project_server: Server, code: str) -> None:
    reply = project_server.get(_path(code), "text/turtle")
    graph = Graph().parse(data=reply.body)
    assert str(graph.value(URIRef(code), SKOS.notation)) == code.rpartition("/")[2]
    terms = {subject for subject, _, value, _ in read_alignments() if str(value) == code}
    assert terms <= set(graph.subjects(None, URIRef(code)))
    assert len(list(graph.subjects(OWL.annotatedTarget, URIRef(code)))) == len(terms)
    assert project_server.get(_path(code), "text/html").type == "text/html"


def test_the_namespace_of_codes_lists_them(project_server: Server) -> None:
    for name in ("plover", "cameo"):
        for path in (f"/{name}", f"/{name}/"):
            graph = Graph().parse(data=project_server.get(path, "application/rdf+xml").body, format="xml")
            listed = {str(node) for node in graph.subjects(SKOS.notation, None)}
            assert listed == {code for code in _CODES if code.startswith(BASE + name)}
    assert project_server.get("/plover/NOTHING", "text/turtle").code == "not-found"


def test_others_are_unknown(project_server: Server) -> None:
    reply = project_server.get("/ontology/module/claim", "text/turtle")
    assert (reply.status, reply.code) == (404, "not-found")
    assert f"{ONTOLOGY}/module/claims" in reply.json()["suggestions"]
    assert "export protege" in project_server.get("/export", "text/turtle").json()["remedy"]
    assert project_server.get("/ontology", "image/png").status == 406
    assert project_server.get("/ontology?format=nonsense").status == 400


def test_the_owl_api_gets_the_terms(project_server: Server) -> None:
    if not (JARS / "owlapi-distribution.jar").exists():
        missing("the OWL API", "apt-get install libowlapi-java")
    whole = f"{project_server.base}/downloads/ontology.ttl"
    iris = [*DECLARED, *_CODES[:3], f"{BASE}plover/", f"{ONTOLOGY}/State", whole]
    command = [require_tool("java"), "-Xmx1000M", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"]
    command += ["-cp", class_path(), str(Path(__file__).with_name("OwlFetch.java"))]
    done = subprocess.run(
        [*command, BASE, project_server.base + "/", *iris],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = {line.split("\t")[0]: line.split("\t")[1:] for line in done.stdout.splitlines()}
    assert found.keys() == set(iris)
    assert not [iri for iri, (_, axioms, *_) in found.items() if axioms == "0"]
    root = found[ONTOLOGY]
    assert (root[0], int(root[3])) == (ONTOLOGY, len(IMPORTED))
    assert int(root[2]) > 4000
    assert found[f"{ONTOLOGY}/{_VERSION}"][0] == ONTOLOGY
    assert found[ALIGNMENTS_IRI][0] == ALIGNMENTS_IRI
    # In one file, for tools that cannot be told where imports are.
    assert (found[whole][0], found[whole][3]) == (ONTOLOGY, "0")
    assert int(found[whole][1]) > 4000


def test_protege_finds_imports_at_the_server(project_server: Server, tmp_path: Path) -> None:
    """Of a file on disk, by the catalogue that the server gives for its folder."""
    reply = project_server.get(f"/ontology/{CATALOGUE}")
    assert (reply.status, reply.type) == (200, "application/xml")
    (tmp_path / CATALOGUE).write_bytes(reply.body)
    iris = [iri for iri in DECLARED if not iri.endswith("/")]
    assert resolved((tmp_path / CATALOGUE).as_uri(), *iris) == {
        iri: project_server.base + _path(iri) for iri in iris
    }
    imported = {ONTOLOGY: 0, f"{ONTOLOGY}/{_VERSION}": 0, ALIGNMENTS_IRI: 1}
    files = [tmp_path / f"own-{number}.ttl" for number in range(len(imported))]
    for file, iri in zip(files, imported, strict=True):
        file.write_text(f"<http://e.example/{file.stem}> a <{OWL.Ontology}> ; <{OWL.imports}> <{iri}> .")
    found = owl_checks(files, tmp_path)
    for file, more in zip(files, imported.values(), strict=True):
        assert found[file.name]["imported"] == [str(1 + len(IMPORTED) + more)]
        assert_clean(found[file.name])


@pytest.mark.parametrize("iri", [ONTOLOGY, f"{ONTOLOGY}/{_VERSION}", IMPORTED[0], ALIGNMENTS_IRI])
def test_protege_is_told_that_an_import_is_there(project_server: Server, iri: str) -> None:
    """It asks for the head before it loads, as Java does: a page if it may be, else anything."""
    accept = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
    reply = project_server.request("HEAD", _path(iri), headers={"Accept": accept})
    assert reply.status in (200, 302)
    assert not reply.body


def test_owlready_reads_it(project_server: Server) -> None:
    """It sends no Accept header and reads no Turtle. Imports come first: it has no way to map their IRIs."""
    world = owlready2.World()
    for iri in [*IMPORTED, ONTOLOGY]:
        with urllib.request.urlopen(project_server.base + _path(iri)) as answer:
            world.get_ontology(iri + "#").load(fileobj=io.BytesIO(answer.read()))
    classes = {entity.iri for entity in world.classes()}
    expected = {
        str(node) for node in load_ontology().subjects(RDF.type, OWL.Class) if isinstance(node, URIRef)
    }
    assert expected <= classes


def test_rdflib_reads_it(project_server: Server) -> None:
    merged = Graph()
    waiting = [ONTOLOGY]
    while waiting:
        graph = rdflib.Graph().parse(project_server.base + _path(waiting.pop()))
        waiting += [str(iri) for iri in graph.objects(None, OWL.imports)]
        merged += graph
    ground = {t for t in load_ontology() if not any(isinstance(term, rdflib.BNode) for term in t)}
    assert ground <= set(merged)
    assert len(merged) == len(load_ontology())


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dataset that is not the project's, though it says something of one of its terms."""
    data = f"<{ONTOLOGY}/State> <{SKOS.note}> 'a note' . <http://e.example/a> a <{ONTOLOGY}/State> ."
    store = tmp_path_factory.mktemp("other") / "store"
    publish(ox.parse(data, format=ox.RdfFormat.TURTLE), store, origin="load", beside=BESIDE)
    with serving(store, *FEW) as server:
        yield server


@pytest.mark.parametrize("iri", DECLARED)
def test_another_dataset_does_not_pretend(other: Server, iri: str) -> None:
    for accept in ("text/turtle", "application/rdf+xml"):
        reply = other.get(_path(iri), accept)
        assert (reply.status, reply.code) == (404, "no-ontology")
        assert other.health()["dataset"]["digest"][:16] in reply.json()["detail"]
        assert "araxes load" in reply.json()["detail"]
    assert other.get(_path(iri), "text/html").status == 404
    assert other.get(f"/ontology/{CATALOGUE}").code == "no-ontology"


def test_another_dataset_says_what_it_knows_of_terms(other: Server) -> None:
    page = other.get("/ontology/State", "text/html")
    assert (page.status, "a note" in page.text) == (200, True)
    assert "skos" not in other.get("/ontology/Person", "text/turtle").text
    assert other.get("/ontology/Person", "text/html").status == 404


def test_the_same_data_loaded_have_the_same_documents(project_dataset: ox.Dataset, tmp_path: Path) -> None:
    """What counts is what the dataset holds, not which command made it."""
    publish(ox.Dataset(project_dataset), tmp_path / "store", origin="load", beside=BESIDE)
    with serving(tmp_path / "store", *FEW) as server:
        assert server.get("/ontology/module/claims", "text/turtle").status == 200


def test_the_kept_file_is_served(project_dataset: ox.Dataset, tmp_path: Path) -> None:
    """What counts is what was published, not what is installed now."""
    version = publish(ox.Dataset(project_dataset), tmp_path / "store", origin="build", beside=BESIDE)
    file = version.path.parent / "ontology" / "claims.ttl"
    more = "\n<urn:older> a <http://www.w3.org/2002/07/owl#Class> .\n"
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    with serving(tmp_path / "store", *FEW) as server:
        assert "urn:older" in server.get("/ontology/module/claims", "text/turtle").text
        assert "urn:older" in server.get(f"/ontology/module/claims/{_VERSION}", "application/rdf+xml").text
