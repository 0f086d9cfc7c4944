"""The queries of a page, evaluated at once, and then those about everything that their answers name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from araxes.endpoint.engines.embedded.passage_texts import cut_passages
from araxes.endpoint.engines.jobs import NamedQueries, PageJob
from araxes.endpoint.engines.replies import Answered, AnswerKind, Cause, Failed, Reply

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
    kind = AnswerKind.CLAIM if json.loads(ask(named))["boolean"] else AnswerKind.RESOURCE
    texts = []
    if passages and originals:
        texts = cut_passages(originals, answers.read[passages]["results"]["bindings"])
    output.write(b'{"choice": %b, "texts": %b, "answers": {' % (_json(name), _json(texts)))
    output.write(b",\n".join(b"%b: %b" % (_json(each), answers.written[each]) for each in answers.read))
    output.write(b"}}\n")
    return Answered(kind, "json")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


@dataclass(slots=True)
class _Answers:
    """Answers by query: as they are written, and read. Writing them again would take as long as asking."""

    written: dict[str, bytes] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)

    def add(self, name: str, answer: bytes) -> None:
        self.written[name] = answer
        self.read[name] = json.loads(answer)


def _answers(queries: NamedQueries, job: PageJob, ask: Callable[[str], bytes]) -> _Answers:
    answers = _Answers()
    for name, query in queries:
        answers.add(name, ask(query))
    named = (iri for iri in (job.iri, *job.about) if not _UNFIT.search(iri))
    things = dict.fromkeys((*named, *_iris(answers.read.values())))
    for name, query in job.then:
        answers.add(name, ask(_placed(query, things, answers.read)))
        things |= dict.fromkeys(_iris([answers.read[name]]))
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
    """Every IRI that can stand in a query, once, in order; only those of one variable if it is given."""
    found: dict[str, None] = {}
    for answer in answers:
        for row in answer["results"]["bindings"]:
            terms = (row[only],) if only and only in row else () if only else row.values()
            for term in terms:
                if term["type"] == "uri":
                    found[term["value"]] = None
    return (iri for iri in found if not _UNFIT.search(iri))
