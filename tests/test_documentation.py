"""What the documents show, runs."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import VERBS, main

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
