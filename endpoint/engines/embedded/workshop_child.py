"""A workshop: a process of its own that draws pictures and makes files until it is killed.

As an evaluator (:mod:`araxes.endpoint.engines.embedded.child`) it takes away its own rights and answers one
job after the other into open files. It differs in what it may: more memory and time, the fonts and the
program's own files to read, and pairs of sockets, with which the JavaScript engine wakes its own threads.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from araxes.endpoint.engines.embedded import child, drawing, process_limits, sandbox, wire
from araxes.endpoint.engines.embedded.process_limits import disk_failure
from araxes.endpoint.engines.jobs import DrawJob, FileJob, Job
from araxes.endpoint.engines.replies import Answered, AnswerKind, Cause, Failed, Reply
from araxes.ontology.errors import AraxesError, InputError
from araxes.triples.exports.files import write_file

_POLITE = 10
_NO_DATABASE = (
    "{} is made of the whole database, which is not here but in a remote engine: get it where the dataset "
    "was built, with araxes export, or from a server with the embedded engine"
)


def main(arguments: list[str]) -> None:
    """Run until the server closes the channel. Arguments as made by the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sandbox.die_with_parent()
    process_limits.first_when_memory_ends()
    descriptor, path, memory, file_size, *_ = arguments
    channel = socket.socket(fileno=int(descriptor))
    outlines = drawing.read_outlines()
    # Confined before any further thread exists: threads inherit, they are not reached later.
    layers = sandbox.confine(Path(path).parent, *_readable(), pairs=True)
    process_limits.limit_resources(int(memory), int(file_size), reserves=True)
    # Beside a remote engine there may be no database here; pictures need none.
    store = ox.Store.read_only(path) if Path(path).is_dir() else None
    drawing.warm_up()
    os.nice(_POLITE)

    def do(job: Job, output: IO[bytes]) -> Reply:
        return _made(job, store, Path(path).parent, outlines, output)

    try:
        wire.send(channel, {"ready": True, "layers": layers, "thread": threading.get_native_id()})
        child.serve(channel, do, lambda: 0)
    except (wire.Closed, BrokenPipeError):
        return


def _readable() -> list[Path]:
    """Folders to read: the program's own, and those of fonts."""
    own = {Path(entry).resolve() for entry in sys.path if entry and Path(entry).is_dir()}
    packages = {
        Path(part).resolve()
        for name in ("araxes.endpoint", "araxes.ontology", "araxes.triples")
        for part in sys.modules[name].__path__
    }
    return [*sorted(own | packages), *drawing.readable()]


def _made(job: Job, store: ox.Store | None, folder: Path, outlines: str, output: IO[bytes]) -> Reply:
    """Do a job; whatever fails is told."""
    try:
        if isinstance(job, DrawJob):
            return drawing.draw(job, outlines, output)
        if isinstance(job, FileJob):
            return _file(job, store, folder, output)
        return Failed(Cause.EVALUATION, "a workshop draws pictures and makes files")
    except OSError as error:
        return disk_failure(error)
    except MemoryError:
        return Failed(Cause.MEMORY, "out of memory")
    except (AraxesError, RuntimeError, ValueError) as error:
        # What a dataset lacks is not there; everything else went wrong.
        cause = Cause.NO_RESOURCE if isinstance(error, InputError) else Cause.EVALUATION
        return Failed(cause, str(error)[:500])


def _file(job: FileJob, store: ox.Store | None, folder: Path, output: IO[bytes]) -> Reply:
    """Make a file, where there is what it is made of."""
    if store is None:
        return Failed(Cause.EVALUATION, _NO_DATABASE.format(job.name))
    write_file(job.name, store, folder, output)
    return Answered(AnswerKind.FILE, job.name.rpartition(".")[2])
