"""The queries of a page, evaluated at once, and then those about everything that their answers name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from araxes.endpoint.engines.embedded.passage_texts import cut_passages
from araxes.endpoint.engines.jobs import NamedQueries, PageJob
from araxes.endpoint.engines.replies import Answered, Cause, Failed, Kind, Reply

PLACES = ("$things", "$claims", "$parts")
"""What stands in a query for IRIs that the answers before it name: all of them; those that ``?claim`` is
bound to; those with a fragment."""

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
        answers[name] = json.loads(ask(_placed(query, things, answers)))
        things |= dict.fromkeys(_iris([answers[name]]))
    return answers


def _placed(query: str, things: Iterable[str], answers: Mapping[str, Any]) -> str:
    """A query with IRIs in its place."""
    place = next(each for each in PLACES if each in query)
    if place == "$claims":
        things = dict.fromkeys(_iris(answers.values(), only="claim"))
    elif place == "$parts":
        things = [thing for thing in things if "#" in thing]
    return query.replace(place, " ".join(f"<{thing}>" for thing in list(things)[:_MOST_THINGS]))


def _iris(answers: Iterable[Mapping[str, Any]], only: str = "") -> Iterator[str]:
    """Every IRI that can stand in a query, in order; only those of one variable if it is given."""
    for answer in answers:
        for row in answer["results"]["bindings"]:
            for variable, term in row.items():
                if only and variable != only:
                    continue
                if term["type"] == "uri" and not _UNFIT.search(term["value"]):
                    yield term["value"]
