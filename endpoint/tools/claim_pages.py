"""Pages of claims: every claim of a page, and whole every dispute in which one of them takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from araxes.endpoint.tools.answers import ToolAnswer, said
from araxes.endpoint.tools.asking import Asker, node
from araxes.endpoint.tools.paging import cursor_at
from araxes.endpoint.tools.records import Claim, DisputeRecord, claims, disputes
from araxes.endpoint.tools.shown import claim_lines, dispute_lines, notice

PAGE = 6
"""Claims of a page."""

_NAMED = 3
"""Disputes that the first line names."""

_REPRESENTED = 2
"""Claims that are given of each other position of a dispute; one, where a page touches several disputes."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the claims that belong to an answer.

    Attributes:
        iris: claims of this page.
        start: those before it.
        total: all of them.
        disputes: in which any of all takes part, in the order in which their claims come.
        leading: disputes that are shown on this page whether or not one of its claims takes part.
        similar: place on this page from which on claims are merely similar; ``None`` where none is.
    """

    iris: Sequence[str]
    start: int
    total: int
    disputes: Sequence[str]
    leading: Sequence[str] = ()
    similar: int | None = None


def mentions(iri: str, mark: str = "") -> str:
    """A pattern for the graphs of claims that speak of a thing.

    Args:
        iri: of the thing.
        mark: tells the variables of patterns apart that stand in one query.
    """
    term = node(iri)
    said = f"{{ GRAPH ?claim {{ {term} ?of{mark} ?one{mark} }} }}"
    return f"{said} UNION {{ GRAPH ?claim {{ ?any{mark} ?to{mark} {term} }} }}"


def slice_of(asker: Asker, pattern: str, start: int, leading: Sequence[str] = ()) -> Slice:
    """The claims that a pattern binds as ``?claim``: those in a dispute first, dispute by dispute.

    Args:
        asker: asks.
        pattern: of our own; every IRI in it has been checked.
        start: claims before the page.
        leading: claims that come before all others, if the pattern binds them.
    """
    found = [row["claim"] for row in asker.rows(f"SELECT DISTINCT ?claim {{ {pattern} ?claim a ax:Claim }}")]
    first: dict[str, str] = {}
    pairs = asker.rows(
        f"""SELECT DISTINCT ?claim ?dispute {{ {{ SELECT DISTINCT ?claim {{ {pattern} }} }}
          ?dispute ax:comparedClaim ?claim ; a ax:PointAtIssue }} ORDER BY ?dispute"""
    )
    for row in pairs:
        first.setdefault(row["claim"], row["dispute"])
    # Joined in one query, this would take many times as long.
    places = {iri: place for place, iri in enumerate(leading)}
    last = len(places)
    ordered = sorted(
        found, key=lambda iri: (places.get(iri, last), iri not in first, first.get(iri, ""), iri)
    )
    touched = list(dict.fromkeys(row["dispute"] for row in pairs))
    return Slice(ordered[start : start + PAGE], start, len(ordered), touched)


def page(asker: Asker, part: Slice) -> ToolAnswer:
    """A page of claims as an answer; an empty one where there are none."""
    own = claims(asker, part.iris)
    touching = list(dict.fromkeys([*part.leading, *(iri for claim in own for iri in claim["disputes"])]))
    named = [iri for iri in part.disputes if iri not in touching][: max(0, _NAMED - len(touching))]
    found = {each["iri"]: each for each in disputes(asker, [*touching, *named])}
    whole = [found[iri] for iri in touching if iri in found]
    further = claims(asker, _missing(whole, own))
    line = notice(len(part.disputes), found.values(), asker.language)
    lines = _in_parts(own, further, whole, part.similar, asker.language)
    behind = part.start + len(part.iris)
    following = cursor_at(behind, asker.dataset) if behind < part.total else None
    if part.total > len(part.iris):
        lines.append(
            said(asker.language, "page", first=part.start + 1, last=behind, total=part.total)
            + (said(asker.language, "next", cursor=following) if following else "")
        )
    return ToolAnswer(
        line,
        lines,
        {
            "found": bool(part.total or part.disputes),
            "disputed": bool(part.disputes),
            "dispute_count": len(part.disputes),
            "disputes": whole,
            "claims": own,
            "further_claims": further,
            "total": part.total,
            "next_cursor": following,
        },
    )


def _in_parts(
    own: Sequence[Claim],
    further: Sequence[Claim],
    whole: Sequence[DisputeRecord],
    similar: int | None,
    language: str,
) -> list[str]:
    """The lines of a page; claims that are merely similar, and their disputes, behind the others."""
    if similar is None or similar >= len(own):
        return _lines(own, further, whole, language)
    first, rest = own[:similar], own[similar:]
    touched = {iri for claim in first for iri in claim["disputes"]}
    theirs = [each for each in whole if each["iri"] in touched]
    others = [each for each in whole if each["iri"] not in touched]
    lines = _lines(first, further, theirs, language)
    return [*lines, said(language, "merely_similar"), *_lines(rest, further, others, language)]


def _missing(whole: Sequence[DisputeRecord], own: Sequence[Claim]) -> list[str]:
    """The claims that stand for the positions of disputes and are not on the page."""
    here = {claim["iri"] for claim in own}
    most = _REPRESENTED if len(whole) < _REPRESENTED else 1
    wanted = (iri for each in whole for position in each["positions"] for iri in position["claims"][:most])
    return [iri for iri in dict.fromkeys(wanted) if iri not in here]


def _lines(
    own: Sequence[Claim], further: Sequence[Claim], whole: Sequence[DisputeRecord], language: str
) -> list[str]:
    known = {claim["iri"]: claim for claim in (*own, *further)}
    lines = [line for each in whole for line in dispute_lines(each, known, language)]
    shown = {iri for each in whole for position in each["positions"] for iri in position["claims"]}
    others = [claim for claim in own if claim["iri"] not in shown]
    if others:
        lines.append(said(language, "claims" if not whole else "other_claims"))
    for claim in others:
        lines += claim_lines(claim, language)
        lines += (
            [said(language, "in_dispute", iris=" ".join(f"<{iri}>" for iri in claim["disputes"]))]
            if claim["disputes"]
            else []
        )
    return lines
