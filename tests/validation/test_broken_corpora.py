"""No mistake of an author ends as a defect of araxes: every verb and every report format names it."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from rdflib import SH, Graph

from araxes.endpoint.cli.main import main
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_corpus
from araxes.triples.dataset import described_quads
from araxes.validation.gate.report_formats import FORMATS, report_of
from tests.triples.broken_corpora import BROKEN, machine_mistakes, save, tiny_with_everything
from tests.triples.corpus_fixtures import TinyCorpus

MAPPINGS = set(itertools.dropwhile(lambda name: name != "numeric prefix", BROKEN))
"""Mistakes in the table of mappings, which not every verb reads."""


ONCE = {
    "unknown member of the authorship",
    "member that is no actor",
    "unknown curator",
    "curator that is a state",
    "no reading",
    "reading of another source",
    "id of the text of another source",
}
"""Mistakes in the head of a source, on which every claim depends: each is reported once, at its line."""


def run(tiny: TinyCorpus, *arguments: str, cache: bool = False) -> Result:
    """Run a verb over a corpus."""
    folders = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
    kept = ["--cache", str(tiny.root / "kept"), "--jobs", "1"] if cache else []
    return CliRunner().invoke(main, [*arguments, *folders, *kept])


def verbs(tiny: TinyCorpus) -> dict[str, Result]:
    """What each verb that reads a corpus says."""
    originals = ("--originals", str(tiny.originals))
    store = ("--store", str(tiny.root / "store"))
    return {
        **{form: run(tiny, "validate", "--format", form, cache=True) for form in FORMATS},
        "build": run(tiny, "build", *store, cache=True),
        "atlas": run(tiny, "atlas", cache=True),
        "mappings": run(tiny, "mappings", "check", "--mappings", str(tiny.root / "mappings")),
        "verify": run(tiny, "verify", *originals),
        "show": run(tiny, "verify", "--claim", "claim/test/001", *originals),
        "locate": run(tiny, "locate", *originals, "source/test", "Alpha … May"),
        "coverage": run(tiny, "coverage", *originals),
    }


WHATEVER_STATE = {"verify", "show", "locate", "coverage"}
"""Verbs that look at passages whatever is wrong elsewhere: they may find nothing wrong themselves."""


def test_the_corpus_that_is_broken_is_sound(tmp_path: Path) -> None:
    tiny = save(tiny_with_everything(tmp_path))
    assert run(tiny, "validate", cache=True).exit_code == 0
    assert run(tiny, "mappings", "check", "--mappings", str(tmp_path / "mappings")).exit_code == 0


@pytest.mark.parametrize("name", BROKEN)
def test_every_verb_names_every_mistake(tmp_path: Path, name: str) -> None:
    broken = BROKEN[name]
    tiny = tiny_with_everything(tmp_path)
    broken.make(tiny)
    broken.after(save(tiny))
    unreadable = broken.files and name not in MAPPINGS
    said = verbs(tiny)
    if unreadable:  # otherwise HermiT would set to work, since shapes and mappings do not concern it
        said["reason"] = run(tiny, "reason")
    codes = {verb: done.exit_code for verb, done in said.items()}
    assert 70 not in codes.values(), codes
    for verb in (*FORMATS, "build", "atlas"):
        assert codes[verb] == 1, (verb, said[verb].output)
    if unreadable:
        assert {code for verb, code in codes.items() if verb not in WHATEVER_STATE} == {1}, codes
    for done in said.values():
        assert "Traceback" not in done.output
        assert "expected str instance" not in done.output
    _readable(said)
    if name in ONCE:
        found = json.loads(said["json"].stdout)["findings"]
        (finding,) = [each for each in found if each["severity"] == "violation"]
        assert finding["file"].endswith("test.yaml")
        assert 0 < finding["line"] < 50


def _readable(said: dict[str, Result]) -> None:
    """Machines read their formats; every finding has a place and a remedy."""
    findings = json.loads(said["json"].stdout)["findings"]
    assert findings
    for finding in findings:
        assert finding["message"]
        assert finding["remedy"]
        assert finding["file"].endswith((".yaml", ".tsv", "dataset")), finding
    assert any(finding["line"] > 0 for finding in findings) or len(findings) == 1
    assert list(Graph().parse(data=said["ttl"].stdout, format="turtle").objects(None, SH.result))
    assert len(list(ElementTree.fromstring(said["junit"].stdout).iter("failure"))) > 0
    for form in ("text", "html", "junit"):
        assert all(one.isprintable() or one in "\n\u200c\u200d" for one in said[form].stdout)
    assert "araxes: " in said["build"].output
    assert "\n→ " in said["build"].output


def test_whatever_a_machine_writes_is_checked(tmp_path: Path) -> None:
    """Each value of each record replaced by each kind of wrong value: nothing is raised, and it is found."""
    count = found = 0
    for name, tiny in machine_mistakes(tmp_path):
        save(tiny)
        checked = check_records(read_corpus(tiny.entity_folder, tiny.source_folder))
        described_quads(checked.sound)
        report = report_of(checked.findings, name)
        for form, write in FORMATS.items():
            assert write(report), (name, form)
        count += 1
        found += bool(checked.findings)
    assert count > 1000
    assert found > 0.9 * count


def test_verbs_over_what_a_machine_writes(tmp_path: Path) -> None:
    for number, (name, tiny) in enumerate(machine_mistakes(tmp_path)):
        if number % 97 == 0:
            save(tiny)
            for verb in ("validate", "build"):
                store = ("--store", str(tmp_path / "store")) if verb == "build" else ()
                done = run(tiny, verb, *store, cache=True)
                assert done.exit_code in (0, 1), (name, verb, done.output)
