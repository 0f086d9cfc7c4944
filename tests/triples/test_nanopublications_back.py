"""Nanopublications of a corpus come back as a dataset that can be loaded, and lose nothing on the way."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rdflib.plugins.sparql import prepareQuery

from araxes.endpoint.cli import import_claims
from araxes.endpoint.cli.main import main
from araxes.triples.exchange import nanopublications

LOWLANDS = Path(__file__).parent.parent / "corpora" / "lowlands"


def run(*arguments: str | Path) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


def done(*arguments: str | Path) -> Result:
    """One call that succeeds."""
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus that has terms of its own, its dataset, and its claims as nanopublications."""
    folder = tmp_path_factory.mktemp("exported")
    corpus = folder / "lowlands"
    shutil.copytree(LOWLANDS, corpus, ignore=shutil.ignore_patterns(".araxes"))
    done("build", "--without-shipped", "--corpus", corpus)
    done("export", "dataset", "--corpus", corpus, "-o", folder / "mine.nq")
    done("export", "nanopublications", "--corpus", corpus, "-o", folder / "claims.nq")
    return folder


def test_all_of_them_give_the_very_same_dataset(exported: Path, tmp_path: Path) -> None:
    back = tmp_path / "back.nq"
    done("import", "nanopublications", exported / "claims.nq", "--with", exported / "mine.nq", "-o", back)
    assert back.read_bytes() == (exported / "mine.nq").read_bytes()
    loaded = done("load", back, "--store", tmp_path / "store")
    digest = loaded.output.rpartition("digest ")[2].strip()
    assert digest in done("info", "--corpus", exported / "lowlands").output


def test_some_of_them_give_a_dataset_of_these(exported: Path, tmp_path: Path) -> None:
    """What the claims left out say bare, or are compared with, goes with them."""
    lines = (exported / "claims.nq").read_text("utf-8").splitlines(keepends=True)
    heads = [line for line in lines if "#hasAssertion>" in line]
    name = heads[0].split(">")[0].lstrip("<")
    (tmp_path / "one.nq").write_text("".join(line for line in lines if f"<{name}" in line), "utf-8")
    back = tmp_path / "back.nq"
    done("import", "nanopublications", tmp_path / "one.nq", "--with", exported / "mine.nq", "-o", back)
    done("load", back, "--store", tmp_path / "store")
    claims = done(
        "query",
        "SELECT ?c { ?c a <https://w3id.org/araxes/ontology/Claim> }",
        "--format",
        "csv",
        "--store",
        tmp_path / "store",
    )
    assert len(claims.stdout.split()) == 2


def test_claims_on_a_source_that_nobody_describes_are_told(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "other.nq").write_text("<https://e.org/a> <https://e.org/b> <https://e.org/c> .\n", "utf-8")
    told = run("import", "nanopublications", exported / "claims.nq", "--with", tmp_path / "other.nq")
    assert told.exit_code == 1
    assert "is not described there: https://example.net/lowlands/source/vale-1995" in told.output


def test_without_a_dataset_it_is_said_what_is_missing(exported: Path) -> None:
    told = done("import", "nanopublications", exported / "claims.nq")
    assert "to load them, say what describes the things they name, with --with DATASET" in told.stderr


def test_while_many_are_verified_it_says_how_far_it_is(
    exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_claims, "_EVERY", 0.0)
    told = done("import", "nanopublications", exported / "claims.nq", "--with", exported / "mine.nq", "-o",
                tmp_path / "back.nq")  # fmt: skip
    assert "1 of 4 nanopublications verified …" in told.stderr
    assert "comparing the claims, over what mine.nq describes …" in told.stderr


def test_each_query_of_the_library_is_parsed_once(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To parse it took nine tenths of the time, twice for each nanopublication."""
    parsed: list[str] = []

    def counted(text: str, **how: Any) -> object:
        parsed.append(text)
        return prepareQuery(text, **how)

    nanopublications._prepared.cache_clear()
    monkeypatch.setattr(nanopublications, "prepareQuery", counted)
    done("import", "nanopublications", exported / "claims.nq")
    assert len(parsed) == len(set(parsed)) > 0
