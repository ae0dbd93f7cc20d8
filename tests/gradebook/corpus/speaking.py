"""Dishonest notebooks that find the channel to the judge in memory, and speak on it in the right words."""

from tests.gradebook.corpus.drafts import draft
from tests.gradebook.corpus.packing import define, pack, strike

FINDS = """
import gc

channel = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Channel")
"""
LOOPS = {
    "at": '{"at": 0}',
    "failed": '{"failed": 0, "error": {"text": "x" * 1_000_000}}',
    "submits nothing": '{"submits": "9.9", "at": 0}',
    "submits odd things": '{"submits": ["1.2"], "at": None}',
    "asks": '{"ask": "1.2", "arguments": []}',
    "results": '{"result": 1}',
    "calls back": '{"call": 1}',
    "empty": "{}",
}
ONCE = {
    "over": '{"over": True}',
    "no dict": "[1, 2, 3]",
    "odd index": '{"at": [1]}',
    "odd number": '{"at": 10**400}',
    "odd exercise": '{"submits": {"a": 1}}',
    "no exercise": '{"submits": None}',
    "odd error": '{"failed": 1, "error": [1]}',
    "verdict": '{"verdict": "own", "outcome": "passed"}',
}
ASKS = """
from marl_lessons.gradebook.inside.handles import Asker

return Asker(channel).make_reference("1.2", "action_values")(payoffs, partner_policy)
"""
GUESSES = """
from marl_lessons.gradebook.inside.serving import serve

for guess in range(10):
    channel.send({"at": 0})
    serve(channel, "1.1", guess / 2)
"""
CLAIMS = """
def claim():
    from marl_lessons.gradebook.inside.serving import serve

    task = next(thing for thing in gc.get_objects() if isinstance(thing, dict) and "statements" in thing)
    channel.send({"at": task["statements"][-1]["index"]})
    return serve(channel, "1.2", lambda payoffs, partner_policy: payoffs[0])


own = claim()


@exercise("1.2")
def action_values(payoffs, partner_policy):
    return own(payoffs, partner_policy)
"""
THREAD = """
import threading

def work():
    while True:
        channel.send({"result": [1.0] * len(payoffs)})

threading.Thread(target=work, daemon=True).start()
return payoffs[:, 0]
"""
REFUSED = {"incorrect", "error"}
FORGONE = {"not attempted", "error"}  # the process has given up all that stands above
ANYHOW = REFUSED | {"passed"}


FOR_EVER = {
    name: define(f"while True:\n    channel.send({message})") for name, message in LOOPS.items() if name != "failed"
}

AT_TOP_LEVEL = {
    name: strike(f"while True:\n    channel.send({message})") for name, message in LOOPS.items() if name != "failed"
}

SPEAKING = pack("speaks for ever", FOR_EVER, REFUSED, above=FINDS)
SPEAKING |= pack("speaks at top level", AT_TOP_LEVEL, REFUSED, above=FINDS)
SPEAKING |= pack(
    "speaks", {name: define(f"channel.send({message})") for name, message in ONCE.items()}, REFUSED, above=FINDS
)
SPEAKING |= {
    "speaks: asks for the answer": draft().above("1.2", FINDS).answer("1.2", ASKS, REFUSED),
    "speaks: guesses": draft().above("1.1", FINDS).cell("1.1", f'{GUESSES}\nheavy_pays = check("1.1", 0)', REFUSED),
    "speaks: claims to be at the end": draft()
    .solve("1.1")
    .cell("1.2", FINDS + CLAIMS, REFUSED)
    .expect(FORGONE, "1.3", "1.4"),
    "speaks: before the answer": draft()
    .solve("1.1")
    .cell("1.2", FINDS + 'while True:\n    channel.send({"at": 0})\n' + draft().solve().text("1.2"), ANYHOW),
    "speaks: from a thread": draft().solve("1.1").above("1.2", FINDS).answer("1.2", THREAD, REFUSED),
}
