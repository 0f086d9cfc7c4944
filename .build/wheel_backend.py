"""Setuptools' build backend (PEP 517), with what pages load brought from npm into each wheel.

Without a network the wheel is built all the same: its query page is then the plain form.
"""

from __future__ import annotations

import runpy
import shutil
import sys
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import (
    build_editable,
    build_sdist,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

_ASSETS = Path(__file__).resolve().parent.parent / "endpoint" / "pages" / "assets" / "build_assets.py"


def get_requires_for_build_wheel(config_settings: Any = None) -> list[str]:
    """What setuptools needs, and a Node where there is none."""
    node = [] if shutil.which("npm") else [runpy.run_path(str(_ASSETS))["NODE"]]
    return [*build_meta.get_requires_for_build_wheel(config_settings), *node]


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: Any = None) -> str:
    """A wheel with the editor and the type face in it."""
    assets = runpy.run_path(str(_ASSETS))
    try:
        assets["build_assets"](Path("build", "node").resolve())
    except assets["AssetError"] as error:
        sys.stderr.write(f"the wheel has no query editor and no Persian type face: {error}\n")
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
