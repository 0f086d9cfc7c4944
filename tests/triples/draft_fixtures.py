"""A text of our own making and drafts on it, within the tiny corpus."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from tests.triples.corpus_fixtures import TinyCorpus

TEXT = (
    "Alpha and Beta after the thaw\n\n"
    "In 1997 Alpha recognized Beta. Officials of Beta believe that Alpha probably wants the har-\n"
    "bour of Port Delta only for itself. Trade between them grew to 4 billion dollars, “a record”,\n"
    "and Gamma was left out. Beta rejects the plan; Gamma rejects the plan.\n\n"
    "در سال ۱۳۷۶ آلفا بتا را به رسميت شناخت. گاما هرگز به بتا كمك نكرد.\n"
)

GOOD: dict[str, Any] = {
    "quote": "Alpha recognized Beta",
    "polarity": "Cooperative",
    "paraphrase": {"en": "Alpha gave Beta recognition.", "fa": "آلفا بتا را شناسایی کرد."},
    "asserts": [["Alpha", "recognizes", "Beta"]],
}
"""A claim with which nothing is wrong."""


@dataclass(frozen=True)
class Desk:
    """A tiny corpus with a text to draft on."""

    tiny: TinyCorpus

    def draft(self, *claims: Mapping[str, Any], **more: Any) -> Path:
        """Write a draft of some claims."""
        path = self.tiny.root / "notes.draft.yaml"
        data = {"source": "source/thaw", "text": "thaw.txt", **more, "claims": list(claims)}
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
        (self.tiny.root / "thaw.txt").write_text(TEXT, "utf-8")
        return path

    def run(self, path: Path, *options: str) -> Result:
        """``araxes draft``."""
        folders = ["--entities", self.tiny.entity_folder, "--annotations", self.tiny.source_folder]
        return CliRunner().invoke(main, ["draft", *map(str, folders), *options, str(path)])

    def report(self, *claims: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        """What ``araxes draft --format json`` says of some claims."""
        result = self.run(self.draft(*claims, **more), "--format", "json")
        assert result.stdout.startswith("{"), result.output
        found: dict[str, Any] = json.loads(result.stdout)
        assert (result.exit_code == 0) == (not found["refused"] and not found["findings"])
        return found

    def checks(self, claim: Mapping[str, Any], **more: Any) -> set[tuple[str, str]]:
        """The checks that find something in one claim, each with its severity."""
        (only,) = self.report(claim, **more)["claims"]
        return {(finding["check"], finding["severity"]) for finding in only["findings"]}
