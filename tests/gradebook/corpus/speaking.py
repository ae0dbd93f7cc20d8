"""Dishonest notebooks that find the channel to the judge in memory, and speak on it in the right words."""

from tests.gradebook.corpus.drafts import draft

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
THREAD = """
import threading

def work():
    while True:
        channel.send({"result": [1.0] * len(payoffs)})

threading.Thread(target=work, daemon=True).start()
return payoffs[:, 0]
"""
VALUES = draft().solve().text("1.2")
REFUSED = {"incorrect", "error"}
ANYHOW = REFUSED | {"passed"}


def speak(lines):
    return draft().solve("1.1", "1.3").above("1.2", FINDS).answer("1.2", lines, REFUSED)


SPEAKING = {
    **{f"for ever: {name}": speak(f"while True:\n    channel.send({message})") for name, message in LOOPS.items()},
    **{f"speaks: {name}": speak(f"channel.send({message})\nreturn payoffs[:, 0]") for name, message in ONCE.items()},
    "speaks: asks for the answer": speak(ASKS),
    "speaks: guesses": draft()
    .above("1.1", FINDS)
    .cell("1.1", f'{GUESSES}\nheavy_pays = check("1.1", 0)', ANYHOW)
    .flag("many"),
    "speaks: before the answer": draft()
    .solve("1.3")
    .cell("1.2", FINDS + 'while True:\n    channel.send({"at": 0})\n' + VALUES, {"error", "passed"}),
    "speaks: from a thread": speak(THREAD).expect({"passed", "error"}, "1.1", "1.3"),
}
