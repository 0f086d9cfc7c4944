"""Where the ontology's files are. Whoever only copies or serves them needs no RDF library for that."""

from __future__ import annotations

from pathlib import Path

MODULES = Path(__file__).parent / "modules"
"""Folder of the Turtle modules; ``araxes.ttl`` is the root that imports the others."""

ALIGNMENTS = Path(__file__).parent / "alignments"
"""Folder of the tables of alignments and of the module made from them."""


def module_files(folder: Path = MODULES) -> list[Path]:
    """The module files of a folder in order of name, the root first.

    Raises:
        FileNotFoundError: there are none (a broken installation).
    """
    files = sorted(folder.glob("*.ttl"), key=lambda path: (path.stem != "araxes", path.stem))
    if not files:
        raise FileNotFoundError(f"no ontology module in {folder}: the installation is incomplete")
    return files
