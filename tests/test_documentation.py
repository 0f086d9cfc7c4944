"""What the documents show, runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.build import ATLAS_MARK
from araxes.endpoint.cli.main import VERBS, main
from araxes.triples.derived.claim_graphs import read_claim_graphs
from araxes.triples.exports.atlas import atlas
from tests import module_table
from tests.endpoint.endpoint_fixtures import Server

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = [ROOT, *(ROOT / room for room in ("ontology", "triples", "validation", "endpoint"))]
DOCUMENTS = sorted(path for folder in FOLDERS for path in folder.glob("*.md"))
SHOWN = (
    re.compile(r"```sparql\n(.*?)```", re.DOTALL),
    re.compile(r"--data-urlencode 'query=\n(.*?)'\n", re.DOTALL),
)


def shown_queries() -> list[tuple[str, str]]:
    """Every SPARQL query of the documents: fenced, or after ``query=`` in a curl command."""
    return [
        (path.name, query)
        for path in DOCUMENTS
        for pattern in SHOWN
        for query in pattern.findall(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("document", "query"), shown_queries())
def test_query_has_an_answer(project: ox.Store, document: str, query: str) -> None:
    result = project.query(query)
    assert bool(result) if isinstance(result, ox.QueryBoolean) else next(iter(result), None) is not None


def test_queries_were_found() -> None:
    assert len(shown_queries()) >= 7


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.relative_to(ROOT).as_posix() for path in DOCUMENTS])
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)\)", path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_teaches(verb: str) -> None:
    result = CliRunner().invoke(main, [verb, "--help"])
    assert result.exit_code == 0
    assert len(result.output) > 200
    readme = "".join(path.read_text("utf-8") for path in DOCUMENTS)
    assert f"araxes {verb}" in readme


DOORS = (
    "araxes mcp",
    "/mcp",
    "araxes benchmark",
    "/sparql",
    "version=1.2",
    "/reconcile",
    "export quickstatements",
    "mappings review",
    "export protege",
    "export folder",
    "/own-copy",
    "verify",
    "/versions",
    "--keep",
)
"""What each way in is named by."""


def shown_commands() -> list[list[str]]:
    """The words of each command that the README shows by its path, without the path."""
    lines = re.findall(r"^\.venv/bin/araxes (.*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


@pytest.mark.parametrize("words", shown_commands(), ids=" ".join)
def test_commands_of_the_readme_are_there(words: list[str]) -> None:
    verb: click.Command = main
    context = click.Context(main)
    while isinstance(verb, click.Group):
        found = verb.get_command(context, words[0])
        assert found is not None, words
        verb, words = found, words[1:]
    known = {option for each in verb.params for option in each.opts}
    assert {word for word in words if re.match("--?[a-z]", word)} <= known


def test_the_readme_shows_every_door() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = readme.replace('"args": ["mcp"]', "araxes mcp")
    assert [door for door in DOORS if door not in shown] == []
    assert len(shown_commands()) > 6


def test_the_counts_of_the_readme_are_those_of_what_is_published(project: ox.Store) -> None:
    dataset = ox.Dataset(project)
    written = (ROOT / "triples" / "README.md").read_text("utf-8").partition(ATLAS_MARK)[2].strip()
    counted = atlas(dataset, read_claim_graphs(dataset)).strip()
    assert f" {len(dataset)} quads:" in written, "run `araxes atlas -o triples/README.md`"
    assert written == counted, "run `araxes atlas -o triples/README.md`"


def test_every_place_counts_the_same(project: ox.Store, project_store: Path, project_server: Server) -> None:
    quads, triples = len(project), len({quad.triple for quad in project})
    info = CliRunner().invoke(main, ["info", "--store", str(project_store)]).output
    assert f"quads       {quads:,}: {triples:,} different triples" in info
    assert f"{quads:,} statements" in project_server.get("/", "text/html").text
    assert project_server.health()["dataset"]["quads"] == quads
    assert f"{quads} quads: {triples} different triples" in (ROOT / "triples" / "README.md").read_text(
        "utf-8"
    )


def test_every_module_stands_in_the_architecture() -> None:
    page = module_table.PAGE.read_text("utf-8")
    assert page == module_table.renewed(page), f"run `{module_table.REPAIR}`"
