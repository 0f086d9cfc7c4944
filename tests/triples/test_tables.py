"""Exports: fixed columns, equal bytes for equal data, readable by pandas."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import jsonschema
import pandas as pd
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from araxes.triples.derived.inference import SUFFIX
from araxes.triples.exports.claim_tables import CLAIM_COLUMNS, PASSAGE_COLUMNS
from tests.triples.corpus_fixtures import TEXT, TinyCorpus


@pytest.fixture
def store(tiny: TinyCorpus, tmp_path: Path) -> Path:
    """A store of the tiny corpus."""
    folders = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
    result = CliRunner().invoke(main, ["build", "--store", str(tmp_path / "store"), *folders])
    assert result.exit_code == 0, result.output
    return tmp_path / "store"


def export(store: Path, *arguments: str) -> Result:
    """Run an export."""
    return CliRunner().invoke(main, ["export", *arguments[:1], "--store", str(store), *arguments[1:]])


def table(store: Path, *arguments: str) -> pd.DataFrame:
    """An exported table as pandas reads it."""
    return pd.read_csv(io.BytesIO(export(store, *arguments).stdout_bytes), keep_default_na=False)


def test_claims(store: Path) -> None:
    frame = table(store, "claims", "--format", "csv")
    assert tuple(frame.columns) == CLAIM_COLUMNS
    assert list(frame.claim.str[-3:]) == ["001", "002", "003"]
    second = frame.iloc[1]
    assert second.holder == "https://w3id.org/araxes/state/beta"
    assert second.holder_label == "Beta"
    assert (second.author_stance, second.modality, second.polarity) == ("Reports", "Asserted", "Conflictual")
    assert second.source_file == "test.txt"
    assert second.paraphrase_fa == "بتا از آلفا احساس تهدید می‌کند."
    assert frame.iloc[2].polarity == ""


def test_statements_are_n_triples_separated_by_spaces_in_one_cell(store: Path) -> None:
    for cell in table(store, "claims").statements:
        assert "\n" not in cell
        # N-Triples wants a line for each; Turtle, which contains it, does not.
        assert list(ox.parse(cell, ox.RdfFormat.TURTLE))


def test_passages_point_at_the_exact_characters(store: Path) -> None:
    frame = table(store, "passages")
    assert tuple(frame.columns) == PASSAGE_COLUMNS
    for row in frame.itertuples():
        cut = TEXT[int(str(row.start)) : int(str(row.end))]
        assert hashlib.sha256(cut.encode()).hexdigest() == row.slice_sha256
        assert hashlib.sha256(TEXT.encode()).hexdigest() == row.source_sha256


def test_tab_separated(store: Path) -> None:
    assert export(store, "claims", "--format", "tsv").stdout.splitlines()[0] == "\t".join(CLAIM_COLUMNS)


@pytest.mark.parametrize(("kind", "media"), [("trig", ox.RdfFormat.TRIG), ("nquads", ox.RdfFormat.N_QUADS)])
def test_dataset_round_trip(store: Path, kind: str, media: ox.RdfFormat) -> None:
    quads = set(ox.parse(export(store, "dataset", "--format", kind).stdout_bytes, media))
    named = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    stated = {name for name in named if not name.endswith(SUFFIX)}
    assert stated == {f"https://w3id.org/araxes/claim/test/00{number}" for number in (1, 2, 3)}
    assert {name.removesuffix(SUFFIX) for name in named} == stated


def test_equal_datasets_give_equal_bytes(store: Path, tiny: TinyCorpus, tmp_path: Path) -> None:
    first = export(store, "dataset", "--format", "nquads").stdout_bytes
    folders = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
    CliRunner().invoke(main, ["build", "--store", str(tmp_path / "again"), *folders])
    assert export(tmp_path / "again", "dataset", "--format", "nquads").stdout_bytes == first


def test_output_file_appears_whole(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "claims.csv"
    assert export(store, "claims", "-o", str(target)).exit_code == 0
    assert target.read_bytes() == export(store, "claims").stdout_bytes
    assert [path.name for path in tmp_path.glob(".claims*")] == []
    refused = export(store, "claims", "-o", str(tmp_path / "no" / "such" / "claims.csv"))
    assert refused.exit_code == 1
    assert "cannot be written" in refused.output


def test_without_a_store(tmp_path: Path) -> None:
    result = export(tmp_path / "none", "claims")
    assert result.exit_code == 3
    assert "araxes build" in result.output


@pytest.mark.parametrize("what", ["source", "entities"])
def test_schema_for_editors_is_a_schema(what: str) -> None:
    result = CliRunner().invoke(main, ["export", "schema", what])
    jsonschema.Draft202012Validator.check_schema(json.loads(result.stdout))


def test_context_is_json_ld(tiny: TinyCorpus) -> None:
    result = CliRunner().invoke(main, ["export", "context"])
    document = result.stdout.rstrip()[:-1] + ', "id": "state/alpha", "recognizes": "state/beta"}'
    quads = list(ox.parse(document, ox.RdfFormat.JSON_LD))
    assert str(quads[0].object) == "<https://w3id.org/araxes/state/beta>"


@pytest.mark.parametrize(
    ("verb", "ending", "start"),
    [
        ("dataset", "nq", b"<"),
        ("dataset", "trig", b"@prefix"),
        ("dataset", "unknown", b"@prefix"),
        ("claims", "tsv", b"claim\t"),
        ("claims", "CSV", b"claim,"),
        ("protege", "owl", b"<?xml"),
    ],
)
def test_the_ending_of_the_file_says_the_format(
    store: Path, tmp_path: Path, verb: str, ending: str, start: bytes
) -> None:
    path = tmp_path / f"x.{ending}"
    export(store, verb, "-o", str(path))
    assert path.read_bytes().startswith(start)


def test_a_stated_format_outweighs_the_ending(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.nq"
    export(store, "dataset", "--format", "trig", "-o", str(path))
    assert path.read_bytes().startswith(b"@prefix")
