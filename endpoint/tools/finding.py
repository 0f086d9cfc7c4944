"""``find``: names, claims, disputes and terms that hold some words, in any language and spelling."""

from __future__ import annotations

from typing import Any, TypedDict, cast

from araxes.endpoint.search.index.text_rows import SearchKind
from araxes.endpoint.search.text.full_text import Group, Hit, SearchAnswer
from araxes.endpoint.search.text.query_words import Part
from araxes.endpoint.tools.answers import ToolAnswer, said
from araxes.endpoint.tools.asking import Asker, iri_of
from araxes.endpoint.tools.paging import cursor_at, start_of
from araxes.endpoint.tools.records import disputes, disputes_of
from araxes.endpoint.tools.shown import dispute_lines, notice

KINDS: tuple[SearchKind, ...] = ("name", "claim", "dispute", "term")
"""Kinds that can be asked for."""

PAGE = 10
"""Hits of one kind on a page."""

_FIRST = 5


class FoundThing(TypedDict):
    """Something that was found: what it is called or says, what tells it apart, claims that mention it."""

    iri: str
    kind: str
    title: str
    note: str
    mentions: int


def find(asker: Asker, given: dict[str, Any]) -> ToolAnswer:
    """ToolAnswer.

    Raises:
        HttpProblem: the dataset could not be asked.
        ToolError: the cursor is none.
    """
    kind = cast("SearchKind | None", given.get("kind"))
    found = asker.search(given["text"], kind, 0)
    start = start_of(given.get("cursor"), asker.dataset) if kind else 0
    if start:
        found = asker.search(given["text"], kind, start)
    groups = [group for group in found["groups"] if group["kind"] in KINDS]
    hits = [_hit(hit, group["kind"]) for group in groups for hit in group["hits"][: PAGE if kind else _FIRST]]
    claims = [hit["iri"] for hit in hits if hit["kind"] == "claim"]
    touched = disputes_of(asker, claims) if claims else {}
    named = [hit["iri"] for hit in hits if hit["kind"] == "dispute"]
    among = list(dict.fromkeys([*named, *(iri for claim in claims for iri in touched.get(claim, []))]))
    whole = disputes(asker, among)
    following = _following(groups, kind, start, asker.dataset)
    answer = ToolAnswer(
        notice(len(whole), whole, asker.language) if hits else _nothing(given["text"], asker.language),
        _lines(found, groups, hits, asker.language),
        {
            "found": bool(hits),
            "disputed": bool(whole),
            "hits": hits,
            "totals": {group["kind"]: group["total"] for group in groups},
            "disputes": whole,
            "all_words_found": bool(hits) and not found["partial"],
            "nearest": [
                {"iri": iri_of(hit["path"]), "name": _plain(hit["title"])} for hit in found["nearest"]
            ],
            "next_cursor": following,
        },
    )
    answer.lines += [line for each in whole for line in dispute_lines(each, {}, asker.language)]
    if following:
        answer.lines.append(said(asker.language, "next", cursor=following))
    return answer


def _nothing(text: str, language: str) -> str:
    return said(language, "nothing_found", what=text[:80])


def _following(groups: list[Group], kind: SearchKind | None, start: int, dataset: str) -> str | None:
    if kind is None or not groups:
        return None
    behind = start + min(PAGE, len(groups[0]["hits"]))
    return cursor_at(behind, dataset) if behind < groups[0]["total"] else None


def _hit(hit: Hit, kind: SearchKind) -> FoundThing:
    title = _plain(hit["title"])
    also = _plain(hit["also"])
    return {
        "iri": iri_of(hit["path"]),
        "kind": kind,
        "title": f"{title} ({also})" if also else title,
        "note": hit["note"] or (_plain(hit["body"]) if kind == "term" else ""),
        "mentions": hit["mentions"],
    }


def _plain(parts: list[Part]) -> str:
    return "".join(text for text, _ in parts)


def _lines(found: SearchAnswer, groups: list[Group], hits: list[FoundThing], language: str) -> list[str]:
    lines = []
    if found["changed"]:
        pairs = " · ".join(f"{old} → {new}" for old, new in found["changed"].items())
        lines.append(said(language, "changed", pairs=pairs))
    if hits and found["partial"]:
        lines.append(said(language, "partial_hits"))
    for group in groups:
        lines.append(said(language, f"kind_{group['kind']}", number=group["total"]))
        for hit in hits:
            if hit["kind"] == group["kind"]:
                note = f" – {hit['note']}" if hit["note"] else ""
                lines.append(f"- {hit['title']} <{hit['iri']}>{note}")
    if found["nearest"]:
        lines.append(said(language, "nearest"))
        lines += [f"- {_plain(hit['title'])} <{iri_of(hit['path'])}>" for hit in found["nearest"]]
    return lines
