"""Writing a file whole or not at all: the one way in which this project writes files.

What is written goes to a neighbour under another name first, which takes the file's name only when it is
complete and on the disk. Who reads meanwhile finds what was there before; so does who comes after a kill.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from araxes.ontology.errors import OutputError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that appears under its name only when the block ends without an error.

    The permissions of a file that was there are kept, and a symbolic link stays one. What is no
    regular file (a pipe, ``/dev/stdout``) is written directly.

    Raises:
        OutputError: the file cannot be written; what was there before is still there.
    """
    try:
        target = path.resolve()
        mode = _mode(target)
        if mode is not None and not stat.S_ISREG(mode):
            with target.open("wb") as out:
                yield out
            return
        with _neighbour(target, mode) as out:
            yield out
    except OSError as error:
        raise unwritable(str(path), error) from error


def write_whole(path: Path, data: bytes | str) -> None:
    """Write a file, text as UTF-8, as :func:`whole_file` does.

    Raises:
        OutputError: the file cannot be written; what was there before is still there.
    """
    with whole_file(path) as out:
        out.write(data.encode("utf-8") if isinstance(data, str) else data)


def unwritable(what: str, error: OSError) -> OutputError:
    """What to tell of a file or stream that refused, and what to do about it.

    >>> unwritable("a.csv", OSError(28, "No space left on device")).message
    'a.csv cannot be written: No space left on device'
    """
    if error.errno in _FULL:
        remedy = "free disk space or choose another place; a file that was there before is unchanged"
    elif error.errno == errno.ENOENT:
        remedy = "make its folder first, or choose another place"
    else:
        remedy = "choose another place, or change its permissions"
    return OutputError(f"{what} cannot be written: {error.strerror or error}", remedy)


def _mode(target: Path) -> int | None:
    """Kind and permissions of what is there.

    Raises:
        OSError: it is there and may not be written.
    """
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(
        target, os.W_OK, effective_ids=True
    ):  # a new name in its folder would succeed and override the owner's wish
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return mode


@contextlib.contextmanager
def _neighbour(target: Path, mode: int | None) -> Iterator[IO[bytes]]:
    """A file beside the target that takes its name at the end, or is removed."""
    handle, name = tempfile.mkstemp(prefix=".araxes-", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            os.fchmod(handle, stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
            yield out
            out.flush()
            os.fsync(handle)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The process's mask of permissions, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
