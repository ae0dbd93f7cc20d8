"""What a statement does to names."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Call:
    """A call: the dotted name of what is called, whose values go in, those that come first, whether a value is used."""

    callee: str
    given: frozenset[str]
    first: frozenset[str]
    is_discarded: bool


@dataclass
class Effects:
    """Names that code reads, binds for sure, may bind, changes in place, calls methods of, returns; and its calls."""

    reads: set = field(default_factory=set)
    binds: set = field(default_factory=set)
    may_bind: set = field(default_factory=set)
    changes: set = field(default_factory=set)
    touches: set = field(default_factory=set)
    returns: set = field(default_factory=set)
    calls: list = field(default_factory=list)


@dataclass
class Names:
    """What a statement does `now`, when it runs, and `late`, when the functions in it are called.

    shared: a name and those whose value it may hold, so that a change of one may change the other; then the same with
    those that go into functions, which may return them.
    """

    now: Effects = field(default_factory=Effects)
    late: Effects = field(default_factory=Effects)
    shared: list = field(default_factory=list)
