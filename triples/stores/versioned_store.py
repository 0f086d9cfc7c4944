"""The on-disk store: immutable versions, one of them current.

::

    ROOT/versions/<digest prefix>-<n>/db            an Oxigraph (RocksDB) directory
    ROOT/versions/<digest prefix>-<n>/version.json  what it holds
    ROOT/versions/<digest prefix>-<n>/statistics.json
    ROOT/versions/<digest prefix>-<n>/…             what its publisher wants beside it, such as an index
    ROOT/current                                    relative link to one version
    ROOT/keep                                       how many published datasets to keep, if somebody said so
    ROOT/lock                                       held while publishing

A version is built beside the others under a name that no reader looks at,
made durable, renamed, and only then does ``current`` point at it. Whatever
kills a build leaves ``current`` as it was.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

import pyoxigraph as ox

from araxes.ontology.errors import InputError, NoStoreError, StoreBusyError, StoreDamagedError, StoreError
from araxes.ontology.whole_files import write_whole
from araxes.triples.stores.canonical_form import canonical_lines, canonicalize, digest_of
from araxes.triples.stores.statistics import statistics
from araxes.triples.stores.stored_literals import as_stored, changed_literals

DEFAULT_ROOT = Path(".araxes/store")
"""Where stores live unless ``--store`` or ``ARAXES_STORE`` says otherwise."""

KEEP = 3
"""Versions kept in any case: the new one and two that a server may still read."""

MOST_KEPT = 10_000
"""The largest number of published datasets that can be kept."""

DIGEST = re.compile(r"(?:sha256:)?([0-9a-f]{12,64})")
"""How a dataset is named: by its SHA-256, or the beginning of it."""

_BUILDING = ".building-"
_DIGITS_OF_DIGEST = 12
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class StoreVersion:
    """One immutable dataset on disk.

    Attributes:
        path: the Oxigraph directory.
        digest: SHA-256 (hex) of the dataset's canonical N-Quads in code point order
            (RDF Dataset Canonicalization, https://www.w3.org/TR/rdf-canon/).
        quads: number of quads.
        graphs: number of named graphs.
        built: when, ISO 8601 in UTC.
        origin: "build" (our own sources) or "load" (any RDF files).
        label: free text naming the version, such as a release number.
    """

    path: Path
    digest: str
    quads: int
    graphs: int
    built: str
    origin: str
    label: str = ""

    @property
    def name(self) -> str:
        """The folder name, unique within a root."""
        return self.path.parent.name

    @property
    def cited(self) -> str:
        """The version as it is told everywhere: its label, or our release, then the beginning of its digest.

        That is a version with build metadata of Semantic Versioning: ``0.1.0+45414a0703b5``.
        """
        from importlib.metadata import version  # noqa: PLC0415 - evaluators do without

        release = self.label or (version("araxes") if self.origin == "build" else "")
        mark = self.digest[:_DIGITS_OF_DIGEST]
        return f"{release}+{mark}" if release else mark

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The version described in ``folder``.

        Raises:
            StoreDamagedError: the description is missing or unreadable.
        """
        try:
            data = json.loads((folder / "version.json").read_text("utf-8"))
            fields = {
                field.name: data[field.name] for field in dataclasses.fields(cls) if field.name != "path"
            }
            if data["format"] != _FORMAT:
                raise ValueError(f"format {data['format']}, expected {_FORMAT}")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreDamagedError(
                f"the store in {folder} has no usable description: {error}",
                "publish again with `araxes build` or `araxes load`",
            ) from error
        return cls(path=folder / "db", **fields)

    def statistics(self) -> dict[str, Any]:
        """Counts by graph, class and property (see :func:`araxes.triples.stores.statistics.statistics`).

        Raises:
            StoreDamagedError: they cannot be read.
        """
        try:
            loaded: dict[str, Any] = json.loads((self.path.parent / "statistics.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise StoreDamagedError(
                f"no statistics in {self.path.parent}: {error}", "publish again"
            ) from error
        return loaded


def root_path(option: str | Path | None = None) -> Path:
    """The root to use: the option, else ``ARAXES_STORE``, else :data:`DEFAULT_ROOT`."""
    return Path(option or os.environ.get("ARAXES_STORE") or DEFAULT_ROOT)


def current(root: Path) -> StoreVersion:
    """The version that ``root`` serves.

    Raises:
        NoStoreError: nothing was ever published there.
        StoreDamagedError: the link leads nowhere usable.
    """
    link = root / "current"
    try:
        target = link.readlink()
    except OSError as error:
        corpus = root.parent.parent
        of_corpus = root.parts[-2:] == (".araxes", "store") and (corpus / "corpus.toml").is_file()
        build = f"araxes build --corpus {corpus}" if of_corpus else "araxes build"
        of = "the corpus" if of_corpus else "this project's sources"
        raise NoStoreError(
            f"there is no store in {root}",
            f"make one with `{build}` ({of}) or `araxes load FILE…` (any RDF files), "
            "or name another place with --store or ARAXES_STORE",
        ) from error
    return StoreVersion.read(root / target)


def versions(root: Path) -> list[StoreVersion]:
    """All complete versions in ``root``, oldest first."""
    found = []
    for folder in sorted((root / "versions").glob("[0-9a-f]*-*"), key=_number):
        with contextlib.suppress(StoreDamagedError):
            found.append(StoreVersion.read(folder))
    return found


def datasets(root: Path) -> list[StoreVersion]:
    """The different datasets that ``root`` keeps, oldest first; of each its newest version."""
    newest = {version.digest: version for version in versions(root)}
    return sorted(newest.values(), key=lambda version: _number(version.path.parent))


def kept_dataset(root: Path, name: str) -> StoreVersion:
    """The kept dataset of a digest.

    Args:
        root: where stores live.
        name: its SHA-256, or at least the first 12 digits, with or without ``sha256:``.

    Raises:
        InputError: that is no digest, or no such dataset is kept.
    """
    found = DIGEST.fullmatch(name.strip().lower())
    kept = datasets(root)
    for version in kept:
        if found and version.digest.startswith(found[1]):
            return version
    shown = ", ".join(version.digest[:12] for version in kept) or "none"
    raise InputError(f"no dataset {name[:80]!r} is kept in {root}", f"there are (first 12 digits): {shown}")


def keep_datasets(root: Path, number: int) -> None:
    """Have ``root`` keep this many different datasets, from its next publication on.

    Raises:
        StoreError: the disk refused.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        write_whole(root / "keep", f"{number}\n")
    except OSError as error:
        raise StoreError(f"{root} cannot be written: {error}", "choose another place with --store") from error


Writer = Callable[[ox.Store, Path], Callable[[], None] | None]
"""Makes a file of a version from the finished store; if another process does, gives what waits for it."""


def kept_number(root: Path) -> int:
    """How many published datasets ``root`` keeps."""
    try:
        number = json.loads((root / "keep").read_text("utf-8"))
    except (OSError, ValueError):
        return KEEP
    return number if isinstance(number, int) and KEEP <= number <= MOST_KEPT else KEEP


def publish(
    quads: Iterable[ox.Quad] | ox.Dataset,
    root: Path,
    *,
    origin: Literal["build", "load"],
    label: str = "",
    allow_empty: bool = False,
    beside: Mapping[str, Writer] | None = None,
) -> StoreVersion:
    """Build a store of ``quads`` beside the current one and swap it in atomically.

    Blank nodes get their canonical labels, and literals the form in which the store holds them
    (see :mod:`araxes.triples.stores.stored_literals`), so equal datasets become equal stores with
    equal digests. Counts and digest are those of what the store serves: they are read back from it.
    Memory grows with the dataset: about four times what it takes to hold it.

    Args:
        quads: the whole dataset.
        root: where stores live; made if missing.
        origin: who made it.
        label: free text naming the version.
        allow_empty: publish a dataset of no quads instead of refusing it.
        beside: further files of the version: name → what makes it from the finished store.

    Raises:
        StoreBusyError: another process is publishing here.
        InputError: the dataset is empty.
        StoreError: the disk refused.
    """
    dataset = quads if isinstance(quads, ox.Dataset) else ox.Dataset(quads)
    if not len(dataset) and not allow_empty:
        raise InputError("the dataset is empty", "check the input; the store that was there keeps serving")
    if changed := changed_literals(dataset):
        dataset = as_stored(dataset, changed)
    canonicalize(dataset)
    lines = canonical_lines(dataset)
    del dataset
    try:
        with _lock(root):
            folder = _build(lines, root, origin, label, beside or {})
            _point(root, folder)
            _prune(root, kept_number(root))
    except OSError as error:
        raise StoreError(
            f"the store could not be written: {error}",
            "free disk space or choose another place with --store; the store that was there keeps serving",
        ) from error
    return StoreVersion.read(folder)


def _build(
    lines: list[bytes],
    root: Path,
    origin: str,
    label: str,
    beside: Mapping[str, Writer],
) -> Path:
    """Write a version under its hidden name, make it durable, give it its name."""
    home = root / "versions"
    number = 1 + max((_number(folder) for folder in home.glob("[0-9a-f]*-*")), default=0)
    building = home / f"{_BUILDING}{os.getpid()}"
    building.mkdir()
    store = ox.Store(str(building / "db"))
    # Sorted input gives the same files whatever the order in which the quads came.
    store.bulk_extend(ox.parse(input=b"".join(lines), format=ox.RdfFormat.N_QUADS))
    store.optimize()
    store.flush()
    served = canonical_lines(store)
    digest = digest_of(served)
    quads, graphs = len(store), sum(1 for _ in store.named_graphs())
    with contextlib.ExitStack() as under_way:
        for name, make in beside.items():
            if ending := make(store, building / name):
                under_way.callback(ending)
        # Parsed from what was read back, which takes half the time of reading it back again.
        counts = statistics(ox.parse(input=b"".join(served), format=ox.RdfFormat.N_QUADS))
    del store  # closes it: readers open it read-only, and one writer at a time is the rule
    version = {
        "format": _FORMAT,
        "digest": digest,
        "quads": quads,
        "graphs": graphs,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "origin": origin,
        "label": label,
    }
    _write_json(building / "version.json", version)
    _write_json(building / "statistics.json", counts)
    _sync_tree(building)
    folder = home / f"{digest[:12]}-{number}"
    building.rename(folder)
    _sync(home)
    return folder


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


def _point(root: Path, folder: Path) -> None:
    """Swap ``current``: a new link is renamed over the old one, which POSIX makes atomic."""
    temporary = root / f".current-{os.getpid()}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(folder.relative_to(root))
    temporary.replace(root / "current")
    _sync(root)


def _prune(root: Path, datasets: int) -> None:
    """Delete all versions but the last :data:`KEEP` and the newest of each of the last datasets."""
    seen: set[str] = set()
    newest_first = sorted((root / "versions").glob("[0-9a-f]*-*"), key=_number, reverse=True)
    for place, folder in enumerate(newest_first):
        digest = folder.name.rpartition("-")[0]
        wanted = digest not in seen and len(seen) < datasets
        seen.add(digest)
        if place >= KEEP and not wanted:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _lock(root: Path) -> Iterator[None]:
    """Hold ``root`` for publishing. The kernel frees the lock of a dead owner."""
    (root / "versions").mkdir(parents=True, exist_ok=True)
    handle = os.open(root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise StoreBusyError(
                f"another process ({owner}) is publishing into {root}",
                "wait until it is done, then try again",
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        _clear_remains(root)
        yield
    finally:
        os.close(handle)


def _clear_remains(root: Path) -> None:
    """Remove what killed builds left. Only the owner of the lock may call this."""
    for folder in (root / "versions").glob(f"{_BUILDING}*"):
        shutil.rmtree(folder)
    for link in root.glob(".current-*"):
        link.unlink()


def _number(folder: Path) -> int:
    tail = folder.name.rpartition("-")[2]
    return int(tail) if tail.isdigit() else 0


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_tree(folder: Path) -> None:
    """Flush every file and directory below ``folder`` to the disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)
