"""Options that name corpora: the same with every verb, whether it reads their files or a store."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import VERBS, main

LOWLANDS = Path(__file__).parent.parent / "corpora" / "lowlands"
NEITHER = {"new corpus", "import nanopublications", "export context"}
"""Verbs that neither read a corpus nor a store."""


def run(*arguments: str | Path) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


def verbs(command: click.Command, context: click.Context, name: str = "") -> Iterator[tuple[str, set[str]]]:
    """All verbs without verbs below them, each with its options and those of the verbs above it."""
    own = {option for each in command.params for option in each.opts}
    if not isinstance(command, click.Group):
        yield name, own
        return
    for below in command.list_commands(context):
        found = command.get_command(context, below)
        assert found is not None
        yield from verbs(found, context, f"{name} {below}".strip())


def test_every_verb_takes_both_options() -> None:
    """Its own, so that it does not matter where in the line they stand."""
    found = dict(verbs(main, click.Context(main)))
    assert len(found) > len(VERBS)
    lacking = {name for name, options in found.items() if not {"--corpus", "--without-shipped"} <= options}
    assert lacking - NEITHER == set()


@pytest.fixture(scope="module")
def lowlands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that stands by itself, built."""
    folder = tmp_path_factory.mktemp("alone") / "lowlands"
    shutil.copytree(LOWLANDS, folder, ignore=shutil.ignore_patterns(".araxes"))
    done = run("build", "--without-shipped", "--corpus", folder)
    assert done.exit_code == 0, done.output
    return folder


@pytest.mark.parametrize(
    "verb",
    [("disputes",), ("info",), ("query", "ASK {}"), ("export", "claims"), ("export", "schema"),
     ("serve", "--print-config"), ("questions", "renew", "--check"), ("compare", "vale-1995", "vale-1995")],
    ids=" ".join,
)  # fmt: skip
def test_a_corpus_that_stands_alone_is_asked_as_it_was_built(lowlands: Path, verb: tuple[str, ...]) -> None:
    done = run(*verb, "--without-shipped", "--corpus", lowlands)
    assert done.exit_code == 0 or "there is no question in" in done.output, done.output


@pytest.mark.parametrize(
    "verb", [("disputes",), ("serve",), ("validate",), ("query", "ASK {}")], ids=" ".join
)
def test_without_any_corpus_nothing_is_left(verb: tuple[str, ...]) -> None:
    done = run(*verb, "--without-shipped")
    assert done.exit_code == 2
    assert "leaves nothing: name a corpus with --corpus" in done.output


def test_nothing_in_dispute_is_said(lowlands: Path) -> None:
    done = run("disputes", "--corpus", lowlands)
    assert done.stdout == ""
    assert "the claims of the store show none of this" in done.stderr


def test_the_text_of_annotations_is_found_in_the_corpus(lowlands: Path, tmp_path: Path) -> None:
    text = (lowlands / "originals" / "vale-1995.txt").read_text("utf-8")
    marked = {"target": {"selector": {"type": "TextPositionSelector", "start": 0, "end": 12}}}
    (tmp_path / "notes.json").write_text(json.dumps([marked]), "utf-8")
    command = ("import", "annotations", tmp_path / "notes.json", "--source", "source/vale-1995")
    done = run(*command, "--corpus", lowlands, "--without-shipped")
    assert done.exit_code == 0, done.output
    draft = yaml.safe_load(done.stdout)
    assert text.startswith(draft["claims"][0]["quote"])
    assert draft["text"] == "vale-1995.txt"
