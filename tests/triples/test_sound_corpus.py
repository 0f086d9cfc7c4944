"""What is checked is a type of its own: the checks alone make it, and what builds takes nothing else."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from araxes.ontology.vocabulary import vocabulary
from araxes.triples import dataset
from araxes.triples.authoring import jsonld_nodes
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_corpus
from araxes.triples.authoring.findings import CorpusError
from araxes.triples.authoring.id_segments import GIVEN, WIDEST
from araxes.triples.wikidata import sssom_tables
from tests.triples.corpus_fixtures import TinyCorpus

ROOT = Path(__file__).resolve().parents[2]
MADE_IN = {
    "SoundRecord": "triples/authoring/sound_corpus.py",
    "SoundCorpus": "triples/authoring/sound_corpus.py",
    "CheckedRecords": "triples/authoring/sound_corpus.py",
    "SoundMappings": "triples/wikidata/sssom_checks.py",
    "CheckedMappings": "triples/wikidata/sssom_checks.py",
    "CheckedUnit": "validation/gate/check_source.py",
    "CheckedCorpus": "validation/gate/check_corpus.py",
}
"""Each type of checked data and the one module that makes it."""

EXCEPTIONS = {("CheckedUnit", "validation/gate/kept_results.py")}
"""What was checked before is read from the cache."""


def calls() -> Iterator[tuple[str, str]]:
    """Each call of a name in the program, with its file."""
    for room in ("ontology", "triples", "validation", "endpoint"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield node.func.id, path.relative_to(ROOT).as_posix()


def test_only_the_checks_make_what_is_checked() -> None:
    made = {(name, path) for name, path in calls() if name in MADE_IN}
    assert made - EXCEPTIONS == set(MADE_IN.items())


@pytest.mark.parametrize("module", [dataset, jsonld_nodes, sssom_tables])
def test_nothing_is_built_of_unchecked_records(module: object) -> None:
    """The code that trusts keys and types of records takes sound ones only; mypy holds callers to it."""
    taken = {
        annotation
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == getattr(module, "__name__", "") and not name.startswith("read_mappings")
        for annotation in map(str, inspect.get_annotations(function).values())
    }
    assert not taken & {"Corpus", "Record", "list[Record]", "Mappings"}


def test_a_rejected_record_is_not_among_the_sound(tiny: TinyCorpus) -> None:
    tiny.claims[0].pop("holder")
    tiny.entities[2]["label"] = {"en": 5, "fa": "ن"}
    tiny.write()
    checked = check_records(read_corpus(tiny.entity_folder, tiny.source_folder))
    assert {record.id for record in checked.rejected} == {"claim/test/001", "state/gamma"}
    assert {record.id for record in checked.sound.claims} == {"claim/test/002", "claim/test/003"}
    assert "state/gamma" not in {record.id for record in checked.sound.entities}
    with pytest.raises(CorpusError, match="2 problems"):
        checked.whole()


def test_the_claims_of_a_rejected_source_are_not_sound(tiny: TinyCorpus) -> None:
    tiny.source["sourceText"] = "the text"
    tiny.write()
    checked = check_records(read_corpus(tiny.entity_folder, tiny.source_folder))
    assert not checked.sound.sources
    assert not checked.sound.claims
    assert not checked.sound.curations


def test_no_two_classes_or_modules_have_one_name() -> None:
    classes: list[str] = []
    modules: list[str] = []
    for room in ("ontology", "triples", "validation"):
        for path in sorted((ROOT / room).rglob("*.py")):
            modules += [path.stem] if path.stem != "__init__" else []
            tree = ast.parse(path.read_text("utf-8"))
            classes += [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    for names in (classes, modules):
        assert len(names) > 30
        assert sorted(names) == sorted(set(names))


def test_every_segment_of_ids_names_a_class() -> None:
    assert set(WIDEST.values()) | GIVEN.keys() <= vocabulary().classes.keys()
