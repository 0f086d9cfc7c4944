"""Mistakes with things of one's own: described below already, claimed in a record, related to themselves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main

LOWLANDS = Path(__file__).parent.parent / "corpora" / "lowlands"
SOURCE, ENTITIES, TOML = "sources/vale-1995.yaml", "entities/all.yaml", "corpus.toml"
MODULE = "ontology/lowlands.ttl"
TRADE = "{id: state/lower-vale, tradesWith: state/upper-vale}"
DENIAL = "{type: Denial, subject: state/upper-vale, property: threatens, object: state/lower-vale}"
MARCHES = 'label: {en: "Marches"'


@pytest.fixture
def lowlands(tmp_path: Path) -> Path:
    """A copy of the corpus that stands by itself."""
    return Path(shutil.copytree(LOWLANDS, tmp_path / "lowlands", ignore=shutil.ignore_patterns(".araxes")))


def validated(*corpora: Path) -> str:
    """What `validate` says of corpora in layers."""
    named = [each for corpus in corpora for each in ("--corpus", str(corpus))]
    return CliRunner().invoke(main, ["validate", "--without-shipped", "--jobs", "1", *named]).output


def changed(corpus: Path, name: str, old: str, new: str) -> Path:
    """The corpus with a change."""
    text = (corpus / name).read_text("utf-8")
    assert old in text
    (corpus / name).write_text(text.replace(old, new, 1), "utf-8")
    return corpus


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ('{id: state/dale, type: State, label: {en: "Lower Vale"}}', "is called 'Lower Vale', too"),
        ('{id: state/lower-vale, type: State, label: {en: "Lower Vale"}, cowCode: "999"}', "1 violation;"),
        ('{id: state/lower-vale, type: State, label: {en: "Lower Vale"}}', "add to it with `- refines"),
        ('{id: state/dale, type: State, label: {en: "Lower Dale"}}', "is called 'Lower Dale', too"),
        ('{id: state/dale, type: State, label: {en: "Lower Valle"}}', "use state/lower-vale and leave this"),
        (
            '{id: state/dale, type: State, label: {en: "Dale"}, altLabel: {en: ["Lower Vale"]}}',
            "use state/lower-vale and leave this record out",
        ),
        (
            '{id: infrastructure/weir, type: Infrastructure, label: {en: "Long Weir"}}',
            "use infrastructure/long-weir and leave this record out",
        ),
        ('{id: state/dale, type: State, label: {en: "Dale"}, cowCode: "999"}', "if state/lower-"),
        ('{id: state/dale, type: State, label: {en: "Dale"}, iso3166Alpha3: LVA}', "use this id and"),
        ("{refines: state/lower-vale, alliedWith: state/upper-vale}", "say it in a claim, under `asserts:`"),
        (
            '{id: state/dale, type: State, label: {en: "Dale"}, tradesWith: state/upper-vale}',
            "tradesWith is what some source says of state/dale: no record says it",
        ),
        ("{refines: source/vale-1995, label: {de: x}}", "is no entity, and cannot be refined"),
        (
            '{refines: state/lower-vale, label: {de: x}}\n- {refines: state/lower-vale, label: {de: y}}',
            "is refined already at own.yaml:1",
        ),
        ('{id: person/lower-vale, type: Person, label: {en: "Lower Vale"}}', ""),
        ('{id: state/other-vale, type: State, label: {en: "Other Vale"}}', ""),
    ],
)  # fmt: skip
def test_what_a_corpus_below_describes(lowlands: Path, tmp_path: Path, record: str, told: str) -> None:
    names = 'iso3166Alpha3: LVA, cowCode: "999", altLabel: {en: ["Lower Dale"]}, label: {en: "Lower Vale"'
    changed(lowlands, ENTITIES, 'label: {en: "Lower Vale"', names)
    isles = tmp_path / "isles"
    (isles / "entities").mkdir(parents=True)
    (isles / TOML).write_text(
        'name = "isles"\nnamespace = "https://example.org/isles/"\nlanguages = ["en"]\n', "utf-8"
    )
    (isles / "entities" / "own.yaml").write_text(f"- {record}\n", "utf-8")
    said = validated(lowlands, isles)
    assert told in said
    assert ("warning" in said or "violation" in said) == bool(told), said
    assert "two entities have one country code" not in said, "told once"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (TRADE, TRADE.replace("upper", "lower"), "nothing stands in this relation to itself"),
        (TRADE, "{id: state/upper-vale, sharesWaterWith: state/upper-vale}", "nothing stands in this"),
        (DENIAL, DENIAL.replace("lower", "upper"), "state/upper-vale is denied a relation to itself"),
        (
            TRADE,
            "{id: '#1', type: Statement, actor: state/upper-vale, recipient: state/upper-vale}",
            "is both who does it and whom it is done to",
        ),
        (
            TRADE,
            "{id: state/lower-vale, tradesWith: [state/upper-vale, state/upper-vale]}",
            "tradesWith names 'state/upper-vale' twice",
        ),
        (
            TRADE,
            "{id: state/lower-vale, tradesWith: place/marchs}",
            "place/marches is like it, but tradesWith takes Actor",
        ),
        (TRADE, "{id: state/lower-vale, tradesWith: Marches}", "is like it, but tradesWith takes Actor"),
        (TRADE, "{id: state/lower-vale, tradesWith: place/upper-vale}", "did you mean 'state/upper-vale'?"),
    ],
)  # fmt: skip
def test_statements_of_a_thing_about_itself_or_of_another_kind(
    lowlands: Path, old: str, new: str, told: str
) -> None:
    assert told in validated(changed(lowlands, SOURCE, old, new))


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (TOML, '["en", "hy"]', '["eng", "hy"]', "languages: the tag of 'eng' is en → write 'en'"),
        (TOML, '["en", "hy"]', '["Armenian", "en"]', "the tag of 'Armenian' is hy"),
        (SOURCE, "language: en", "language: per", "write fa"),
        (ENTITIES, MARCHES, MARCHES.replace("en:", "eng:"), "the tag of 'eng' is en: write it"),
        (SOURCE, "paraphrase: {en: Upper", "paraphrase: {eng: Upper", "the tag of that language is en"),
    ],
)
def test_tags_of_three_letters(lowlands: Path, name: str, old: str, new: str, told: str) -> None:
    assert told in validated(changed(lowlands, name, old, new))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("ax:cooperatesWith", "ax:cooperatesWidth", 25),
        ("rdfs:range ax:State", "rdfs:range ax:Staat", 24),
        ("skos:definition", "skos:note", 13),
    ],
)
def test_mistakes_in_a_module_are_told_with_their_line(lowlands: Path, old: str, new: str, line: int) -> None:
    assert f"{MODULE}:{line}: " in validated(changed(lowlands, MODULE, old, new))


def test_new_corpora_are_in_languages_by_their_usual_tags(tmp_path: Path) -> None:
    call = ["new", "corpus", str(tmp_path / "c"), "--namespace", "https://e.org/c/", "--language", "eng"]
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 1
    assert "write 'en'" in done.output


@pytest.mark.parametrize("verb", [["query", "ASK {}"], ["disputes"], ["info"], ["export", "dataset"]])
def test_a_corpus_that_was_not_built_is_told_how_it_is(lowlands: Path, verb: list[str]) -> None:
    done = CliRunner().invoke(main, [*verb, "--corpus", str(lowlands)])
    assert done.exit_code == 3
    assert f"`araxes build --corpus {lowlands}`" in done.output
