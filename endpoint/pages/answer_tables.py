"""The answer to a question as a table for readers: labels for IRIs, digits and words of the language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from araxes.endpoint.pages.answer_texts import KEPT, plain_text
from araxes.endpoint.pages.frame import digits, number
from araxes.endpoint.pages.words import column_name
from araxes.endpoint.sparql.local_links import held_link, local_link
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, RDFS, XSD, declared

_NUMBERS = frozenset(XSD + kind for kind in ("integer", "decimal", "double", "int", "long"))
_CALENDAR = frozenset({"date", "year", "day", "period", "overlap", "other_date"})
"""Variables whose values are dates as text: digits of the language, but no separators."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: what is read.
        href: where it leads, if anywhere.
        title: what is shown when it is pointed at.
        language: language of the text, where it is known.
        claim: whether it is the name of a claim.
    """

    text: str
    href: str | None = None
    title: str = ""
    language: str = ""
    claim: bool = False


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """An answer.

    Attributes:
        columns: what the columns are called, in the order of the query.
        rows: cells in the same order.
        variables: of the query, in the same order.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    variables: tuple[str, ...] = ()


_ELSEWHERE = ("http://www.wikidata.org/", "http://www.w3.org/")
"""How IRIs begin that are not looked up: those of vocabularies and items that no corpus describes."""


@dataclass(frozen=True, slots=True)
class ReaderLabels:
    """Label of an IRI and, of a claim, paraphrase, in the reader's language or another.

    Attributes:
        label: the label, or empty.
        paraphrase: the paraphrase, or empty.
        language: tag of the label's language.
    """

    label: str = ""
    paraphrase: str = ""
    language: str = ""


def iris_of(results: Mapping[str, Any]) -> list[str]:
    """The IRIs that corpora may describe in SPARQL 1.1 JSON results, each once, in order."""
    found = {
        term["value"]: None
        for row in results["results"]["bindings"]
        for term in row.values()
        if term["type"] == "uri" and not term["value"].startswith(_ELSEWHERE)
    }
    return list(found)


def labels_query(iris: Iterable[str]) -> str:
    """Asks for labels and paraphrases of IRIs in all languages."""
    values = " ".join(f"<{iri}>" for iri in iris)
    return (
        declared(rdfs=RDFS, ax=AX) + f"SELECT ?iri ?kind ?text {{ VALUES ?iri {{ {values} }}\n"
        "  { ?iri rdfs:label ?text BIND (rdfs:label AS ?kind) }\n"
        "  UNION { ?iri ax:paraphrase ?text BIND (ax:paraphrase AS ?kind) } }"
    )


def known_from(results: Mapping[str, Any], language: str) -> dict[str, ReaderLabels]:
    """The answer to :func:`labels_query` by IRI: each text in a language, else in the nearest there is."""
    order = {tag: place for place, tag in enumerate(dict.fromkeys((language, *LANGUAGES)))}
    best: dict[tuple[str, str], tuple[int, str, str]] = {}
    for row in results["results"]["bindings"]:
        tag = row["text"].get("xml:lang", "")
        key = (row["iri"]["value"], row["kind"]["value"].rpartition("#")[2].rpartition("/")[2])
        found = (order.get(tag, len(order)), tag, row["text"]["value"])
        best[key] = min(found, best.get(key, found))
    return {
        iri: ReaderLabels(
            best.get((iri, "label"), (0, "", ""))[2],
            best.get((iri, "paraphrase"), (0, "", ""))[2],
            best.get((iri, "label"), (0, language, ""))[1],
        )
        for iri, _ in best
    }


def answer_table(
    results: Mapping[str, Any], known: Mapping[str, ReaderLabels], language: str, namespace: str
) -> AnswerTable:
    """SPARQL 1.1 JSON results as a table in a language."""
    variables = results["head"]["vars"]
    rows = tuple(
        tuple(_cell(row.get(variable), variable, known, language, namespace) for variable in variables)
        for row in results["results"]["bindings"]
    )
    return AnswerTable(
        tuple(column_name(name, language) or name for name in variables), rows, tuple(variables)
    )


def _cell(
    term: Mapping[str, str] | None,
    variable: str,
    known: Mapping[str, ReaderLabels],
    language: str,
    namespace: str,
) -> Cell:
    if term is None:
        return Cell("–")
    text = term["value"]
    if term["type"] == "uri" or text.startswith(BASE):
        found = known.get(text, ReaderLabels())
        shown = found.label or text.removeprefix(BASE).removeprefix("claim/").removeprefix("ontology/")
        spoken = found.language or language if found.label else ""  # an id is of no language
        claim = text.startswith(BASE + "claim/") or bool(found.paraphrase)
        link = held_link if found.label or found.paraphrase else local_link
        return Cell(shown, link(text, namespace), found.paraphrase, spoken, claim=claim)
    if tag := term.get("xml:lang"):
        own = tag == language and variable not in KEPT
        return Cell(digits(text, language) if own else text, language=tag)
    if term.get("datatype") in _NUMBERS and variable not in _CALENDAR:
        return Cell(number(text, language))
    return Cell(plain_text(text, variable, language))
