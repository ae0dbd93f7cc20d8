"""What stands for things that cannot travel: objects, classes, functions and generators, with their name and `repr`."""

import functools
import inspect
import types

LONGEST, MOST_NAMES = 2_000, 100  # letters of a `repr`, names of what an object has
NOT_NAMED = frozenset(["shape", "ndim", "size", "dtype"])  # which NumPy would take for an array's


def tell(value):
    """Return the `repr` of a value, its middle left out where it is long, or None where it fails."""
    try:
        text = repr(value)
        return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}{text[-LONGEST // 2 :]}"
    except Exception:  # a learner's object may fail in its own repr
        return None


def write(value):
    """Write what stands for a value."""
    kind = type(value)
    if issubclass(kind, type):
        return ["class", name_type(value)]
    if kind is types.GeneratorType:
        return ["generator", "generator", value.gi_code.co_name, value.__qualname__]
    if kind is types.CoroutineType:
        value.close()  # or else Python warns that nobody waits for it
        return ["generator", "coroutine", value.cr_code.co_name, value.__qualname__]
    return ["object", name_type(kind), tell(value), callable(value), _list_names(kind)]


def _list_names(kind):
    """List what a class of a learner's or of the course's has beside what every object has."""
    line = type.__dict__["__mro__"].__get__(kind)
    if any(base.__module__ == "builtins" for base in line[:-1]):
        return []
    names = {name for base in line[:-1] for name in vars(base) if not name.startswith("_")}
    return sorted(names - NOT_NAMED)[:MOST_NAMES]


def write_like(base):
    """Return a function that writes a value of a class that is made of a plain one."""

    def write_one(writer, value):
        if writer.is_too_deep():
            return writer.write_stand_in(value)
        try:
            plain = base(value) if base not in (list, tuple, dict) else base(iter(_take_parts(base, value)))
        except Exception:
            return writer.write_stand_in(value)
        return ["like", base.__name__, name_type(type(value)), tell(value), writer.write(plain)]

    return write_one


def _take_parts(base, value):
    return value.items() if base is dict else value


def name_type(kind):
    """Return the name of a class as Python knows it, without asking a learner's own metaclass."""
    return str(type.__dict__["__name__"].__get__(kind))[:200]


BASES = {base.__name__: base for base in (list, tuple, dict, set, frozenset, int, float, str, complex)}


def make_class(name):
    """Make a class with a name, and nothing in it."""
    return _make_class(_clean(name), object, False)


def make(name, text, can_be_called, names=()):
    """Make an object with a `repr`, of a class with a name, which has certain names and nothing behind them."""
    names = tuple(part for part in names[:MOST_NAMES] if part.isidentifier() and not part.startswith("_"))
    thing = _make_class(_clean(name), object, bool(can_be_called), names)()
    thing.__dict__["_text"] = _expect_text(text)
    return thing


def make_like(base, name, text, value):
    """Make an object that is a plain value of a class with a name of its own, with a `repr`."""
    kind = BASES[base]
    if type(value) is not kind:
        raise ValueError("not what it is like")
    thing = _make_class(_clean(name), kind, False)(value)
    thing.__dict__["_text"] = _expect_text(text)
    return thing


def make_long(name, length):
    """Make a list of which only the length is known."""
    if not 0 <= length < 2**60:
        raise ValueError("no length")
    return _make_long_class(_clean(name), length)()


def make_generator(kind, name, qualified_name):
    """Make a generator or a coroutine with a name, which gives nothing."""
    source = {"generator": _generate, "coroutine": _wait}[kind]
    code = source.__code__.replace(co_name=_expect_text(name))
    made = types.FunctionType(code, {"__builtins__": {}})()
    made.__qualname__ = _expect_text(qualified_name)
    if inspect.iscoroutine(made):
        made.close()
    return made


def _generate():
    yield


async def _wait():
    pass


@functools.lru_cache(maxsize=200)  # so that two things of one class stay so
def _make_class(name, base, can_be_called, names=()):
    parts = dict.fromkeys(names, _refuse) | {"__repr__": _repeat, "__module__": "__main__"}
    if can_be_called:
        parts["__call__"] = _refuse
    return type(name, (base,), parts)


@functools.lru_cache(maxsize=200)
def _make_long_class(name, length):
    return type(name, (list,), {"__len__": lambda thing: length, "__module__": "__main__"})


def _repeat(thing):
    text = thing.__dict__.get("_text")
    if text is None:
        raise TypeError("it has no repr")
    return text


def _refuse(*arguments, **options):
    raise TypeError("what stands for a function cannot be called")


def _clean(name):
    return name if type(name) is str and 0 < len(name) <= 200 and "\0" not in name and name.isprintable() else "object"


def _expect_text(text):
    if text is not None and type(text) is not str:
        raise ValueError("no text")
    return text
