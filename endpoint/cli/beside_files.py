"""Files for download made where the server keeps them, so that nobody waits and digests are known at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from araxes.endpoint.service.file_shelf import DIGEST, FOLDER, FileShelf
from araxes.ontology.whole_files import write_whole
from araxes.triples.exports.descriptions import MadeFile
from araxes.triples.exports.file_folders import write_files
from araxes.triples.exports.file_list import FILES, GZIP
from araxes.triples.stores.versioned_store import StoreVersion


def files_beside(
    version: StoreVersion, names: Iterable[str] = (), *, missing: bool = False
) -> Iterator[MadeFile]:
    """Make files beside a store version; each is given when it is there.

    Args:
        version: of the dataset.
        names: of the files; none for all, plain and compressed.
        missing: whether files that are there already stay as they are.

    Raises:
        InputError: there is no such file, or the dataset lacks what one would hold.
        OutputError: the disk refused.
    """
    chosen = list(names) or [offered for name in FILES for offered in (name, name + GZIP)]
    if missing:
        shelf = FileShelf()
        chosen = [name for name in chosen if shelf.kept(version, name) is None]
    folder = version.path.parent / FOLDER
    for made in write_files(version, folder, chosen) if chosen else ():
        write_whole(folder / (made.name + DIGEST), made.digest)
        yield made
