"""``entity``: names of a thing, what nobody disputes of it, how much is claimed of it, and its disputes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from araxes.endpoint.tools.answers import ToolAnswer, said
from araxes.endpoint.tools.asking import MOST_DISPUTES, Asker, Row, node
from araxes.endpoint.tools.claim_pages import mentions
from araxes.endpoint.tools.paging import cursor_at, start_of
from araxes.endpoint.tools.records import ThingCalled, disputes
from araxes.endpoint.tools.resolving import meant, unclear
from araxes.endpoint.tools.shown import dispute_lines, names, notice
from araxes.endpoint.tools.single_claim import StatementMade, sentence
from araxes.ontology.namespaces import AX

PAGE = 12
"""Facts of a page."""

WHOLE_DISPUTES = 3
"""Disputes that are given whole; others by their IRI."""

MOST_FURTHER = 30
"""Further ones that are named by their IRI."""

_MOST_SOURCES = 30

_MOST_NAMES = 12
_APPARATUS = (
    *("sortKey", "contentDigest", "curator", "curatorNote", "sourceText", "holder", "source"),
    *("comparedClaim", "comparedHolder", "comparedSource", "thingAtIssue", "sideSubject", "sideObject"),
)
"""Properties of claims and comparisons: they say nothing of the thing itself."""


class Fact(StatementMade):
    """A statement that no claim denies or stands in tension with, and a claim that makes it, if one does."""

    claim: str


def entity(asker: Asker, given: dict[str, Any]) -> ToolAnswer:
    """ToolAnswer.

    Raises:
        HttpProblem: the dataset could not be asked.
        ToolError: the cursor is none.
    """
    thing = meant(asker, given["entity"])
    if not thing.iri:
        return unclear(thing, asker.language)
    start = start_of(given.get("cursor"), asker.dataset)
    language = asker.language
    facts, more = _facts(asker, thing.iri, start)
    by_source = _by_source(asker, thing.iri)
    touched = [
        row["dispute"]
        for row in asker.rows(
            f"""SELECT ?dispute (COUNT(DISTINCT ?claim) AS ?n) (SAMPLE(?kind) AS ?of) {{ {mentions(thing.iri)}
              VALUES ?kind {{ ax:Dispute ax:Contrast ax:Inconsistency }}
              ?dispute ax:comparedClaim ?claim ; a ?kind }} GROUP BY ?dispute
              ORDER BY DESC(?of = ax:Dispute) DESC(?n) ?dispute LIMIT {MOST_DISPUTES}"""
        )
    ]
    whole = disputes(asker, touched[:WHOLE_DISPUTES])
    types = _types(asker, thing.iri)
    called, links = _names(asker, thing.iri), _links(asker, thing.iri)
    claim_count = asker.number(
        f"SELECT (COUNT(DISTINCT ?claim) AS ?n) {{ {mentions(thing.iri)} ?claim a ax:Claim }}"
    )
    following = cursor_at(start + PAGE, asker.dataset) if more else None
    lines = [f"{thing.name} <{thing.iri}>: {names(types, language)}"]
    lines += [said(language, "called", names=" · ".join(called))] if called else []
    lines += [said(language, "links", iris=" ".join(f"<{link}>" for link in links))] if links else []
    lines += [line for each in whole for line in dispute_lines(each, {}, language)]
    rest = touched[WHOLE_DISPUTES : WHOLE_DISPUTES + MOST_FURTHER]
    lines += [said(language, "more_disputes", iris=" ".join(f"<{iri}>" for iri in rest))] if rest else []
    lines += [said(language, "facts")] if facts else [said(language, "no_facts")]
    lines += [f"- {each['says']}" + (f" <{each['claim']}>" if each["claim"] else "") for each in facts]
    lines += [said(language, "next", cursor=following)] if following else []
    lines.append(said(language, "claim_counts", number=claim_count))
    lines += [f"- {each['source']['name']} <{each['source']['iri']}>: {each['claims']}" for each in by_source]
    data = {
        "found": True,
        "disputed": bool(touched),
        "iri": thing.iri,
        "name": thing.name,
        "types": types,
        "names": called,
        "links": links,
        "facts": facts,
        "claim_count": claim_count,
        "claims_by_source": by_source,
        "dispute_count": len(touched),
        "disputes": whole,
        "further_disputes": rest,
        "next_cursor": following,
    }
    return ToolAnswer(_first_line(len(touched), whole, claim_count, thing.name, language), lines, data)


def _first_line(total: int, whole: list[Any], claim_count: int, name: str, language: str) -> str:
    if not claim_count and not total:
        return said(language, "silent", what=name)
    return notice(total, whole, language)


def _facts(asker: Asker, iri: str, start: int) -> tuple[list[Fact], bool]:
    """Bare statements of a page, in both directions, and whether there are more."""
    term = node(iri)
    left_out = ", ".join(f"ax:{name}" for name in _APPARATUS)
    rows = asker.rows(
        f"""SELECT ?s ?p ?o (MIN(STR(?claim)) AS ?by) {{
          {{ SELECT DISTINCT ?s ?p ?o {{
              {{ BIND ({term} AS ?s) ?s ?p ?o }} UNION {{ BIND ({term} AS ?o) ?s ?p ?o
                         FILTER (!CONTAINS(STR(?s), "#")) }}
              FILTER (STRSTARTS(STR(?p), "{AX}") && ?p NOT IN ({left_out})
                      && (!ISLITERAL(?o) || LANG(?o) IN ("", "{asker.language}")))
            }} ORDER BY ?p ?s ?o LIMIT {PAGE + 1} OFFSET {start} }}
          OPTIONAL {{ GRAPH ?claim {{ ?s ?p ?o }} ?claim a ax:Claim }}
        }} GROUP BY ?s ?p ?o ORDER BY ?p ?s ?o"""
    )
    shown = rows[:PAGE]
    called = asker.labels(row[part] for row in shown for part in ("s", "p", "o"))
    return [_fact(row, called, asker.language) for row in shown], len(rows) > PAGE


def _fact(row: Row, called: Mapping[str, str], language: str) -> Fact:
    one, relation, two = (called.get(row[part], row[part]) for part in ("s", "p", "o"))
    return {
        "says": sentence(one, relation, two, language),
        "subject": row["s"],
        "property": row["p"],
        "object": row["o"],
        "claim": row.get("by", ""),
    }


def _by_source(asker: Asker, iri: str) -> list[dict[str, Any]]:
    rows = asker.rows(
        f"""SELECT ?source (COUNT(DISTINCT ?claim) AS ?n) {{ {mentions(iri)}
          ?claim a ax:Claim ; ax:source ?source }}
          GROUP BY ?source ORDER BY DESC(?n) ?source LIMIT {_MOST_SOURCES}"""
    )
    called = asker.labels(row["source"] for row in rows if "source" in row)
    return [
        {
            "source": {"iri": row["source"], "name": called.get(row["source"], row["source"])},
            "claims": int(row["n"]),
        }
        for row in rows
        if "source" in row
    ]


def _types(asker: Asker, iri: str) -> list[ThingCalled]:
    """The classes of a thing that no other of its classes stands under."""
    rows = asker.rows(
        f"""SELECT DISTINCT ?type ?name {{ {node(iri)} a ?type FILTER (STRSTARTS(STR(?type), "{AX}"))
          FILTER NOT EXISTS {{ {node(iri)} a ?under . ?under rdfs:subClassOf+ ?type
                              FILTER (?under != ?type) }}
          {asker.label("type", "name")} }} ORDER BY ?type LIMIT 5"""
    )
    return [{"iri": row["type"], "name": row["name"]} for row in rows]


def _names(asker: Asker, iri: str) -> list[str]:
    rows = asker.rows(
        f"""SELECT DISTINCT ?name (LANG(?name) AS ?tag) {{ VALUES ?p {{ rdfs:label skos:altLabel }}
          {node(iri)} ?p ?name }} ORDER BY ?p ?tag ?name LIMIT {_MOST_NAMES}"""
    )
    return [f"{row['name']} ({row['tag']})" if row.get("tag") else row["name"] for row in rows]


def _links(asker: Asker, iri: str) -> list[str]:
    """The same thing elsewhere."""
    rows = asker.rows(
        f"""SELECT DISTINCT ?same {{ VALUES ?p {{ owl:sameAs skos:exactMatch }} {node(iri)} ?p ?same
          FILTER (ISIRI(?same)) }} ORDER BY ?same LIMIT 10"""
    )
    return [row["same"] for row in rows]
