"""Server time of every kind of page: ``python -m tests.benchmarks.bench_pages [--store ROOT] [--queries]``.

Each page is made anew, in both languages, on the published corpus and on one ten times its size: nothing is
kept. Everything happens in this process, so that the processor time of queries, of rendering and of what is
between them counts, and nothing else; a server has the same work to do in its evaluators and its own process.
"""

from __future__ import annotations

import dataclasses
import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox

from araxes.endpoint.engines.embedded import kept_answers, page_job, run_job
from araxes.endpoint.engines.embedded.kept_answers import KeptAnswers, open_answers
from araxes.endpoint.engines.embedded.run_job import OpenVersion
from araxes.endpoint.engines.engine import AnswerFile, Conditions, EngineState, Evaluation
from araxes.endpoint.engines.jobs import Job
from araxes.endpoint.http.app import create_app
from araxes.endpoint.pages.asked_most import write_page_answers
from araxes.endpoint.search.index import names_index, text_index
from araxes.endpoint.search.index.names_index import open_index
from araxes.endpoint.search.index.text_index import open_text_index
from araxes.endpoint.service.published_files import BESIDE
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import load_settings
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE
from araxes.triples.stores.versioned_store import StoreVersion, current, root_path
from tests.endpoint.page_kinds import every_page

LIMIT = 0.100
"""Seconds of processor time that 95 of 100 pages may take."""

TIMES = 10
ROUNDS = 3
_COPIED = re.compile(re.escape(BASE) + r"(claim|source|dispute|disagreement|corroboration)/([^/#]+)")
"""Whose IRIs differ from copy to copy: everything else is shared, as states and terms are by any corpora."""


class InProcessEngine:
    """Evaluates in this process (see :class:`~araxes.endpoint.engines.engine.Engine`)."""

    def __init__(self, dataset: StoreVersion, answers: KeptAnswers | None = None) -> None:
        """Open a version, with the answers that are kept beside it or with others."""
        folder = dataset.path.parent
        self.dataset, self.federates = dataset, False
        store = ox.Store.read_only(str(dataset.path))
        names, texts = open_index(folder / names_index.FILE), open_text_index(folder / text_index.FILE)
        answers = answers or open_answers(folder / kept_answers.FILE)
        self._version = OpenVersion(store, folder, None, names, texts, None, answers)

    def start(self) -> None:
        """Nothing is to be started."""

    def stop(self) -> None:
        """Nothing is to be ended."""

    def kept(self) -> list[StoreVersion]:
        """No other versions than this."""
        return [self.dataset]

    def evaluate(
        self, job: Job, answer: AnswerFile, conditions: Conditions, dataset: StoreVersion | None = None
    ) -> Evaluation:
        """Do a job."""
        with os.fdopen(os.dup(answer.fileno()), "wb") as output:
            return Evaluation(run_job.evaluate(self._version, job, output), self.dataset)

    def state(self) -> EngineState:
        """Always ready."""
        return EngineState(1, {}, 0, {}, supervised=True)


def copies(store: ox.Store) -> Iterator[ox.Quad]:
    """The quads of a corpus, and of nine more that claim the same under other names."""
    terms: dict[Any, Any] = {}

    def copied(term: Any, number: int) -> Any:
        if isinstance(term, ox.NamedNode):
            if term not in terms:
                terms[term] = _COPIED.sub(rf"\g<0>-copy{number}", term.value)
            return ox.NamedNode(terms[term])
        return ox.BlankNode(f"{term.value}c{number}") if isinstance(term, ox.BlankNode) else term

    yield from store
    for number in range(1, TIMES):
        terms.clear()
        for quad in store:
            made = ox.Quad(
                copied(quad.subject, number), quad.predicate, copied(quad.object, number),
                copied(quad.graph_name, number),
            )  # fmt: skip
            if made != quad:
                yield made


def enlarged(version: StoreVersion, folder: Path) -> StoreVersion:
    """A version ten times the size, with what is published beside a store."""
    path = folder / "db"
    store = ox.Store(str(path))
    store.bulk_extend(copies(ox.Store.read_only(str(version.path))))
    store.optimize()
    quads = len(store)
    del store
    opened = ox.Store.read_only(str(path))
    for name, make in {**BESIDE, kept_answers.FILE: write_page_answers}.items():
        make(opened, folder / name)
    return dataclasses.replace(version, path=path, digest="0" * 64, quads=quads)


def measured(version: StoreVersion, *, queries: bool) -> dict[str, float]:
    """Kind of page → median seconds of processor time; prints as it goes."""
    settings = load_settings({"cache_size": 0, "rate": 0}, {})
    client = create_app(Service(settings, InProcessEngine(version))).test_client()
    spent: dict[str, float] = {}
    if queries:
        _count_queries(spent)
    pages = every_page(lambda path: client.get(path, headers={"Accept": "text/html"}).text)
    found = {}
    for kind, path in pages.items():
        spent.clear()
        times = []
        for _ in range(ROUNDS):
            for language in LANGUAGES:
                address = f"{path}{'&' if '?' in path else '?'}lang={language}"
                start = time.process_time()
                client.get(address, headers={"Accept": "text/html"}).get_data()
                times.append(time.process_time() - start)
        found[kind] = statistics.median(times)
        click.echo(f"  {kind:16} {found[kind] * 1000:7.1f} ms{'  over' if found[kind] > LIMIT else ''}")
        number = ROUNDS * len(LANGUAGES)
        for text, seconds in sorted(spent.items(), key=lambda each: -each[1])[:4]:
            if seconds / number > 0.005:
                click.echo(f"    {seconds / number * 1000:6.1f} ms  {text}")
    return found


def _count_queries(spent: dict[str, float]) -> None:
    """Have every query of a page add to what was spent."""
    whole = page_job.write_page

    def counted(job: Any, ask: Any, originals: Any, output: Any) -> Any:
        names = {query: name for choice in job.choices for name, query in choice[2]}

        def timed(query: str) -> bytes:
            start = time.process_time()
            answer: bytes = ask(query)
            name = names.get(query, " ".join(query.split())[:70])
            spent[name] = spent.get(name, 0.0) + time.process_time() - start
            return answer

        return whole(job, timed, originals, output)

    vars(run_job)["write_page"] = counted


def _told(title: str, found: dict[str, float]) -> None:
    times = sorted(found.values())
    high = times[min(len(times) - 1, round(0.95 * len(times)))]
    click.echo(f"{title}: median {statistics.median(times) * 1000:.0f} ms, p95 {high * 1000:.0f} ms")


@click.command()
@click.option("--store", default=None, help="Root of a store that `araxes build` published.")
@click.option("--queries", is_flag=True, help="Tell the dearest queries of each page.")
@click.option("--once", is_flag=True, help="Leave the larger corpus out.")
def main(store: str | None, queries: bool, once: bool) -> None:
    """Print the figures."""
    version = current(root_path(store))
    click.echo(f"the corpus, {version.quads:,} quads")
    _told("the corpus", measured(version, queries=queries))
    if once:
        return
    with tempfile.TemporaryDirectory() as name:
        large = enlarged(version, Path(name))
        click.echo(f"ten times the corpus, {large.quads:,} quads")
        _told("ten times the corpus", measured(large, queries=queries))


if __name__ == "__main__":
    main()
