"""One mistake, one finding, at its line, with what to do, the same from every verb."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from tests.triples.once_corpus import Corpus, write
from tests.validation.told_once_cases import ENTITIES, HEADS, RELATIONS
from tests.validation.told_once_mappings import MAPPINGS

CASES = {**HEADS, **ENTITIES, **RELATIONS, **MAPPINGS}


def _said(corpus: Corpus, *arguments: str) -> Result:
    folders = ["--entities", str(corpus.entities), "--annotations", str(corpus.sources)]
    return CliRunner().invoke(main, [*arguments, *folders])


def _violations(corpus: Corpus) -> list[str]:
    """What `validate` says, in the form in which the other verbs say it."""
    kept = ("--jobs", "1", "--cache", str(corpus.root / "kept"))
    said = _said(corpus, "validate", "--format", "json", *kept)
    assert said.exit_code in (0, 1), said.output
    found = [each for each in json.loads(said.stdout)["findings"] if each["severity"] == "violation"]
    lines = []
    for each in found:
        place = f"{each['file']}:{each['line']}" if each["line"] else each["file"]
        subject = f" [{each['subject']}]" if each["subject"] else ""
        lines.append(f"{place}:{subject} {each['message']} → {each['remedy']}")
    assert said.exit_code == bool(lines)
    return lines


def _problems(said: Result) -> list[str]:
    assert said.exit_code in (0, 1), said.output
    assert "Traceback" not in said.output
    return [line for line in said.output.splitlines() if " → " in line]


def _assert_once(corpus: Corpus, at: tuple[str, str], words: str, *, shapes: bool = False) -> None:
    """The one finding stands at the first line of a file that holds a text."""
    (finding,) = found = _violations(corpus)
    name, text = at
    line = f":{corpus.line(name, text)}" if text else ""
    assert f"{name}{line}: " in finding, finding
    assert words in finding
    store = ("--store", str(corpus.root / "store"), "--jobs", "1", "--cache", str(corpus.root / "kept"))
    assert _problems(_said(corpus, "build", *store)) == found
    checked = _problems(_said(corpus, "mappings", "check", "--mappings", str(corpus.mappings)))
    assert checked == ([] if shapes else found)


def test_the_corpus_is_sound(tmp_path: Path) -> None:
    corpus = write(tmp_path)
    assert _violations(corpus) == []
    assert _problems(_said(corpus, "mappings", "check", "--mappings", str(corpus.mappings))) == []


def test_a_misspelt_id_is_told_once_in_each_file(tmp_path: Path) -> None:
    corpus = write(tmp_path)
    corpus.change("states.yaml", "id: state/alpha", "id: state/alfa")
    found = _violations(corpus)
    assert len(found) == len({line.partition(":")[0] for line in found}) == 5
    assert all("did you mean state/alfa" in line.replace("'", "") for line in found)
    assert any("(also in lines " in line and " more)" in line for line in found)


@pytest.mark.parametrize("name", CASES)
def test_it_is_told_once(tmp_path: Path, name: str) -> None:
    change, at, words = CASES[name]
    corpus = write(tmp_path)
    change(corpus)
    _assert_once(corpus, at, words, shapes=name in RELATIONS)


@pytest.mark.parametrize("name", ["misspelt `source:`", "other id", "blank", "malformed", "no prefix wd"])
def test_what_was_kept_does_not_outlive_it(tmp_path: Path, name: str) -> None:
    """Each source is checked again when what was lost comes back, and when it is gone for good."""
    change, (file, _), _ = CASES[name]
    corpus = write(tmp_path)
    whole = corpus.path(file).read_bytes()
    change(corpus)
    assert len(_violations(corpus)) == 1
    corpus.path(file).write_bytes(whole)
    assert _violations(corpus) == []


def test_what_is_not_lost_is_unknown(tmp_path: Path) -> None:
    corpus = write(tmp_path)
    text = corpus.path("states.yaml").read_text("utf-8")
    corpus.path("states.yaml").write_text("- {\n" + text, "utf-8")
    assert len(_violations(corpus)) == 1
    corpus.path("states.yaml").write_text("- {\n" + text.replace("state/alpha", "state/else"), "utf-8")
    found = _violations(corpus)
    assert [line for line in found if "states.yaml" in line and "malformed" in line]
    assert len([line for line in found if "unknown entity 'state/alpha'" in line]) == 5
