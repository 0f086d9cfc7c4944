"""Answers of pages that are kept beside a store: the same as those that are asked for anew, and found."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph as ox
import pytest

from araxes.endpoint.engines.embedded import run_job
from araxes.endpoint.engines.embedded.kept_answers import KeptAnswers, open_answers, write_answers
from araxes.endpoint.engines.embedded.run_job import OpenVersion
from araxes.endpoint.engines.jobs import PageJob
from araxes.endpoint.engines.replies import Answered, Reply
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


def test_kept_answers_are_those_that_are_asked_for(store: ox.Store, answers: KeptAnswers) -> None:
    jobs = list(jobs_asked_most(store))
    assert len(jobs) == len({json.dumps(dataclasses.astuple(job)) for job in jobs}) > 10
    assert [job.iri for job in jobs if answers.find(job) is None] == []
    for job in jobs[:: len(jobs) // 8]:
        assert evaluated(store, answers, job) == evaluated(store, None, job)


def test_another_question_is_asked_anew(store: ox.Store, answers: KeptAnswers) -> None:
    job = next(iter(jobs_asked_most(store)))
    for other in (
        dataclasses.replace(job, iri=job.iri + "x"),
        dataclasses.replace(job, about=(*job.about, "a:b")),
        dataclasses.replace(job, then=(("labels", job.then[-1][1] + " # changed"),)),
    ):
        assert answers.find(other) is None


def test_a_request_finds_what_is_kept(
    store: ox.Store, answers: KeptAnswers, monkeypatch: pytest.MonkeyPatch, project_store: Path
) -> None:
    """The jobs of requests are those that were answered at publishing, to the letter."""
    from araxes.endpoint.http.app import create_app
    from araxes.endpoint.service.service import Service
    from araxes.triples.stores.versions import current
    from tests.benchmarks.bench_pages import InProcessEngine

    asked: list[PageJob] = []
    whole = run_job.page_of

    def noted(version: OpenVersion, job: PageJob, ask: Callable[[str], bytes], output: IO[bytes]) -> Reply:
        asked.append(job)
        return whole(version, job, ask, output)

    monkeypatch.setattr(run_job, "page_of", noted)
    service = Service(
        load_settings({"cache_size": 0, "rate": 0}, {}), InProcessEngine(current(project_store))
    )
    client = create_app(service).test_client()
    sources = asked_most._first(store, asked_most._SOURCES, 2)
    one, two = (iri.removeprefix("https://w3id.org/araxes/") for iri in sources)
    actor = asked_most._first(store, asked_most._ACTORS, 1)[0].removeprefix("https://w3id.org/araxes")
    for language in LANGUAGES:
        for path in (
            "/disputes?",
            "/compare?",
            "/pair?",
            "/theories?",
            f"/compare?a={one}&b={two}&",
            f"/{one}?",
            f"{actor}?",
        ):
            asked.clear()
            assert client.get(f"{path}lang={language}", headers={"Accept": "text/html"}).status_code == 200
            assert [answers.find(job) is not None for job in asked] == [True], path


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
    jobs = list(jobs_asked_most(store))
    assert jobs
    assert [beside.find(job) for job in jobs] == [answers.find(job) for job in jobs]


def test_a_process_that_fails_is_told(store: ox.Store, tmp_path: Path) -> None:
    ended = begin_page_answers(store, tmp_path / "page-answers.sqlite")
    with pytest.raises(OSError, match=r"page-answers.sqlite could not be made: .+"):
        ended()
