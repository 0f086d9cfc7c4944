"""A corpus that goes on with a source of another takes nothing away from it; licences and drafts with it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main

LOWLANDS = Path(__file__).parent.parent / "corpora" / "lowlands"


def run(*arguments: str | Path) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def lowlands(tmp_path: Path) -> Path:
    """A copy of the corpus that stands by itself."""
    ignored = shutil.ignore_patterns(".araxes")
    return Path(shutil.copytree(LOWLANDS, tmp_path / "lowlands", ignore=ignored))


def continuing(folder: Path, source: str) -> Path:
    """A corpus with a file that goes on with a source of the corpus below, without a claim."""
    corpus = folder / "upper"
    (corpus / "sources").mkdir(parents=True)
    (corpus / "entities").mkdir()
    (corpus / "corpus.toml").write_text(
        'name = "upper"\nnamespace = "https://example.org/upper/"\nlanguages = ["en"]\n', "utf-8"
    )
    (corpus / "entities" / "own.yaml").write_text("[]\n", "utf-8")
    (corpus / "sources" / "more.yaml").write_text(f"source: {source}\nclaims: []\n", "utf-8")
    return corpus


def claims(done: Result) -> int:
    """How many claims a corpus has, as `araxes validate` says."""
    assert done.exit_code == 0, done.output
    found = re.search(r"(\d+) claims of", done.output)
    assert found, done.output
    return int(found[1])


def source_of(corpus: Path) -> str:
    """The id of the first source of a corpus."""
    text = sorted((corpus / "sources").glob("*.yaml"))[0].read_text("utf-8")
    found = re.search(r"id: (\S*source/[\w-]+)", text)
    assert found
    return found[1]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_no_claim_goes_when_a_corpus_above_names_its_source(
    lowlands: Path, tmp_path: Path, jobs: str
) -> None:
    below = ("validate", "--without-shipped", "--corpus", lowlands, "-j", jobs, "--cache", tmp_path / "kept")
    before = claims(run(*below))
    upper = continuing(tmp_path, f"lowlands:{source_of(lowlands).rpartition(':')[2]}")
    for _ in range(2):  # looked at, then kept
        assert claims(run(*below, "--corpus", upper)) == before > 0


def test_a_draft_quotes_the_text_of_its_source_and_no_other(lowlands: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("The ports grew. Nobody noticed.\n", "utf-8")
    draft = tmp_path / "one.draft.yaml"
    draft.write_text(
        f"source: {source_of(lowlands)}\ntext: other.txt\nclaims:\n- quote: The ports grew\n"
        "  paraphrase: {en: The ports grew.}\n  asserts: []\n",
        "utf-8",
    )
    done = run("draft", draft, "--without-shipped", "--corpus", lowlands, "--write")
    assert done.exit_code != 0
    assert "other.txt is not the text of" in done.output
    assert not list(lowlands.rglob("one.drafted.yaml"))


def test_nanopublications_have_the_licence_of_their_corpus(lowlands: Path, tmp_path: Path) -> None:
    file = lowlands / "corpus.toml"
    plain = re.sub(r"(?m)^licence.*\n", "", file.read_text("utf-8"))
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    for named in (licence, ""):
        file.write_text(f'licence = "{named}"\n{plain}' if named else plain, "utf-8")
        built = run("build", "--without-shipped", "--corpus", lowlands)
        assert built.exit_code == 0, built.output
        out = tmp_path / "claims.nq"
        assert run("export", "nanopublications", "--corpus", lowlands, "-o", out).exit_code == 0
        said = re.findall(r"<http://purl.org/dc/terms/license> <([^>]*)>", out.read_text("utf-8"))
        assert set(said) == ({named} if named else set())
