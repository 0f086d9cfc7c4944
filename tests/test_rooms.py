"""Data flows one way: between the four rooms, and between the rooms inside each of them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from araxes.ontology import namespaces

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("endpoint", "validation", "triples", "ontology")
"""The four rooms, the topmost first: each may import those after it."""

INNER = {
    "endpoint": (
        ("readme_tables",),
        ("cli",),
        ("http",),
        ("tools",),
        ("pages",),
        ("service",),
        ("engines",),
        ("sparql", "search"),
        ("errors",),
        ("settings",),
        ("settings_table", "error_codes", "logs"),
    ),
    "validation": (
        ("published", "gold_lists", "drafts", "benchmark"),
        ("gate",),
        ("disagreement",),
        ("kept_questions", "question_checks"),
        ("question_terms",),
        ("questions",),
        ("roomy_thread", "sparql_syntax"),
    ),
    "triples": (
        ("tables", "exchange"),
        ("drafting",),
        ("exports",),
        ("wikidata", "originals"),
        ("dataset",),
        ("derived",),
        ("authoring",),
        ("runners",),
        ("stores",),
        ("labels",),
    ),
    "endpoint/search": (
        ("text", "reconciliation"),
        ("matching",),
        ("index",),
        ("likeness",),
    ),
}
"""The rooms inside a room, the topmost first; those of one line may not import each other."""


def modules(room: str) -> list[Path]:
    """Every module of a room."""
    found = sorted((ROOT / room).rglob("*.py"))
    assert len(found) > 5, room
    return found


def imported(path: Path) -> Iterator[str]:
    """The project's modules that a module imports, as dotted paths below ``araxes``."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "araxes":
            for alias in node.names:
                yield f"{node.module}.{alias.name}".removeprefix("araxes.")
        elif isinstance(node, ast.Import):
            yield from (alias.name[7:] for alias in node.names if alias.name.startswith("araxes."))


def level(order: tuple[tuple[str, ...], ...], name: str) -> int:
    """The line on which a room stands."""
    (found,) = [number for number, line in enumerate(order) if name in line] or [-1]
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_imports_one_above_it(room: str) -> None:
    allowed = ROOMS[ROOMS.index(room) :]
    back = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in imported(path)
        if name.split(".")[0] not in allowed
    ]
    assert back == []


@pytest.mark.parametrize("room", INNER)
def test_every_module_has_its_place(room: str) -> None:
    known = {name for line in INNER[room] for name in line} | {"__init__"}
    found = {path.relative_to(ROOT / room).parts[0].removesuffix(".py") for path in modules(room)}
    assert found - known == set(), f"say in {Path(__file__).name} where it stands"


@pytest.mark.parametrize("room", INNER)
def test_no_inner_room_imports_one_above_or_beside_it(room: str) -> None:
    back = []
    for path in modules(room):
        here = path.relative_to(ROOT / room).parts[0].removesuffix(".py")
        for name in imported(path):
            inside = name.removeprefix(f"{room.replace('/', '.')}.")
            there = inside.split(".")[0]
            if inside == name or here in (there, "__init__"):
                continue
            if level(INNER[room], there) <= level(INNER[room], here):
                back.append(f"{path.relative_to(ROOT)} imports {name}")
    assert back == []


def test_no_two_classes_have_one_name() -> None:
    """Whoever reads a name should not have to look where it comes from to know what it is."""
    found = defaultdict(list)
    for room in ROOMS:
        for path in modules(room):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found[node.name].append(str(path.relative_to(ROOT)))
    twice = {name: places for name, places in found.items() if len(places) > 1}
    assert twice == {}, "name the less general of them after what it holds"


def test_namespaces_are_written_once() -> None:
    """Whoever types an address again mistypes it sooner or later, and finds nothing then."""
    known = {value for name, value in vars(namespaces).items() if name.isupper() and isinstance(value, str)}
    spaces = tuple(value for value in known if "://" in value and "w3id.org/araxes" not in value)
    again = [
        f"{path.relative_to(ROOT)}, line {text.lineno}"
        for room in ROOMS
        for path in modules(room)
        if path.name != "namespaces.py"
        for text in texts(ast.parse(path.read_text("utf-8")))
        if any(space in text.value for space in spaces)
    ]
    assert again == [], "take it from ontology/namespaces.py"


def texts(tree: ast.Module) -> Iterator[Any]:
    """The texts that a module works with: all but its docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node
