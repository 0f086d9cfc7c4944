"""What the ontology allows, the shapes accept: random claims made from the model are valid."""

from __future__ import annotations

from pathlib import Path

from araxes.triples.authoring.corpus import ENTITIES
from araxes.validation.gate.check_corpus import check_corpus
from tests.triples.synthetic import write_sources

CLAIMS = 150


def test_random_claims_that_follow_the_ontology_are_valid(tmp_path: Path) -> None:
    write_sources(tmp_path, 1, CLAIMS)
    found = check_corpus(ENTITIES, tmp_path, lambda _: None)
    assert found.claims == CLAIMS
    wrong = [each for each in found.report.findings if each.severity == "violation"]
    # The shipped mappings speak of the shipped sources, too, which are not there.
    assert [str(each) for each in wrong if each.place.path.suffix != ".tsv"] == []


def test_equal_numbers_make_equal_files(tmp_path: Path) -> None:
    write_sources(tmp_path / "a", 2, 5)
    write_sources(tmp_path / "b", 2, 5)
    pairs = [(path, tmp_path / "b" / path.name) for path in (tmp_path / "a").iterdir()]
    assert len(pairs) == 2
    assert all(one.read_bytes() == other.read_bytes() for one, other in pairs)
    assert pairs[0][0].read_bytes() != pairs[1][0].read_bytes()
