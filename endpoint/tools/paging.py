"""Pages of answers: a cursor belongs to one version of the dataset, so that nothing is lost between them."""

from __future__ import annotations

import re

from araxes.endpoint.tools.answers import ToolError

_CURSOR = re.compile(r"([0-9]{1,6})-([0-9a-f]{12})")


def cursor_at(start: int, dataset: str) -> str:
    """A cursor.

    >>> cursor_at(20, "a35c81a035b17a99ee57")
    '20-a35c81a035b1'
    """
    return f"{start}-{dataset[:12]}"


def start_of(cursor: str | None, dataset: str) -> int:
    """Where a page begins.

    Args:
        cursor: as an answer gave it; nothing for the first page.
        dataset: digest of the version that answers now.

    Raises:
        ToolError: it is no cursor, or one of another version of the dataset.

    >>> start_of(None, "a35c81a035b1"), start_of("20-a35c81a035b1", "a35c81a035b17a99")
    (0, 20)
    """
    if not cursor:
        return 0
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise ToolError("cursor")
    if found[2] != dataset[:12]:
        raise ToolError("stale_cursor")
    return int(found[1])
