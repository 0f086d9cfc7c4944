"""Passages cut out of the original texts, with what stands around them.

Offsets are 0-based Unicode code points, end exclusive, as in :mod:`araxes.triples.originals.passages`. A
passage is shown only as it was annotated: from the file of the recorded name and digest, and with its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

AROUND = 280
"""Code points shown before and after a passage."""

_LARGEST = 16 << 20
"""Bytes of a text that is read."""


def cut_passages(folder: Path, rows: Iterable[Mapping[str, Mapping[str, str]]]) -> list[dict[str, str]]:
    """The passages that solutions of a query name.

    Args:
        folder: of the texts.
        rows: each with ``file``, ``whole`` (its SHA-256), ``start``, ``end``, ``digest`` (the passage's).

    Returns:
        For each row ``state``: ``shown``, with ``before``, ``passage`` and ``after``; ``missing``, where
        there is no such file; ``changed``, where it is another.
    """
    texts: dict[tuple[str, str], str | dict[str, str]] = {}
    found = []
    for row in rows:
        key = (row["file"]["value"], row["whole"]["value"])
        if key not in texts:
            texts[key] = _read(folder, *key)
        text = texts[key]
        found.append(text if isinstance(text, dict) else _cut(text, row))
    return found


def _read(folder: Path, name: str, digest: str) -> str | dict[str, str]:
    """The text, or why there is none."""
    path = folder / name
    if path.name != name or not path.is_file() or path.stat().st_size > _LARGEST:
        return {"state": "missing"}
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        return {"state": "changed"}
    return content.decode("utf-8", "replace")


def _cut(text: str, row: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    start, end = int(row["start"]["value"]), int(row["end"]["value"])
    passage = text[start:end]
    if hashlib.sha256(passage.encode("utf-8")).hexdigest() != row["digest"]["value"]:
        return {"state": "changed"}
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return {"state": "shown", "before": before, "passage": passage, "after": after}
