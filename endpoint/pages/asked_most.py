"""The pages that readers come to first, answered at publishing: lists, pictures, sources, pairs.

What is kept are the answers to their queries, not the pages: words and looks may change without them.
"""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from araxes.endpoint.engines.embedded.kept_answers import write_answers
from araxes.endpoint.engines.embedded.page_job import write_page
from araxes.endpoint.engines.jobs import PageJob
from araxes.endpoint.pages import compare, disputes, pair, theory
from araxes.endpoint.pages.kinds import PAGES
from araxes.endpoint.pages.pictures.pages import KINDS, page_of
from araxes.endpoint.pages.questions import answer_job, query_in
from araxes.endpoint.pages.start import FIRST
from araxes.endpoint.pages.thing_pages import Asked, ThingPage, filled, page_job
from araxes.endpoint.sparql.regex_calls import FUNCTIONS
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE
from araxes.validation.kept_questions import kept_questions

MOST_SOURCES, MOST_ACTORS, MOST_PAIRS, MOST_DISPUTES = 5, 5, 3, 12
"""How many sources (each beside each other one), actors, pairs (in both orders) and disputes are answered."""

_SOURCES = f"""SELECT ?thing (COUNT(?claim) AS ?number) {{ ?claim <{AX}source> ?thing }}
GROUP BY ?thing ORDER BY DESC(?number) ?thing"""
_ACTORS = f"""SELECT ?thing (COUNT(DISTINCT ?claim) AS ?number) {{
  ?thing a <{AX}State> . GRAPH ?claim {{ ?thing ?relation ?other }}
}} GROUP BY ?thing ORDER BY DESC(?number) ?thing"""

_DISPUTES = f"""SELECT ?thing (COUNT(?holder) AS ?number) {{
  ?thing a <{AX}Dispute> ; <{AX}comparedHolder> ?holder
}} GROUP BY ?thing ORDER BY DESC(?number) ?thing"""


def write_page_answers(store: ox.Store, path: Path) -> None:
    """Write the answers of the pages that are asked for most.

    Args:
        store: opened; is only read.
        path: of the new file.

    Raises:
        OSError: the disk refused.
    """
    asked: dict[str, bytes] = {}

    def ask(query: str) -> bytes:
        if query not in asked:  # most queries are the same in every language
            answer = io.BytesIO()
            found = store.query(query, custom_functions=FUNCTIONS)
            assert not isinstance(found, ox.QueryTriples)  # noqa: S101 -- pages ask SELECT and ASK
            found.serialize(answer, format=ox.QueryResultsFormat.JSON)
            asked[query] = answer.getvalue()
        return asked[query]

    known = {each.question.name: each.question for each in kept_questions(path.parent)}
    asked_first = [known[name] for name in FIRST if name in known]
    questions = [answer_job(query_in(each, language)) for each in asked_first for language in LANGUAGES]
    for job in (*jobs_asked_most(store), *questions):
        write_page(job, ask, None, io.BytesIO())
    write_answers(path, asked.items())


def begin_page_answers(_: ox.Store, path: Path) -> Callable[[], None]:
    """Write these answers in a process of its own, which reads the store that lies beside the new file.

    Returns:
        What waits for its end; it raises OSError if the file could not be written.
    """
    command = [sys.executable, "-m", __name__, str(path.parent / "db"), str(path)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def ended() -> None:
        _, told = process.communicate()
        if process.returncode:
            reason = told.strip().rpartition("\n")[2] or f"its process ended with {process.returncode}"
            raise OSError(f"{path.name} could not be made: {reason}")

    return ended


def jobs_asked_most(store: ox.Store) -> Iterator[PageJob]:
    """The jobs of the pages that are asked for most, in every language."""
    sources, actors = _first(store, _SOURCES, MOST_SOURCES), _first(store, _ACTORS, MOST_ACTORS)
    disputed = _first(store, _DISPUTES, MOST_DISPUTES)
    pairs = [(row["one"].value, row["two"].value) for row in _rows(store, filled("pairs-are", {}))]
    both = [order for one, two in pairs[:MOST_PAIRS] for order in ((one, two), (two, one))]
    for language in LANGUAGES:
        for page in (disputes.PAGE, compare.PAGE, theory.LIST, *map(page_of, KINDS.values())):
            yield _job(BASE + page.name, language, (page,))
        for standing in disputes.STANDINGS:
            yield _job(BASE + disputes.PAGE.name, language, (disputes.PAGE,), {"standing": standing})
        yield _job(BASE, language, (pair.PAIRS,))
        for thing in (*sources, *actors, *disputed):
            yield _job(thing, language, PAGES)
        for one, two in itertools.permutations(sources, 2):
            yield _job(BASE + compare.PAGE.name, language, (compare.PAGE,), {"a": one, "b": two})
        for one, two in both:
            yield _job(one, language, (pair.PAGE,), {"a": one, "b": two})


def _job(
    iri: str, language: str, pages: Sequence[ThingPage], fields: Mapping[str, str] | None = None
) -> PageJob:
    """The job of a page as a request for it makes it."""
    given = fields or {}
    asked = {
        page.name: Asked(iri, language, BASE, {name: given[name] for name in page.fields if name in given})
        for page in pages
    }
    return page_job(asked, pages, iri)


def _first(store: ox.Store, query: str, most: int) -> list[str]:
    return [row["thing"].value for row in itertools.islice(_rows(store, query), most)]


def _rows(store: ox.Store, query: str) -> ox.QuerySolutions:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 -- these are SELECT queries
    return found


if __name__ == "__main__":
    write_page_answers(ox.Store.read_only(sys.argv[1]), Path(sys.argv[2]))
