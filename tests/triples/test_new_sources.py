"""Corpora and sources begun with a verb: references in every format become heads that the checks accept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_layers
from araxes.triples.authoring.corpus_layers import layers_of, read_corpus_folder
from araxes.triples.drafting.references import date_of, read_references
from araxes.triples.drafting.source_heads import KINDS, citation, source_slug

TEXT = "Alpha and Beta opened a railway in 2019.\n"

CSL = {
    "type": "article-journal",
    "title": "Railways of the Steppe",
    "author": [{"family": "Öztürk", "given": "Ayşe"}, {"family": "Bell", "given": "John"}],
    "container-title": "Review of Borders",
    "volume": "7",
    "issue": "2",
    "page": "11–30",
    "issued": {"date-parts": [[2021, 4]]},
    "DOI": "https://doi.org/10.1234/rob.2021.7",
    "URL": "https://example.org/rob/7",
    "language": "en-GB",
}
CROSSREF = {
    "status": "ok",
    "message": {
        "type": "journal-article",
        "title": ["Railways of the Steppe"],
        "author": [{"family": "Öztürk", "given": "Ayşe"}, {"family": "Bell", "given": "John"}],
        "container-title": ["Review of Borders"],
        "volume": "7",
        "issue": "2",
        "page": "11–30",
        "issued": {"date-parts": [[2021, 4]]},
        "DOI": "10.1234/rob.2021.7",
        "URL": "https://example.org/rob/7",
        "language": "en",
    },
}
BIBTEX = r"""
@article{rail, author = {{\"O}zt{\"u}rk, Ay{\c s}e and Bell, John}, title = {Railways of the {Steppe}},
  journal = {Review of Borders}, volume = 7, number = 2, pages = {11--30}, year = 2021, month = apr,
  doi = {10.1234/rob.2021.7}, url = {https://example.org/rob/7}, langid = {english}}
"""
RIS = """TY  - JOUR
AU  - Öztürk, Ayşe
AU  - Bell, John
TI  - Railways of the Steppe
T2  - Review of Borders
VL  - 7
IS  - 2
SP  - 11
EP  - 30
PY  - 2021/04
DO  - 10.1234/rob.2021.7
UR  - https://example.org/rob/7
LA  - en
ER  -
"""
FORMS = {
    "csl.json": json.dumps(CSL), "crossref.json": json.dumps(CROSSREF), "rail.bib": BIBTEX, "rail.ris": RIS,
}  # fmt: skip


def run(*arguments: object) -> Result:
    """A verb."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A new corpus, beside a text."""
    (tmp_path / "rail.txt").write_text(TEXT, "utf-8")
    made = run(
        *("new", "corpus", tmp_path / "mine", "--namespace", "https://example.org/mine/", "--name", "mine"),
        *("--language", "en", "--language", "fa", "--curator", "Jana Doe"),
    )
    assert made.exit_code == 0, made.output
    return tmp_path / "mine"


def new_source(mine: Path, *options: object) -> Result:
    """The file of a source in it."""
    return run("new", "source", "--corpus", mine, "--text", mine.parent / "rail.txt", *options)


def test_a_new_corpus_is_one(mine: Path) -> None:
    made = read_corpus_folder(mine)
    assert (made.name, made.languages, made.curators) == ("mine", ("en", "fa"), ("curator/jana-doe",))
    assert made.originals == mine / "originals"
    (curator,) = yaml.safe_load((mine / "entities" / "curators.yaml").read_text("utf-8"))
    assert curator["id"] == "curator/jana-doe"
    again = run("new", "corpus", mine, "--namespace", "https://example.org/mine/")
    assert again.exit_code == 1
    assert "is a corpus already" in again.output


def test_a_corpus_that_cannot_be_is_not_made(tmp_path: Path) -> None:
    made = run("new", "corpus", tmp_path / "mine", "--namespace", "no address", "--language", "english")
    assert made.exit_code == 1
    assert "2 problems" in made.output
    assert not (tmp_path / "mine" / "corpus.toml").exists()


@pytest.mark.parametrize("name", FORMS)
def test_every_format_gives_the_same_head(mine: Path, name: str) -> None:
    reference = mine.parent / name
    reference.write_text(FORMS[name], "utf-8")
    made = new_source(mine, "--reference", reference)
    assert made.exit_code == 0, made.output
    head = yaml.safe_load((mine / "sources" / "ozturk-2021.yaml").read_text("utf-8"))
    source = head["source"]
    assert source["type"] == "ResearchArticle"
    assert source["title"] == {"en": "Railways of the Steppe"}
    assert source["label"] == {"en": "Öztürk and Bell (2021), Railways of the Steppe"}
    assert (source["date"], source["doi"]) == ("2021-04", "10.1234/rob.2021.7")
    assert source["bibliographicCitation"] == "Review of Borders 7(2), pp. 11–30"
    assert source["url"] == "https://example.org/rob/7"
    assert source["sourceText"]["characterCount"] == len(TEXT)
    assert source["sourceAuthor"]["author"] == ["person/ayse-ozturk", "person/john-bell"]
    assert head["curation"][0]["curator"] == "curator/jana-doe"
    assert (mine / "originals" / "rail.txt").read_text("utf-8") == TEXT
    assert "to do: horizon" in made.output


def test_the_head_lacks_only_what_is_listed(mine: Path) -> None:
    reference = mine.parent / "csl.json"
    reference.write_text(json.dumps(CSL), "utf-8")
    told = new_source(mine, "--reference", reference).output
    found = check_records(read_layers(layers_of([mine]))).findings
    of_mine = [finding for finding in found if finding.place.path.is_relative_to(mine)]
    assert of_mine
    assert {finding.message for finding in of_mine} == {"fa is missing"}
    assert "to do: labels in fa" in told


def test_a_source_is_not_described_twice(mine: Path) -> None:
    assert new_source(mine, "--id", "rail-2019", "--type", "web page").exit_code == 0
    again = new_source(mine, "--id", "rail-2019")
    assert again.exit_code == 1
    assert "is there already" in again.output


def test_known_authors_are_not_minted(mine: Path) -> None:
    reference = mine.parent / "known.json"
    authors = [{"family": "Pashinyan", "given": "Nikol"}, {"literal": "European Union"}]
    reference.write_text(json.dumps({**CSL, "author": authors}), "utf-8")
    new_source(mine, "--reference", reference, "--id", "x-2021")
    head = yaml.safe_load((mine / "sources" / "x-2021.yaml").read_text("utf-8"))
    assert head["source"]["sourceAuthor"]["author"] == [
        "person/nikol-pashinyan",
        "organization/european-union",
    ]
    assert not (mine / "entities" / "x-2021.yaml").exists()


BODIES = {
    "literal.json": '{"title": "T", "author": [{"literal": "Delta Observatory"}, {"name": "Vale Watch"}]}',
    "alone.json": '{"title": "T", "author": [{"family": "Delta Observatory"}, {"literal": "Vale Watch"}]}',
    "braces.bib": "@report{t, title={T}, author={{Delta Observatory} and {Vale Watch}}}",
    "comma.ris": "TY  - RPRT\nTI  - T\nAU  - Delta Observatory\nAU  - Vale Watch,\nER  - \n",
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_bodies_that_write_become_organizations(mine: Path, name: str) -> None:
    reference = mine.parent / name
    reference.write_text(BODIES[name], "utf-8")
    made = new_source(mine, "--reference", reference)
    assert made.exit_code == 0, made.output
    head = yaml.safe_load((mine / "sources" / "delta-observatory.yaml").read_text("utf-8"))
    wanted = ["organization/delta-observatory", "organization/vale-watch"]
    assert head["source"]["sourceAuthor"]["author"] == wanted
    minted = yaml.safe_load((mine / "entities" / "delta-observatory.yaml").read_text("utf-8"))
    assert [(each["id"], each["type"]) for each in minted] == [(each, "Organization") for each in wanted]
    assert "«Vale Watch» is taken for an organization, organization/vale-watch" in made.output


@pytest.mark.parametrize(
    ("said", "kind"),
    [("Commentary", "Commentary"), ("Research article", "ResearchArticle"), ("Working Paper", "Report")],
)
def test_a_reference_may_name_a_kind_of_source_itself(mine: Path, said: str, kind: str) -> None:
    reference = mine.parent / "said.bib"
    reference.write_text(f"@techreport{{t, title={{T}}, author={{Doe, J}}, type={{{said}}}}}", "utf-8")
    assert new_source(mine, "--reference", reference).exit_code == 0
    assert yaml.safe_load((mine / "sources" / "doe.yaml").read_text("utf-8"))["source"]["type"] == kind


def test_a_body_whose_name_was_taken_apart_is_told_by_its_words(mine: Path) -> None:
    """BibTeX takes a name without braces for a person's; RIS without a comma does not."""
    reference = mine.parent / "bank.bib"
    reference.write_text("@report{t, title={T}, author={Delta Bank and Ann Bell}, year=2020}", "utf-8")
    new_source(mine, "--reference", reference)
    head = yaml.safe_load((mine / "sources" / "delta-bank-2020.yaml").read_text("utf-8"))
    assert head["source"]["label"] == {"en": "Delta Bank and Bell (2020), T"}
    assert head["source"]["sourceAuthor"]["author"] == ["organization/delta-bank", "person/ann-bell"]


def test_a_year_of_the_persian_calendar_is_written_as_one(mine: Path) -> None:
    reference = mine.parent / "persian.json"
    reference.write_text(
        json.dumps({**CSL, "issued": {"date-parts": [[1401, 4]]}, "language": "fa"}), "utf-8"
    )
    made = new_source(mine, "--reference", reference)
    source = yaml.safe_load((mine / "sources" / "ozturk-1401.yaml").read_text("utf-8"))["source"]
    assert source["dateSolarHijri"] == "1401-04"
    assert "date" not in source
    assert "date: 1401-04 is taken for a year of the Solar Hijri calendar" in made.output
    found = check_records(read_layers(layers_of([mine]))).findings
    told = [each.message for each in found if each.place.path.is_relative_to(mine)]
    assert set(told) == {"fa is missing"} or set(told) <= {"fa is missing", "en is missing"}, told


def test_a_reference_without_author_is_told(mine: Path) -> None:
    reference = mine.parent / "none.json"
    reference.write_text('[{"title": "T", "type": "report"}]', "utf-8")
    assert "author: the reference names none" in new_source(mine, "--reference", reference).output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--type", "Novel"], "is no kind of source"),
        (["--reference", "two.bib"], "holds 2 references: 1: One; 2: Two"),
        (["--reference", "two.bib", "--key", "3"], "there is no reference '3'"),
        (["--reference", "broken.bib"], "broken.bib:1: cannot be parsed"),
        (["--reference", "broken.json"], "broken.json:2: is no JSON"),
        (["--reference", "empty.ris"], "holds no reference"),
        (["--reference", "what.xyz"], "no known format"),
        (["--reference", "wide.bib"], "UTF-16"),
        ([], "neither author nor title give an id"),
        (["--id", "Other 2022b"], "'Other 2022b' cannot be part of an id"),
    ],
)
def test_what_cannot_be_is_told(
    mine: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], message: str
) -> None:
    monkeypatch.chdir(mine.parent)
    Path("two.bib").write_text("@book{a, title={One}}\n@book{b, title={Two}}\n", "utf-8")
    Path("broken.bib").write_text("@book{a, title={One}", "utf-8")
    Path("broken.json").write_text('{"title":\n}', "utf-8")
    Path("empty.ris").write_text("", "utf-8")
    Path("what.xyz").write_text("hello", "utf-8")
    Path("wide.bib").write_bytes("@book{a}".encode("utf-16"))
    result = new_source(mine, *options)
    assert result.exit_code == 1
    assert message in result.output
    assert "→" in result.output
    assert not list((mine / "sources").iterdir())


def test_without_a_corpus_of_ones_own(mine: Path) -> None:
    result = run("new", "source", "--text", mine.parent / "rail.txt", "--id", "x")
    assert result.exit_code == 1
    assert "no corpus of yours is named" in result.output


def test_every_kind_of_csl_is_a_kind_of_source() -> None:
    classes = vocabulary().classes
    assert {kind for kind in KINDS.values() if "Work" not in classes[kind]} == set()
    assert len(set(KINDS.values())) > 12


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2021]]}, "2021"),
        ({"date-parts": [["2021", "4", "9"]]}, "2021-04-09"),
        ({"date-parts": [[2020, 12], [2021, 1]]}, "2020-12/2021-01"),
        ({"raw": "2021-4"}, "2021-04"),
        ({"literal": "spring 2021"}, ""),
        ({"date-parts": [[None]]}, ""),
        ("2021", ""),
        (None, ""),
    ],
)
def test_dates(issued: object, date: str) -> None:
    assert date_of({"issued": issued}) == date


def test_ids_and_citations_of_poor_references(tmp_path: Path) -> None:
    assert source_slug({"title": "The Border of the North"}) == "border-north"
    assert source_slug({}) == ""
    assert citation({"publisher": "House", "publisher-place": "Baku"}) == "Baku: House"
    path = tmp_path / "a.bib"
    path.write_text(
        "@misc{x, title={T}, author={{Delta Institute} and Ann Bell}, url={https://a.org}}", "utf-8"
    )
    (item,) = read_references(path)
    assert item["type"] == "webpage"
    assert item["author"] == [{"literal": "Delta Institute"}, {"given": "Ann", "family": "Bell"}]
