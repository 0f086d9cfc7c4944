"""Mistakes of many kinds in a corpus of one's own: none passes in silence, each is told where it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main

LOWLANDS = Path(__file__).parent.parent / "corpora" / "lowlands"
SOURCE, ENTITIES, TOML = "sources/vale-1995.yaml", "entities/all.yaml", "corpus.toml"
MODULE, QUESTION = "ontology/lowlands.ttl", "questions/who.rq"
TRADE = "{id: state/lower-vale, tradesWith: state/upper-vale}"
FLAT = "  modality: Asserted\n  certainty: HighCertainty\n  periodBasis"
DATED = "date: '2024'\n"
ASKED = """# en: Who claims?
# hy: Ո՞վ է պնդում։
# family: claims
PREFIX ax: <https://w3id.org/araxes/ontology/>
SELECT ?holder { ?c ax:holder ?holder }
"""

MISTAKES = {
    "doi as address": (SOURCE, DATED, DATED + "  doi: https://doi.org/10.1/x\n", 7, "write the DOI alone"),
    "url without scheme": (SOURCE, DATED, DATED + "  url: www.e.org\n", 7, "with https://"),
    "read before it was published": (
        SOURCE, DATED, DATED + "  url: https://e.org/x\n  accessDate: '2019-01-01'\n", 8,
        "it was read before it was published",
    ),
    "horizon beyond publication": (SOURCE, "1991/2024", "1991/2026", 7, "ends after it was published"),
    "short digest": (SOURCE, "sha256: 1768c5d9", "sha256: 1768", 12, "64 small hexadecimal digits"),
    "count as text": (SOURCE, "Count: 178", "Count: '178'", 13, "without quotes and words"),
    "file with folder": (SOURCE, "Name: vale", "Name: originals/vale", 11, "without its folder"),
    "reading older than source": (SOURCE, "'2026-11-29'", "'1999-11-29'", 25, "older than its source"),
    "holder called author": (
        SOURCE, f"source/vale-1995#author\n{FLAT}", f"author\n{FLAT}", 41, "with #author, such as source/",
    ),
    "fact of the future": (SOURCE, "period: 1994/..", "period: '2031'", 33, "after its source was published"),
    "empty passage": (SOURCE, "start: 0, end: 41", "start: 41, end: 0", 36, "after its start"),
    "blank sentence": (SOURCE, "en: Lower Vale trades with Upper Vale.", "en: '  '", 46, "en is blank"),
    "the same twice": (SOURCE, TRADE, f"{TRADE}\n  - {TRADE}", 50, "the statement stands twice"),
    "thing as value": (SOURCE, "object: state/l", "value: state/l", 62, "write `object: state/lower-vale`"),
    "number in words": (
        SOURCE, TRADE, "{id: '#1', type: Observation, value: 5 million, unit: USDollar}", 49, "5000000",
    ),
    "source as holder": (
        SOURCE, "holder: source/vale-1995#author", "holder: source/vale-1995", 30,
        "write source/vale-1995#author, or who it is: person/vale-writer\n\n1 violation",
    ),
    "condition in words": (
        SOURCE, "  period: 1994", "  condition: if peace comes\n  period: 1994", 33, "conditionKind: If",
    ),
    "unknown value, told once": (
        SOURCE, "  period: 1994", "  degree: Fully\n  period: 1994", 33, "mean 'Wholly'?\n\n1 violation",
    ),
    "curly quotation marks": (TOML, '"en", "hy"', "“en”, “hy”", 4, "write straight quotation marks"),
    "cites a name": (SOURCE, "  period: 1994", "  cites: Smith 2003\n  period: 1994", 33, "write the id of"),
    "two kinds": (ENTITIES, "type: Region", "type: [Region, Person]", 5, "nothing is Region and Person at"),
    "one kind twice": (ENTITIES, "type: Region", "type: [Region, Region]", 5, "type: Region stands twice"),
    "blank label": (ENTITIES, 'en: "Marches"', 'en: " "', 5, "en is blank"),
    "label as list": (
        ENTITIES, '{en: "Marches", hy: "Սահմանամերձ"}', '["Marches"]', 5, 'write {en: "…", hy: "…"}',
    ),
    "other name as text": (ENTITIES, "Region,", "Region, altLabel: Bounds,", 5, 'write {en: ["…"]}'),
    "unknown curator": (TOML, "curator/reader", "curator/raeder", 5, "did you mean 'curator/reader'"),
    "person as curator": (TOML, "curator/reader", "person/vale-writer", 5, "is no Curator"),
    "no such originals": (TOML, '= "originals"', '= "texts"', 6, "originals: there is no folder"),
    "language twice": (TOML, '"en", "hy"', '"en", "hy", "en"', 4, "'en' is named twice"),
    "terms of another": (MODULE, "lowlands/ontology/>", "highlands/ontology/>", 0, "outside of the name"),
    "class as datatype": (MODULE, "owl:ObjectProperty , owl:SymmetricProperty", "owl:DatatypeProperty", 0,
                          "sharesWaterWith is a datatype property, and its range is a class"),
    "text as thing": (MODULE, "rdfs:range ax:State", "rdfs:range rdfs:Literal", 0, "its range is a datatype"),
    "below another kind": (MODULE, "ax:cooperatesWith", "ax:value", 0, "is below value, a property of"),
    "no dot": (MODULE, "a owl:Class ;", "a owl:Class", 15, "is no Turtle: Parser error at line 15"),
    "question without head": (QUESTION, "# en: Who claims?\n", "", 1, "the head lacks `# en:`"),
    "question of no family": (QUESTION, "family: claims", "family: claim", 1, "family: 'claim' is none"),
    "question in bad SPARQL": (QUESTION, "SELECT ?holder", "SELECT holder", 5, "is no SPARQL"),
    "question without its prefix": (
        QUESTION, "PREFIX ax: <https://w3id.org/araxes/ontology/>\n", "", 4,
        "add below the head: PREFIX ax: <https://w3id.org/araxes/ontology/>",
    ),
    "question that changes data": (QUESTION, "SELECT ?holder", "INSERT", 0, "questions only ask: SELECT"),
    "question without its last brace": (QUESTION, "?holder }", "?holder", 5, 'a "}" is missing'),
    "question that asks for no rows": (QUESTION, "SELECT ?holder", "ASK", 0, "is no SELECT query"),
    "question with a misspelt term": (QUESTION, "ax:holder", "ax:holdr", 5, "did you mean 'holder'?"),
    "question that asks for what it binds nowhere": (
        QUESTION, "SELECT ?holder", "SELECT ?holdr", 5, "?holdr is asked for and stands nowhere else",
    ),
    "colon in text": (SOURCE, "{en: Lower Vale trades", "{en: Lower Vale: trades", 46, "text with `: `"),
    "no holder": (SOURCE, "holder: state/upper-vale", "holder: []", 52, "name one at least"),
    "mapping as statements": (SOURCE, f"- {TRADE}", f"  {TRADE}", 48, "write a list: begin each item"),
    "originals that are a file": (TOML, '= "originals"', '= "corpus.toml"', 6, "the folder that it lies"),
    "question without answer": (QUESTION, "# en", "# en", 0, "has no expected answer (who.csv)"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, name: str) -> None:
    file, old, new, line, told = MISTAKES[name]
    corpus = tmp_path / "lowlands"
    shutil.copytree(LOWLANDS, corpus, ignore=shutil.ignore_patterns(".araxes"))
    if file == QUESTION:
        (corpus / QUESTION).parent.mkdir()
        (corpus / QUESTION).write_text(ASKED, "utf-8")
    text = (corpus / file).read_text("utf-8")
    assert old in text
    (corpus / file).write_text(text.replace(old, new, 1), "utf-8")
    arguments = ["validate", "--without-shipped", "--corpus", str(corpus), "--jobs", "1", "--fresh"]
    done = CliRunner().invoke(main, arguments)
    assert told in done.output, done.output
    places = (f"\n{line} ", f"{file}:{line}:", f"at line {line}, ")
    assert not line or any(place in done.output for place in places), done.output
    assert "Traceback" not in done.output


def test_the_text_is_in_the_language_that_the_head_says(tmp_path: Path) -> None:
    """Only `verify` has the text."""
    corpus = tmp_path / "lowlands"
    shutil.copytree(LOWLANDS, corpus, ignore=shutil.ignore_patterns(".araxes"))
    verify = ["verify", "--without-shipped", "--corpus", str(corpus)]
    assert "hardly in" not in CliRunner().invoke(main, verify).output
    path = corpus / SOURCE
    path.write_text(path.read_text("utf-8").replace("language: en\n", "language: fa\n"), "utf-8")
    done = CliRunner().invoke(main, verify)
    assert "language: the text is hardly in 'fa'" in done.output
    assert done.exit_code == 0


@pytest.mark.parametrize(("mark", "told"), [(";", "semicolons"), ("\t", "tabs")])
def test_what_separates_the_columns_of_an_expected_answer_is_told(
    tmp_path: Path, mark: str, told: str
) -> None:
    corpus = tmp_path / "lowlands"
    shutil.copytree(LOWLANDS, corpus, ignore=shutil.ignore_patterns(".araxes"))
    (corpus / QUESTION).parent.mkdir()
    (corpus / QUESTION).write_text(ASKED.replace("?holder {", "?c ?holder {"), "utf-8")
    (corpus / QUESTION).with_suffix(".csv").write_text(f"c{mark}holder\nx{mark}y\n", "utf-8")
    done = CliRunner().invoke(main, ["validate", "--without-shipped", "--corpus", str(corpus), "--jobs", "1"])
    assert f"its columns are separated by {told}\n" in done.output
    assert "the question asks for" not in done.output


def test_an_expected_answer_of_other_columns_is_told(tmp_path: Path) -> None:
    corpus = tmp_path / "lowlands"
    shutil.copytree(LOWLANDS, corpus, ignore=shutil.ignore_patterns(".araxes"))
    (corpus / QUESTION).parent.mkdir()
    (corpus / QUESTION).write_text(ASKED, "utf-8")
    (corpus / QUESTION).with_suffix(".csv").write_text("source\nx\n", "utf-8")
    done = CliRunner().invoke(main, ["validate", "--without-shipped", "--corpus", str(corpus), "--jobs", "1"])
    assert "its columns are source; the question asks for holder" in done.output


def test_a_claim_that_says_what_another_says_of_the_same_passage(tmp_path: Path) -> None:
    corpus = tmp_path / "lowlands"
    shutil.copytree(LOWLANDS, corpus, ignore=shutil.ignore_patterns(".araxes"))
    text = (corpus / SOURCE).read_text("utf-8")
    second = text.partition("- id: claim/vale-1995/02")[2].partition("- id: claim/vale-1995/03")[0]
    (corpus / SOURCE).write_text(f"{text}- id: claim/vale-1995/05{second}", "utf-8")
    done = CliRunner().invoke(main, ["validate", "--without-shipped", "--corpus", str(corpus), "--jobs", "1"])
    assert "says what claim/vale-1995/02 says, of the same passage" in done.output
    assert done.exit_code == 0
