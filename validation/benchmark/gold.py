"""Questions of the benchmark with their gold: what must be cited for each answer that the claims give.

``questions.jsonl`` beside this file holds one question a line. Its gold is the answer to its own query over
the named graphs of claims, so that it can be asked again of any later dataset.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, LABEL

QUESTIONS_FILE = Path(__file__).parent / "questions.jsonl"
"""The questions as they were last renewed."""

Kind = Literal["dispute", "position", "competency", "statement", "silence"]
"""A dispute's question; one of its answers, as if there were no other; a competency question; a question
after a template; one on which no source says anything."""


@dataclass(frozen=True, slots=True)
class GoldPosition:
    """One answer that the claims give.

    Attributes:
        iri: of the dispute's position, or of the thing that is the answer.
        answer: in words, by language.
        claims: IRIs of those that give it.
        holders: IRIs of those who are said to hold it.
        sources: IRIs of those in which it stands.
    """

    iri: str
    answer: dict[str, str]
    claims: tuple[str, ...]
    holders: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BenchmarkQuestion:
    """One question.

    Attributes:
        id: kind and a name that stays while the data that it asks of stays.
        kind: where it comes from.
        text: the question by language.
        query: SPARQL with ``?position ?claim ?holder ?source``.
        dispute: IRI of the dispute that it touches; empty where nothing is in dispute.
        positions: the gold; none where no source says anything.
    """

    id: str
    kind: Kind
    text: dict[str, str]
    query: str
    dispute: str
    positions: tuple[GoldPosition, ...]

    @property
    def contested(self) -> bool:
        """Whether claims answer it against each other."""
        return bool(self.dispute)


def gold_of(store: ox.Store, query: str) -> tuple[GoldPosition, ...]:
    """The gold of a query: its rows by position.

    Args:
        store: the dataset.
        query: SPARQL with ``?position ?claim ?holder ?source``.
    """
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 -- gold queries are SELECT queries
    rows: dict[str, list[tuple[str, str, str]]] = {}
    terms: dict[str, ox.NamedNode | ox.Literal] = {}
    for row in found:
        term = row["position"]
        terms[str(term)] = term
        rows.setdefault(str(term), []).append(
            tuple(row[name].value for name in ("claim", "holder", "source"))
        )
    return tuple(
        GoldPosition(
            terms[name].value,
            _words(store, terms[name]),
            *(tuple(sorted({row[place] for row in each})) for place in range(3)),
        )
        for name, each in sorted(rows.items())
    )


def _words(store: ox.Store, term: ox.NamedNode | ox.Literal) -> dict[str, str]:
    if isinstance(term, ox.Literal):
        return dict.fromkeys(LANGUAGES, term.value)
    return labels_of(store, term.value)


def labels_of(store: ox.Store, iri: str) -> dict[str, str]:
    """The labels of a thing in the languages of the pages; only those that it has."""
    quads = store.quads_for_pattern(ox.NamedNode(iri), LABEL, None, DEFAULT_GRAPH)
    literals = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
    by_language = {
        language: min((each.value for each in literals if each.language == language), default="")
        for language in LANGUAGES
    }
    return {language: text for language, text in by_language.items() if text}


def read_questions(path: Path = QUESTIONS_FILE) -> list[BenchmarkQuestion]:
    """The questions of a file.

    Raises:
        OSError: it cannot be read.
        ValueError: a line is no question.
    """
    return [_from_json(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line]


def written(questions: Iterable[BenchmarkQuestion]) -> str:
    """Questions as lines of JSON."""
    return "".join(json.dumps(asdict(each), ensure_ascii=False, sort_keys=True) + "\n" for each in questions)


def _from_json(data: dict[str, object]) -> BenchmarkQuestion:
    try:
        raw = data.pop("positions")
        positions = tuple(
            GoldPosition(
                each["iri"], each["answer"], *(tuple(each[name]) for name in ("claims", "holders", "sources"))
            )
            for each in raw  # type: ignore[attr-defined]
        )
        return BenchmarkQuestion(positions=positions, **data)  # type: ignore[arg-type]
    except (KeyError, TypeError) as error:
        raise ValueError(f"no question of the benchmark: {error}") from error
