"""Links laid before a person, and the answers in the table."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from araxes.triples.authoring.corpus import read_corpus
from araxes.triples.wikidata.mapping_quads import mapping_quads
from araxes.triples.wikidata.sssom_checks import check_mappings
from araxes.triples.wikidata.sssom_tables import (
    COLUMNS,
    MAPPINGS,
    REVIEW_COLUMNS,
    SSSOM,
    read_mappings,
    record_iri,
)

CURATOR = "araxes:curator/araxes-annotators"


def review(*arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(main, ["mappings", "review", *arguments], input=answers)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder of mappings with three links of the shipped entities, without the columns of a review."""
    head = (MAPPINGS / "entities.sssom.tsv").read_text("utf-8").partition("subject_id")[0]
    names = (("place/baku", "Baku", "Q3"), ("state/iran", "Iran", "Q1"), ("state/iraq", "Iraq", "Q2"))
    lines = "".join(_line(*each) for each in names)
    (tmp_path / "own.sssom.tsv").write_text(head + "\t".join(COLUMNS) + "\n" + lines, "utf-8")
    return tmp_path


def _line(name: str, label: str, item: str) -> str:
    cells = (f"araxes:{name}", label, "skos:closeMatch", f"wd:{item}", label, "semapv:ManualMappingCuration",
             CURATOR, "2026-11-29", "0.9", f"a file that says {item} ; another file", "")  # fmt: skip
    return "\t".join(cells) + "\n"


def test_a_link_is_shown_with_both_sides_and_its_evidence() -> None:
    done = review("--of", "araxes:state/iran")
    assert done.exit_code == 0, done.output
    row = next(row for row in read_mappings().rows() if row["subject_id"] == "araxes:state/iran")
    for part in ("State", "fa: ایران", "wd:Q794", row["confidence"], *row["evidence"].split(" ; ")):
        assert part in done.output


def test_answers_stand_in_the_table_and_in_the_dataset(tables: Path) -> None:
    done = review("--mappings", str(tables), "--reviewer", CURATOR, answers="y\ns\nn\n")
    assert done.exit_code == 0, done.output
    assert "2 answers written" in done.output
    found = read_mappings(tables)
    assert [row["reviewer_agreement"] for row in found.rows()] == ["1.0", "", "-1.0"]
    checked = check_mappings(found, read_corpus())
    assert checked.findings == []
    agreement = ox.NamedNode(SSSOM + "reviewer_agreement")
    told = [quad.object for quad in mapping_quads(checked.sound) if quad.predicate == agreement]
    assert sorted(getattr(value, "value", "") for value in told) == ["-1.0", "1.0"]


def test_a_second_review_asks_only_about_the_rest(tables: Path) -> None:
    review("--mappings", str(tables), "--reviewer", CURATOR, answers="y\nq\n")
    rest = review("--mappings", str(tables))
    assert "state/iran" in rest.output
    assert "place/baku" not in rest.output
    assert "seen by" in review("--mappings", str(tables), "--all").output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--reviewer", "araxes:curator/nobody"), "unknown reviewer"),
        (("--of", "araxes:state/atlantis"), "no link of"),
    ],
)
def test_what_cannot_be_reviewed(tables: Path, arguments: tuple[str, ...], told: str) -> None:
    before = (tables / "own.sssom.tsv").read_bytes()
    done = review("--mappings", str(tables), *arguments)
    assert done.exit_code != 0
    assert told in done.output
    assert (tables / "own.sssom.tsv").read_bytes() == before


def test_every_record_of_the_project_has_its_id() -> None:
    rows = list(read_mappings().rows())
    assert len({row["record_id"] for row in rows}) == len(rows) > 400
    assert all(row.iri("record_id") == record_iri(row) for row in rows)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ((CURATOR, "", ""), "belong together"),
        (("", "1.0", ""), "belong together"),
        (("araxes:curator/nobody", "1.0", ""), "unknown reviewer"),
        ((CURATOR, "2", ""), "is no agreement"),
        ((CURATOR, "1.0", "araxes:state/iraq#mapping-Q1"), "another record's id"),
    ],
)
def test_mistakes_in_the_columns_of_a_review(tables: Path, cells: tuple[str, ...], told: str) -> None:
    table = tables / "own.sssom.tsv"
    head, _, rest = table.read_text("utf-8").partition("subject_id")
    header, baku, *_ = ("subject_id" + rest).splitlines()
    lines = ["\t".join((header, *REVIEW_COLUMNS)), "\t".join((baku, *cells))]
    table.write_text(head + "\n".join(lines) + "\n", "utf-8")
    (finding,) = check_mappings(read_mappings(tables), read_corpus()).findings
    assert told in finding.message
    assert finding.place.line == len(head.splitlines()) + 2
