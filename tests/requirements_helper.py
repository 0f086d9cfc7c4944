"""Tests that need a tool of the machine: skipped with a message, or failed where all is required."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def missing(what: str, how: str) -> None:
    """Skip, or fail when ``ARAXES_REQUIRE_ALL=1`` says that nothing may be left out."""
    message = f"{what} is missing: {how}"
    if os.environ.get("ARAXES_REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)


def require_tool(name: str, how: str = "") -> str:
    """The path of a program."""
    found = shutil.which(name)
    if found is None:
        missing(name, how or f"install it, for example with `apt-get install {name}`")
    return found or ""


def require_folder(variable: str, how: str) -> Path:
    """The folder that an environment variable names."""
    value = os.environ.get(variable, "")
    if not value or not Path(value).is_dir():
        missing(f"the folder ${variable}", how)
    return Path(value)
