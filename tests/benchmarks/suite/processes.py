"""What the system says of a server: processor time and memory of all its processes."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                with contextlib.suppress(OSError):
                    found += [int(child) for child in (task / "children").read_text().split()]
    return found


class ProcessorTime:
    """Seconds of processor time of a tree; what has ended counts through its parent that waited for it."""

    def __init__(self, pid: int) -> None:
        """Of the tree under ``pid``."""
        self._pid = pid

    def seconds(self) -> float:
        """So far."""
        total = 0
        for one in tree(self._pid):
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
                # Its own, and that of children it has waited for.
                total += sum(int(fields[index]) for index in (11, 12, 13, 14))
        return total / _TICKS


def memory(pid: int) -> int:
    """Bytes of the tree, shared pages shared out (proportional set size)."""
    total = 0
    for one in tree(pid):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) << 10
    return total
