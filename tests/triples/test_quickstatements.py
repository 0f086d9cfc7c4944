"""What is offered to Wikidata: in the documented grammar, with references, and never what is contested."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.cli.main import main
from araxes.ontology.namespaces import AX, BASE
from araxes.triples.wikidata import quickstatements as batch
from araxes.triples.wikidata import quickstatements_values, source_references
from araxes.triples.wikidata.known_statements import known_rows
from araxes.triples.wikidata.quickstatements import (
    COUNTERPARTS,
    LOSS_COLUMNS,
    quickstatements,
)
from araxes.triples.wikidata.quickstatements_values import period_pairs, time_value
from araxes.triples.wikidata.sssom_tables import read_mappings

# The forms of values in Help:QuickStatements, section "Command sequence syntax".
VALUES = {
    "item": r"Q[1-9]\d*",
    "string": r'"[^\t\n]*"',
    "monolingual": r'[a-z]+(?:-[a-z]+)*:"[^\t\n]*"',
    "time": r"[+-]\d{4,16}-\d\d-\d\dT\d\d:\d\d:\d\dZ/(?:[0-9]|1[0-4])",
    "location": r"@-?\d+(?:\.\d+)?/-?\d+(?:\.\d+)?",
    "quantity": r"[+-]?\d+(?:\.\d+)?(?:~\d+(?:\.\d+)?|\[[^\]]+\])?(?:U[1-9]\d*)?",
    "unknown": r"somevalue|novalue",
}


@dataclass
class Command:
    """A parsed line."""

    item: str
    property: str
    value: str
    qualifiers: list[tuple[str, str]] = field(default_factory=list)
    references: list[list[tuple[str, str]]] = field(default_factory=list)


def kind_of(value: str) -> str:
    """The kind of a value.

    Raises:
        ValueError: it has none of the documented forms.
    """
    for kind, form in VALUES.items():
        if re.fullmatch(form, value):
            return kind
    raise ValueError(f"{value!r} is no value")


def parse(line: str) -> Command:
    """A line by the documented grammar: statement, qualifiers, then references.

    Raises:
        ValueError: it does not follow the grammar.
    """
    cells = line.split("\t")
    if len(cells) < 3 or len(cells) % 2 == 0:
        raise ValueError("a command has item, property, value, and then pairs")
    if not re.fullmatch(r"Q[1-9]\d*", cells[0]) or not re.fullmatch(r"P[1-9]\d*", cells[1]):
        raise ValueError(f"{cells[:2]} begin no statement")
    kind_of(cells[2])
    command = Command(cells[0], cells[1], cells[2])
    for key, value in zip(cells[3::2], cells[4::2], strict=True):
        kind_of(value)
        found = re.fullmatch(r"(P|S|!S)([1-9]\d*)", key)
        if not found:
            raise ValueError(f"{key!r} is no qualifier or reference")
        if found[1] == "P":
            if command.references:
                raise ValueError("a qualifier after a reference")
            command.qualifiers.append((key, value))
        elif found[1] == "!S" or not command.references:
            if found[1] == "!S" and not command.references:
                raise ValueError("the first reference needs no exclamation mark")
            command.references.append([("P" + found[2], value)])
        else:
            command.references[-1].append(("P" + found[2], value))
    return command


PREFIXES = f"""
@prefix ax: <{AX}> . @prefix a: <{BASE}> . @prefix wd: <http://www.wikidata.org/entity/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix prism: <http://prismstandard.org/namespaces/basic/2.0/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
WORLD = """
<https://w3id.org/araxes/state/one> skos:exactMatch wd:Q11 .
<https://w3id.org/araxes/state/two> skos:exactMatch wd:Q12 .
<https://w3id.org/araxes/state/near> skos:closeMatch wd:Q13 .
<https://w3id.org/araxes/organization/club> skos:exactMatch wd:Q21 .
<https://w3id.org/araxes/event/war> skos:exactMatch wd:Q31 .
ax:ResearchArticle skos:exactMatch wd:Q13 .
<https://w3id.org/araxes/language/persian> skos:exactMatch wd:Q14 .
<https://w3id.org/araxes/source/good> a ax:ResearchArticle, ax:Source ;
  bibo:doi "10.1/ab" ; ax:date "2020-05" ;
  ax:sourceAuthor <https://w3id.org/araxes/source/good#author> ; dcterms:language "fa" ;
  dcterms:title "An “English” title"@en, "عنوان"@fa ; rdfs:label "Good (2020)"@en ;
  bibo:volume "17" ; bibo:issue "2" ; bibo:pages "3-9" ; prism:publicationName "Journal"@en .
<https://w3id.org/araxes/source/good#author> dcterms:creator <https://w3id.org/araxes/person/p> .
<https://w3id.org/araxes/person/p> rdfs:label "An Author"@en .
<https://w3id.org/araxes/source/item> skos:exactMatch wd:Q99 .
<https://w3id.org/araxes/source/bare> rdfs:label "Untitled"@en .
<https://w3id.org/araxes/reading> ax:date "2026-11-20" .
"""


def world(*claims: tuple[str, str, str], bare: str | None = None, about: str = "") -> ox.Dataset:
    """A dataset of claims (name, description, statements); their statements are bare unless ``bare`` says."""
    text = PREFIXES + WORLD + about
    for name, description, statements in claims:
        iri = f"<{BASE}claim/{name}>"
        text += f"{iri} {description} ; prov:wasGeneratedBy <{BASE}reading> .\n{iri} {{ {statements} }}\n"
    text += bare if bare is not None else " ".join(statements for _, _, statements in claims)
    return ox.Dataset(ox.parse(input=text, format=ox.RdfFormat.TRIG))


def affirmed(source: str = "good", period: str = "", kind: str = "FactualClaim", modality: str = "Asserted",
             stance: str = "Endorses") -> str:  # fmt: skip
    """The description of a claim."""
    when = f' ; ax:period "{period}"' if period else ""
    return (
        f"a ax:{kind} ; ax:modality ax:{modality} ; ax:authorStance ax:{stance} ;"
        f" ax:source <{BASE}source/{source}>{when}"
    )


MEMBER = f"<{BASE}state/one> ax:memberOf <{BASE}organization/club> ."


def commands(dataset: ox.Dataset) -> list[Command]:
    return [parse(line) for line in quickstatements(dataset).text().splitlines()]


def test_a_statement_with_qualifiers_and_a_full_reference() -> None:
    (command,) = commands(world(("a", affirmed(period="1952/1999-03"), MEMBER)))
    assert (command.item, command.property, command.value) == ("Q11", "P463", "Q21")
    assert command.qualifiers == [("P580", "+1952-00-00T00:00:00Z/9"), ("P582", "+1999-03-00T00:00:00Z/10")]
    (reference,) = command.references
    assert reference == [
        ("P2093", '"An Author"'),
        ("P1476", 'fa:"عنوان"'),
        ("P577", "+2020-05-00T00:00:00Z/10"),
        ("P478", '"17"'),
        ("P433", '"2"'),
        ("P304", '"3-9"'),
        ("P356", '"10.1/AB"'),
        ("P854", f'"{BASE}claim/a"'),
        ("P813", "+2026-11-20T00:00:00Z/11"),
    ]


def test_several_references_of_one_statement() -> None:
    (command,) = commands(world(("a", affirmed(), MEMBER), ("b", affirmed("item"), MEMBER)))
    assert len(command.references) == 2
    assert command.references[1][0] == ("P248", "Q99")


@pytest.mark.parametrize(
    "description",
    [
        affirmed(modality="Denied"),
        affirmed(modality="Possible"),
        affirmed(stance="Reports"),
        affirmed(stance="Disputes"),
        affirmed(kind="PredictiveClaim"),
        affirmed(kind="NormativeClaim"),
        affirmed(kind="CausalClaim"),
    ],
)
def test_what_is_not_affirmed_as_fact_is_never_offered(description: str) -> None:
    made = quickstatements(world(("a", description, MEMBER)))
    assert made.statements == []


def test_a_source_without_an_item_is_offered_as_one() -> None:
    made = quickstatements(world(("a", affirmed(), MEMBER), ("b", affirmed("item"), MEMBER)))
    assert made.new_items == [
        "CREATE",
        'LAST\tLen\t"An “English” title"',
        'LAST\tLfa\t"عنوان"',
        'LAST\tDen\t"Good (2020)"',
        "LAST\tP31\tQ13",
        "LAST\tP407\tQ14",
        'LAST\tP2093\t"An Author"\tP1545\t"1"',
        'LAST\tP1476\tfa:"عنوان"',
        "LAST\tP577\t+2020-05-00T00:00:00Z/10",
        'LAST\tP478\t"17"',
        'LAST\tP433\t"2"',
        'LAST\tP304\t"3-9"',
        'LAST\tP356\t"10.1/AB"',
    ]


def test_what_was_looked_for_is_told_of_each_source_without_an_item() -> None:
    sought = (
        f'<{BASE}source/good#mapping-NoTermFound> <{BASE}mappings/evidence> "its title, in a catalogue" .'
    )
    claims = ("a", affirmed(), MEMBER), ("b", affirmed("item"), MEMBER)
    told = quickstatements(world(*claims, about=sought)).looked_for
    assert told == {f"{BASE}source/good": "its title, in a catalogue"}
    assert quickstatements(world(*claims)).looked_for == {f"{BASE}source/good": ""}


@pytest.mark.parametrize(
    ("extract", "told"),
    [
        ([], "says nothing of it"),
        ([("Q11", "P463", "Q21")], "has it"),
        ([("Q11", "P463", "Q3"), ("Q11", "P463", "Q2"), ("Q11", "P47", "Q21")], "has only Q2, Q3"),
    ],
)
def test_what_an_extract_of_wikidata_has_already(extract: list[tuple[str, str, str]], told: str) -> None:
    made = quickstatements(world(("a", affirmed(), MEMBER)))
    rows = [dict(zip(("item", "property", "value"), row, strict=True)) for row in extract]
    (row,) = known_rows(made.statements, rows)
    assert row == {"item": "Q11", "property": "P463", "value": "Q21", "extract": told}


def test_losses_are_sentences_with_the_deepest_reason() -> None:
    nowhere = f"<{BASE}state/one> ax:supports <{BASE}state/two> ."
    (row,) = quickstatements(world(("a", affirmed(), nowhere), bare="")).losses
    assert row["statement"] == "state/one supports state/two"
    assert row["reason"] == "no counterpart of supports"  # though it is contested as well


def test_an_extract_that_is_none_is_named(tmp_path: Path, project_store: Path) -> None:
    extract = tmp_path / "extract.tsv"
    extract.write_text("item,property\n", "utf-8")
    batch_file = str(tmp_path / "batch.qs")
    known = ["--known", str(extract), str(tmp_path / "report.csv")]
    done = CliRunner().invoke(
        main, ["export", "quickstatements", "--store", str(project_store), "-o", batch_file, *known]
    )
    assert done.exit_code != 0
    assert "has no column 'item'" in done.output


def test_what_is_contested_is_never_offered_and_is_listed() -> None:
    made = quickstatements(world(("a", affirmed(), MEMBER), bare=""))
    assert made.statements == []
    assert [row["reason"] for row in made.losses] == ["contested"]


def test_a_denied_statement_is_never_offered() -> None:
    denial = (
        f"<{BASE}claim/a#d> a owl:NegativePropertyAssertion ; owl:sourceIndividual <{BASE}state/one> ;"
        f" owl:assertionProperty ax:memberOf ; owl:targetIndividual <{BASE}organization/club> ."
    )
    assert quickstatements(world(("a", affirmed(), denial))).statements == []


@pytest.mark.parametrize(
    ("statement", "source", "reason"),
    [
        (
            f"<{BASE}state/one> ax:memberOf <{BASE}organization/other> .",
            "good",
            "no item that is the same as",
        ),
        (
            f"<{BASE}state/near> ax:memberOf <{BASE}organization/club> .",
            "good",
            "no item that is the same as",
        ),
        (f"<{BASE}state/one> ax:supports <{BASE}state/two> .", "good", "no counterpart of supports"),
        (f"<{BASE}person/p> ax:memberOf <{BASE}organization/club> .", "good", "only between other kinds"),
        (f'<{BASE}claim/a#node> ax:date "1992" .', "good", "a date of something that is no event"),
        (f'<{BASE}event/war> ax:date "1992~" .', "good", "1992~ has no form there"),
        (MEMBER, "bare", "no reference would lead to source/bare"),
    ],
)
def test_the_list_of_losses_says_why(statement: str, source: str, reason: str) -> None:
    made = quickstatements(world(("a", affirmed(source), statement)))
    assert made.statements == []
    (row,) = made.losses
    assert reason in row["reason"]
    assert tuple(row) == LOSS_COLUMNS


def test_periods_that_differ_are_left_out_and_listed() -> None:
    made = quickstatements(
        world(("a", affirmed(period="1952"), MEMBER), ("b", affirmed(period="1953"), MEMBER))
    )
    (command,) = [parse(line) for line in made.text().splitlines()]
    assert command.qualifiers == []
    assert sum(row["reason"] == "claims give it different periods" for row in made.losses) == 2


def test_dates_of_events() -> None:
    (command,) = commands(world(("a", affirmed(), f'<{BASE}event/war> ax:date "1992-05" .')))
    assert (command.item, command.property, command.value) == ("Q31", "P585", "+1992-05-00T00:00:00Z/10")


def test_inverse_properties_are_turned_round() -> None:
    statement = f"<{BASE}organization/club> ax:hasMember <{BASE}state/two> ."
    (command,) = commands(world(("a", affirmed(), statement)))
    assert (command.item, command.property, command.value) == ("Q12", "P463", "Q21")


def test_every_property_in_use_stands_in_the_table_of_mappings() -> None:
    rows = {
        (row["subject_id"].removeprefix("ax:"), row["object_id"].removeprefix("wd:"))
        for row in read_mappings().rows()
        if row["object_id"].startswith("wd:P")
    }
    assert {(rule.name, rule.pid) for rule in COUNTERPARTS} <= rows
    used = {
        value.removeprefix("S").removeprefix("P")
        for module in (batch, quickstatements_values, source_references)
        for value in vars(module).values()
        if isinstance(value, str) and re.fullmatch(r"[PS]\d+", value)
    }
    assert len(used) >= 11
    assert {f"P{number}" for number in used} <= {pid for _, pid in rows}


def test_the_projects_own_batch(project: ox.Store, tmp_path: Path, project_store: Path) -> None:
    out, losses = tmp_path / "batch.qs", tmp_path / "losses.csv"
    arguments = [
        "export",
        "quickstatements",
        "--store",
        str(project_store),
        "-o",
        str(out),
        "--losses",
        str(losses),
    ]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    batch = [parse(line) for line in out.read_text("utf-8").splitlines()]
    assert len(batch) >= 15
    assert all(command.references for command in batch)
    assert any(len(command.references) > 1 for command in batch)
    assert any(command.qualifiers for command in batch)
    leads = {"P248", "P356", "P304", "P1476"}
    assert all(leads & {name for name, _ in reference} for one in batch for reference in one.references)
    rows = list(csv.DictReader(losses.read_text("utf-8").splitlines()))
    assert len(rows) > 1000
    assert {row["lost"] for row in rows} == {"statement", "qualifier", "reference"}
    again = quickstatements(ox.Dataset(project))
    assert len(again.looked_for) == 3
    assert all(again.looked_for.values())
    assert again.text() == out.read_text("utf-8")


@given(st.text(alphabet="0123456789X-/.~?%", max_size=24))
def test_any_date_becomes_a_time_of_the_grammar_or_a_loss(text: str) -> None:
    pairs, lost = period_pairs(text)
    assert all(kind_of(value) == "time" for _, value in pairs)
    assert pairs or lost or not text.replace("/", "").strip(".")
    assert time_value(text) == "" or kind_of(time_value(text)) == "time"


@pytest.mark.parametrize(
    "line",
    [
        "Q1\tP2",
        "Q1\tP2\tvalue",
        "Q1\tP2\tQ3\tS1",
        "Q1\tP2\tQ3\t!S1\tQ4",
        "Q1\tP2\tQ3\tS1\tQ4\tP5\tQ6",
        "X1\tP2\tQ3",
        "Q1\tP2\t+1992-05-00T00:00:00Z",
    ],
)
def test_the_parser_refuses(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(line)
