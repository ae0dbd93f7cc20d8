"""Makes an interrupt end a learner's code, whatever that code catches."""

import itertools
import sys

PATIENCE = 10  # interrupts that code may swallow


def make_interrupt(ending, inside):
    """Make what answers an interrupt, as `signal.signal` takes it: it raises the error that ends the code inside.

    Parameters: ending, a list with what makes the error, empty until there is one; inside, the lock that is held while
    anything may be interrupted.
    """
    interrupts = itertools.count(1)

    def on_interrupt(number, frame):
        if not ending:
            ending.append(KeyboardInterrupt)  # the learner pressed stop
        if not inside.locked():
            return  # whoever stands between goes on; the clock or the end of the watch remembers
        _raise_elsewhere(frame, ending, inside, is_patient=next(interrupts) < PATIENCE)
        raise ending[0]()

    return on_interrupt


def _raise_elsewhere(frame, ending, inside, is_patient):
    """Make the learner's code raise the error at a later line too: its own bare `except:` swallows the first one.

    Where that does not help, the end of a `with` swallows it too, and is made to raise it.
    """
    sys.settrace((lambda *event: None) if is_patient else _raise_at_exit(ending, inside))
    while not _is_ours(frame):
        frame.f_trace = _raise_below(frame.f_lineno, ending, inside)
        frame = frame.f_back


def _is_ours(frame):
    return frame is None or str(frame.f_globals.get("__name__")).startswith(__package__)


def _raise_below(line, ending, inside):
    def on_event(frame, event, argument):
        # Not above, where a `with` begins: Python 3.11 loses track of what it handles when its cleanup is cut off.
        if event == "line" and frame.f_lineno > line and inside.locked():
            raise ending[0]()
        return on_event

    return on_event


def _raise_at_exit(ending, inside):
    def on_call(frame, event, argument):
        if frame.f_code.co_name == "__exit__" and not _is_ours(frame.f_back) and inside.locked():
            raise ending[0]()

    return on_call
