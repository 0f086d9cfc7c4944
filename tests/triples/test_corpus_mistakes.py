"""Mistakes with a corpus of one's own that would cost somebody else's files, or end without a reason."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main

LOWLANDS = Path(__file__).parent.parent / "corpora" / "lowlands"


def run(*arguments: str | Path) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def lowlands(tmp_path: Path) -> Path:
    """A copy of the corpus that stands by itself, in English and Armenian."""
    return Path(shutil.copytree(LOWLANDS, tmp_path / "lowlands", ignore=shutil.ignore_patterns(".araxes")))


def test_answers_are_renewed_in_the_corpus_that_is_named(lowlands: Path) -> None:
    """Before the verb or after it: never in the one below, whose answers are other people's."""
    assert run("build", "--without-shipped", "--corpus", lowlands).exit_code == 0
    (lowlands / "questions").mkdir()
    asked = lowlands / "questions" / "who.rq"
    head = "# en: Who claims?\n# hy: Ո՞վ է պնդում։\n# family: claims\n"
    query = "SELECT (COUNT(?c) > 0 AS ?some) { ?c a <https://w3id.org/araxes/ontology/Claim> }\n"
    asked.write_text(head + query, "utf-8")
    for verb in (("questions", "renew", "--corpus", lowlands), ("questions", "--corpus", lowlands, "renew")):
        asked.with_suffix(".csv").write_text("some\nfalse\n", "utf-8")
        done = run(*verb)
        assert done.output.endswith("1 answer differs: written\n"), done.output
        assert asked.with_suffix(".csv").read_text("utf-8") == "some\ntrue\n"


def test_an_id_of_which_no_iri_can_be_made_is_told(lowlands: Path) -> None:
    for file in (lowlands / "sources").glob("*.yaml"):
        text = file.read_text("utf-8")
        name = re.search(r"id: (source/[a-z0-9-]+)$", text, re.MULTILINE)
        assert name
        file.write_text(text.replace(f"id: {name[1]}\n", f"id: {name[1]} b\n"), "utf-8")
    done = run("validate", "--without-shipped", "--corpus", lowlands)
    assert done.exit_code == 1, done.output
    assert "does not have the form" in done.output
