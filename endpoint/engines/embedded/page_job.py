"""The queries of a page, evaluated at once, and then those about everything that their answers name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from araxes.endpoint.engines.embedded.passage_texts import cut_passages
from araxes.endpoint.engines.jobs import NamedQueries, PageJob
from araxes.endpoint.engines.replies import Answered, Cause, Failed, Kind, Reply

THINGS = "$things"
"""What stands in a query for the IRIs that the answers before it name."""

_MOST_THINGS = 3000
_UNFIT = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


def write_page(job: PageJob, ask: Callable[[str], bytes], originals: Path | None, output: IO[bytes]) -> Reply:
    """Write what a page shows.

    Args:
        job: the pages that may fit, with their queries.
        ask: evaluates a query and gives SPARQL 1.1 JSON results.
        originals: folder of the texts whose passages may be shown.
        output: where the answer goes.
    """
    chosen = next((choice for choice in job.choices if json.loads(ask(choice[1]))["boolean"]), None)
    if chosen is None:
        return Failed(Cause.NO_RESOURCE, f"no page shows {job.iri}")
    name, _, queries, passages = chosen
    answers = _answers(queries, job, ask)
    named = f"ASK {{ GRAPH <{job.iri}> {{ ?subject ?predicate ?object }} }}"
    kind = Kind.CLAIM if json.loads(ask(named))["boolean"] else Kind.RESOURCE
    texts = []
    if passages and originals:
        texts = cut_passages(originals, answers[passages]["results"]["bindings"])
    found = {"choice": name, "answers": answers, "texts": texts}
    output.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    return Answered(kind, "json")


def _answers(queries: NamedQueries, job: PageJob, ask: Callable[[str], bytes]) -> dict[str, Any]:
    answers = {name: json.loads(ask(query)) for name, query in queries}
    named = (iri for iri in (job.iri, *job.about) if not _UNFIT.search(iri))
    things = dict.fromkeys((*named, *_iris(answers.values())))
    for name, query in job.then:
        written = " ".join(f"<{thing}>" for thing in list(things)[:_MOST_THINGS])
        answers[name] = json.loads(ask(query.replace(THINGS, written)))
        things |= dict.fromkeys(_iris([answers[name]]))
    return answers


def _iris(answers: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Every IRI that can stand in a query, in order."""
    for answer in answers:
        for row in answer["results"]["bindings"]:
            for term in row.values():
                if term["type"] == "uri" and not _UNFIT.search(term["value"]):
                    yield term["value"]
