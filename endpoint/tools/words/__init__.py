"""The words of the tools: one TOML file a language, with the same keys in each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from araxes.ontology.languages import LANGUAGES

FOLDER = Path(__file__).parent


@cache
def words(language: str) -> Mapping[str, Any]:
    """All words of a language, as nested tables.

    Raises:
        ValueError: there is no such language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}: one of {', '.join(LANGUAGES)}")
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
