"""``positions``: on a question, a thing or a pair, every claim with its holder, and the disputes as such."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from araxes.endpoint.search.text.full_text import SearchAnswer
from araxes.endpoint.tools.answers import ToolAnswer, ToolError, said
from araxes.endpoint.tools.asking import Asker, iri_of, node
from araxes.endpoint.tools.claim_pages import PAGE, Slice, mentions, page, slice_of
from araxes.endpoint.tools.paging import start_of
from araxes.endpoint.tools.records import disputes_of
from araxes.endpoint.tools.relation_pages import on_relation
from araxes.endpoint.tools.resolving import meant, unclear
from araxes.ontology.languages import LANGUAGES

_DISPUTE = "dispute/"
_LEADING = 2
"""Disputes found for a question that are shown whole on its first page."""

_SHOWN = 80


def positions(asker: Asker, given: dict[str, Any]) -> ToolAnswer:
    """ToolAnswer.

    Raises:
        HttpProblem: the dataset could not be asked.
        ToolError: nothing is asked of, or too much at once.
    """
    question, things = given.get("question"), [given[key] for key in ("entity", "and_entity") if key in given]
    if question and (things or "held_by" in given):
        raise ToolError("question_or_entity")
    if question:
        return _on_question(asker, question, given.get("cursor"))
    if not things and "held_by" not in given:
        raise ToolError("nothing_asked")
    patterns: list[str] = []
    called: list[str] = []
    for words in things:
        thing = meant(asker, words)
        if not thing.iri:
            return unclear(thing, asker.language)
        called.append(thing.name)
        patterns.append(_pattern(thing.iri, f"_{len(patterns)}"))
    if "held_by" in given:
        holder = meant(asker, given["held_by"])
        if not holder.iri:
            return unclear(holder, asker.language)
        called.append(holder.name)
        patterns.append(held_by(holder.iri))
    start = start_of(given.get("cursor"), asker.dataset)
    part = slice_of(asker, " ".join(patterns), start)
    answer = page(asker, part)
    if not part.total:
        answer.notice = said(asker.language, "silent", what=said(asker.language, "joint").join(called))
    return answer


def held_by(iri: str) -> str:
    """A pattern for the claims of a source or holder."""
    return f"?claim ax:source|ax:holder {node(iri)} ."


def _pattern(iri: str, mark: str) -> str:
    """A pattern for the claims about a thing; of a dispute for those that take part in it."""
    if iri.startswith(iri_of(_DISPUTE)):
        return f"{node(iri)} ax:comparedClaim ?claim ."
    return f"{{ {mentions(iri, mark)} }}"


def _on_question(asker: Asker, question: str, cursor: str | None) -> ToolAnswer:
    """What is said on the relation that a question asks for; else what its words find, likeliest first."""
    found = asker.search(question)
    start = start_of(cursor, asker.dataset)
    outright = _asked_outright(asker, question)
    answer = None if outright else on_relation(asker, question, start)
    if answer is not None:
        answer.data |= _words(found, answer)
        return answer
    groups = {group["kind"]: group for group in found["groups"]}
    total = groups["claim"]["total"] if "claim" in groups else 0
    hits = asker.search(question, "claim", start)["groups"] if total else []
    iris = [iri_of(hit["path"]) for group in hits for hit in group["hits"]][:PAGE]
    likely = [iri_of(hit["path"]) for hit in groups["dispute"]["hits"]] if "dispute" in groups else []
    asked = list(dict.fromkeys([*outright, *likely]))
    touched = disputes_of(asker, iris) if iris else {}
    disputes = list(dict.fromkeys([*asked, *(iri for claim in iris for iri in touched.get(claim, []))]))
    leading = asked[:_LEADING] if start == 0 else []
    answer = page(asker, Slice(iris, start, total, disputes, leading))
    return _worded(answer, question, found, asker.language, outright=bool(outright))


def _asked_outright(asker: Asker, question: str) -> list[str]:
    """The point at issue that is worded as the question is, if there is one: its words may stand in many."""
    called = " ".join(str(ox.Literal(question.strip(), language=language)) for language in LANGUAGES)
    rows = asker.rows(
        f"""SELECT ?dispute {{ VALUES ?text {{ {called} }}
          ?dispute rdfs:label ?text ; a ax:PointAtIssue }} LIMIT 1"""
    )
    return [row["dispute"] for row in rows]


def _worded(
    answer: ToolAnswer, question: str, found: SearchAnswer, language: str, *, outright: bool
) -> ToolAnswer:
    """Say what the words did not lead to: first of all if one of them, perhaps a name, is in no claim."""
    answer.data |= _words(found, answer)
    if not answer.data["found"]:
        answer.notice = said(language, "silent_words", what=question[:_SHOWN])
        return answer
    missing = [] if outright else _missing_words(found, language)
    if missing:
        answer.notice = " ".join([*missing, answer.notice])
    elif found["partial"]:
        line = said(language, "partial", words=" · ".join(found["words"]))
        if answer.data["disputed"]:
            answer.lines.insert(0, line)
        else:
            answer.notice = line
    return answer


def _missing_words(found: SearchAnswer, language: str) -> list[str]:
    """Sentences on words that no claim holds, and on those for which others were looked for."""
    unclaimed = found["unclaimed"]
    pairs = [f"{old} → {new}" for old, new in found["changed"].items() if old not in unclaimed]
    return [
        *([said(language, "unclaimed", words=" · ".join(unclaimed))] if unclaimed else []),
        *([said(language, "reworded", pairs=" · ".join(pairs))] if pairs else []),
    ]


def _words(found: SearchAnswer, answer: ToolAnswer) -> dict[str, Any]:
    """Which words were looked for, and whether something holds all of them."""
    whole = bool(answer.data["found"] and not found["partial"])
    return {"words": found["words"], "all_words_found": whole, "words_in_no_claim": found["unclaimed"]}
