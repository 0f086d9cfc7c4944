"""All files of a dataset in a folder, with descriptions for programs and a list of digests."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.errors import InputError
from araxes.ontology.whole_files import whole_file, write_whole
from araxes.triples.exports.descriptions import DESCRIPTIONS, MadeFile, Release
from araxes.triples.exports.file_list import FILES, GZIP
from araxes.triples.exports.files import write_file
from araxes.triples.stores.versioned_store import StoreVersion

SUMS = "SHA256SUMS"
"""List of digests, as ``sha256sum --check`` reads it."""


def write_files(version: StoreVersion, folder: Path, names: Iterable[str] = ()) -> Iterator[MadeFile]:
    """Write files, then what describes them; each is given when it is there.

    Args:
        version: of the dataset.
        folder: where they go; made if missing.
        names: of the files; none for all, plain and compressed.

    Raises:
        InputError: there is no such file, or the dataset lacks what one would hold.
        OutputError: the disk refused.
    """
    every = [offered for name in FILES for offered in (name, name + GZIP)]
    chosen = list(names) or every
    if unknown := [name for name in chosen if name not in every]:
        raise InputError(f"there is no file {unknown[0]!r}", f"choose of: {', '.join(every)}")
    folder.mkdir(parents=True, exist_ok=True)
    store = ox.Store.read_only(str(version.path))
    made: list[MadeFile] = []
    for name in chosen:
        plain = folder / name.removesuffix(GZIP)
        packed = name.endswith(GZIP) and any(each.name == plain.name for each in made)
        made.append(_written(store, version, folder, name, plain if packed else None))
        yield made[-1]
    release = Release(version.digest, version.built, version.cited)
    for name, (describe, _) in DESCRIPTIONS.items():
        write_whole(folder / name, describe(made, release).decode("utf-8"))
    write_whole(folder / SUMS, "".join(f"{each.digest}  {each.name}\n" for each in made))


def _written(
    store: ox.Store, version: StoreVersion, folder: Path, name: str, plain: Path | None = None
) -> MadeFile:
    """Write a file; one that is there uncompressed already is packed from there."""
    path = folder / name
    with whole_file(path) as out:
        if plain is None:
            write_file(name, store, version.path.parent, out)
        else:
            with plain.open("rb") as content, gzip.GzipFile("", "wb", fileobj=out, mtime=0) as packed:
                shutil.copyfileobj(content, packed, 1 << 20)
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return MadeFile(FILES[name.removesuffix(GZIP)], name, path.stat().st_size, digest)
