"""Answers of pages that are kept beside a store: the same as those that are asked for anew, and found."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.engines.embedded import run_job
from araxes.endpoint.engines.embedded.kept_answers import KeptAnswers, open_answers, write_answers
from araxes.endpoint.engines.embedded.run_job import OpenVersion
from araxes.endpoint.engines.jobs import PageJob
from araxes.endpoint.engines.replies import Answered
from araxes.endpoint.pages import asked_most
from araxes.endpoint.pages.asked_most import begin_page_answers, jobs_asked_most, write_page_answers
from araxes.endpoint.settings import load_settings
from araxes.ontology.languages import LANGUAGES


@pytest.fixture(scope="module", autouse=True)
def few() -> Iterator[None]:
    """Fewer of each kind than are kept in earnest."""
    with pytest.MonkeyPatch.context() as patch:
        for name, number in (("SOURCES", 2), ("ACTORS", 1), ("PAIRS", 1), ("DISPUTES", 2)):
            patch.setattr(asked_most, f"MOST_{name}", number)
        yield


@pytest.fixture(scope="module")
def store(project_store: Path) -> ox.Store:
    return ox.Store.read_only(str((project_store / "current").resolve() / "db"))


@pytest.fixture(scope="module")
def answers(store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> KeptAnswers:
    path = tmp_path_factory.mktemp("answers") / "answers.sqlite"
    write_page_answers(store, path)
    found = open_answers(path)
    assert found is not None
    return found


def evaluated(
    store: ox.Store, answers: KeptAnswers | None, job: PageJob
) -> tuple[Answered, dict[str, object]]:
    output = io.BytesIO()
    reply = run_job.evaluate(OpenVersion(store, Path(), None, None, None, None, answers), job, output)
    assert isinstance(reply, Answered)
    return reply, json.loads(output.getvalue())


def queries_of(job: PageJob) -> list[str]:
    """What the page asks that fits first, and what tells that it fits."""
    return [query for _, test, queries, _ in job.choices[:1] for query in (test, *dict(queries).values())]


def test_kept_answers_are_those_that_are_asked_for(store: ox.Store, answers: KeptAnswers) -> None:
    jobs = list(jobs_asked_most(store))
    assert len(jobs) == len({json.dumps(dataclasses.astuple(job)) for job in jobs}) > 10
    whole = [job for job in jobs if len(job.choices) == 1]
    assert len(whole) > 10
    assert [job.iri for job in whole if None in map(answers.find, queries_of(job))] == []
    for job in jobs[:: len(jobs) // 8]:
        assert evaluated(store, answers, job) == evaluated(store, None, job)


def test_another_question_is_asked_anew(store: ox.Store, answers: KeptAnswers) -> None:
    for query in queries_of(next(iter(jobs_asked_most(store)))):
        assert answers.find(query + " # changed") is None


def test_a_request_finds_what_is_kept(
    store: ox.Store, answers: KeptAnswers, monkeypatch: pytest.MonkeyPatch, project_store: Path
) -> None:
    """The queries of requests are those that were answered at publishing, to the letter."""
    from araxes.endpoint.http.app import create_app
    from araxes.endpoint.service.service import Service
    from araxes.triples.stores.versioned_store import current
    from tests.benchmarks.bench_pages import InProcessEngine

    evaluated: list[str] = []
    whole = run_job._asked_in_json

    def noted(version: OpenVersion, query: str) -> bytes:
        evaluated.append(query)
        return whole(version, query)

    monkeypatch.setattr(run_job, "_asked_in_json", noted)
    service = Service(
        load_settings({"cache_size": 0, "rate": 0}, {}), InProcessEngine(current(project_store), answers)
    )
    client = create_app(service).test_client()
    sources = asked_most._first(store, asked_most._SOURCES, 2)
    one, two = (iri.removeprefix("https://w3id.org/araxes/") for iri in sources)
    actor = asked_most._first(store, asked_most._ACTORS, 1)[0].removeprefix("https://w3id.org/araxes")
    for language in LANGUAGES:
        for path in (
            "/disputes?",
            "/disputes?standing=ontology/Contrast&",
            "/compare?",
            "/pair?",
            "/theories?",
            "/pictures/matrix?",
            f"/compare?a={one}&b={two}&",
            f"/{one}?",
            f"{actor}?",
        ):
            evaluated.clear()
            assert client.get(f"{path}lang={language}", headers={"Accept": "text/html"}).status_code == 200
            named = [query for query in evaluated if not query.startswith("ASK { GRAPH")]
            assert named == [], path


def test_a_file_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    assert open_answers(tmp_path / "nothing") is None
    (tmp_path / "other").write_bytes(b"SQLite format 3\0" + b"x" * 200)
    assert open_answers(tmp_path / "other") is None
    with pytest.raises(OSError, match="kept answers"):
        write_answers(tmp_path / "no" / "folder", [])


def test_a_process_of_its_own_writes_the_same(
    store: ox.Store, answers: KeptAnswers, project_store: Path, tmp_path: Path
) -> None:
    (tmp_path / "db").symlink_to((project_store / "current").resolve() / "db")
    begin_page_answers(store, tmp_path / "answers.sqlite")()
    beside = open_answers(tmp_path / "answers.sqlite")
    assert beside is not None
    queries = [query for job in jobs_asked_most(store) for query in queries_of(job)]
    assert queries
    assert [beside.find(query) for query in queries] == [answers.find(query) for query in queries]


def test_a_process_that_fails_is_told(store: ox.Store, tmp_path: Path) -> None:
    ended = begin_page_answers(store, tmp_path / "page-answers.sqlite")
    with pytest.raises(OSError, match=r"page-answers.sqlite could not be made: .+"):
        ended()
