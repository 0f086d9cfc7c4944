"""What the operating system forbids an evaluator, whatever a query makes the engine do.

Linux only, through :mod:`ctypes`, without privileges: a seccomp filter under which no
socket can be made and no program started, and a Landlock rule set under which no file
can be opened except the store's. Both are inherited by threads started later and
can never be lifted. Where the kernel lacks one, :func:`confine` says so and the caller
reports it; the refusal of SERVICE by the protocol layer stands by itself.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2

# BPF: load a 32-bit word of struct seccomp_data; compare; return.
_LOAD, _JUMP_EQUAL, _JUMP_GREATER_EQUAL, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_REFUSE = 0x00050000 | errno.EPERM

# Per machine: audit architecture and the numbers of the refused system calls, in the order of
# _REFUSED_NAMES. 425 to 427 are io_uring, which makes sockets without the socket call.
_REFUSED_NAMES = (
    "socket connect bind listen accept accept4 socketpair execve execveat ptrace process_vm_readv "
    "process_vm_writev mount unshare setns bpf perf_event_open io_uring_setup io_uring_enter "
    "io_uring_register"
)
_MACHINES: dict[str, tuple[int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        (41, 42, 49, 50, 43, 288, 53, 59, 322, 101, 310, 311, 165, 272, 308, 321, 298, 425, 426, 427),
    ),
    "aarch64": (
        0xC00000B7,
        (198, 203, 200, 201, 202, 242, 199, 221, 281, 117, 270, 271, 40, 97, 268, 280, 241, 425, 426, 427),
    ),
}

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_READ_FILE, _LANDLOCK_READ_DIR = 1 << 2, 1 << 3
_LANDLOCK_FILE_RIGHTS = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
"""(ABI version, file rights it adds), see linux/landlock.h."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _check(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends. Linux only."""
    if platform.system() == "Linux":
        _check(_libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0))


def confine(*readable: Path, network: bool = False, pairs: bool = False) -> dict[str, str]:
    """Take away sockets, new programs and files for the rest of this process's life.

    Args:
        readable: the only directories whose files may still be opened, for reading.
        network: leave sockets alone (evaluators in a network namespace of their own).
        pairs: allow pairs of sockets, which are connected to each other and reach nobody.

    Returns:
        Layer → "on" or the reason why it cannot be had.
    """
    layers: dict[str, str] = {}
    actions: tuple[tuple[str, Callable[[], None]], ...] = (
        ("files", partial(_landlock, readable)),
        ("network", partial(_seccomp, network, pairs)),
    )
    for name, action in actions:
        try:
            action()
            layers[name] = "on"
        except OSError as error:
            layers[name] = f"off: {error.strerror or error}"
    return layers


def _no_new_privileges() -> None:
    _check(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))


def _seccomp(network: bool, pairs: bool) -> None:
    """Install the filter.

    Raises:
        OSError: unknown machine, or a kernel without seccomp.
    """
    machine = _MACHINES.get(platform.machine()) if platform.system() == "Linux" else None
    if machine is None:
        raise OSError(errno.ENOSYS, f"no filter for {platform.system()} on {platform.machine()}")
    architecture, numbers = machine
    names = _REFUSED_NAMES.split()
    network_names = {"socket", "connect", "bind", "listen", "accept", "accept4", "socketpair"}
    allowed = (network_names if network else set()) | ({"socketpair"} if pairs else set())
    refused = [number for name, number in zip(names, numbers, strict=True) if name not in allowed]
    code = [
        (_LOAD, 0, 0, 4),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        # The x32 interface of x86_64 numbers the same calls from 0x40000000.
        (_JUMP_GREATER_EQUAL, 0, 1, 0x40000000),
        (_RETURN, 0, 0, _KILL),
    ]
    for index, number in enumerate(refused):
        code.append((_JUMP_EQUAL, len(refused) - index, 0, number))
    code += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    program = b"".join(struct.pack("HBBI", *instruction) for instruction in code)
    buffer = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: an unsigned short, padding, a pointer.
    header = struct.pack("HxxxxxxQ", len(code), ctypes.addressof(buffer))
    _no_new_privileges()
    _check(_libc().prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.c_char_p(header), 0, 0))


def _landlock(readable: Sequence[Path]) -> None:
    """Restrict file access to reading below ``readable``.

    Raises:
        OSError: a kernel without Landlock (before 5.13, or switched off).
    """
    if platform.system() != "Linux":
        raise OSError(errno.ENOSYS, "Landlock is a Linux feature")
    libc = _libc()
    version = _check(libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), 1))
    handled = sum(rights for since, rights in _LANDLOCK_FILE_RIGHTS if version >= since)
    rules = _check(libc.syscall(_LANDLOCK_CREATE, struct.pack("Q", handled), ctypes.c_size_t(8), 0))
    folders: list[int] = []
    try:
        for path in readable:
            folders.append(os.open(path, os.O_PATH | os.O_CLOEXEC))
            beneath = struct.pack("=Qi", _LANDLOCK_READ_FILE | _LANDLOCK_READ_DIR, folders[-1])
            _check(libc.syscall(_LANDLOCK_ADD, rules, 1, beneath, 0))
        _no_new_privileges()
        _check(libc.syscall(_LANDLOCK_RESTRICT, rules, 0))
    finally:
        for descriptor in (*folders, rules):
            os.close(descriptor)
