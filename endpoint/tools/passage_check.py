"""``verify_passage``: whether a text that the caller holds is what a claim points to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from araxes.endpoint.tools.answers import ToolAnswer, said
from araxes.endpoint.tools.asking import Asker
from araxes.endpoint.tools.records import disputes, disputes_of
from araxes.endpoint.tools.shown import dispute_lines, notice
from araxes.endpoint.tools.single_claim import claim_iri

_BEST = ("found", "found-altered", "cannot-tell")


def verify_passage(asker: Asker, given: dict[str, Any]) -> ToolAnswer:
    """ToolAnswer.

    Raises:
        HttpProblem: the dataset could not be asked.
        ToolError: there is no such claim.
    """
    iri, language = claim_iri(asker, given["claim"]), asker.language
    checked = asker.passages(iri, given["text"])
    found = min((each["verdict"] for each in checked), key=_BEST.index, default="cannot-tell")
    lines = [said(language, f"verdict_{found.replace('-', '_')}")]
    lines += [_line(each, language) for each in _shown(checked, found)]
    if found == "cannot-tell":
        lines.append(said(language, f"shape_{_shape(checked)}" if checked else "no_passage"))
    whole = disputes(asker, disputes_of(asker, [iri]).get(iri, []))
    data = {
        "found": bool(checked),
        "disputed": bool(whole),
        "claim_iri": iri,
        "verdict": found,
        "passages": checked,
        "disputes": whole,
    }
    lines += [line for each in whole for line in dispute_lines(each, {}, language)]
    return ToolAnswer(notice(len(whole), whole, language) if whole else lines.pop(0), lines, data)


def _shown(checked: Sequence[dict[str, Any]], verdict: str) -> list[dict[str, Any]]:
    return [each for each in checked if each["verdict"] == verdict and verdict != "cannot-tell"]


def _line(each: dict[str, Any], language: str) -> str:
    changes = " · ".join(said(language, f"change_{name.replace('-', '_')}") for name in each["changes"])
    where = f"- <{each['text']}> {each['start']}–{each['end']}"
    parts = [where, changes, "" if each["whole"] else said(language, "within")]
    return "; ".join(filter(None, parts))


def _shape(checked: Sequence[dict[str, Any]]) -> str:
    """The shape that comes nearest to a passage."""
    shapes = {each["shape"] for each in checked}
    return next(name for name in ("alike", "shorter", "longer") if name in shapes)
