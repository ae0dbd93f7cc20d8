"""Exercise 3.4: a rule for the dispatch team that is as good as any."""

from functools import cache

import numpy as np

from marl_lessons import scoreboard
from marl_lessons.environments import Dispatch
from marl_lessons.exercises.judging.comparison import as_numbers
from marl_lessons.exercises.judging.domains import Domain, Parameter, equals, is_int
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.mistakes import Misconception, Mistake
from marl_lessons.exercises.judging.showing import describe, show_value
from marl_lessons.exercises.judging.ties import accept_ties, choose_one
from marl_lessons.exercises.specification import Check, Exercise
from marl_lessons.policies import deterministic_joint_policy
from marl_lessons.solvers import value_iteration

A, B, H = range(3)
STATES = [tuple(queues) for queues in Dispatch().states.tolist()]


def choose_pair(a, b, h):
    """Return where the two workers go: (action of worker 0, action of worker 1)."""
    if h == 1:
        return 2, 2
    if a == 0:
        return 1, 1
    if b == 0:
        return 0, 0
    return 0, 1


@cache
def list_best_pairs():
    """The definition: all the joint actions that are best in each state, by value iteration."""
    values = value_iteration(Dispatch().to_tabular(), scoreboard.GAMMA).joint_action_values  # (S, A, A)
    best = {}
    for queues, table in zip(STATES, values, strict=True):
        pairs = [tuple(pair) for pair in np.argwhere(table >= table.max() - 1e-6).tolist()]
        shown = choose_pair(*queues)
        best[queues] = choose_one([*(pair for pair in pairs if pair == shown), *pairs])
    return best


def take_best_pair(a, b, h):
    """Look the state up among the best pairs."""
    return list_best_pairs()[a, b, h]


def _read_pair(result):
    """Return two whole numbers from 0 to 2 as a tuple, or None."""
    pair = as_numbers(result) if isinstance(result, (tuple, list, np.ndarray)) else None
    if pair is None or pair.shape != (2,) or pair.dtype.kind == "b" or not np.isin(pair, (A, B, H)).all():
        return None
    return tuple(int(action) for action in pair)


def returns_two_actions(answer, rng):
    for queues in STATES:
        result = answer(*queues)
        if _read_pair(result) is None:
            missing = " Did you forget `return`? Every path through the function needs one." if result is None else ""
            raise Mistake(
                "Expected two whole numbers from 0 to 2, such as `0, 1` for A and B, got "
                f"{describe(result)}.{missing}\n" + answer.show_call()
            )


def serves_the_light_queues(answer, rng):
    _expect_best_pairs(answer, 0, LIGHT_MISCONCEPTIONS)


def serves_heavy_tasks(answer, rng):
    _expect_best_pairs(answer, 1, HEAVY_MISCONCEPTIONS)


def _expect_best_pairs(answer, h, misconceptions):
    cases = [queues for queues in STATES if queues[2] == h]
    try:
        expect_agreement(
            answer, cases, take_best_pair, misconceptions, tolerance=0, adapt=accept_ties, explain=_explain_pair
        )
    except Mistake as mistake:
        raise Mistake(f"Your team scores {_score(answer):.1f}. {mistake}") from None


def _score(answer):
    pairs = np.array([_read_pair(answer(*queues)) for queues in STATES])  # (S, N)
    return scoreboard.score(deterministic_joint_policy(pairs, 3))


def _explain_pair(trial):
    """Say what the team earns in this step by its own pair and by a best one."""
    queues = np.array(trial.case)
    earned = [
        show_value(Dispatch().outcome(queues, np.array(pair), np.zeros(3, dtype=int))[1].sum())
        for pair in (_read_pair(trial.result), trial.expected)
    ]
    if earned[0] != earned[1]:
        return f"In this step your pair earns {earned[0]}, the expected one {earned[1]}."
    served, full = ("A", "B") if _read_pair(trial.result) == (A, A) else ("B", "A")
    return (
        f"Both pairs earn {earned[0]} now. But if both serve {served}, {full} stays full and turns new tasks away: you "
        "lose later."
    )


LIGHT_MISCONCEPTIONS = (
    Misconception(
        lambda a, b, h: (H, H),
        "Both go to H although nothing waits there. Look at `h` first.",
    ),
    Misconception(
        lambda a, b, h: (A, B),
        "Each worker keeps to its own queue, even if it is empty while two tasks wait in the other. Then both should "
        "serve that one.",
    ),
    Misconception(
        lambda a, b, h: (B, A),
        "Worker 0 always serves B and worker 1 always A, even if its queue is empty while two tasks wait in the other. "
        "Then both should serve that one.",
    ),
    Misconception(
        lambda a, b, h: (A, A) if a >= b else (B, B),
        "Both always serve the longer queue. If each queue holds a single task, one of them finds nothing left.",
    ),
    *(
        Misconception(
            idea,
            "Both serve the same queue, even if one task waits in each. Then one of them finds nothing left: send one "
            "to each.",
        )
        for idea in (
            lambda a, b, h: (A, A) if a else (B, B),
            lambda a, b, h: (B, B) if b else (A, A),
        )
    ),
)
HEAVY_MISCONCEPTIONS = (
    *(
        Misconception(
            lambda a, b, h, pair=pair: pair,
            "One worker goes to H alone, which costs 2. A heavy task takes both.",
        )
        for pair in ((H, A), (A, H), (H, B), (B, H))
    ),
    Misconception(
        lambda a, b, h: (H, A if a else B),
        "Worker 0 goes to a heavy task alone, which costs 2. It takes both.",
    ),
    Misconception(
        lambda a, b, h: (A if a else B, H),
        "Worker 1 goes to a heavy task alone, which costs 2. It takes both.",
    ),
    Misconception(
        lambda a, b, h: (A, B),
        "You leave the heavy task alone. What does it pay, and what do two light ones?",
    ),
    Misconception(
        lambda a, b, h: (A, B) if a and b else (A, A) if a else (B, B),
        "This is a careful team: it never touches a heavy task. What does a heavy one pay, and what do two light ones?",
    ),
    Misconception(
        lambda a, b, h: (H, H) if a + b < 2 else (A, B) if a and b else (A, A) if a else (B, B),
        "You go to a heavy task only if fewer than two light tasks wait. Compare: two light tasks pay 2, a heavy one "
        "4.",
    ),
    Misconception(
        lambda a, b, h: (H, H) if a + b == 0 else (A, B) if a and b else (A, A) if a else (B, B),
        "You go to a heavy task only if no light task waits. Compare: two light tasks pay 2, a heavy one 4.",
    ),
)


def is_up_to(largest):
    """Return a test whether a value is one of the whole numbers 0 … largest."""
    return lambda value: is_int(value) and 0 <= value <= largest


DOMAIN = Domain(
    parameters=(
        Parameter("a", is_up_to(2), {f"is {number}": equals(number) for number in range(3)}),
        Parameter("b", is_up_to(2), {f"is {number}": equals(number) for number in range(3)}),
        Parameter("h", is_up_to(1), {f"is {number}": equals(number) for number in range(2)}),
    ),
    corners={
        "all queues are empty": lambda a, b, h: a == b == h == 0,
        "A and B are empty, and a heavy task waits": lambda a, b, h: (a, b, h) == (0, 0, 1),
        "one task waits in A and one in B": lambda a, b, h: a == b == 1,
        "both light queues are full": lambda a, b, h: a == b == 2,
        "a light queue is empty and the other is not": lambda a, b, h: (a == 0) != (b == 0),
    },
)

EXERCISE = Exercise(
    id="3.4",
    title="A team by hand",
    reference=choose_pair,
    checks=(
        Check("returns two actions for each of the 18 states", returns_two_actions),
        Check("does its best where no heavy task waits", serves_the_light_queues),
        Check("does its best where a heavy task waits", serves_heavy_tasks),
    ),
    hints=(
        "A heavy task pays 4, two light ones 2. So what should both do if `h` is 1? In the film of the best team you "
        "can see it.",
        "If `h` is 0, each task served pays 1. How do the two serve two tasks if both wait in A, or both in B, or one "
        "in each?",
        "Four cases: `if h == 1` both go to H; if A is empty, both to B; if B is empty, both to A; else one to each.",
    ),
    explanation="It is never worth passing by a heavy task, and without one the team serves as many light tasks as it "
    "can. The eager workers at p = 1 score less, because they never help at each other's queue.",
    domain=DOMAIN,
    version=2,
)
