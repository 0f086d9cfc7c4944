"""Tables as sources: rows with their places, and the claims that a mapping makes of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import OA, RDF
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_layers
from araxes.triples.authoring.corpus_layers import layers_of
from araxes.triples.authoring.corpus_modules import use_ontology_of
from araxes.triples.dataset import described_quads
from araxes.triples.tables.rows import read_rows

DYADS = Path(__file__).parent.parent / "corpora" / "dyads"
MAPPING = "dyads.table.yaml"


@pytest.fixture
def dyads(tmp_path: Path) -> Path:
    """A copy of the corpus whose source is a table."""
    return Path(shutil.copytree(DYADS, tmp_path / "dyads", ignore=shutil.ignore_patterns(".araxes")))


def run(corpus: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["table", str(corpus / MAPPING), "--corpus", str(corpus), *arguments])


def claims(corpus: Path) -> list[dict[str, object]]:
    """The claims that the mapping makes now."""
    done = run(corpus)
    assert done.exit_code == 0, done.output
    found: list[dict[str, object]] = yaml.safe_load(done.stdout.partition("---\n")[0])["claims"]
    return found


def changed(corpus: Path, old: str, new: str, name: str = MAPPING) -> Path:
    """The corpus with a change in its mapping, or in another file."""
    path = corpus / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return corpus


def test_rows_know_their_number_and_place() -> None:
    text = 'a,b\r\n1,"x\r\ny"\r\n\r\n2, z\r\n'
    rows = list(read_rows(text))
    assert [(row.number, row.cells["b"]) for row in rows] == [(2, "x\r\ny"), (4, "z")]
    assert [text[row.start : row.end] for row in rows] == ['1,"x\r\ny"', "2, z"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "empty"), ("a,a\n1,2\n", "two columns"), ("a,b\n1\n", "row 2 has 1 values"), ('a\n"x\n', "row 2:")],
)
def test_what_is_no_table_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        list(read_rows(text))


def test_the_shipped_example_is_what_its_mapping_makes(dyads: Path) -> None:
    kept = {path: path.read_bytes() for path in dyads.rglob("*.table.yaml")}
    assert run(dyads, "--write").exit_code == 0
    assert len(kept) == 3
    assert {path: path.read_bytes() for path in kept} == kept


def test_what_is_in_force_when_the_data_end_has_not_ended(dyads: Path) -> None:
    periods = {str(claim["id"]).partition("/row-")[2]: claim["period"] for claim in claims(dyads)}
    assert periods["2-1"] == "2010-08-16/.."
    assert periods["6-1"] == "1993-09-24/1999-12-31"
    assert periods["7-1"] == "../1951-10-19"
    assert periods["5-1"] == "1992-05/..", "to the month, where no day is given"


def test_missing_is_not_zero(dyads: Path) -> None:
    done = run(dyads)
    assert "1 claims are not made for want of a value in nonaggression" in done.stderr
    before = len(claims(dyads))
    changed(dyads, 'missing: ["-9"]', "missing: []")
    changed(dyads, "where: {nonaggression: 1}", "where: {nonaggression: -9}")
    assert len(claims(dyads)) < before + 3, "a value that is not missing is a value like others"


def test_rows_about_what_nobody_describes(dyads: Path) -> None:
    assert "1 rows name cowCode '972'" in run(dyads).stderr
    done = run(changed(dyads, "others: passed over", "others: refused"))
    assert done.exit_code != 0
    assert "row 8: no thing is known with cowCode '972'" in done.output


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("column: ccode1", "column: ccode", "or 'ccode1'?"),
        ("from: start", "from: strt", "no date is called 'strt'"),
        ("period: inForce", "period: inForse", "no period is called 'inForse' → did you mean 'inForce'"),
        ("things:", "thngs:", "unknown key 'thngs'"),
        ("code: cowCode}\n  other", "code: cow}\n  other", "cow"),
        ("and {other} were allies", "and {othr} were allies", "{othr} is no thing, date, period or column"),
        ("{one} and {other} were allies", "{one and {other} were allies", "does not close, or opens nothing"),
        ("ccode1, code: cowCode", "ccode1, names: {'630': state/irn}", "'630' stands for 'state/irn'"),
        ('alliedWith: "{other}"}', 'aliedWith: "{other}"}', "did you mean 'alliedWith'"),
        ("type: Treaty, label", "type: Treat, label", "did you mean 'Treaty'"),
        ('paraphrase: {en: "{one} and {other} were allies', 'paraphrase: {de: "{one} and', "en is missing"),
    ],
)
def test_mistakes_in_a_mapping_are_told_with_their_line(dyads: Path, old: str, new: str, told: str) -> None:
    done = run(changed(dyads, old, new))
    assert done.exit_code != 0
    assert told in done.output
    assert f"{MAPPING}:" in done.output


def test_what_is_wrong_with_claims_is_told_once_and_nothing_written(dyads: Path) -> None:
    """However many rows make a claim, its template is one place."""
    for path in dyads.rglob("*/dyads.table.yaml"):
        path.unlink()
    changed(dyads, 'alliedWith: "{other}"}', 'aliedWith: "{other}"}')
    done = run(dyads, "--write")
    assert "1 problem in the input" in done.output
    assert "nothing was written" in done.output
    assert not list(dyads.rglob("*/dyads.table.yaml"))


def test_a_value_that_no_row_has_is_told(dyads: Path) -> None:
    done = run(changed(dyads, "where: {defense: 1}", "where: {defense: 7}"))
    assert "no row has 7 in defense, which has 0, 1: its claims are not made" in done.stderr


def test_a_year_that_is_no_number_is_told(dyads: Path) -> None:
    table = dyads / "originals" / "dyads.csv"
    head, first, *rest = table.read_text("utf-8").splitlines(keepends=True)
    year = first.split(",")[head.strip().split(",").index("st_year")]
    table.write_text("".join([head, first.replace(f",{year},", f",c. {year},", 1), *rest]), "utf-8")
    done = run(dyads)
    assert done.exit_code == 0, done.output
    assert f"st_year (no number: c. {year})" in done.stderr


def test_a_date_that_no_calendar_has_is_told_of_every_row(dyads: Path) -> None:
    table = dyads / "originals" / "dyads.csv"
    head, *rows = table.read_text("utf-8").splitlines(keepends=True)
    place = head.strip().split(",").index("st_month")
    for number in (2, 4):
        cells = rows[number].rstrip("\n").split(",")
        cells[place] = "15"
        rows[number] = ",".join(cells) + "\n"
    table.write_text("".join([head, *rows]), "utf-8")
    done = run(dyads, "--write")
    assert done.exit_code != 0
    for number in (4, 6):
        assert f"row {number}: start is " in done.output
    assert "-15" in done.output


def test_columns_name_states_by_iso_codes(dyads: Path) -> None:
    table = dyads / "originals" / "dyads.csv"
    known = {"630": "IRN", "640": "TUR", "371": "ARM", "373": "AZE", "666": "ISR", "365": "RUS", "200": "GBR"}
    head, *rows = table.read_text("utf-8").splitlines()
    columns = head.split(",")
    places = [columns.index(name) for name in ("ccode1", "ccode2")]
    turned = [
        ",".join(known.get(cell, cell) if at in places else cell for at, cell in enumerate(row.split(",")))
        for row in rows
    ]
    assert turned != rows
    before = len(claims(dyads))
    table.write_text("\n".join([head, *turned]) + "\n", "utf-8")
    changed(dyads, "code: cowCode", "code: iso3166Alpha3")
    assert len(claims(dyads)) == before


def test_two_descriptions_of_one_thing_are_told(dyads: Path) -> None:
    """The second name of a treaty would be lost."""
    changed(dyads, "agreement/dyads-{treaty_id}", "agreement/dyads-one")
    done = run(dyads)
    assert done.exit_code != 0
    assert "'agreement/dyads-one' is described otherwise than in a row before (label)" in done.output


def test_a_passage_names_its_row(dyads: Path) -> None:
    layers = layers_of([dyads])
    use_ontology_of(layers)
    corpus = read_layers(layers).part(lambda path: path.is_relative_to(dyads))
    corpus.claims, known = corpus.claims[:1], read_layers(layers)
    known.claims = corpus.claims
    quads = described_quads(check_records(known, {*dyads.rglob("*.yaml")}).sound)
    rows = [quad for quad in quads if quad.predicate.value == RDF + "value"]
    assert [quad.object for quad in rows] == [ox.Literal("row=2")]
    typed = ox.Quad(rows[0].subject, ox.NamedNode(RDF + "type"), ox.NamedNode(OA + "FragmentSelector"))
    assert typed in quads
    assert "DefenceObligation" in vocabulary().classes


CSV = "originals/dyads.csv"


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (CSV, "31,12,1999", "31,12,1989", ":34: row 6: inForce: '1993-09-24/1989-12-31' ends"),
        (CSV, "31,12,1999", "31,12,99", ":32: row 6: end has the year '99', of which century?"),
        (CSV, "31,12,1999", "31,,1999", ":32: row 6: end has a day, and no month"),
        (CSV, "31,12,1999,0,0", "31,12,1999,0,1", "end is 1999-12-31, though right_censor 1 says"),
        (MAPPING, "table: dyads.csv", "table: dyads.xlsx", "a table is text: save it as dyads.csv"),
        (MAPPING, "table: dyads.csv", "table: dyads.csv\ndelimiter: tab", 'write "\\t", in double quotes'),
        (MAPPING, "table: dyads.csv", 'table: dyads.csv\ndelimiter: ";"', 'write `delimiter: ","`'),
        (MAPPING, '["-9"]', "[-9]", 'missing: -9 is not a text → write "-9", in quotes'),
        (MAPPING, '["-9"]', "-9", 'is not a list → write a list, each in quotes: `missing: ["-9"]`'),
        (MAPPING, "{right_censor: 1}", "ongoing", "write the column and the values that leave it open"),
        (MAPPING, 'alliedWith: "{other}"', "alliedWith: {other}", 'not a field → write "{other}"'),
        (CSV, "365,Russia,373,Azerbaijan", "365,Russia,365,Russia", "row 6: both ends are state/russia"),
        (MAPPING, "code: cowCode}\n  other", "code: iso2}\n  other", "use cowCode, gwCode, iso3166Alpha3"),
        (MAPPING, "table: dyads.csv", "others: refused", "has no `table:`"),
    ],
)  # fmt: skip
def test_what_a_row_or_mapping_cannot_mean(dyads: Path, name: str, old: str, new: str, told: str) -> None:
    if "others" in new:
        changed(dyads, "others: passed over", "numbers: []")
    done = run(changed(dyads, old, new, name))
    assert done.exit_code == 1
    assert told in done.output


@pytest.mark.parametrize("other", [";", "\t", "|"])
def test_a_table_with_another_delimiter_is_told_once(dyads: Path, other: str) -> None:
    table = dyads / CSV
    table.write_text(table.read_text("utf-8").replace(",", other), "utf-8")
    done = run(dyads)
    assert "1 problem" in done.output
    assert f'write `delimiter: "{other}"`'.replace("\t", "\\t") in done.output


def test_a_table_that_is_not_the_described_one_is_not_written(dyads: Path) -> None:
    before = (dyads / "sources" / MAPPING).read_bytes()
    changed(dyads, "Pact of the Delta", "Pact of the Ebro", CSV)
    told = "dyads.csv is not the table that is described here"
    tried = run(dyads)
    assert tried.exit_code == 0
    assert told in tried.stderr
    done = run(dyads, "--write")
    assert done.exit_code == 1
    assert f"{MAPPING}:14: [source/invented-dyads] {told}" in done.output
    assert (dyads / "sources" / MAPPING).read_bytes() == before


def test_what_a_mapping_of_another_name_made_is_to_be_removed_first(dyads: Path) -> None:
    (dyads / MAPPING).rename(dyads / "pairs.table.yaml")
    done = CliRunner().invoke(
        main, ["table", str(dyads / "pairs.table.yaml"), "--corpus", str(dyads), "--write"]
    )
    assert done.exit_code == 1
    assert "holds the claims of source/invented-dyads already, made of dyads.table.yaml" in done.output
    assert "if pairs.table.yaml takes its place, remove " in done.output
    assert not (dyads / "sources" / "pairs.table.yaml").exists()


def test_a_table_of_which_no_row_makes_a_claim_is_told(dyads: Path) -> None:
    changed(dyads, "ccode1, code", "state_name1, code")
    assert "warning: no row makes a claim" in run(dyads).stderr


def test_a_horizon_that_dates_of_rows_leave_is_told(dyads: Path) -> None:
    assert "horizon" not in run(dyads).stderr
    done = run(changed(dyads, "1945/2012", "1995/2012"))
    assert done.exit_code == 0
    assert (
        f"{MAPPING}:8: [source/invented-dyads] horizon: 1995/2012 leaves out those of 3 rows" in done.stderr
    )
    assert "the first row 4 (1992-01-01/..) → widen it" in done.stderr


def test_a_table_of_a_source_that_nobody_describes(dyads: Path) -> None:
    text = (dyads / MAPPING).read_text("utf-8")
    (dyads / MAPPING).write_text("source: source/invented-dyad\n" + text[text.index("table: ") :], "utf-8")
    done = run(dyads, "--write")
    assert done.exit_code == 1
    assert "its source 'source/invented-dyad' is described nowhere" in done.output
    assert "`araxes new source`" in done.output
