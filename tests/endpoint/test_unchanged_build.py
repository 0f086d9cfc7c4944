"""A build that would make what is served already makes nothing; whatever decides about it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli import unchanged
from araxes.endpoint.cli.main import main
from araxes.triples.originals import fingerprints
from araxes.triples.stores.versioned_store import current, versions
from tests.triples.corpus_fixtures import TinyCorpus

SAME = "nothing has changed"


def built(tiny: TinyCorpus, store: Path, *options: str) -> Result:
    corpus = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
    done = CliRunner().invoke(main, ["build", "--store", str(store), "--jobs", "1", *corpus, *options])
    assert done.exit_code == 0, done.output
    return done


def test_what_is_current_is_not_built_again(tiny: TinyCorpus, tmp_path: Path) -> None:
    tiny.write()
    store = tmp_path / "store"
    first = built(tiny, store)
    assert SAME not in first.output
    again = built(tiny, store)
    assert SAME in again.output
    assert again.output.splitlines()[-1] == first.output.splitlines()[-1]
    assert len(versions(store)) == 1
    assert SAME not in built(tiny, store, "--fresh").output
    assert len(versions(store)) == 2


def _claim(tiny: TinyCorpus, _: Path, __: pytest.MonkeyPatch) -> None:
    tiny.claims.pop()
    tiny.write()


def _program(_: TinyCorpus, __: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(unchanged, "_program", lambda: "another")


def _fingerprints(tiny: TinyCorpus, _: Path, __: pytest.MonkeyPatch) -> None:
    for folder in {tiny.source_folder, tiny.source_folder.parent, tiny.entity_folder.parent}:
        (folder / fingerprints.FILE).write_text("{}", "utf-8")


def _served(_: TinyCorpus, store: Path, __: pytest.MonkeyPatch) -> None:
    (current(store).path.parent / unchanged.FILE).unlink()


@pytest.mark.parametrize("change", [_claim, _program, _fingerprints, _served])
def test_what_decides_about_a_version_makes_a_new_one(
    tiny: TinyCorpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[TinyCorpus, Path, pytest.MonkeyPatch], None],
) -> None:
    tiny.write()
    store = tmp_path / "store"
    built(tiny, store)
    change(tiny, store, monkeypatch)
    assert SAME not in built(tiny, store).output
    assert len(versions(store)) == 2
