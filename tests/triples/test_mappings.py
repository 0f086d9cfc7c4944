"""Links to Wikidata and other authority files: the tables, what is wrong with broken ones, the RDF."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import OWL, Graph, URIRef

from araxes.endpoint.cli.main import main
from araxes.ontology.namespaces import AX, BASE, GEO, SKOS, WIKIDATA
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_corpus
from araxes.triples.authoring.findings import CorpusError
from araxes.triples.wikidata.mapping_quads import mapping_quads
from araxes.triples.wikidata.sssom_checks import check_mappings, order_findings
from araxes.triples.wikidata.sssom_tables import COLUMNS, EVIDENCE, MAPPINGS, NO_TERM, SSSOM, read_mappings
from tests.dataset_helper import dataset_of
from tests.endpoint.endpoint_fixtures import Server
from tests.requirements_helper import require_tool
from tests.triples.corpus_fixtures import TinyCorpus

TABLES = sorted(MAPPINGS.glob("*.sssom.tsv"))

# Each trap: an entity, and what it must not be linked to although names or notes suggest it.
TRAPS = {
    "place/nagorno-karabakh": {"Q244165", "Q16954835", "Q381375", "Q99659280"},
    "de-facto-state/artsakh": {"Q44302"},
    "state/azerbaijan": {"Q131337", "Q206411", "Q134411", "Q176081"},
    "historical-state/azerbaijan-ssr": {"Q227", "Q206411"},
    "historical-state/azerbaijan-democratic-republic": {"Q227", "Q131337"},
    "historical-state/safavid-iran": {"Q161205"},
    "historical-state/seljuk-empire": {"Q3708255"},
    "historical-state/timurid-empire": {"Q20737645"},
    "place/nakhchivan": {"Q230104"},
    "place/nakhchivan-city": {"Q131083"},
    "place/shusha": {"Q388960"},
    "place/qom": {"Q131664"},
    "place/astara-iran": {"Q266896", "Q1289684"},
    "place/astara-azerbaijan": {"Q746686", "Q1289684"},
    "place/jolfa-iran": {"Q644035"},
    "place/iranian-azerbaijan": {"Q176081", "Q134411", "Q227"},
    "place/aras-river": {"Q1142822"},
    "theory/constructivism": {"Q207103", "Q179168"},
    "art/lavash": {"Q25359"},
    "person/mammad-amin-rasulzade": {"Q3951505"},
    "person/mohammad-hossein-shahriar": {"Q2663243", "Q967688"},
    "ideology/islamism": {"Q30970737"},
    "concept/foreign-policy": {"Q1063573"},
    "group/avars": {"Q172717"},
}


def test_the_project_has_no_problem() -> None:
    mappings, corpus = read_mappings(), read_corpus()
    assert check_mappings(mappings, corpus).findings == []
    assert (
        list(order_findings(check_mappings(mappings, corpus).sound, check_records(corpus).whole())) == []
    ), "`araxes mappings check` says what to do"


def test_there_is_something_to_check() -> None:
    mappings = read_mappings()
    rows = list(mappings.rows())
    assert len([row for row in rows if row.found and row["object_id"].startswith("wd:Q")]) >= 230
    assert len([row for row in rows if not row.found]) >= 130
    assert len([row for row in rows if row["object_id"].startswith("geonames:")]) >= 20
    assert all(row["evidence"] for row in rows)
    assert {len(row["evidence"]) > 20 for row in rows} == {True}


@pytest.mark.parametrize("entity", TRAPS)
def test_traps_are_not_stepped_into(entity: str) -> None:
    linked = {
        row["object_id"].removeprefix("wd:")
        for row in read_mappings().rows()
        if row["subject_id"] == f"araxes:{entity}"
    }
    assert not linked & TRAPS[entity]


_SSSOM = """
import sys
from pathlib import Path
from sssom.cli import main
for table in map(Path, sys.argv[2:]):
    main(["validate", str(table)], standalone_mode=False)
    out = Path(sys.argv[1], table.stem + ".ttl")
    main(["convert", str(table), "--output-format", "rdf", "-o", str(out)], standalone_mode=False)
"""


@pytest.fixture(scope="module")
def of_sssom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which sssom-py has written what it reads from each table, after validating it."""
    sssom = require_tool("sssom", "python3 -m venv sssom && sssom/bin/pip install sssom, then add it to PATH")
    folder = tmp_path_factory.mktemp("sssom")
    command = [str(Path(sssom).resolve().with_name("python")), "-c", _SSSOM, str(folder), *map(str, TABLES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_sssom_py_accepts_the_table_and_reads_the_same_from_it(table: Path, of_sssom: Path) -> None:
    graph = Graph().parse(of_sssom / f"{table.stem}.ttl", format="turtle")
    theirs = {
        tuple(str(graph.value(axiom, OWL[f"annotated{name}"])) for name in ("Source", "Property", "Target"))
        for axiom in graph.subjects(None, OWL.Axiom)
    }
    mappings = read_mappings()
    ours = {
        (row.iri("subject_id"), row.iri("predicate_id"), row.iri("object_id"))
        for row in mappings.rows()
        if row.path == table
    }
    assert theirs == ours
    assert len(list(graph.objects(None, URIRef(SSSOM + "mapping_justification")))) == len(ours)


@pytest.fixture
def tables(tmp_path: Path, tiny: TinyCorpus) -> Path:
    """A small valid folder of mappings beside the entities of the tiny corpus."""
    folder = tiny.entity_folder.parent / "mappings"
    folder.mkdir()
    head = TABLES[0].read_text("utf-8").partition("subject_id")[0]
    (folder / "entities.sssom.tsv").write_text(
        head + "\t".join(COLUMNS) + "\n" + row("alpha", "Q1") + row("beta", "Q2")
    )
    (folder / "names.tsv").write_text(
        "subject_id\tlanguage\tname\tevidence\naraxes:state/alpha\ttr\tAlfa\tfile\n"
    )
    (folder / "codes.tsv").write_text("object_id\tproperty\tcode\tevidence\n")
    (folder / "coordinates.tsv").write_text(
        "object_id\tlatitude\tlongitude\tkind\tevidence\nwd:Q1\t41.25\t-44.5\tcentroid\tfile\n"
    )
    return folder


def row(name: str, item: str, **changes: str) -> str:
    """A line of a table."""
    cells = {
        "subject_id": f"araxes:state/{name}",
        "subject_label": name.title(),
        "predicate_id": "skos:exactMatch",
        "object_id": f"wd:{item}",
        "object_label": name.title(),
        "mapping_justification": "semapv:ManualMappingCuration",
        "author_id": "araxes:curator/tester",
        "mapping_date": "2026-11-20",
        "confidence": "0.9",
        "evidence": "a file that pairs both",
        "comment": "",
        **changes,
    }
    return "\t".join(cells.values()) + "\n"


def append(text: str) -> Callable[[Path], None]:
    """A change that adds lines to the table of entities."""

    def change(folder: Path) -> None:
        path = folder / "entities.sssom.tsv"
        path.write_text(path.read_text("utf-8") + text)

    return change


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of the text of a file."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new))

    return change


BROKEN: dict[str, Callable[[Path], None]] = {
    "unknown entity 'state/delta'": append(row("delta", "Q3")),
    "unknown term 'recognises'": append(row("x", "P3", subject_id="araxes:ontology/recognises")),
    "the prefix 'other' is not in the curie_map": append(row("x", "Q3", subject_id="other:x")),
    "'wd:X3' is malformed": append(row("gamma", "X3")),
    "'wd:P3' is of the wrong kind": append(row("gamma", "P3")),
    "'skos:sameAs' is in no dataset known here": append(row("gamma", "", object_id="skos:sameAs")),
    "unknown predicate": append(row("gamma", "Q3", predicate_id="skos:matches")),
    "unknown justification": append(row("gamma", "Q3", mapping_justification="semapv:Guessing")),
    "unknown mapper": append(row("gamma", "Q3", author_id="araxes:curator/nobody")),
    "'today' is no date": append(row("gamma", "Q3", mapping_date="today")),
    "the mapping has no evidence": append(row("gamma", "Q3", evidence="")),
    "'1.5' is no confidence": append(row("gamma", "Q3", confidence="1.5")),
    "'' is no confidence": append(row("gamma", "Q3", confidence="")),
    "the pair stands already in entities.sssom.tsv": append(row("beta", "Q2")),
    "araxes:state/gamma and wd:Q2 are not one to one": append(row("gamma", "Q2")),
    "araxes:state/beta and wd:Q3 are not one to one": append(row("beta", "Q3")),
    "no match is recorded": append(row("beta", "", object_id="sssom:NoTermFound", confidence="")),
    "has 2 cells instead of 11": append("araxes:state/gamma\twd:Q3\n"),
    "the columns are not those": replace("entities.sssom.tsv", "subject_label", "label"),
    "its metadata have no curie_map": replace("entities.sssom.tsv", "#curie_map:", "#curies:"),
    "malformed YAML at column": replace("entities.sssom.tsv", "#license: ", "#license: : "),
    "the metadata have no license": replace("entities.sssom.tsv", "#license", "#licence"),
    "unknown entity 'state/delta' ": replace("names.tsv", "alpha", "delta"),
    "'Alfa' also names araxes:state/alpha": replace(
        "names.tsv", "\tfile\n", "\tfile\naraxes:state/beta\taz\tAlfa\tfile\n"
    ),
    "language, name or evidence is missing": replace("names.tsv", "\tfile", "\t"),
    "iso3166Alpha3 is none, but ALP": replace(
        "codes.tsv", "evidence\n", "evidence\nwd:Q1\tax:iso3166Alpha3\tALP\tfile\n"
    ),
    "latitude '91.0' is no number of degrees": replace("coordinates.tsv", "41.25", "91.0"),
    "longitude '44,5' is no number of degrees": replace("coordinates.tsv", "-44.5", "44,5"),
    "'middle' is no kind of position": replace("coordinates.tsv", "centroid", "middle"),
    "the position has no evidence": replace("coordinates.tsv", "\tfile", "\t"),
    "wd:Q1 has a position in line 2 already": replace(
        "coordinates.tsv", "\tfile\n", "\tfile\nwd:Q1\t41.25\t44.5\tpoint\tfile\n"
    ),
    "'wd:P1' is no item of Wikidata": replace("coordinates.tsv", "wd:Q1", "wd:P1"),
}


def test_the_small_folder_is_valid(tables: Path, tiny: TinyCorpus) -> None:
    dataset = dataset_of(tiny.entity_folder, tiny.source_folder)
    alpha, match = ox.NamedNode(BASE + "state/alpha"), ox.NamedNode(SKOS + "exactMatch")
    assert ox.Quad(alpha, match, ox.NamedNode(WIKIDATA + "Q1")) in dataset


def test_a_position_becomes_a_geometry_with_its_evidence(tables: Path, tiny: TinyCorpus) -> None:
    dataset = dataset_of(tiny.entity_folder, tiny.source_folder)
    geometry = ox.NamedNode(BASE + "state/alpha#geometry")
    said = {quad.predicate.value: str(quad.object) for quad in dataset.quads_for_subject(geometry)}
    assert said[GEO + "asWKT"] == f'"POINT(-44.5 41.25)"^^<{GEO}wktLiteral>'
    assert said[EVIDENCE] == '"file"'
    assert ox.Quad(ox.NamedNode(BASE + "state/alpha"), ox.NamedNode(GEO + "hasGeometry"), geometry) in dataset


@pytest.mark.parametrize("message", BROKEN)
def test_what_is_wrong_is_named_with_file_and_line(tables: Path, tiny: TinyCorpus, message: str) -> None:
    BROKEN[message](tables)
    with pytest.raises(CorpusError) as caught:
        dataset_of(tiny.entity_folder, tiny.source_folder)
    (line,) = caught.value.problems
    assert message in line
    assert ".tsv:" in line or ".yaml:" in line
    assert " → " in line


def test_shared_codes_are_found(tables: Path, tiny: TinyCorpus) -> None:
    path = next(tiny.entity_folder.glob("*.yaml"))
    text = path.read_text("utf-8")
    for name in ("alpha", "beta"):
        text = text.replace(f"id: state/{name}\n", f"id: state/{name}\n  cowCode: '7'\n")
    path.write_text(text)
    corpus = read_corpus(tiny.entity_folder, tiny.source_folder)
    findings = check_mappings(read_mappings(tables), corpus).findings
    assert [finding.message for finding in findings] == ["cowCode 7 is also that of state/alpha"]


def order(tables: Path, tiny: TinyCorpus) -> list[str]:
    """What is told on request only."""
    read = read_corpus(tiny.entity_folder, tiny.source_folder)
    sound = check_mappings(read_mappings(tables), read).sound
    return [finding.message for finding in order_findings(sound, check_records(read).whole())]


def test_order_and_labels_are_checked_on_request(tables: Path, tiny: TinyCorpus) -> None:
    append(row("alpha", "Q3", predicate_id="skos:closeMatch", subject_label="Alfa"))(tables)
    assert order(tables, tiny) == ["the row is out of order", "'Alfa' is no label of the entity"]


def test_the_label_of_a_source_is_compared_too(tables: Path, tiny: TinyCorpus) -> None:
    append(row("x", "Q3", subject_id="araxes:source/test", subject_label="Test paper"))(tables)
    assert order(tables, tiny) == ["the row is out of order"]
    replace("entities.sssom.tsv", "Test paper", "Paper")(tables)
    assert order(tables, tiny)[1:] == ["'Paper' is no label of the source"]


def test_of_a_row_with_a_mistake_nothing_else_is_told(tables: Path, tiny: TinyCorpus) -> None:
    append(row("aaa", "Q3", subject_label="Alfa"))(tables)
    assert order(tables, tiny) == []


def test_the_verb(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["mappings", "check"])
    assert done.exit_code == 0, done.output
    assert "entities.sssom.tsv: " in done.output
    copy = tmp_path / "mappings"
    shutil.copytree(MAPPINGS, copy)
    replace("entities.sssom.tsv", "araxes:state/iran\t", "araxes:state/irann\t")(copy)
    done = CliRunner().invoke(main, ["mappings", "check", "--mappings", str(copy)])
    assert done.exit_code == 1
    assert "entities.sssom.tsv:" in done.output
    assert "did you mean state/iran" in done.output or "state/iran" in done.output


def subjects(store: ox.Store, query: str) -> set[str]:
    """The values of ?s."""
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)
    return {str(row["s"]) for row in results}


def test_the_rdf_says_on_what_evidence(project: ox.Store) -> None:
    bare = (
        f"SELECT ?s {{ ?s <{SKOS}exactMatch> ?o ."
        f" FILTER NOT EXISTS {{ ?r <{SSSOM}subject_id> ?s ; <{SSSOM}object_id> ?o ; <{EVIDENCE}> ?e }} }}"
    )
    assert subjects(project, bare) == set()
    none = f"SELECT ?s {{ ?r <{SSSOM}object_id> <{NO_TERM}> ; <{SSSOM}subject_id> ?s }}"
    assert len(subjects(project, none)) >= 130
    assert not project.query(f"ASK {{ ?s <{SKOS}exactMatch> <{NO_TERM}> }}")


def test_the_exported_dataset_has_every_link(project_store: Path, tmp_path: Path) -> None:
    links = {
        (row.iri("subject_id"), row.iri("predicate_id"), row.iri("object_id"))
        for row in read_mappings().rows()
        if row.found
    }
    out = tmp_path / "dataset.nq"
    done = CliRunner().invoke(main, ["export", "dataset", "--store", str(project_store), "-o", str(out)])
    assert done.exit_code == 0, done.output
    found = {
        (getattr(quad.subject, "value", ""), quad.predicate.value, getattr(quad.object, "value", ""))
        for quad in ox.parse(path=str(out), format=ox.RdfFormat.N_QUADS)
    }
    assert links - found == set()


def test_the_rdf_is_deterministic() -> None:
    corpus = read_corpus()
    first, second = (list(mapping_quads(check_mappings(read_mappings(), corpus).whole())) for _ in range(2))
    assert first == second


def test_the_page_and_the_document_of_an_entity_show_the_link(project_server: Server) -> None:
    turtle = project_server.get("/state/azerbaijan", "text/turtle").text
    graph = Graph().parse(data=turtle, format="turtle")
    state = URIRef(BASE + "state/azerbaijan")
    assert (state, URIRef(SKOS + "exactMatch"), URIRef(WIKIDATA + "Q227")) in graph
    record = URIRef(BASE + "state/azerbaijan#mapping-Q227")
    assert graph.value(record, URIRef(EVIDENCE)) is not None
    page = project_server.get("/state/azerbaijan", "text/html").text
    assert "http://www.wikidata.org/entity/Q227" in page


def test_properties_are_linked_too(project: ox.Store) -> None:
    query = f"ASK {{ <{AX}hasDiplomaticRelationsWith> <{SKOS}exactMatch> <{WIKIDATA}P530> }}"
    assert project.query(query)
