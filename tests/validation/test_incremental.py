"""Validation source by source: only what changed is looked at again, in as many processes as wanted."""

from __future__ import annotations

import importlib.metadata
import json
import os
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from araxes.ontology.namespaces import BASE, SKOS, WIKIDATA
from araxes.triples.authoring import plausible_dates
from araxes.triples.authoring.corpus import ENTITIES, SOURCES
from araxes.triples.dataset import canonical_nquads
from araxes.triples.runners.processes import InProcesses
from araxes.validation.gate import kept_results
from araxes.validation.gate.check_corpus import CheckedCorpus, check_corpus
from araxes.validation.gate.kept_results import Results
from araxes.validation.published import published_dataset
from tests.dataset_helper import dataset_of
from tests.triples.broken_corpora import TABLE, row
from tests.triples.corpus_fixtures import TinyCorpus

Document = dict[str, Any]


def renamed(value: Any, old: str, new: str) -> Any:
    """A YAML value in which one text stands for another."""
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, list):
        return [renamed(item, old, new) for item in value]
    return (
        {name: renamed(item, old, new) for name, item in value.items()} if isinstance(value, dict) else value
    )


@pytest.fixture
def two(tiny: TinyCorpus) -> TinyCorpus:
    """The tiny corpus with a second source, which speaks of ``state/delta`` alone beside the others."""
    tiny.entities.append({"id": "state/delta", "type": "State", "label": {"en": "Delta", "fa": "دلتا"}})
    tiny.write()
    second = renamed(
        renamed(read(tiny.source_file), "source/test", "source/second"), "claim/test", "claim/second"
    )
    second["claims"][1]["asserts"] = [{"id": "state/beta", "rivalOf": "state/delta"}]
    write(tiny.source_folder / "second.yaml", second)
    return tiny


def read(path: Path) -> Document:
    """A YAML file."""
    document: Document = yaml.safe_load(path.read_text("utf-8"))
    return document


def write(path: Path, document: object) -> None:
    """Write a YAML file."""
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")


def change(path: Path, what: Callable[[Document], object]) -> None:
    """Change a YAML file."""
    document = read(path)
    what(document)
    write(path, document)


def look(
    corpus: TinyCorpus, results: Results | None = None, jobs: int = 1
) -> tuple[CheckedCorpus, list[str]]:
    """Validate; also the names of the sources that were looked at."""
    told: list[str] = []
    found = check_corpus(
        corpus.entity_folder, corpus.source_folder, told.append, runner=InProcesses(jobs), results=results
    )
    return found, [
        line.split()[1].rstrip(":") for line in told if line[0].isdigit() and "/" in line.split()[0]
    ]


def said(found: CheckedCorpus) -> list[str]:
    """What the report says."""
    return [f"{finding.severity} {finding}" for finding in found.report.findings]


def test_only_a_changed_source_is_looked_at_again(two: TinyCorpus, tmp_path: Path) -> None:
    kept = Results(tmp_path / "kept")
    assert look(two, kept)[1] == ["source/second", "source/test"]
    assert look(two, kept)[1] == []
    change(two.source_file, lambda d: d["claims"][1].pop("holder"))
    found, looked = look(two, kept)
    assert looked == ["source/test"]
    assert any("[claim/test/002] holder is missing" in line for line in said(found))
    assert look(two, kept)[1] == [], "what a source gets wrong is remembered too"
    assert said(look(two, kept)[0]) == said(found)


def test_a_changed_entity_concerns_those_who_mention_it(two: TinyCorpus, tmp_path: Path) -> None:
    kept = Results(tmp_path / "kept")
    look(two, kept)
    two.entities[-1]["type"] = "Place"
    two._dump(two.entity_folder / "all.yaml", two.entities)
    found, looked = look(two, kept)
    assert looked == ["source/second"]
    assert any("claim/second/002" in line and "rivalOf" in line for line in said(found))


def test_a_new_entity_concerns_nobody_even_if_it_is_wrong(two: TinyCorpus, tmp_path: Path) -> None:
    """A mistake in an entity of one's own is corrected without all sources being looked at, twice."""
    kept = Results(tmp_path / "kept")
    look(two, kept)
    for kind in ("Place", "Palce", "Place"):
        new = {"id": "place/new", "type": kind, "label": {"en": "New", "fa": "نو"}}
        two._dump(two.entity_folder / "new.yaml", [new])
        found, looked = look(two, kept)
        assert looked == []
        assert len(said(found)) == (kind == "Palce")


def test_an_entity_that_was_missing_and_comes_is_noticed(two: TinyCorpus, tmp_path: Path) -> None:
    kept = Results(tmp_path / "kept")
    delta = two.entities.pop()
    two._dump(two.entity_folder / "all.yaml", two.entities)
    assert any("unknown entity 'state/delta'" in line for line in said(look(two, kept)[0]))
    two.entities.append(delta)
    two._dump(two.entity_folder / "all.yaml", two.entities)
    found, looked = look(two, kept)
    assert (said(found), looked) == ([], ["source/second"])


def test_a_changed_program_looks_at_everything(
    two: TinyCorpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Results(tmp_path / "kept")
    look(two, kept)
    monkeypatch.setattr(kept_results, "program", lambda: "another version")
    assert look(two, kept)[1] == ["source/second", "source/test"]


def test_a_kept_result_that_cannot_be_read_counts_as_absent(two: TinyCorpus, tmp_path: Path) -> None:
    kept = Results(tmp_path / "kept")
    look(two, kept)
    files = sorted((tmp_path / "kept").glob("*.json"))
    assert len(files) == 3
    for path, content in zip(files, ("", "[]", '{"program": '), strict=True):
        path.write_text(content)
    found, looked = look(two, kept)
    assert (said(found), len(looked)) == ([], 2)
    for path in (tmp_path / "kept").glob("*.nq"):
        path.write_text(path.read_text("utf-8")[:-2], "utf-8")
    found, looked = look(two, kept)
    assert (said(found), len(looked)) == ([], 2)


EDITS: list[Callable[[Document], object]] = [
    lambda d: d["claims"].pop() if len(d["claims"]) > 1 else None,
    lambda d: d["claims"][0].update(holder="state/nobody"),
    lambda d: d["claims"][0].update(id="claim/test/001"),
    lambda d: d["claims"][-1]["asserts"].append({"id": "state/delta", "recognizes": "state/delta"}),
    lambda d: d["claims"][0].update(holder=f"{d['source']['id']}#author"),
    lambda d: d["claims"][0]["asserts"].append({"id": "state/alpha", "supports": "state/delta"}),
    lambda d: d["claims"][-1].update(modality="Possible"),
    lambda d: d["claims"][-1].update(modality="Denied"),
    lambda d: d["source"].update(language="English"),
    lambda d: d["source"].update(language="en"),
]


def mapped(corpus: TinyCorpus, *subjects: str) -> None:
    """A table that maps some things to Wikidata."""
    table = corpus.root / "mappings" / "entities.sssom.tsv"
    table.parent.mkdir(exist_ok=True)
    lines = [row(subject_id=f"araxes:{name}", object_id=f"wd:Q{n}") for n, name in enumerate(subjects, 1)]
    table.write_text(TABLE.removesuffix(row()) + "".join(lines), "utf-8")


def test_a_source_can_be_mapped_to_wikidata(two: TinyCorpus, tmp_path: Path) -> None:
    kept = Results(tmp_path / "kept")
    mapped(two, "source/second", "state/beta")
    found, _ = look(two, kept)
    assert said(found) == []
    source, item = ox.NamedNode(BASE + "source/second"), ox.NamedNode(WIKIDATA + "Q1")
    link = ox.Quad(source, ox.NamedNode(SKOS + "exactMatch"), item)
    assert link in published_dataset(found.described()).dataset
    (two.source_folder / "second.yaml").unlink()
    again, fresh = look(two, kept)[0], look(two)[0]
    assert said(again) == said(fresh)
    assert any("unknown entity 'source/second'" in line for line in said(again))


def test_the_cache_knows_every_library_that_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    known = kept_results.libraries()
    decide = {"edtf", "jdatetime", "pyparsing", "jsonschema", "pyshacl", "rdflib", "pyoxigraph", "owlrl"}
    assert decide | {"pyyaml"} <= {name.lower() for name in known}
    version = importlib.metadata.version
    before = kept_results.program.__wrapped__()
    for name in ("edtf", "jdatetime", "pyparsing"):
        changed = lambda each, name=name: "0" if each.lower() == name else version(each)  # noqa: E731
        kept_results.libraries.cache_clear()
        monkeypatch.setattr(importlib.metadata, "version", changed)
        assert kept_results.program.__wrapped__() != before, name
    kept_results.libraries.cache_clear()


class Edits:
    """Changes of a corpus of two sources, each undone or made again by chance."""

    def __init__(self, corpus: TinyCorpus, chance: random.Random) -> None:
        self.corpus, self.chance = corpus, chance
        self.second = corpus.source_folder / "second.yaml"
        self.content = self.second.read_text("utf-8")

    def make(self) -> None:
        """One change."""
        kinds = (self.claims, self.entity, self.lines, self.names, self.mappings, self.reading, self.removal)
        self.chance.choice(kinds)()

    def claims(self) -> None:
        files = sorted(self.corpus.source_folder.glob("*.yaml"))
        change(self.chance.choice(files), self.chance.choice(EDITS))

    def entity(self) -> None:
        self.corpus.entities[-1]["type"] = self.chance.choice(["State", "Organization", "Place", "Stat"])
        self._write()

    def lines(self) -> None:
        """Everything stands on other lines, and says the same."""
        first = self.corpus.entities[0]
        del self.corpus.entities[0]
        self.corpus.entities.insert(self.chance.randrange(3), first)
        self._write()

    def names(self) -> None:
        """An id that is nearer to a misspelt one."""
        near: dict[str, object] = {"id": "state/nobodi", "type": "State", "label": {"en": "N", "fa": "ن"}}
        if near in self.corpus.entities:
            self.corpus.entities.remove(near)
        else:
            self.corpus.entities.insert(2, near)
        self._write()

    def mappings(self) -> None:
        names = ("source/second", "source/test", "state/delta", "state/beta", "state/nobody")
        mapped(self.corpus, *self.chance.sample(names, self.chance.randrange(4)))

    def reading(self) -> None:
        curators = ("curator/tester", "curator/nobody", "state/delta")
        new = {"curator": self.chance.choice(curators)}
        change(self.corpus.source_file, lambda document: document["curation"][0].update(new))

    def removal(self) -> None:
        if self.second.exists():
            self.content = self.second.read_text("utf-8")
            self.second.unlink()
        else:
            self.second.write_text(self.content, "utf-8")

    def _write(self) -> None:
        self.corpus._dump(self.corpus.entity_folder / "all.yaml", self.corpus.entities)


@pytest.mark.parametrize("seed", [20261120])
def test_whatever_is_changed_the_result_is_that_of_a_fresh_look(
    two: TinyCorpus, tmp_path: Path, seed: int
) -> None:
    edits = Edits(two, random.Random(seed))
    kept = Results(tmp_path / "kept")
    seen = set()
    for _ in range(14):
        edits.make()
        found, fresh = look(two, kept)[0], look(two)[0]
        assert said(found) == said(fresh)
        assert [each.quads for each in found.units] == [each.quads for each in fresh.units]
        seen.add(tuple(said(found)))
    assert len(seen) >= 5, "the changes changed too little to prove anything"


def test_several_processes_find_the_same(two: TinyCorpus) -> None:
    change(two.source_file, lambda d: d["claims"][1].pop("holder"))
    change(two.source_folder / "second.yaml", lambda d: d["claims"][0].pop("passage"))
    alone, together = look(two)[0], look(two, jobs=2)[0]
    assert len(said(alone)) == 2
    assert said(alone) == said(together)


def test_a_process_that_dies_is_explained(two: TinyCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    last = "araxes.validation.gate.check_source.disordered_dates"  # in the process of a source alone
    monkeypatch.setattr(last, lambda *_: os._exit(9))
    done = validate(two, "--jobs", "2", "--fresh")
    assert done.exit_code != 0
    assert "a process that worked for this one ended before it was done" in done.output
    assert "--jobs" in done.output
    assert "Traceback" not in done.output


def validate(corpus: TinyCorpus, *options: str) -> Result:
    """Run ``araxes validate``."""
    folders = ["--entities", str(corpus.entity_folder), "--annotations", str(corpus.source_folder)]
    return CliRunner().invoke(main, ["validate", *folders, *options])


def test_the_verb_tells_what_it_did_not_look_at(two: TinyCorpus, tmp_path: Path) -> None:
    options = ("--cache", str(tmp_path / "kept"))
    assert "source/test: 3 claims, 0 findings" in validate(two, *options).stderr
    again = validate(two, *options)
    assert "2 of 2 sources unchanged since they were last validated" in again.stderr
    assert again.stdout == "valid: 6 claims of 2 sources\n"
    fresh = validate(two, *options, "--fresh", "--format", "json")
    assert "unchanged" not in fresh.stderr
    assert json.loads(fresh.stdout)["conforms"] is True


def test_a_file_of_a_source_without_a_head_is_named(two: TinyCorpus) -> None:
    (two.source_folder / "third.yaml").write_text("claims: []\n", "utf-8")
    (two.source_folder / "fourth.yaml").write_text("source: {id: source/x\n", "utf-8")
    found = said(look(two)[0])
    assert any("third.yaml:1:" in line and "names no source" in line for line in found)
    assert any("fourth.yaml:" in line and "malformed YAML" in line for line in found)


@pytest.mark.usefixtures("project_store")
def test_in_units_and_at_once_the_projects_dataset_is_the_same() -> None:
    """What several processes found in units for the store and kept, and what is made of the files at once."""
    kept = Results(Path(os.environ["ARAXES_CACHE"]))
    units = published_dataset(check_corpus(ENTITIES, SOURCES, lambda _: None, results=kept).described())
    assert canonical_nquads(units.dataset) == canonical_nquads(dataset_of(ENTITIES, SOURCES))


def test_what_lies_in_the_future_is_looked_at_again_on_another_day(
    two: TinyCorpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And only that: a source without such a date is as it was, whatever the day."""

    def looked_on(day: date) -> tuple[list[str], list[str]]:
        monkeypatch.setattr(plausible_dates, "present_day", lambda: day)
        found, looked = look(two, kept)
        return looked, [line for line in said(found) if "lies in the future" in line]

    change(two.source_file, lambda d: d["claims"][0]["asserts"][1].update(date="2060"))
    kept = Results(tmp_path / "kept")
    looked, (told,) = looked_on(date(2026, 12, 1))
    assert looked == ["source/second", "source/test"]
    assert "(today is 2026-12-01)" in told
    assert looked_on(date(2026, 12, 1)) == ([], [told])
    looked, (told,) = looked_on(date(2026, 12, 2))
    assert looked == ["source/test"]
    assert "(today is 2026-12-02)" in told
    assert looked_on(date(2031, 1, 1)) == (["source/test"], [])
    assert looked_on(date(2031, 1, 2)) == ([], []), "nothing of it lies in the future any more"
    looked, told_again = looked_on(date(2026, 12, 2))
    assert "source/test" in looked, "a clock that was put back"
    assert told_again == [told]
