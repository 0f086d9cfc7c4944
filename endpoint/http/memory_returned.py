"""Memory that many connections took for a while goes back to the system: two settings of glibc's malloc.

Each of some fifty threads would otherwise keep memory of its own, and buffers of a megabyte would lie among
small things that stay: after a crowd of connections had gone, the server kept what it had needed at most.
"""

from __future__ import annotations

import contextlib
import ctypes

# https://www.gnu.org/software/libc/manual/html_node/Malloc-Tunable-Parameters.html
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_ARENAS = 2
_LARGE = 256 << 10
"""Bytes from which memory is asked of the system by itself, and given back when it is no longer needed."""


def return_memory() -> None:
    """Set it so, before there are threads; a system with another malloc does as it does."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_ARENA_MAX, _ARENAS)
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)
