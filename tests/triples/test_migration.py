"""Carrying YAML over from version 0.1 of the ontology: what changes, what stays, that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import ENTITIES, SOURCES, read_entities
from araxes.triples.authoring.migrate_files import migrated, read_kinds
from araxes.triples.authoring.migration import Migration, compare

KINDS = {
    "state/a": "State",
    "historical-state/h": "HistoricalState",
    "place/p": "Region",
    "group/g": "EthnicGroup",
    "person/x": "Person",
    "organization/o": "GovernmentBody",
    "factor/f": "SecurityFactor",
    "concept/c": "Concept",
    "event/e": "War",
    "event/o": "Occupation",
    "event/s": "Statement",
    "role/r": "Role",
}

ENTITY = """# a comment stays
- id: factor/f
  type: SecurityFactor  # and this one
  label: {en: "F", fa: "ف"}
  factorOf: state/a
- {id: organization/o, type: GovernmentBody, label: {en: "O", fa: "او"}, belongsTo: state/a}
"""

CLAIMS = """source:
  id: source/t
  sourceAuthor:
    id: source/t#author
    hasMember: [person/x]
claims:
- id: claim/t/1
  asserts:
  - {id: state/a, contains: state/b, partOf: [place/p, historical-state/h]}   # kept
  - {id: state/a, hasPart: [place/p, group/g]}
  - {id: person/x, belongsTo: state/a, partOf: group/g}
  - {id: concept/c, holdsThatDependsOn: factor/f, partOf: concept/d}
  - {id: factor/f, type: SecurityFactor, factorOf: state/a}
  - {id: event/o, type: Occupation, place: place/p, ploverType: [COERCE, ASSAULT]}
  - {id: event/s, type: Statement, addressee: state/a}
  - {id: "#1", type: Observation, rankedWithin: state/a, value: 5}
  - {id: "#2", type: Observation, rankedWithin: state/a, rank: 1}
  - {id: role/r, type: Role, filledBy: [person/x, person/y]}
  - {id: source/t#author, criticizes: state/a}
  - type: Denial
    subject: place/p
    property: partOf
    object: state/a
"""


@pytest.fixture
def migration() -> Migration:
    """One that knows the kinds above."""
    return Migration(KINDS, vocabulary(), {}, {"source/t#author": "person/x"})


def test_a_record_gets_its_field_and_keeps_its_comments(migration: Migration) -> None:
    text = migration.migrate(ENTITY)
    assert "type: Situation\n  field: SecurityField  # and this one" in text
    assert text.startswith("# a comment stays\n")
    assert "situationOf: state/a" in text
    assert "organOf: state/a}" in text


@pytest.mark.parametrize(
    "written",
    [
        "seeksToContain: state/b, territorialPartOf: [place/p, historical-state/h]}   # kept",
        "hasTerritorialPart: [place/p], hasSubgroup: [group/g]}",
        "nationalOf: state/a, memberOf: group/g}",
        "conceptuallyDependsOn: factor/f, componentOf: concept/d}",
        "{id: factor/f, type: Situation, situationOf: state/a}",
        "territoryConcerned: place/p, ploverType: [plover/COERCE, plover/ASSAULT]}",
        "audience: state/a}",
        "shareOf: state/a, value: 5}",
        "rankedWithin: state/a, rank: 1}",
        "{id: role/r, type: Role}\n  - {id: person/x, playsRole: role/r}\n  - {id: person/y, playsRole:",
        "{id: person/x, criticizes: state/a}",
        "property: territorialPartOf",
        "author: [person/x]",
    ],
)
def test_terms_are_renamed_and_split_by_the_kinds_they_join(migration: Migration, written: str) -> None:
    assert written in migration.migrate(CLAIMS)


def test_a_second_run_changes_nothing(migration: Migration) -> None:
    for text in (ENTITY, CLAIMS):
        once = migration.migrate(text)
        assert migration.migrate(once) == once


def test_nothing_is_lost_and_a_loss_would_be_seen(migration: Migration) -> None:
    before = yaml.safe_load(CLAIMS)["claims"]
    after = yaml.safe_load(migration.migrate(CLAIMS))["claims"]
    (same,) = compare(before, after, migration)
    assert (same.lost, same.added) == ((), ())
    assert same.before == same.after > 20
    del after[0]["asserts"][0]["seeksToContain"]
    (less,) = compare(before, after, migration)
    assert less.lost == (("state/a", "seeksToContain", "state/b"),)


def test_the_projects_own_files_are_carried_over() -> None:
    files = list(migrated(ENTITIES, SOURCES))
    assert [each.path.name for each in files if each.changed] == []
    known = {record.id: record.data["type"] for record in read_entities().entities}
    for name, kind in read_kinds().items():
        assert known[name] == kind


def test_the_verb_writes_only_without_check(tmp_path: Path) -> None:
    for folder, name, text in (("entities", "e.yaml", ENTITY), ("sources", "s.yaml", CLAIMS)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, "utf-8")
    options = ["--entities", str(tmp_path / "entities"), "--annotations", str(tmp_path / "sources")]
    checked = CliRunner().invoke(main, ["migrate", "--check", *options])
    assert "2 files, 2 to change; 1 claims" in checked.output
    assert "none lost" in checked.output
    assert (tmp_path / "entities" / "e.yaml").read_text("utf-8") == ENTITY
    assert "2 changed" in CliRunner().invoke(main, ["migrate", *options]).output
    assert "0 changed" in CliRunner().invoke(main, ["migrate", *options]).output


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    for folder in ("entities", "sources"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.yaml").write_text("a: [", "utf-8")
    options = ["--entities", str(tmp_path / "entities"), "--annotations", str(tmp_path / "sources")]
    result = CliRunner().invoke(main, ["migrate", *options])
    assert result.exit_code == 1
    assert "2 problems in the input" in result.output
    assert "x.yaml:2: malformed YAML" in result.output
