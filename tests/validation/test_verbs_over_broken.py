"""Every verb of the table, over whatever may stand in the place of a file: a message, never a defect.

Each run is in a process of its own, forked from this one: what breaks the engine ends no test but its own.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner

from araxes.endpoint.cli.main import VERBS, main
from tests.triples.broken_corpora import BROKEN
from tests.triples.broken_folders import (
    CONTENTS,
    DEEP_QUESTIONS,
    DESCRIPTION,
    DRAFT,
    GIVEN,
    PLACES,
    QUESTION,
    WRONG,
    described_corpus,
    write_all,
    write_description,
)

CHECKED = ("--cache", "ROOT/kept", "--jobs", "1")
RUNS: dict[str, list[tuple[str, ...]]] = {
    "validate": [("validate", *CHECKED)],
    "build": [("build", *CHECKED, "--store", "ROOT/store")],
    "atlas": [("atlas", *CHECKED)],
    "verify": [("verify",)],
    "fingerprints": [("fingerprints", "--check")],
    "locate": [("locate", "source/test", "Alpha … May")],
    "coverage": [("coverage",)],
    "new": [
        ("new", "source", "--text", "ROOT/originals/test.txt", "--reference", "ROOT/paper.json", "--id", "x")
    ],
    "draft": [("draft", "ROOT/my.draft.yaml"), ("draft", "ROOT/my.draft.yaml", "--write", "--force")],
    "table": [("table", "ROOT/my.table.yaml")],
    "import": [("import", "annotations", "ROOT/notes.jsonld", "--source", "source/test")],
    "export": [("export", "quickstatements")],
    "migrate": [("migrate", "--check")],
    "questions": [("questions",)],
    "mappings": [("mappings", "check"), ("mappings", "review")],
}
"""Verb → how it is run, with ``--corpus``."""

NO_CORPUS = {
    "reason": "would set HermiT to work; over what it cannot read it is run by test_broken_corpora.py",
    "disputes": "asks a store",
    "disagreements": "asks a store",
    "compare": "asks a store",
    "benchmark": "asks a store",
    "load": "reads RDF files: tests/triples/test_rdf_oddities.py",
    "publish": "reads a store",
    "serve": "serves a store; its --config is looked at below",
    "mcp": "asks a store",
    "query": "asks a store",
    "info": "describes a store",
}
"""Verbs that read nothing of a corpus but its ``corpus.toml`` and ontology, and why."""

LONGEST = 120
"""Seconds after which a run counts as hanging, on a busy machine."""


def test_no_verb_is_forgotten() -> None:
    assert {*RUNS, *NO_CORPUS} == {*VERBS}
    assert RUNS.keys().isdisjoint(NO_CORPUS)


def run(root: Path, arguments: Sequence[str]) -> tuple[int, str]:
    """Exit code and words of a run; the number of the signal that ended it, negative."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(LONGEST)
        given = [each.replace("ROOT", str(root)) for each in arguments]
        done = CliRunner().invoke(main, [*given, "--corpus", str(root), "--without-shipped"])
        os.write(writer, json.dumps([done.exit_code, done.output[-8000:]]).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        words = told.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return -os.WTERMSIG(status), ""
    code, output = json.loads(words)
    return int(code), str(output)


def no_defect(root: Path, what: str, verbs: Sequence[str] = tuple(RUNS)) -> dict[str, tuple[int, str]]:
    """Run verbs; the first run of each."""
    said: dict[str, tuple[int, str]] = {}
    for verb in verbs:
        for arguments in RUNS[verb]:
            found = run(root, arguments)
            assert found[0] in (0, 1, 2, 3), (what, arguments, found)
            assert "Traceback" not in found[1]
            said.setdefault(verb, found)
    return said


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound corpus, to be copied; validated once, so that others find what was kept."""
    root = tmp_path_factory.mktemp("sound") / "corpus"
    described_corpus(root)
    for verb in VERBS:
        assert main.get_command(Context(main), verb), "imported here, so that forks need not"
    for verb in ("migrate", "validate", "draft"):  # likewise: what all need is read once
        given = [each.replace("ROOT", str(root)) for each in RUNS[verb][0]]
        done = CliRunner().invoke(main, [*given, "--corpus", str(root), "--without-shipped"])
        assert done.exit_code in (0, 1), done.output
    assert run(root, RUNS["validate"][0])[0] == 0
    return root


def copied(sound: Path, root: Path) -> Path:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(sound, root)
    return root


READERS = {
    "my.draft.yaml": ("draft",),
    "my.table.yaml": ("table",),
    "notes.jsonld": ("import",),
    "paper.json": ("new",),
}


@pytest.mark.parametrize("place", (*PLACES, *GIVEN))
def test_whatever_stands_in_the_place_of_a_file(sound: Path, tmp_path: Path, place: str) -> None:
    """Every place with some contents, every content in some places; with `validate` and others by turns."""
    first = (*PLACES, *GIVEN).index(place)
    verbs = [verb for verb in RUNS if verb != "validate"]
    for number, (name, make) in enumerate(CONTENTS.items()):
        if (first + number) % 3 or (place in GIVEN and name == "a pipe"):
            continue  # a pipe that somebody names is waited for, as cat does
        root = copied(sound, tmp_path / "corpus")
        path = root / place
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        make(path)
        others = ("validate", verbs[(3 * first + number) % len(verbs)])
        said = no_defect(root, f"{name} as {place}", READERS.get(place) or others)
        if place in ("corpus.toml", "entities/all.yaml", "sources/test.yaml"):
            assert said["validate"][0] == 1, (name, place, said)


@pytest.mark.parametrize("key", DESCRIPTION)
def test_a_wrong_value_in_the_description_is_told_with_its_line(tmp_path: Path, key: str) -> None:
    """By one verb of each: all read the description in one way."""
    described_corpus(tmp_path)
    turns = itertools.cycle(RUNS)
    fitting = {("also", '["x"]'), ("title", "{a = 1}"), ("originals", r'"a\u0000b"')}
    for value in WRONG:
        write_description(tmp_path, **{key: value})
        code, output = next(iter(no_defect(tmp_path, f"{key} = {value[:40]}", [next(turns)]).values()))
        if (key, value) in fitting:
            continue
        assert code == 1, (key, value, output)
        line = [*DESCRIPTION].index(key) + 1
        assert f"corpus.toml:{line}: {key}: " in output or f"(at line {line})" in output, (value, output)
        assert "→ " in output


@pytest.mark.parametrize("name", DEEP_QUESTIONS)
def test_a_question_without_end_is_told(sound: Path, tmp_path: Path, name: str) -> None:
    root = copied(sound, tmp_path / "corpus")
    text = QUESTION.replace("PATTERN", DEEP_QUESTIONS[name])
    (root / "questions" / "q.rq").write_text(text, "utf-8")
    said = no_defect(root, name, ("validate", "atlas", "build", "questions"))
    for verb in ("validate", "atlas", "build"):
        assert said[verb][0] == 1, (verb, said[verb])
        assert "questions/q.rq" in said[verb][1] or "tiny:q" in said[verb][1]


@pytest.mark.parametrize(
    ("text", "line"),
    [("{\n 7", 2), ('{\n"a@1": [1, 2, 3, 4, 5],\n"b@2": 7}', 3), ("[]", 1), ("[" * 100_000, 0)],
)
def test_fingerprints_that_are_none_are_told_by_validate(
    sound: Path, tmp_path: Path, text: str, line: int
) -> None:
    root = copied(sound, tmp_path / "corpus")
    (root / "fingerprints.json").write_text(text, "utf-8")
    for verb, (code, output) in no_defect(root, text[:20], ("validate", "build")).items():
        assert code == 1, (verb, output)
        place = f"fingerprints.json{f':{line}' if line else ''}: "
        assert (place if verb == "build" else "fingerprints.json") in output


@pytest.mark.parametrize("part", range(4))
def test_other_verbs_over_every_mistake(sound: Path, tmp_path: Path, part: int) -> None:
    """The mistakes of test_broken_corpora.py, for the verbs that it does not look at."""
    verbs = ("draft", "new", "table", "import")
    for number, (name, broken) in enumerate(BROKEN.items()):
        if number % 4 != part:
            continue
        shutil.rmtree(tmp_path / "corpus", ignore_errors=True)
        made = described_corpus(tmp_path / "corpus")
        broken.make(made)
        write_all(made)
        broken.after(made)
        no_defect(made.root, name, ("migrate", *([] if number % 3 else [verbs[number // 3 % 4]])))


@pytest.mark.parametrize(
    "said",
    [
        "{type: []}",
        "{type: State, label: [x]}",
        "{type: State, label: {en: [x]}}",
        "{type: State, label: {en-verylongsubtag: Omega}}",
        "{type: State, id: [x], label: {en: Omega}}",
        "{type: State, id: {a: 1}}",
        "[State]",
    ],
)
def test_a_name_of_a_draft_that_is_described_wrongly_is_told(sound: Path, tmp_path: Path, said: str) -> None:
    """And an entity of the corpus whose label is in no language, or missing, is no matter of the draft."""
    root = copied(sound, tmp_path / "corpus")
    draft = DRAFT.replace("{type: State, label: {en: Omega, fa: امگا}}", said)
    (root / "my.draft.yaml").write_text(draft, "utf-8")
    more = (
        "- {id: state/no-label, type: State}\n- {id: state/odd, type: State, label: {en-verylongsubtag: A}}\n"
    )
    (root / "entities" / "more.yaml").write_text(more, "utf-8")
    code, output = no_defect(root, said, ["draft"])["draft"]
    assert code == 1
    assert "my.draft.yaml:3: " in output


def test_a_configuration_without_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "araxes.toml"
    path.write_text("port = " + "[" * 3000, "utf-8")
    done = CliRunner().invoke(main, ["serve", "--config", str(path)])
    assert done.exit_code == 1, done.output
    assert "too deep within each other (at line 1)" in done.output
    assert str(path) in done.output.replace("\n", "")
