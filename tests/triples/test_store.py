"""The on-disk store: atomic, deterministic, and safe against killed and concurrent builds."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from araxes.ontology.errors import InputError, NoStoreError, StoreBusyError, StoreDamagedError
from araxes.triples.stores.canonical_form import canonical_lines
from araxes.triples.stores.versioned_store import KEEP, current, publish, versions

_NODE = ox.NamedNode("http://example.org/a")


def _quad(value: int, graph: str | None = None) -> ox.Quad:
    return ox.Quad(_NODE, _NODE, ox.Literal(str(value)), ox.NamedNode(graph) if graph else ox.DefaultGraph())


def test_publish_and_read_back(tmp_path: Path) -> None:
    quads = [_quad(1), _quad(2, "http://example.org/g")]
    made = publish(quads, tmp_path, origin="load", label="first")
    assert made == current(tmp_path)
    assert (made.quads, made.graphs, made.origin, made.label) == (2, 1, "load", "first")
    assert set(ox.Store.read_only(str(made.path))) == set(quads)
    counts = made.statistics()
    assert counts["default"] == 1
    assert counts["named"] == {"http://example.org/g": 1}
    assert not (tmp_path / "current").readlink().is_absolute()


def test_digest_is_of_the_canonical_lines(tmp_path: Path) -> None:
    made = publish([_quad(2), _quad(1)], tmp_path, origin="build")
    text = b"".join(sorted(str(quad).encode() + b" .\n" for quad in [_quad(1), _quad(2)]))
    assert made.digest == hashlib.sha256(text).hexdigest()


def test_blank_node_labels_and_order_do_not_matter(tmp_path: Path) -> None:
    digests = set()
    for turtle in ("_:a <a:p> _:b . _:b <a:p> 1 .", "_:y <a:p> 1 . _:x <a:p> _:y ."):
        digests.add(
            publish(ox.parse(input=turtle, format=ox.RdfFormat.TURTLE), tmp_path, origin="build").digest
        )
    assert len(digests) == 1


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=8), st.sampled_from([None, "http://e/1", "http://e/2"])), max_size=12)
)
def test_canonical_lines_do_not_depend_on_order(rows: list[tuple[str, str | None]]) -> None:
    quads = [
        ox.Quad(_NODE, _NODE, ox.Literal(text), ox.NamedNode(graph) if graph else ox.DefaultGraph())
        for text, graph in rows
    ]
    assert canonical_lines(ox.Dataset(quads)) == canonical_lines(ox.Dataset(reversed(quads)))


def test_no_store_has_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError) as caught:
        current(tmp_path)
    assert "araxes load" in caught.value.remedy


def test_empty_is_refused_and_the_old_one_serves(tmp_path: Path) -> None:
    made = publish([_quad(1)], tmp_path, origin="load")
    with pytest.raises(InputError):
        publish([], tmp_path, origin="load")
    assert current(tmp_path) == made
    assert publish([], tmp_path, origin="load", allow_empty=True).quads == 0


def test_damaged_description_is_named(tmp_path: Path) -> None:
    made = publish([_quad(1)], tmp_path, origin="load")
    (made.path.parent / "version.json").write_text("{", "utf-8")
    with pytest.raises(StoreDamagedError, match="no usable description"):
        current(tmp_path)


def test_old_versions_are_kept_for_readers_then_deleted(tmp_path: Path) -> None:
    made = [publish([_quad(number)], tmp_path, origin="build") for number in range(KEEP + 2)]
    assert versions(tmp_path) == made[-KEEP:]
    assert current(tmp_path) == made[-1]


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    made = publish([_quad(1)], tmp_path, origin="build")
    remains = tmp_path / "versions" / ".building-99999999"
    remains.mkdir()
    (remains / "db").mkdir()
    (tmp_path / ".current-99999999").symlink_to("nowhere")
    assert current(tmp_path) == made
    publish([_quad(2)], tmp_path, origin="build")
    assert not remains.exists()
    assert not (tmp_path / ".current-99999999").is_symlink()


_HOLD = """
import sys, time
from pathlib import Path
from araxes.triples.stores import versioned_store
with versioned_store._lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_two_builds_do_not_collide_and_a_dead_one_does_not_block(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", _HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(StoreBusyError, match=str(holder.pid)):
        publish([_quad(1)], tmp_path, origin="build")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert publish([_quad(1)], tmp_path, origin="build").quads == 1


_PUBLISH = """
import sys
from pathlib import Path
import pyoxigraph as ox
from araxes.triples.stores.versioned_store import publish
node = ox.NamedNode("http://example.org/b")
quads = (ox.Quad(node, node, ox.Literal(str(i))) for i in range(30000))
print("go", flush=True)
publish(quads, Path(sys.argv[1]), origin="build")
"""


@pytest.mark.parametrize("after", [0.0, 0.1, 0.2, 0.3, 0.4, 0.6])
def test_killed_at_any_moment_the_old_or_the_new_one_serves_whole(tmp_path: Path, after: float) -> None:
    old = publish([_quad(1)], tmp_path, origin="build")
    process = subprocess.Popen([sys.executable, "-c", _PUBLISH, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    found = current(tmp_path)
    store = ox.Store.read_only(str(found.path))
    assert len(store) == found.quads in (old.quads, 30000)
    del store
    assert publish([_quad(3)], tmp_path, origin="build") == current(tmp_path)


def test_description_is_plain_json(tmp_path: Path) -> None:
    made = publish([_quad(1)], tmp_path, origin="build")
    data = json.loads((made.path.parent / "version.json").read_text("utf-8"))
    assert data["digest"] == made.digest
    assert os.path.basename(made.path) == "db"  # noqa: PTH119
