"""The datasets: the corpus as it is built, and the same with its claims many times over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from araxes.triples.stores.versioned_store import current

_CLAIM = "/claim/"
_IRI = re.compile(r"<([^<>]*/claim/[^<>#]*)(#[^<>]*)?>")
_BLANK = re.compile(r"_:([A-Za-z0-9]+)")


def dumped(root: Path, file: Path) -> int:
    """Write the current version of a store as N-Quads; its number of quads."""
    store = ox.Store.read_only(str(current(root).path))
    with file.open("wb") as output:
        store.dump(output, format=ox.RdfFormat.N_QUADS)
    return len(store)


def claims_in(file: Path) -> int:
    """The number of claims: subjects of ``ax:source`` that are claims."""
    marks = ("/claim/", "<https://w3id.org/araxes/ontology/source>")
    with file.open(encoding="utf-8") as lines:
        return sum(all(mark in line for mark in marks) and line.split()[1] == marks[1] for line in lines)


def _of_claims(lines: list[str]) -> list[str]:
    """Every line that speaks of a claim, or of a blank node that hangs on one."""
    blank_lines: dict[str, list[str]] = {}
    waiting, chosen = [], []
    for line in lines:
        if _CLAIM in line:
            chosen.append(line)
            waiting += _BLANK.findall(line)
        elif line.startswith("_:"):
            blank_lines.setdefault(_BLANK.match(line)[1], []).append(line)  # type: ignore[index]
    seen: set[str] = set()
    while waiting:
        blank = waiting.pop()
        if blank not in seen:
            seen.add(blank)
            for line in blank_lines.get(blank, ()):
                chosen.append(line)
                waiting += _BLANK.findall(line)
    return chosen


def multiplied(real: Path, target: Path, claims: int) -> int:
    """Write the dataset with copies of its claims, each under a name of its own, until there are so many.

    What is joined stays joined as in the corpus; the last copy is cut off among whole claims.

    Returns:
        The number of claims written.
    """
    lines = real.read_text("utf-8").splitlines(keepends=True)
    mine = _of_claims(lines)
    there = claims_in(real)
    copies = max(0, round(claims / there) - 1)
    with target.open("w", encoding="utf-8") as output:
        output.writelines(lines)
        for number in range(1, copies + 1):
            output.writelines(_copied(mine, number))
    return there * (copies + 1)


def _copied(lines: list[str], number: int) -> Iterator[str]:
    for line in lines:
        renamed = _IRI.sub(lambda found: f"<{found[1]}-copy{number}{found[2] or ''}>", line)
        yield _BLANK.sub(lambda found: f"_:{found[1]}c{number}", renamed)
