"""A filter of system calls: what gets around the jail's limits, or what no answer needs and the kernel had errors in.

Source: the kernel's seccomp filters (Documentation/userspace-api/seccomp_filter.rst); numbers from its tables of calls.
"""

import errno
import platform
import struct

# The kernel's name of each processor, and what its calls are numbered.
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
NUMBERS = {
    "x86_64": {"clone": 56, "socket": 41},
    "aarch64": {"clone": 220, "socket": 198},
}
CLONE3 = 435
REFUSED = {
    # memory that no process is seen to hold: semget, shmget, msgget, memfd_create
    # another process or namespace: ptrace, process_vm_readv, process_vm_writev, setns, unshare
    # the kernel's depths: add_key, request_key, keyctl, bpf, perf_event_open, userfaultfd, open_by_handle_at, syslog
    "x86_64": (64, 29, 68, 319, 101, 310, 311, 308, 272, 248, 249, 250, 321, 298, 323, 304, 103),
    "aarch64": (190, 194, 186, 279, 117, 270, 271, 268, 97, 217, 218, 219, 280, 241, 282, 265, 116),
}
REFUSED_EVERYWHERE = (425, 426, 427, 447)  # io_uring_setup, io_uring_enter, io_uring_register, memfd_secret
NEW_NAMESPACES = 0x7E020080  # the flags of clone: time, mounts, cgroup, uts, ipc, user, process ids, network
FOREIGN_NUMBERS = 0x40000000  # x32's calls, which the table does not name

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # where the kernel shows them, in bytes
ALLOW, KILL, FAIL = 0x7FFF0000, 0x80000000, 0x00050000
UNIX_SOCKETS = 1


def build_filter(machine=None):
    """Return the filter for this processor as bytes that the kernel reads; None for a processor it is not made for."""
    machine = machine or platform.machine()
    if machine not in ARCHITECTURES:
        return None
    refuse, allow = step(RETURN, FAIL | errno.EPERM), step(RETURN, ALLOW)
    clone, socket = NUMBERS[machine]["clone"], NUMBERS[machine]["socket"]
    program = [
        *(step(LOAD, ARCHITECTURE), step(EQUAL, ARCHITECTURES[machine], skip=1), step(RETURN, KILL)),
        *(step(LOAD, NUMBER), step(AT_LEAST, FOREIGN_NUMBERS, skip_else=1), refuse),
        *(word for number in (*REFUSED[machine], *REFUSED_EVERYWHERE) for word in (if_call(number, 1), refuse)),
        # Its flags cannot be read: the C library takes clone instead.
        *(if_call(CLONE3, 1), step(RETURN, FAIL | errno.ENOSYS)),
        *(if_call(clone, 4), step(LOAD, FIRST_ARGUMENT), step(ANY_BIT, NEW_NAMESPACES, skip_else=1), refuse, allow),
        *(if_call(socket, 4), step(LOAD, FIRST_ARGUMENT), step(EQUAL, UNIX_SOCKETS, skip=1), refuse, allow),
        allow,
    ]
    return b"".join(program)


def if_call(number, length):
    """Return the step that leads into the next `length` steps for one system call only."""
    return step(EQUAL, number, skip_else=length)


def step(code, value, skip=0, skip_else=0):
    """Return one step: a code, how many steps to skip if it holds and if it does not, and its value."""
    return struct.pack("=HBBI", code, skip, skip_else, value)
