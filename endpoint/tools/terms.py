"""``vocabulary``: terms of the ontology: labels, definitions, neighbours, and how many claims use them."""

from __future__ import annotations

from typing import Any, TypedDict

from araxes.endpoint.tools.answers import ToolAnswer, said
from araxes.endpoint.tools.asking import Asker, iri_of, node
from araxes.endpoint.tools.paging import cursor_at, start_of
from araxes.endpoint.tools.words import words
from araxes.ontology.namespaces import AX
from araxes.ontology.reference_entries import Entry, Texts

PAGE = 10
"""Terms of a page."""


class TermEntry(TypedDict):
    """A term: what it is called and means, what stands beside it, and in how many claims it occurs."""

    iri: str
    label: str
    kind: str
    definition: str
    example: str
    links: dict[str, list[str]]
    claims: int


def vocabulary(asker: Asker, given: dict[str, Any]) -> ToolAnswer:
    """ToolAnswer.

    Raises:
        HttpProblem: the dataset could not be asked.
        ToolError: the cursor is none.
    """
    text, language = given["term"].strip().strip("<>"), asker.language
    _, reference = asker.reference()
    found = asker.search(text, "term")
    start = start_of(given.get("cursor"), asker.dataset)
    exact = reference.entries.get(text.removeprefix(AX).removeprefix("ax:"))
    if exact is not None:
        entries, total = [exact], 1
    else:
        if start:
            found = asker.search(text, "term", start)
        hits = [hit for group in found["groups"] for hit in group["hits"]][:PAGE]
        total = sum(group["total"] for group in found["groups"])
        names = [iri_of(hit["path"]).removeprefix(AX) for hit in hits]
        entries = [reference.entries[name] for name in names if name in reference.entries]
    terms = _terms(asker, entries)
    following = cursor_at(start + PAGE, asker.dataset) if start + PAGE < total else None
    lines = [line for each in terms for line in _lines(each, language)]
    lines += [said(language, "next", cursor=following)] if following else []
    first = "terms" if terms else "no_terms"
    data = {
        "found": bool(terms),
        "disputed": False,
        "terms": terms,
        "total": total if terms else 0,
        "next_cursor": following,
    }
    return ToolAnswer(said(language, first, number=total, what=text[:80]), lines, data)


def _terms(asker: Asker, entries: list[Entry]) -> list[TermEntry]:
    if not entries:
        return []
    used = _used(asker, [entry.iri for entry in entries])
    return [
        {
            "iri": entry.iri,
            "label": entry.called(asker.language),
            "kind": _text(entry.kind, asker.language),
            "definition": _text(entry.definition, asker.language),
            "example": _text(entry.example, asker.language) if len(entries) == 1 else "",
            "links": {heading: list(names[:8]) for heading, names in entry.links.items()},
            "claims": used.get(entry.iri, 0),
        }
        for entry in entries
    ]


def _text(texts: Texts, language: str) -> str:
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _used(asker: Asker, iris: list[str]) -> dict[str, int]:
    """TermEntry → claims in whose graph it is a property, a class or a value."""
    rows = asker.rows(
        f"""SELECT ?term (COUNT(DISTINCT ?claim) AS ?n) {{ VALUES ?term {{ {" ".join(map(node, iris))} }}
          {{ GRAPH ?claim {{ ?a ?term ?b }} }} UNION {{ GRAPH ?claim {{ ?c ?d ?term }} }}
          ?claim a ax:Claim }} GROUP BY ?term"""
    )
    return {row["term"]: int(row["n"]) for row in rows if "term" in row}


def _lines(term: TermEntry, language: str) -> list[str]:
    links = words(language)["links"]
    lines = [f"- {term['label']} <{term['iri']}> ({term['kind']}): {term['definition']}"]
    lines += [f"  {term['example']}"] if term["example"] else []
    lines += [
        f"  {links.get(heading, heading)}: {', '.join(names)}"
        for heading, names in term["links"].items()
        if names
    ]
    lines.append("  " + said(language, "used", number=term["claims"]))
    return lines
