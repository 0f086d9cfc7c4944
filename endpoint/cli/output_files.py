"""Files that verbs write: there whole or not at all."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from araxes.ontology.errors import InputError


@contextlib.contextmanager
def output_file(output: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that appears only when it is complete.

    Raises:
        InputError: the file cannot be written.
    """
    if output is None:
        yield sys.stdout.buffer
        return
    temporary = output.with_name(f".{output.name}.part")
    try:
        with temporary.open("wb") as out:
            yield out
        temporary.replace(output)
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror}", "choose another file") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
