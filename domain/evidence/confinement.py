"""How the child process gives up what it does not need: memory, time, files, the network, other programs.

Decoders are large programs in C that read what strangers made. Should one of them be taken over, it can still only
compute for some seconds: it opens no file (no key, no store), no connection, and starts nothing. docs/decisions/0022.
"""

import ctypes
import errno
import platform
import resource
import struct
import sys

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 30
# The copy may be larger than what came in: a palette becomes full colours.
LARGEST_OUTPUT = 24 * 1024 * 1024

# Numbers of system calls: open, openat, openat2, creat, rename…, unlink…, mkdir…, link…, socket, socketpair, bind,
# connect, accept, sendto, execve, execveat, fork, vfork, kill, ptrace, process_vm_*, bpf, io_uring_setup, pidfd_getfd.
REFUSED_CALLS = {
    "x86_64": (2, 257, 437, 85, 82, 264, 316, 87, 263, 83, 258, 86, 265, 88, 266, 90, 268, 41, 53, 49, 42, 43, 288, 44,
               59, 322, 57, 58, 62, 200, 234, 101, 310, 311, 321, 425, 438),
    "aarch64": (56, 437, 38, 276, 35, 34, 37, 36, 53, 198, 199, 200, 203, 202, 242, 206, 221, 281, 129, 130, 131, 117,
                270, 271, 280, 425, 438),
}  # fmt: skip
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CLONE_THREAD = 0x10000
# Opcodes of the kernel's packet filter, and what it may answer (linux/filter.h, linux/seccomp.h).
LOAD, JUMP_EQUAL, JUMP_LEAST, JUMP_BITS, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


def limit_resources() -> None:
    """Limit memory, processor time and the size of the answer; no core file, which would hold what was sent."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def close_doors() -> bool:
    """Open no file, no connection and no program from here on; call it when everything is imported.

    Returns False where the system can't do that (not Linux, another processor): the other limits hold all the same.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in REFUSED_CALLS:
        return False
    return install(_filter(machine))


def install(program: list[bytes]) -> bool:
    """Have the kernel ask a filter before each system call of this thread and of those it starts; tell if it does."""
    libc = ctypes.CDLL(None, use_errno=True)
    instructions = ctypes.create_string_buffer(b"".join(program))
    # struct sock_fprog: the number of instructions, and where they stand.
    where = struct.pack("HxxxxxxP", len(program), ctypes.addressof(instructions))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.create_string_buffer(where), 0, 0) == 0)


def _filter(machine: str) -> list[bytes]:
    refuse = REFUSE | errno.EPERM
    program = [
        step(LOAD, 4), step(JUMP_EQUAL, ARCHITECTURES[machine], 1, 0), step(RETURN, KILL),
        step(LOAD, 0), step(JUMP_LEAST, 0x40000000, 0, 1), step(RETURN, refuse),
        # glibc then starts threads by clone, of which the flags can be read here: threads yes, processes no.
        step(JUMP_EQUAL, CLONE3, 0, 1), step(RETURN, REFUSE | errno.ENOSYS),
    ]  # fmt: skip
    for call in REFUSED_CALLS[machine]:
        program += [step(JUMP_EQUAL, call, 0, 1), step(RETURN, refuse)]
    return [
        *program,
        step(JUMP_EQUAL, CLONE[machine], 0, 3), step(LOAD, 16), step(JUMP_BITS, CLONE_THREAD, 1, 0),
        step(RETURN, refuse), step(RETURN, ALLOW),
    ]  # fmt: skip


def step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return one instruction of a filter; `if_true` and `if_false` are how many of the next a jump leaves out."""
    return struct.pack("HBBI", code, if_true, if_false, value)
