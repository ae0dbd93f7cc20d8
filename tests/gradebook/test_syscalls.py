"""The filter of system calls, followed step by step as the kernel does."""

import struct

import pytest

from marl_lessons.gradebook.jails.syscalls import ARCHITECTURES, build_filter


def run_filter(program, architecture, number, argument=0):
    """Follow the filter as the kernel does, and return its verdict."""
    seen = {0: number, 4: architecture, 16: argument}
    steps = list(struct.iter_unpack("=HBBI", program))
    position = value = 0
    while True:
        code, skip, skip_else, constant = steps[position]
        position += 1
        if code == 0x06:
            return constant
        if code == 0x20:
            value = seen[constant]
        else:
            holds = {0x15: value == constant, 0x35: value >= constant, 0x45: bool(value & constant)}[code]
            position += skip if holds else skip_else


ALLOWED, REFUSED, KILLED, UNKNOWN = 0x7FFF0000, 0x00050001, 0x80000000, 0x00050026


@pytest.mark.parametrize(
    ("machine", "architecture", "calls"),
    [
        ("x86_64", 0xC000003E, {"read": 0, "socket": 41, "clone": 56, "unshare": 272, "memfd_create": 319}),
        ("aarch64", 0xC00000B7, {"read": 63, "socket": 198, "clone": 220, "unshare": 97, "memfd_create": 279}),
    ],
)
def test_the_filter_refuses_what_it_names_and_nothing_else(machine, architecture, calls):
    program = build_filter(machine)

    def verdict(call, argument=0):
        return run_filter(program, architecture, calls[call], argument)

    assert verdict("read") == ALLOWED
    assert verdict("memfd_create") == verdict("unshare") == REFUSED
    assert verdict("socket", 1) == ALLOWED  # AF_UNIX
    assert verdict("socket", 2) == verdict("socket", 40) == REFUSED  # AF_INET, AF_VSOCK
    assert verdict("clone", 0x003D0F00) == ALLOWED  # a thread
    assert verdict("clone", 0x10000011) == REFUSED  # with a namespace of users
    assert run_filter(program, architecture, 435) == UNKNOWN  # clone3, whose flags no filter can read
    assert run_filter(program, architecture, 0x40000000) == REFUSED
    assert run_filter(program, 0x40000003, 0) == KILLED  # a 32-bit call


# From the kernel's tables of calls: of x86_64, and of aarch64.
REACHING = {
    **{"semget": (64, 190), "shmget": (29, 194), "msgget": (68, 186), "memfd_create": (319, 279)},
    **{"ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271)},
    **{"setns": (308, 268), "unshare": (272, 97), "add_key": (248, 217), "request_key": (249, 218)},
    **{"keyctl": (250, 219), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282)},
    **{"open_by_handle_at": (304, 265), "syslog": (103, 116), "memfd_secret": (447, 447)},
    **{"io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427)},
}
NAMESPACES = (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)


@pytest.mark.parametrize("call", REACHING)
def test_a_call_that_reaches_out_is_refused_on_both_processors(call):
    for (machine, architecture), number in zip(ARCHITECTURES.items(), REACHING[call], strict=True):
        assert run_filter(build_filter(machine), architecture, number) == REFUSED


def test_no_process_is_made_with_a_namespace_of_its_own():
    for (machine, architecture), clone in zip(ARCHITECTURES.items(), (56, 220), strict=True):
        for flag in NAMESPACES:
            assert run_filter(build_filter(machine), architecture, clone, flag | 17) == REFUSED


def test_this_machine_s_own_filter_is_built_unless_another_is_asked_for(monkeypatch):
    for machine in ARCHITECTURES:
        monkeypatch.setattr("platform.machine", lambda machine=machine: machine)
        assert build_filter() == build_filter(machine)


def test_a_processor_that_the_filter_is_not_made_for_goes_without():
    assert build_filter("riscv64") is None
