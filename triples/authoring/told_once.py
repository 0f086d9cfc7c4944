"""One mistake, one finding: what many records of a file share is told at the first of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from araxes.triples.authoring.findings import FOLLOWS, Finding

_SHARED = ("unknown entity ", "unknown term ", "the id does not name its source")
_MANY = 3
"""So often a mistake may stand in a file, each told at its line, until all count as one."""


def told_once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with what only repeats another of its file marked as such, in the same order."""
    listed = list(findings)
    values = {
        (each.place, each.subject, each.message.partition(": unknown value ")[2]) for each in listed
    }  # of a closed list: that such a value is no term besides, says nothing more
    for index, finding in enumerate(listed):
        begun, term, value = finding.message.partition("unknown term ")
        if term and not begun and (finding.place, finding.subject, value) in values:
            listed[index] = follows(finding)
    alike: dict[tuple[object, str], list[int]] = defaultdict(list)
    for index, finding in enumerate(listed):
        if finding.severity != FOLLOWS and finding.message.startswith(_SHARED):
            alike[finding.place.path, finding.message].append(index)
    for group in alike.values():
        if len(group) > _MANY:
            lines = [listed[index].place.line for index in group]
            listed[group[0]] = replace(listed[group[0]], message=listed[group[0]].message + also(lines))
            for index in group[1:]:
                listed[index] = follows(listed[index])
    return listed


def also(lines: list[int]) -> str:
    """Where else than in the first line the same is wrong.

    >>> also([3, 8]), also([3, 8, 9, 10, 11, 12])
    (' (also in line 8)', ' (also in lines 8, 9, 10 and 2 more)')
    """
    others = lines[1:]
    if not others:
        return ""
    rest = f" and {len(others) - _MANY} more" if len(others) > _MANY else ""
    return f" (also in line{'s' if len(others) > 1 else ''} {', '.join(map(str, others[:_MANY]))}{rest})"


def follows(finding: Finding) -> Finding:
    """The finding as one that only follows from another: not told, but its record is left out."""
    return replace(finding, severity=FOLLOWS)
