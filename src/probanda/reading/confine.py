"""What a parser may not do: limits, and on Linux a filter that the kernel keeps.

Start with `confine`. The filter (seccomp, in the classic BPF form of Linux `seccomp(2)`) refuses whatever reaches
out of the process: sockets, other programs, new processes, opening for writing, making, renaming or deleting names,
changing rights, signals to others. A refused call fails with EPERM, as if the right were lacking, and the parser
ends with an error of its own. What was open before (the socket to the parent, the item) still works. On other
systems the limits alone hold; `docs/limits.md` says so.

`confine_program` is the same for a program of others that is about to be started (`guarded`): it may start itself and
threads, and that is all it may do more; one that can write its words only into files may write as well.

Looks down to: nothing. Used by: child and guarded (in the child only).
"""

from __future__ import annotations

import contextlib
import ctypes
import platform
import resource
import struct
import sys

MEMORY = 1 << 30
"""Bytes of address space."""
CPU_SECONDS = 60
"""Processor time for one answer: a part of a text, or 16 MB of a member."""
DESCRIPTORS = 64


def confine() -> bool:
    """Put the limits and the filter on this process, for good. True when the kernel keeps the filter."""
    _limit(MEMORY, 0)
    return _filter()


def confine_program(memory: int, seconds: int, largest_file: int = 0) -> bool:
    """The same for a program that this process is about to become: bytes of address space, seconds of processor time,
    and bytes of a file that it may write (0: none). True when the kernel keeps the filter."""
    _limit(memory, largest_file)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    return _filter(_STARTING | _FILES if largest_file else _STARTING, writing=largest_file > 0)


def _limit(memory: int, largest_file: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, largest_file),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, DESCRIPTORS),
    ):
        # A system that does not know a limit, or already has a lower one, keeps its own.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def renew_time(seconds: int = CPU_SECONDS) -> None:
    """Allow so many seconds of processor time more from here on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


# The filter --------------------------------------------------------------------------------------

_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""AUDIT_ARCH of `linux/audit.h`, and the column of `_CALLS`."""

# Numbers of system calls (x86_64, aarch64), from the kernel's tables; None where the machine has no such call.
_CALLS: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242),
    "clone": (56, 220), "clone3": (435, 435), "fork": (57, None), "vfork": (58, None),
    "execve": (59, 221), "execveat": (322, 281),
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "pidfd_open": (434, 434),
    "creat": (85, None), "openat2": (437, 437), "open_by_handle_at": (304, 265),
    "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276),
    "link": (86, None), "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36),
    "unlink": (87, None), "unlinkat": (263, 35), "rmdir": (84, None), "mkdir": (83, None), "mkdirat": (258, 34),
    "mknod": (133, None), "mknodat": (259, 33), "truncate": (76, 45), "ftruncate": (77, 46),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "lchown": (94, None), "fchown": (93, 55), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
    "mount": (165, 40), "umount2": (166, 39), "chroot": (161, 51), "pivot_root": (155, 41), "unshare": (272, 97),
    "setns": (308, 268), "bpf": (321, 280), "io_uring_setup": (425, 425), "userfaultfd": (323, 282),
    "keyctl": (250, 219), "add_key": (248, 217), "perf_event_open": (298, 241), "memfd_create": (319, 279),
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
}  # fmt: skip
_OPENS: tuple[tuple[tuple[int | None, int | None], int], ...] = (((2, None), 1), ((257, 56), 2))
"""`open` and `openat`, and which argument holds their flags."""
_WRITING = 0o1 | 0o2 | 0o100 | 0o1000 | 0o20000000
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_TMPFILE: flags with which a file could be changed or made."""

_STARTING = frozenset({"execve", "clone", "clone3"})
_FILES = frozenset({
    "creat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "ftruncate", "fchmod",
})  # fmt: skip

_LOAD, _EQUAL, _ANY, _GIVE = 0x20, 0x15, 0x45, 0x06
_ALLOW, _REFUSE, _END = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # the error is EPERM; another machine's call ends it
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def _filter(allowed: frozenset[str] = frozenset(), *, writing: bool = False) -> bool:
    machine = _MACHINES.get(platform.machine())
    if machine is None or sys.platform != "linux" or sys.byteorder != "little":
        return False
    steps = _steps(*machine, allowed, writing=writing)
    program = _Program(len(steps) // 8, steps)
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _steps(audit: int, column: int, allowed: frozenset[str], *, writing: bool) -> bytes:
    """The filter as BPF instructions over `struct seccomp_data` (number at 0, machine at 4, arguments from 16)."""
    refused = sorted(n for name, call in _CALLS.items() if name not in allowed and (n := call[column]) is not None)
    code = [_step(_LOAD, 4), _step(_EQUAL, audit, 1, 0), _step(_GIVE, _END), _step(_LOAD, 0)]
    code.append(_step(0x35, 0x40000000, 0, 1))  # x32 calls of x86_64 would slip past the numbers
    code.append(_step(_GIVE, _REFUSE))
    for number in refused:
        code += [_step(_EQUAL, number, 0, 1), _step(_GIVE, _REFUSE)]
    for call, argument in () if writing else _OPENS:
        if call[column] is not None:
            code += [
                _step(_EQUAL, call[column] or 0, 0, 4),
                _step(_LOAD, 16 + 8 * argument),
                _step(_ANY, _WRITING, 0, 1),
                _step(_GIVE, _REFUSE),
                _step(_GIVE, _ALLOW),
            ]
    return b"".join([*code, _step(_GIVE, _ALLOW)])


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_so, if_not, value)
