"""``cite``: references to a claim, dispute, source or the dataset, in the text and for reference managers."""

from __future__ import annotations

from typing import Any

from araxes.endpoint.engines.jobs import QueryJob
from araxes.endpoint.pages.citations.cite_page import (
    OFFERED,
    WRITERS,
    preferred_style,
    references,
    said_views,
)
from araxes.endpoint.pages.citations.cited import Cited, cited_thing
from araxes.endpoint.pages.citations.dataset_facts import dataset_facts
from araxes.endpoint.pages.citations.facts import facts_from, facts_query
from araxes.endpoint.pages.citations.items import record_item
from araxes.endpoint.tools.answers import ToolAnswer, said
from araxes.endpoint.tools.asking import Asker, iri_of
from araxes.endpoint.tools.records import disputes, disputes_of
from araxes.endpoint.tools.resolving import meant, unclear
from araxes.endpoint.tools.shown import dispute_lines, notice

STYLES = tuple(dict.fromkeys(name for names in OFFERED.values() for name in names))
"""Styles of references."""

FORMATS = tuple(WRITERS)
"""Forms for reference managers."""

DATASET = "dataset"
"""What is given to cite the dataset as a whole."""


def cite(asker: Asker, given: dict[str, Any]) -> ToolAnswer:
    """Answer.

    Raises:
        HttpProblem: the dataset could not be asked.
    """
    language = asker.language
    words = given["what"].strip()
    iri = ""
    if words != DATASET:
        thing = meant(asker, words)
        if not thing.iri:
            return unclear(thing, language)
        iri = thing.iri
    cited = _cited(asker, iri)
    style = preferred_style(given.get("style"), language)
    inside = [
        {"says": view.text or cited.title, "reference": view.reference}
        for view in said_views(cited, style, language)
    ]
    listed = [text for text, _ in references(cited, style, language)]
    form = given.get("format")
    entry = WRITERS[form](cited.items) if form else ""
    touched = [cited.iri] if cited.kind == "dispute" else disputes_of(asker, [cited.iri]).get(cited.iri, [])
    whole = disputes(asker, touched)
    lines = [said(language, "in_text")] if inside else []
    lines += [f"- {each['says']} {each['reference']}" for each in inside]
    lines += [said(language, "references"), *(f"- {text}" for text in listed)]
    lines += [line for each in whole for line in dispute_lines(each, {}, language)]
    lines += [entry] if entry else []
    data = {
        "found": True,
        "disputed": bool(whole),
        "iri": cited.iri,
        "style": style,
        "in_text": inside,
        "references": listed,
        "entry": entry,
        "disputes": whole,
    }
    if cited.kind in ("claim", "dispute"):
        first = notice(len(whole), whole, language)
    else:
        first = said(language, "reference_only", what=cited.title)
    return ToolAnswer(first, lines, data, whole_iris=True)


def _cited(asker: Asker, iri: str) -> Cited:
    """What the dataset knows of a thing; the dataset itself for none."""
    query = facts_query(iri or iri_of(""))
    facts = facts_from(asker.json(QueryJob(query, "json", None)))
    assert asker.version is not None  # noqa: S101 -- it has just answered
    about = dataset_facts(asker.version, asker.language, asker.base, asker.namespace)
    if not iri:
        record = record_item(asker.namespace, "", about, asker.language)
        return Cited("dataset", asker.namespace, about["dataset"], record, {})
    return cited_thing(iri, facts, about, asker.language)
