"""What an evaluator may use: memory, and the disk of one answer; and what it means to meet that limit.

The size of an answer (``result_size``) is held by the operating system, as the size of any file that the
process writes; the room of all answers together is kept by :mod:`.spool`.
"""

from __future__ import annotations

import contextlib
import errno
import resource
from pathlib import Path

from araxes.endpoint.engines.replies import LONGEST_MESSAGE, Cause, Failed


def limit_resources(memory: int, file_size: int, *, reserves: bool = False) -> None:
    """Cap what this process may use.

    Args:
        memory: bytes of address space in all.
        file_size: bytes of any file it writes; a longer write fails with EFBIG.
        reserves: whether the process reserves far more addresses than it will use, as V8 does: then what it
            can write to counts, not what it reserves.
    """
    for name, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, 1024),
        (resource.RLIMIT_DATA if reserves else resource.RLIMIT_AS, memory),
    ):
        hard = resource.getrlimit(name)[1]
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(name, (wanted, wanted))


def first_when_memory_ends() -> None:
    """When the machine itself is out of memory, let the kernel end this process and not the server."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def disk_failure(error: OSError) -> Failed:
    """What an operating system error means for the answer."""
    if error.errno == errno.EFBIG or "File too large" in str(error):
        return Failed(Cause.RESULT_SIZE, "the answer is too large")
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error):
        return Failed(Cause.SPOOL, "no space for the answer")
    # What a SERVICE call without SILENT meets also arrives as an OSError.
    return Failed(Cause.EVALUATION, str(error)[:LONGEST_MESSAGE])
