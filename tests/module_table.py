"""The table of modules in ``ARCHITECTURE.md``, made from the first line of each module's docstring.

``python -m tests.module_table`` renews it; a test fails when it is not what the code says.
"""

from __future__ import annotations

import ast
from pathlib import Path

from tests.test_rooms import INNER, ROOMS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "ARCHITECTURE.md"
REPAIR = "python -m tests.module_table"
BEGIN = f"<!-- modules: everything up to the next mark is written by `{REPAIR}` -->\n"
END = "<!-- end of modules -->\n"


def first_line(path: Path) -> str:
    """What a module holds, in its own words.

    Raises:
        ValueError: it does not say.
    """
    found = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    if not found:
        raise ValueError(f"{path}: begin with a docstring that says what it holds")
    return found.splitlines()[0].replace("|", "\\|")


def rank(room: str, path: Path) -> tuple[int, str]:
    """Where a module stands in its room: the topmost inner room first."""
    parts = path.relative_to(ROOT / room).parts
    name = parts[0].removesuffix(".py")
    for number, line in enumerate(INNER.get(room, ())):
        if name in line:
            return number, "/".join(parts)
    return -1, "/".join(parts)


def table() -> str:
    """The table, one line a module; a room's ``__init__`` is its heading."""
    lines = []
    for room in ROOMS:
        paths = sorted((ROOT / room).rglob("*.py"), key=lambda path: rank(room, path))
        lines += [f"### `{room}/`", "", first_line(ROOT / room / "__init__.py"), ""]
        lines += ["| module | what it holds |", "| --- | --- |"]
        for path in paths:
            name = path.relative_to(ROOT / room).as_posix()
            if name == "__init__.py":
                continue
            shown = f"**{name.removesuffix('__init__.py')}**" if name.endswith("__init__.py") else f"`{name}`"
            lines.append(f"| {shown} | {first_line(path)} |")
        lines.append("")
    return "\n".join(lines)


def renewed(page: str) -> str:
    """The page with the table as it should be."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "\n" + table() + "\n" + END + after


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
