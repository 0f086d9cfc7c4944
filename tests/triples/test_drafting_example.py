"""The shipped drafts: refused is what their README says, for those reasons, and its figures are right."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from tests.test_rooms import ROOT

EXAMPLE = ROOT / "triples" / "drafting" / "example"
README = (EXAMPLE / "README.md").read_text("utf-8")
DRAFTS = {path.name.removesuffix(".draft.yaml"): path for path in (EXAMPLE / "drafts").glob("*.yaml")}


def refused(draft: Path) -> dict[str, set[str]]:
    """Number of each refused claim → the checks that refuse it."""
    result = CliRunner().invoke(main, ["draft", str(draft), "--corpus", str(EXAMPLE), "--format", "json"])
    found = json.loads(result.stdout)
    assert found["findings"] == []
    return {
        claim["id"].rpartition("/")[2]: {
            finding["check"] for finding in claim["findings"] if finding["severity"] == "violation"
        }
        for claim in found["claims"]
        if not claim["accepted"]
    }


def told() -> dict[str, dict[str, set[str]]]:
    """The same by draft, as the README has it."""
    rows: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for draft, number, why in re.findall(r"^\| ([\w-]+) \| (\d{3}) \| (.*) \|$", README, re.MULTILINE):
        rows[draft][number] = set(re.findall(r"`([\w-]+)`", why))
    return rows


@pytest.mark.parametrize("name", DRAFTS)
def test_what_was_refused_and_why(name: str) -> None:
    assert len(DRAFTS) == 3
    assert refused(DRAFTS[name]) == told().get(name, {})


@pytest.mark.parametrize("name", ["quick", "from-guide"])
def test_how_far_they_agree(name: str) -> None:
    careful = str(DRAFTS["careful"])
    command = ["draft", str(DRAFTS[name]), "--corpus", str(EXAMPLE), "--against", careful]
    lines = CliRunner().invoke(main, command).output.splitlines()
    assert len(lines) == 5
    assert re.findall(rf"^\| {name} \| (\D.*) \|$", README, re.MULTILINE) == lines


def test_an_annotation_agrees_with_itself() -> None:
    careful = str(DRAFTS["careful"])
    output = (
        CliRunner().invoke(main, ["draft", careful, "--corpus", str(EXAMPLE), "--against", careful]).output
    )
    assert re.findall(r"F1 ([\d.]+)", output) == ["1.00"] * 4
