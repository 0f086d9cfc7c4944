"""The start page: what this is, the sources, questions to begin with, the corpus in figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from flask import render_template

from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.questions import questions
from araxes.endpoint.pages.thing_pages import filled
from araxes.endpoint.pages.views import example_for, example_link
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.local_links import held_link
from araxes.ontology.namespaces import AX, RDFS, declared

FIRST = (
    "32-karabakh-who-stood-where",
    "15-soft-power-in-azerbaijan",
    "33-trade-and-energy",
    "01-threats-and-their-holders",
)
"""Questions that a newcomer understands at once; those that are not there are left out."""

SHOWN = 6
_MOST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source in the list."""

    label: str
    href: str | None
    year: str
    claims: int


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """One of the liveliest questions.

    Attributes:
        question: in words.
        href: its page.
        answers: the answers that most claims give, one after the other.
        left_out: how many more there are.
    """

    question: str
    href: str | None
    answers: str
    left_out: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The corpus in figures; nothing is claimed of a dataset that holds no claims."""

    sources: tuple[SourceLine, ...] = ()
    disagreements: int = 0
    disputes: tuple[DisputeLine, ...] = ()

    @property
    def claims(self) -> int:
        """Claims of all sources."""
        return sum(source.claims for source in self.sources)


def figures_query(language: str) -> str:
    """Asks for sources with label, year and number of claims, and for the number of disputes."""
    return (
        declared(ax=AX, rdfs=RDFS) + "SELECT ?source ?label ?claims ?disagreements (MIN(?day) AS ?date) {\n"
        "  { SELECT ?source (COUNT(?claim) AS ?claims) { ?claim ax:source ?source } GROUP BY ?source }\n"
        "  { SELECT (COUNT(?case) AS ?disagreements) { ?case a ax:Dispute } }\n"
        f'  ?source rdfs:label ?label FILTER (LANG(?label) = "{language}")\n'
        "  OPTIONAL { ?source ax:date ?day }\n"
        "} GROUP BY ?source ?label ?claims ?disagreements ORDER BY DESC(?claims) ?source"
    )


def figures_from(results: Mapping[str, Any], language: str, namespace: str) -> Figures:
    """The answer to :func:`figures_query`."""
    rows = results["results"]["bindings"]
    lines = tuple(
        SourceLine(
            row["label"]["value"],
            held_link(row["source"]["value"], namespace),
            digits(row.get("date", {}).get("value", "")[:4], language),
            int(row["claims"]["value"]),
        )
        for row in rows
    )
    return Figures(lines, int(rows[0]["disagreements"]["value"]) if rows else 0)


def disputes_query(language: str) -> str:
    """Asks for the liveliest questions with their answers."""
    return filled("start-disputes", {"language": ox.Literal(language)})


def disputes_from(results: Mapping[str, Any], namespace: str) -> tuple[DisputeLine, ...]:
    """The answer to :func:`disputes_query`."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in results["results"]["bindings"]:
        key = (row["dispute"]["value"], row["question"]["value"])
        found.setdefault(key, []).append(row["answer"]["value"])
    return tuple(
        DisputeLine(
            question,
            held_link(iri, namespace),
            " / ".join(answers[:_MOST_ANSWERS]),
            max(0, len(answers) - _MOST_ANSWERS),
        )
        for (iri, question), answers in found.items()
    )


def start_page(service: Service, base: str, figures: Figures) -> str:
    """The page; without figures when none can be had now."""
    example = example_for(service)
    every = questions(service.dataset)
    chosen = [every[name] for name in FIRST if name in every]
    chosen += [question for question in every.values() if question not in chosen]
    return render_template(
        "start.html",
        base=base,
        version=service.dataset,
        figures=figures,
        questions=chosen[:SHOWN] if figures.sources else (),
        question_number=len(every),
        example=example,
        link=example_link(base, example, "html"),
    )
