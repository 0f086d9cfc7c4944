"""The figures in the README of the shipped drafts: what was refused and how far the drafts agree.

``python -m tests.triples.drafting_figures`` writes them anew. What is told of a refused claim in words is
kept as long as the same checks refuse it; of one that is new the message stands there, to be reworded.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from araxes.endpoint.cli.main import main

EXAMPLE = Path(__file__).parents[2] / "triples" / "drafting" / "example"
PAGE = EXAMPLE / "README.md"
DRAFTS = {path.name.removesuffix(".draft.yaml"): path for path in sorted((EXAMPLE / "drafts").glob("*.yaml"))}
REPAIR = "python -m tests.triples.drafting_figures"
_ROW = re.compile(r"^\| ([\w-]+) \| (\d{3}) \| (`[\w`, -]+`): (.*) \|$", re.MULTILINE)


@cache
def drafted(name: str, *more: str) -> str:
    """What `araxes draft` prints of a draft."""
    command = ["draft", str(DRAFTS[name]), "--corpus", str(EXAMPLE), *more]
    return CliRunner().invoke(main, command).stdout


def refused(name: str) -> list[tuple[str, str, str]]:
    """Number of each refused claim of a draft, the checks that refuse it, and their messages."""
    found = []
    for claim in json.loads(drafted(name, "--format", "json"))["claims"]:
        grave = [each for each in claim["findings"] if each["severity"] == "violation"]
        if not claim["accepted"]:
            checks = ", ".join(f"`{check}`" for check in sorted({each["check"] for each in grave}))
            told = "; ".join(dict.fromkeys(each["message"] for each in grave))
            found.append((claim["id"].rpartition("/")[2], checks, told))
    return found


def renewed(page: str) -> str:
    """The page with both tables as they should be."""
    told = {(draft, number): (checks, words) for draft, number, checks, words in _ROW.findall(page)}
    others = [name for name in DRAFTS if name != "careful"]
    rows = []
    for name in others:
        for number, checks, message in refused(name):
            known, words = told.get((name, number), ("", ""))
            rows.append(f"| {name} | {number} | {checks}: {words if known == checks else message} |")
    agreed = [
        f"| {name} | {line} |"
        for name in others
        for line in drafted(name, "--against", str(DRAFTS["careful"])).splitlines()
    ]
    page = _table(page, "| draft | claim | why it was refused |\n| --- | --- | --- |\n", rows)
    return _table(page, "| draft | measure |\n| --- | --- |\n", agreed)


def _table(page: str, head: str, rows: list[str]) -> str:
    before, found, rest = page.partition(head)
    assert found, head
    after = re.sub(r"\A(?:\|.*\n)*", "", rest)
    return before + head + "".join(f"{row}\n" for row in rows) + after


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
