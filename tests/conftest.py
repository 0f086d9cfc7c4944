"""Fixtures for all tests, each kept in the module of its subject; and what may be left out."""

from __future__ import annotations

import compileall
import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from araxes.ontology.modules_at_work import use_modules
from tests.endpoint.browser_fixtures import browser
from tests.endpoint.endpoint_fixtures import server, small_store
from tests.endpoint.engine_fixtures import small_oxigraph, small_virtuoso
from tests.endpoint.name_fixtures import names
from tests.endpoint.reading_fixtures import reading_server
from tests.endpoint.thing_fixtures import things_originals, things_server, things_store
from tests.project_fixtures import (
    compared_once,
    project,
    project_dataset,
    project_published,
    project_server,
    project_store,
)
from tests.triples.corpus_fixtures import tiny

__all__ = [
    "browser",
    "compared_once",
    "names",
    "project",
    "project_dataset",
    "project_published",
    "project_server",
    "project_store",
    "reading_server",
    "server",
    "small_oxigraph",
    "small_store",
    "small_virtuoso",
    "things_originals",
    "things_server",
    "things_store",
    "tiny",
]

W3C = "ARAXES_RDF_TESTS"


FIRST = (
    "triples/test_protege.py",
    "validation/test_incremental.py",
    "ontology/test_reason.py",
    "validation/test_disputes.py",
    "triples/test_mappings.py",
    "test_project.py",
    "ontology/test_ontology_files.py",
    "endpoint/test_search.py",
    "endpoint/test_sparql_suite.py",
    "endpoint/test_ontology_documents.py",
)
"""The dearest files, the dearest first, so that no processor works alone at the end.

What the first begins with is the project's store; the second needs it last, and does not wait for it.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the dearest files first; within a file the order stays."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the project once, whatever the environment says of bytecode, not in each process that starts.

    Tests start hundreds of servers, evaluators and verbs, which spend half of their start on that.
    And let what they start be interrupted, which a shell denies to all that it runs in the background.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(session.config, "workerinput"):
        return
    root = Path(__file__).parents[1]
    for folder in ("endpoint", "ontology", "triples", "validation"):
        compileall.compile_dir(root / folder, quiet=2)


def pytest_report_header() -> list[str]:
    """Say which suite is not there, since its data is no part of the project."""
    w3c = os.environ.get(W3C) or f"not run: {W3C} names no checkout of w3c/rdf-tests"
    originals = os.environ.get("ARAXES_SOURCES") or "ARAXES_SOURCES is not set"
    return [f"W3C SPARQL test suite: {w3c}", f"original texts: {originals}"]


@pytest.fixture(autouse=True)
def our_ontology_alone() -> Iterator[None]:
    """No test leaves the modules of a corpus in use for the next."""
    yield
    use_modules()


@pytest.fixture(scope="session", autouse=True)
def results_of_validation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what validation finds out of the folder that a user has."""
    with pytest.MonkeyPatch.context() as patch:
        base = tmp_path_factory.getbasetemp()
        shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        patch.setenv("ARAXES_CACHE", str(shared / "validation"))
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With ``ARAXES_REQUIRE_ALL=1`` a skipped test has failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("ARAXES_REQUIRE_ALL") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped, though nothing may be left out: {report.longrepr}"
    return report
