"""``sparql``: a query of the caller's own, a page of its rows, and hints where it fails or finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from araxes.endpoint.engines.embedded.spool import SpooledAnswer as Spooled
from araxes.endpoint.engines.jobs import HintsJob, QueryJob
from araxes.endpoint.engines.replies import AnswerKind
from araxes.endpoint.pages.hints import hint_texts
from araxes.endpoint.tools.answers import ToolAnswer, ToolError, said
from araxes.endpoint.tools.asking import Asker, iri_of
from araxes.endpoint.tools.paging import cursor_at, start_of
from araxes.endpoint.tools.records import disputes, disputes_of
from araxes.endpoint.tools.shown import dispute_lines, notice

PAGE = 25
"""Rows of a page, or triples."""

LONGEST_CELL = 300
"""Code points of a value that are given."""

_READ = 1 << 20
"""Bytes of an answer that are read; who wants more asks for a part."""

_MOST_CLAIMS = 60


@dataclass(frozen=True, slots=True)
class _AnswerPage:
    """A page of an answer: its columns, rows, and whether there are more."""

    columns: list[str]
    rows: list[list[str]]
    more: bool
    kind: AnswerKind


def sparql(asker: Asker, given: dict[str, Any]) -> ToolAnswer:
    """ToolAnswer.

    Raises:
        HttpProblem: the query has an error, or exceeds a limit.
        ToolError: the cursor is none, or leads beyond what is read.
    """
    query = given["query"]
    found = asker.answer(QueryJob(query, "tsv", "nt"))
    with found.body:
        start = start_of(given.get("cursor"), asker.dataset)
        table = _page(found.body, found.reply.kind, start)
    language = asker.language
    among = _disputes_among(asker, table)
    whole = disputes(asker, among[:3])
    advice = []
    if not table.rows and not start:
        advice = hint_texts(asker.json(HintsJob(query, asker.namespace)), language)
    following = cursor_at(start + PAGE, asker.dataset) if table.more else None
    lines = ["\t".join(table.columns)] if table.columns else []
    lines += ["\t".join(row) for row in table.rows]
    lines += [f"→ {hint}" for hint in advice]
    lines += [line for each in whole for line in dispute_lines(each, {}, language)]
    lines += (
        [said(language, "more_disputes", iris=" ".join(f"<{iri}>" for iri in among[3:]))] if among[3:] else []
    )
    lines += [said(language, "next_rows", cursor=following)] if following else []
    data = {
        "found": bool(table.rows),
        "disputed": bool(whole),
        "columns": table.columns,
        "rows": table.rows,
        "hints": advice,
        "disputes": whole,
        "next_cursor": following,
    }
    if whole:
        first = notice(len(among), whole, language)
    else:
        first = said(language, "no_rows" if not table.rows else _unchecked(table))
    return ToolAnswer(first, lines, data, whole_iris=True)


def _unchecked(table: _AnswerPage) -> str:
    return "rows_of_claims" if any(True for _ in _named(table, "claim/")) else "rows_unchecked"


def _page(body: Spooled, kind: AnswerKind, start: int) -> _AnswerPage:
    """Rows of an answer; only its beginning is ever read.

    Raises:
        ToolError: the page lies behind what is read.
    """
    data = body.read(_READ)
    whole = len(data) < _READ
    lines = data.decode("utf-8", "replace").split("\n")
    if not whole or not lines[-1]:
        lines.pop()  # cut in the middle, or nothing behind the last line
    columns = lines.pop(0).split("\t") if kind == AnswerKind.SOLUTIONS and lines else []
    if start and start >= len(lines):
        raise ToolError("beyond")
    rows = [line.split("\t") if columns else [line] for line in lines[start : start + PAGE]]
    more = len(lines) > start + PAGE
    return _AnswerPage(columns, [[_cut(cell) for cell in row] for row in rows], more, kind)


def _cut(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else cell[:LONGEST_CELL] + "…"


def _named(table: _AnswerPage, folder: str) -> Iterator[str]:
    """IRIs of the project in a folder that stand in the rows."""
    begins = "<" + iri_of(folder)
    for row in table.rows:
        for cell in row:
            for piece in cell.split(" ") if not table.columns else [cell]:
                if piece.startswith(begins) and piece.endswith(">"):
                    yield piece[1:-1].partition("#")[0]


def _disputes_among(asker: Asker, table: _AnswerPage) -> list[str]:
    """Disputes that rows name, or in which claims take part that they name."""
    claims = list(dict.fromkeys(_named(table, "claim/")))[:_MOST_CLAIMS]
    found = dict.fromkeys(_named(table, "dispute/"))
    if claims:
        touched = disputes_of(asker, claims)
        found |= dict.fromkeys(iri for claim in claims for iri in touched.get(claim, []))
    return list(found)
