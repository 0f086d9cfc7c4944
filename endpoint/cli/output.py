"""Where verbs write: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

from araxes.ontology.errors import OutputError
from araxes.ontology.whole_files import unwritable, whole_file

output_option = click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    is_eager=True,
    help="File to write, instead of standard output.",
)
"""``--output``; read before ``--format``, which may follow from it."""


@contextlib.contextmanager
def binary_output(output: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that appears only when it is complete.

    A reader of standard output that has seen enough is no error.

    Raises:
        OutputError: it cannot be written.
    """
    if output is not None:
        with whole_file(output) as out:
            yield out
        return
    if sys.stdout is None:
        raise OutputError("standard output is closed", "name a file with --output")
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except OSError as error:
        silence()
        if not isinstance(error, BrokenPipeError):
            raise unwritable("standard output", error) from error


def on_terminal() -> bool:
    """Whether standard output is read by a person."""
    return sys.stdout is not None and sys.stdout.isatty()


def silence() -> None:
    """Keep the interpreter from writing once more, at its end, what a standard output has refused."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
