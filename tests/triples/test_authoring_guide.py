"""triples/AUTHORING.md: its fields, kinds, keys and checks are those of the program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.json_schema import curation_schema, source_schema
from araxes.triples.drafting.draft_files import DRAFT_KEYS, QUOTE_KEYS
from tests.test_rooms import ROOT

GUIDE = (ROOT / "triples" / "AUTHORING.md").read_text("utf-8")
CHECKS = re.compile(r'"((?:quote|name|holder|number|passage|unknown)-[a-z-]+|unfitting|copied)"')


def section(title: str) -> str:
    """A section of the guide."""
    return GUIDE.partition(f"\n{title}\n")[2].partition("\n## ")[0].partition("\n### ")[0]


def test_every_field_of_a_head_is_described() -> None:
    head = section("### The head: `source` and `curation`")
    rows = {
        name
        for row in re.findall(r"^\| (`.*?) \|", head, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    assert rows == set(source_schema(vocabulary())["properties"])
    for key in curation_schema()["properties"]:
        assert f"`{key}" in head, key


def test_every_kind_of_source_is_named() -> None:
    kinds = {name for name, above in vocabulary().classes.items() if "Work" in above} - {"Work"}
    row = next(line for line in GUIDE.splitlines() if line.startswith("| `type` | the kind of source: "))
    assert set(re.findall(r"[A-Z]\w+", row.partition(":")[2])) == kinds


def test_every_key_and_check_of_a_draft_is_described() -> None:
    drafts = section("## Drafts: quotes for offsets, names for ids")
    for key in {*DRAFT_KEYS, *QUOTE_KEYS} - {"curation"}:
        assert re.search(rf"\b{key}:|`{key}`", drafts), key
    modules = [
        ROOT / "validation" / "drafts" / "quote_checks.py",
        *(ROOT / "triples" / "drafting").glob("*.py"),
    ]
    checks = {name for path in modules for name in CHECKS.findall(path.read_text("utf-8"))}
    assert len(checks) > 8
    assert [name for name in sorted(checks) if f"`{name}`" not in drafts] == []


def test_the_draft_of_the_guide_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    draft = (
        section("## Drafts: quotes for offsets, names for ids").partition("```yaml\n")[2].partition("```")[0]
    )
    quote = yaml.safe_load(draft)["claims"][0]["quote"]
    Path("delta.txt").write_text(f"In 2021, {quote}.\n", "utf-8")
    Path("delta.draft.yaml").write_text(draft, "utf-8")
    result = CliRunner().invoke(main, ["draft", "delta.draft.yaml", "--format", "json"])
    found = json.loads(result.stdout)
    missing = {finding["message"] for claim in found["claims"] for finding in claim["findings"]}
    assert found["findings"] == []
    assert missing <= {"fa is missing"}, "of the shipped corpus both languages are required"


def test_the_commands_of_the_guide_do_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARAXES_SOURCES", raising=False)
    quote = "trade between Iran and Azerbaijan grew to 1.2 billion dollars"
    Path("delta.txt").write_text(f"In 2021, {quote}.\n", "utf-8")
    Path("delta.bib").write_text("@report{d, author={Miller, Ann}, title={Delta}, date={2024-05}}", "utf-8")
    text = section("## Beginning with a text of your own").partition("```\n")[2].partition("```")[0]
    claim = {
        "quote": quote, "paraphrase": "Iran and Azerbaijan traded for 1.2 billion dollars.",
        "polarity": "Cooperative", "asserts": [["Iran", "trades with", "Azerbaijan"]],
    }  # fmt: skip
    Path("delta.draft.yaml").write_text(
        yaml.safe_dump({"source": "source/miller-2024", "claims": [claim]}), "utf-8"
    )
    *lines, last = text.splitlines()
    commands = [line.removeprefix("araxes ") for line in lines]
    assert len(commands) == 6
    assert last == "araxes build --corpus mine && araxes serve --corpus mine"  # a build of all, and no end
    for command in commands:
        words = [first or second for first, second in re.findall(r'"([^"]*)"|(\S+)', command)]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, (command, result.output)
    assert "cover" in result.output
