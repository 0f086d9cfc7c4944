"""Of what nature a dispute is, where its positions do not simply shut each other out.

Explanations may hold together, accounts may differ in degree alone, a text may slip: a reader must be told.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

NATURES = Path(__file__).with_name("natures.toml")
"""The natures, with the kinds of clash that tell them and their wording."""

SLIP = "slip"
"""The nature of what is no dispute of views: one text that does not agree with itself."""

READ = "read"
"""The nature of answers that curators read; told beside any other nature that the register names."""


@cache
def natures() -> dict[str, dict[str, Any]]:
    """The natures by name."""
    return tomllib.loads(NATURES.read_text("utf-8"))


def nature_of(kinds: Collection[str]) -> str:
    """The nature that kinds of clash tell, or nothing.

    >>> nature_of(["RivalExplanations"]), nature_of(["RivalExplanations", "DeniedStatement"])
    ('rival', '')
    """
    for name, described in natures().items():
        if kinds and set(kinds) <= set(described["kinds"]):
            return name
    return ""
