"""The tables of endpoint/README.md are those of the code, and the table of error codes is complete."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from araxes.endpoint import readme_tables
from araxes.endpoint.error_codes import ERROR_CODES
from araxes.endpoint.readme_tables import filled, main
from araxes.endpoint.settings_table import SETTINGS
from araxes.ontology.errors import InputError

_SOURCES = sorted(
    path
    for path in (Path(__file__).resolve().parents[2] / "endpoint").rglob("*.py")
    if path.name != "error_codes.py"
)
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def test_the_tables_are_those_of_the_code() -> None:
    done = CliRunner().invoke(main, ["--check"])
    assert done.exit_code == 0, f"{done.output}\npython -m araxes.endpoint.readme_tables brings it up to date"


def test_what_is_out_of_date_is_shown_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "README.md"
    text = readme_tables.README.read_text("utf-8")
    copy.write_text(text.replace("| `port` | `5000`", "| `port` | `5001`"), "utf-8")
    monkeypatch.setattr(readme_tables, "README", copy)
    done = CliRunner().invoke(main, ["--check"])
    assert done.exit_code == 1
    assert "5001" in done.output
    assert "5001" in copy.read_text("utf-8")
    assert CliRunner().invoke(main, []).exit_code == 0
    assert copy.read_text("utf-8") == text


def test_every_setting_and_code_has_its_row() -> None:
    text = readme_tables.README.read_text("utf-8")
    assert all(f"| `{row.name}` |" in text and row.help.replace("|", "\\|") in text for row in SETTINGS)
    assert all(f"`{row.code}` | {row.meaning} |" in text for row in ERROR_CODES)


def test_a_document_without_a_place_is_told() -> None:
    with pytest.raises(InputError, match="settings, errors, engines, open-probes"):
        filled("# nothing here\n")


def _used(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every pair of a status and a code that stands side by side in a call, a tuple or a dictionary."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _pairs(node.args)
        elif isinstance(node, ast.Tuple):
            yield from _pairs(node.elts)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                yield from _pairs([key, value] if key is not None else [])


def _pairs(nodes: list[ast.expr]) -> Iterator[tuple[int, str]]:
    for left, right in itertools.pairwise(nodes):
        for status in _constants(left):
            for code in _constants(right):
                fits = isinstance(code, str) and _CODE.fullmatch(code)
                if fits and isinstance(status, int) and 400 <= status < 600:
                    yield status, str(code)


def _constants(node: ast.expr) -> list[object]:
    """A constant, or both of a choice between two."""
    if isinstance(node, ast.IfExp):
        return _constants(node.body) + _constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) else []


def test_the_table_of_codes_is_that_of_the_code() -> None:
    """Every code that is used is in the table, with its status; and none is in the table for nothing."""
    known = {(status, row.code) for row in ERROR_CODES for status in row.statuses}
    trees = {path.name: ast.parse(path.read_text("utf-8")) for path in _SOURCES}
    used = {pair for tree in trees.values() for pair in _used(tree)}
    assert used <= known, f"add to endpoint/error_codes.py: {sorted(used - known)}"
    words = {
        node.value
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unused = [row.code for row in ERROR_CODES if row.code not in words]
    assert not unused, f"take out of endpoint/error_codes.py: {unused}"


def test_codes_differ() -> None:
    assert len({row.code for row in ERROR_CODES}) == len(ERROR_CODES)
