"""How tools ask the dataset: every question is a job of the engine, within the time of one call."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from araxes.endpoint.engines.jobs import AskedJob, Job, NamesJob, PassageJob, QueryJob, SearchJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.index.text_rows import SearchKind
from araxes.endpoint.search.text.asked_relations import AskedQuestion
from araxes.endpoint.search.text.country_names import country_words
from araxes.endpoint.search.text.full_text import SearchAnswer
from araxes.endpoint.service.ontology_reference import OntologyReference
from araxes.endpoint.service.service import CompleteAnswer
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, OA, OWL, RDFS, SKOS, declared
from araxes.triples.stores.versioned_store import StoreVersion

Row = dict[str, str]
"""Variable → lexical form or IRI; a variable without a value is not there."""

_HEAD = declared(ax=AX, rdfs=RDFS, oa=OA, owl=OWL, skos=SKOS)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]{1,500}")


LARGEST_ANSWER = 8 << 20
"""Bytes of one answer of the engine that are read, however large the dataset is."""

MOST_DISPUTES = 1000
"""Disputes of one thing that are counted."""


class NoIriError(ValueError):
    """A text is no IRI that a query may hold."""


@dataclass(slots=True)
class Asker:
    """Asks for one call of a tool.

    Attributes:
        evaluate: does a job behind the wall; raises HttpProblem.
        reference: the ontology's reference and the digest of its dataset.
        language: in which answers are wanted.
        seconds: that all jobs of the call may take together.
        base: public address of the service, with a slash at its end.
        namespace: of the IRIs that it answers for.
        version: the version of the dataset that answered the first job; ``None`` before.
    """

    evaluate: Callable[[Job], CompleteAnswer]
    reference: Callable[[], tuple[str, OntologyReference]]
    language: str
    seconds: float
    base: str = BASE
    namespace: str = BASE
    version: StoreVersion | None = None
    _labels: dict[str, str] = field(default_factory=dict)
    _begun: float = field(default_factory=time.monotonic)

    def answer(self, job: Job) -> CompleteAnswer:
        """A job's answer; whoever gets it closes its body.

        Raises:
            HttpProblem: whatever went wrong, 504 if the call took too long.
        """
        if time.monotonic() - self._begun > self.seconds:
            raise HttpProblem(
                504,
                "timeout",
                "this call of a tool took longer than it may",
                "ask for less: one page, one pair, one question",
            )
        found = self.evaluate(job)
        self.version = self.version or found.dataset
        return found

    @property
    def dataset(self) -> str:
        """Digest of the version that answered the first job; empty before."""
        return self.version.digest if self.version else ""

    def json(self, job: Job) -> Any:
        """A job's answer, which is JSON.

        Raises:
            HttpProblem: whatever went wrong, 413 if the answer is too large.
        """
        answer = self.answer(job)
        with answer.body:
            if answer.body.size > LARGEST_ANSWER:
                raise HttpProblem(
                    413,
                    "result-size",
                    "what this call asks about is larger than a tool may read",
                    "ask for less: one page, one pair, one question; or ask by sparql",
                )
            return json.loads(answer.body.content())

    def rows(self, query: str) -> list[Row]:
        """The solutions of one of our own queries, whose prefixes stand in front of it."""
        found = self.json(QueryJob(_HEAD + query, "json", None))
        return [{name: term["value"] for name, term in row.items()} for row in found["results"]["bindings"]]

    def number(self, query: str) -> int:
        """The one number that a query answers with, as ``?n``."""
        rows = self.rows(query)
        return int(rows[0]["n"]) if rows and "n" in rows[0] else 0

    def search(self, text: str, kind: SearchKind | None = None, start: int = 0) -> SearchAnswer:
        """What is found for words."""
        return cast(
            "SearchAnswer", self.json(SearchJob(text, self.language, kind, start, proper=country_words(text)))
        )

    def asked(self, question: str) -> AskedQuestion:
        """Which entities and relations a question names."""
        return cast("AskedQuestion", self.json(AskedJob(question)))

    def named(self, name: str, most: int) -> list[dict[str, Any]]:
        """Entities that a name may mean, the likeliest first, as the Reconciliation Service API has them."""
        batch = json.dumps({"q": {"query": name, "limit": most}}, ensure_ascii=False)
        found = self.json(NamesJob("match", batch))
        return cast("list[dict[str, Any]]", found["q"]["result"])

    def passages(self, claim: str, text: str) -> list[dict[str, Any]]:
        """Whether a text is a passage of a claim."""
        return cast("list[dict[str, Any]]", self.json(PassageJob(claim, text)))

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """What things are called, in the language of the call, else in another; others are left out.

        One look-up for many: joined to other patterns, labels cost much more.
        """
        unknown = [iri for iri in dict.fromkeys(iris) if iri not in self._labels and _IRI.fullmatch(iri)]
        if unknown:
            tags = ", ".join(f'"{tag}"' for tag in LANGUAGES)
            for row in self.rows(
                f"""SELECT ?it ?name ?tag {{ VALUES ?it {{ {nodes(unknown)} }} ?it rdfs:label ?name .
                  BIND (LANG(?name) AS ?tag) FILTER (?tag IN ({tags})) }} ORDER BY ?it ?name"""
            ):
                if row["it"] not in self._labels or row["tag"] == self.language:
                    self._labels[row["it"]] = row["name"]
        return self._labels

    def label(self, variable: str, name: str) -> str:
        """A pattern that binds the label of a variable: in the language of the call, else in another."""
        own, *others = sorted(LANGUAGES, key=lambda each: each != self.language)
        parts = [
            f'OPTIONAL {{ ?{variable} rdfs:label ?{name}_{tag} FILTER (LANG(?{name}_{tag}) = "{tag}") }}'
            for tag in (own, *others)
        ]
        choice = ", ".join(f"?{name}_{tag}" for tag in (own, *others))
        return f"{' '.join(parts)} BIND (COALESCE({choice}, STR(?{variable})) AS ?{name})"


def node(iri: str) -> str:
    """An IRI as queries hold it.

    Raises:
        NoIriError: it is none, or longer than any here.
    """
    if not _IRI.fullmatch(iri):
        raise NoIriError(iri[:100])
    return f"<{iri}>"


def nodes(iris: list[str]) -> str:
    """Several IRIs for VALUES."""
    return " ".join(map(node, iris))


def iri_of(path: str) -> str:
    """The IRI at an address of this server, as search gives it.

    >>> iri_of("state/iran"), iri_of("http://example.org/a")
    ('https://w3id.org/araxes/state/iran', 'http://example.org/a')
    """
    return path if path.startswith(("http://", "https://")) else BASE + path
