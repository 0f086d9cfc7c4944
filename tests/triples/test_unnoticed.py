"""What went unnoticed in corpora of strangers: files that nobody reads, and namespaces of two."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from araxes.triples.authoring.corpus_layers import SHIPPED, read_corpus_folder
from araxes.triples.authoring.unread_files import unread_files

LOWLANDS = Path(__file__).parent.parent / "corpora" / "lowlands"


def run(*arguments: str | Path) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has the originals of the shipped corpus has them elsewhere."""
    monkeypatch.delenv("ARAXES_SOURCES", raising=False)


@pytest.fixture
def lowlands(tmp_path: Path) -> Path:
    """A copy of the corpus that stands by itself, in English and Armenian."""
    return Path(shutil.copytree(LOWLANDS, tmp_path / "lowlands", ignore=shutil.ignore_patterns(".araxes")))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("entities/more.yml", "rename it to more.yaml"),
        ("entities/More.YAML", "rename it to More.yaml"),
        ("sources/one.yml", "rename it to one.yaml"),
        ("entities/people/more.yaml", "move it to entities/more.yaml"),
        ("sources/2024/x/one.yml", "move it to sources/one.yaml"),
        ("mappings/links.csv", "write it as links.tsv"),
        ("questions/who.sparql", "rename it to who.rq"),
        ("ontology/own.owl", "write it as own.ttl"),
        ("more.yaml", "move it into sources/ or entities/"),
        ("entities/more.yaml.txt", "rename it to more.yaml"),
        ("entities/more.json", "rename it to more.yaml: what is written in JSON"),
        ("sources/one.txt", "a text belongs among the originals"),
        ("sources/one.csv", "its mapping is for `araxes table`"),
        ("mappings/links.sssom.tsv.txt", "rename it to links.sssom.tsv"),
        ("mappings/links.xlsx", "write it as links.tsv"),
        ("questions/who.rq.txt", "rename it to who.rq"),
        ("questions/who.csv", "write the question as who.rq"),
        ("ontology/own.ttl.txt", "rename it to own.ttl"),
        ("source/one.yaml", "move what is in it to sources/"),
        ("Entity/more.yaml", "move what is in it to entities/"),
        ("annotations/one.yaml", "move what is in it to sources/"),
        ("mapping/links.tsv", "rename it to mappings/"),
        ("question/who.rq", "rename it to questions/"),
        ("entities/more.yaml.bak", ""),
        ("entities/more.yaml~", ""),
        ("quotes.draft.yaml", ""),
        ("sources/README.md", ""),
        ("entities/.more.yml", ""),
        ("originals/notes/x.yml", ""),
    ],
)
def test_files_that_nobody_reads_are_told(lowlands: Path, name: str, told: str) -> None:
    path = lowlands / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("claims:\n- quote: x\n" if "draft" in name else "[]\n", "utf-8")
    found = [str(each) for each in unread_files(read_corpus_folder(lowlands))]
    assert len(found) == bool(told)
    assert told in "".join(found)


DRAFT = "source: source/vale-1995\nclaims:\n- quote: Lower Vale trades.\n"
MAPPING = "source: source/vale-1995\ntable: a.csv\nclaims:\n- {asserts: []}\n"
SOURCE = "source: source/vale-1995\nclaims: []\n"
ENTITIES = "- {id: state/x, type: State, label: {en: X, hy: X}}\n"


@pytest.mark.parametrize(
    ("name", "text", "told", "remedy"),
    [
        ("sources/one.yaml", DRAFT, "is a draft", "`araxes draft one.yaml --write` makes claims of it"),
        ("sources/one.yaml", MAPPING, "is a mapping of a table", "`araxes table one.yaml --write` makes"),
        ("sources/one.yaml", ENTITIES, "is a list of entities", "keep it in entities/"),
        ("entities/one.yaml", SOURCE, "is an annotated source", "keep it in sources/"),
        ("entities/one.yaml", DRAFT, "is a draft", "keep it beside corpus.toml"),
    ],
)
def test_a_file_in_the_folder_of_another_kind_is_told_once(
    lowlands: Path, name: str, text: str, told: str, remedy: str
) -> None:
    (lowlands / name).write_text(text, "utf-8")
    done = run("validate", "--without-shipped", "--corpus", lowlands, "--jobs", "1")
    assert done.exit_code == 1
    assert told in done.output
    assert remedy in done.output
    assert "1 violation;" in done.output


@pytest.mark.parametrize(
    ("verb", "text", "told"),
    [
        ("draft", MAPPING, "is a mapping of a table"),
        ("draft", ENTITIES, "is a list of entities"),
        ("table", DRAFT, "is a draft"),
        ("table", SOURCE, "is an annotated source"),
    ],
)
def test_a_verb_tells_what_a_file_is_that_is_for_another(
    lowlands: Path, verb: str, text: str, told: str
) -> None:
    (lowlands / "one.yaml").write_text(text, "utf-8")
    done = run(verb, lowlands / "one.yaml", "--corpus", lowlands, "--without-shipped")
    assert done.exit_code == 1
    assert told in done.output
    assert "1 problem" in done.output


def test_a_folder_that_is_called_nearly_as_it_should_be(lowlands: Path) -> None:
    (lowlands / "entities").rename(lowlands / "Entity")
    done = run("validate", "--without-shipped", "--corpus", lowlands)
    assert done.exit_code == 1
    assert "is not read as part of the corpus" in done.output
    assert "rename it to entities/" in done.output


def test_validate_refuses_a_corpus_with_files_that_it_does_not_read(lowlands: Path) -> None:
    (lowlands / "entities" / "all.yaml").rename(lowlands / "entities" / "all.yml")
    done = run("validate", "--without-shipped", "--corpus", lowlands)
    assert done.exit_code == 1
    assert "only names in .yaml are" in done.output


def test_nothing_of_the_shipped_corpus_is_unread() -> None:
    assert list(unread_files(read_corpus_folder(SHIPPED))) == []


def test_what_is_above_a_corpus_without_its_originals_is_verified(lowlands: Path) -> None:
    """Nobody has the originals of the shipped corpus: that is said, and is no failure."""
    text = (lowlands / "originals" / "vale-1995.txt").read_text("utf-8")
    done = run("verify", "--corpus", lowlands)
    assert done.exit_code == 0, done.output
    assert re.search(r"all 4 passages stand; \d{4} passages could not be verified", done.stdout)
    assert re.search(r"source/irna-2019: \S+ \(\d+ passages\)", done.stderr)
    assert "not verified, since the text is not in" in done.stderr
    asked = run("verify", "--corpus", lowlands, "--source", "irna-2019")
    assert asked.exit_code == 1
    (lowlands / "originals" / "vale-1995.txt").write_text(text.replace("a", "o"), "utf-8")
    changed = run("verify", "--corpus", lowlands)
    assert changed.exit_code == 1
    assert "irna-2019" not in changed.stderr.partition("failures")[2]
    (lowlands / "originals" / "vale-1995.txt").unlink()
    gone = run("verify", "--corpus", lowlands)
    assert gone.exit_code == 1
    assert "1 failure\nsource/vale-1995: " in gone.stderr


def test_claims_of_a_source_whose_text_nobody_names_are_told(lowlands: Path) -> None:
    (path,) = (lowlands / "sources").glob("*.yaml")
    path.write_text(path.read_text("utf-8").replace("fileName:", "fileNaem:"), "utf-8")
    done = run("verify", "--corpus", lowlands, "--without-shipped")
    assert done.exit_code == 1
    assert "source/vale-1995: nothing says which text it is, so 4 claims were not looked at" in done.output


def other(lowlands: Path, name: str, /, **keys: str) -> Path:
    """A copy of the lowlands under another name, with other keys in its `corpus.toml`."""
    copy = Path(shutil.copytree(lowlands, lowlands.parent / name))
    lines = (copy / "corpus.toml").read_text("utf-8").splitlines()
    given = {"name": name, **keys}
    kept = [line for line in lines if line.partition(" ")[0] not in given]
    text = "\n".join([*(f'{key} = "{value}"' for key, value in given.items()), *kept])
    (copy / "corpus.toml").write_text(text + "\n", "utf-8")
    return copy


def test_two_corpora_of_one_namespace_are_told(lowlands: Path) -> None:
    done = run("validate", "--without-shipped", "--corpus", lowlands, "--corpus", other(lowlands, "copy"))
    assert done.exit_code == 1
    assert "have one namespace, 'https://example.net/lowlands/'" in done.output
    assert "give each its own `namespace` in corpus.toml" in done.output


def test_the_namespace_of_the_shipped_corpus_is_nobody_elses(lowlands: Path) -> None:
    done = run("validate", "--corpus", other(lowlands, "copy", namespace="https://w3id.org/araxes/"))
    assert done.exit_code == 1
    assert "is that of the shipped corpus, whose ids yours would become" in done.output
    assert "corpus.toml:2: namespace" in done.output


@pytest.mark.parametrize("same_name", [False, True])
def test_corpora_of_one_namespace_are_not_loaded_together(
    lowlands: Path, tmp_path: Path, same_name: bool
) -> None:
    """Built apart, they do not know of each other: it is when they meet that it shows."""
    copy = other(lowlands, "lowlands-2", name="lowlands" if same_name else "lowlands-2")
    for file in (copy / "sources").glob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("vale-1995", "dale-1995"), "utf-8")
    (copy / "originals" / "vale-1995.txt").rename(copy / "originals" / "dale-1995.txt")
    for corpus in (lowlands, copy):
        assert run("build", "--without-shipped", "--corpus", corpus).exit_code == 0
        exported = run("export", "dataset", "--corpus", corpus, "-o", tmp_path / f"{corpus.name}.nq")
        assert exported.exit_code == 0, exported.output
    store = tmp_path / "both"
    done = run("load", tmp_path / "lowlands.nq", tmp_path / "lowlands-2.nq", "--store", store)
    assert done.exit_code == 1, done.output
    told = "has other sources than in" if same_name else "has the namespace of"
    assert told in done.output
