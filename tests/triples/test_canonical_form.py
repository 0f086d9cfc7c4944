"""Canonical labels of blank nodes are those of the standard; poison graphs cost no more than is allowed."""

from __future__ import annotations

import random
from pathlib import Path
from unittest.mock import Mock

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.ontology.errors import InputError
from araxes.triples.stores import canonical_form
from araxes.triples.stores.canonical_form import canonicalize


def _lists(depth: int) -> str:
    return f"<http://e/a> <http://e/p> {'(' * depth}{')' * depth} ."


def _everyone_knows_everyone(people: int) -> str:
    pairs = [(one, other) for one in range(people) for other in range(people) if one != other]
    return "".join(f"_:b{one} <http://e/p> _:b{other} ." for one, other in pairs)


def _same_items(number: int) -> str:
    return f"<http://e/a> <http://e/p> ({'0 ' * number}) ."


_EASY = [_lists(4), _everyone_knows_everyone(2), _same_items(3), "<http://e/a> <http://e/p> 1 .", "[] a [] ."]
_HARD = [
    _lists(30),
    _everyone_knows_everyone(5),
    _same_items(40),
    "_:a <http://e/p> _:b . _:b <http://e/p> _:a .",
]
_POISON = [_lists(2000), _everyone_knows_everyone(14), _same_items(3000)]


def _read(turtle: str) -> list[ox.Quad]:
    return list(ox.parse(input=turtle, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))


@pytest.mark.parametrize("turtle", _EASY + _HARD)
def test_labels_are_those_of_the_standard(turtle: str) -> None:
    wanted = ox.Dataset(_read(turtle))
    wanted.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    quads = _read(turtle)
    random.Random(3).shuffle(quads)
    found = ox.Dataset(quads)
    canonicalize(found)
    assert set(found) == set(wanted)


@pytest.mark.parametrize("turtle", _HARD)
def test_what_is_hard_is_labelled_apart(turtle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = Mock(wraps=canonical_form._labelled_apart)
    monkeypatch.setattr(canonical_form, "_labelled_apart", apart)
    canonicalize(ox.Dataset(_read(turtle)))
    apart.assert_called_once()


@pytest.mark.parametrize("turtle", _POISON)
def test_poison_is_refused(turtle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical_form, "SECONDS", 2)
    with pytest.raises(InputError, match="too alike"):
        canonicalize(ox.Dataset(_read(turtle)))


def test_a_poisonous_file_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical_form, "SECONDS", 1)
    file = tmp_path / "deep.ttl"
    file.write_text(_lists(2000), "utf-8")
    done = CliRunner().invoke(main, ["load", str(file), "--store", str(tmp_path / "store")])
    assert done.exit_code == 1
    assert "blank nodes" in done.output
    assert "give them IRIs" in done.output
