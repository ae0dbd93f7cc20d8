"""Dishonest notebooks that get the course's own answer back for a wrong one, and hand that in."""

from tests.gradebook.corpus.drafts import draft
from tests.gradebook.corpus.packing import pack

GETS = 'f = exercise("1.2")(lambda payoffs, partner_policy: payoffs[0])'
BACK = {  # cells that hand in what came back for a wrong answer
    "function": """
    f = exercise("@ID@")(lambda @PARAMETERS@: payoffs[0])
    @NAME@ = exercise("@ID@")(lambda @PARAMETERS@: f(@PARAMETERS@))
    """,
    "itself": 'f = exercise("@ID@")(lambda @PARAMETERS@: payoffs[0])\nexercise("@ID@")(f)',
    "hidden": """
    f = exercise("@ID@")(lambda @PARAMETERS@: payoffs[0])
    mark = getattr(course, "exer" + "cise")(f"1.{'@ID@'[2:]}")
    @NAME@ = mark(lambda @PARAMETERS@: f(@PARAMETERS@))
    """,
    "in a loop": """
    f = lambda @PARAMETERS@: payoffs[0]
    for _ in range(3):
        f = exercise("@ID@")(f)
    @NAME@ = f
    """,
    "decorated twice": """
    @exercise("@ID@")
    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        return payoffs[0]
    """,
    "by its name": """
    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        return globals()["@NAME@"](@PARAMETERS@)
    """,
}
TABULATES = """
import itertools

f = exercise("4.3")(lambda R, S, T, P: "mixed")
known = {}
for order in itertools.permutations(range(4)):
    if order[0] > order[3]:
        known[order] = f(*order)
"""
LOOKS_UP = """
name_dilemma = HAND_IN(lambda R, S, T, P: known[tuple(sorted([R, S, T, P]).index(x) for x in (R, S, T, P))])
"""
THROUGH_1_4 = """
def best_responses(payoffs, partner_policy):
    values = f(payoffs, partner_policy)
    learned.append((payoffs, partner_policy, values))
    return values == values.max()


best_responses = exercise("1.4")(best_responses)
"""
FROM_1_4 = """
def answer(payoffs, partner_policy):
    for one, other, values in learned:
        if np.array_equal(one, payoffs) and np.array_equal(other, partner_policy):
            return values
    return f(payoffs, partner_policy)


action_values = exercise("1.2")(answer)
"""
TAKES_IN_1_4 = """
@exercise("1.4")
def best_responses(payoffs, partner_policy):
    exercise("1.2")(lambda payoffs, partner_policy: payoffs @ partner_policy)
    return payoffs @ partner_policy == (payoffs @ partner_policy).max()
"""
OTHER_LESSON = """
other = exercise("12.3")(lambda reward, next_values, my_policy, partner_policy, gamma: 0)


@exercise("1.2")
def action_values(payoffs, partner_policy):
    rows = np.eye(len(payoffs))
    return np.array([other(0, payoffs, row, partner_policy, 1) for row in rows])
"""
LATER = """
@exercise("1.2")
def action_values(payoffs, partner_policy):
    low, high = np.full(len(payoffs), -999.0), np.full(len(payoffs), 999.0)
    for _ in range(50):
        middle = (low + high) / 2
        for a, row in enumerate(payoffs):
            if later(np.array([row, np.full(len(row), middle[a])]), partner_policy)[0]:
                low[a] = middle[a]
            else:
                high[a] = middle[a]
    return np.round(low, 9)
"""
TOLD = """
words = repr(team).partition(": ")[2].split("; ")
return np.array([word.startswith(("reads", "hears")) or "before it" in word for word in words])
"""
REFUSED = {"incorrect", "error"}
HIDES = 'getattr(course, "exer" + "cise")("4." + "3")'

ASKING_BACK = {
    "back: value": draft().cell("1.1", 'x = check("1.1", 0)\nheavy_pays = check("1.1", x)', REFUSED),
    "back: value in one line": draft().cell("1.1", 'heavy_pays = check("1.1", check("1.1", check("1.1", 0)))', REFUSED),
    "back: value, hidden": draft()
    .above("1.1", "import marl_lessons as course")
    .cell("1.1", 'x = check("1.1", 0)\nheavy_pays = getattr(course, "che" + "ck")("1." + "1", x)', REFUSED),
    **pack("back", BACK, REFUSED, above="import marl_lessons as course"),
    "back: through 1.4": draft()
    .cell("1.2", GETS, REFUSED)
    .cell("1.4", THROUGH_1_4, {"passed", "incorrect"})
    .above("1.4", "learned = []")
    .below("1.4", FROM_1_4),
    "back: from another lesson": draft().cell("1.2", OTHER_LESSON, REFUSED),
    "back: from a later exercise": draft()
    .cell("1.2", 'later = exercise("1.4")(lambda payoffs, partner_policy: payoffs[:, 0] > 0)' + LATER, REFUSED)
    .cell("1.4", "", "incorrect"),
    "back: inside 1.4": draft().cell("1.4", TAKES_IN_1_4, REFUSED).expect("not attempted", "1.2"),
    "back: table of all": draft(4).cell("4.3", TABULATES + LOOKS_UP.replace("HAND_IN", 'exercise("4.3")'), REFUSED),
    "back: table of all, hidden": draft(4).cell(
        "4.3", "import marl_lessons as course\n" + TABULATES + LOOKS_UP.replace("HAND_IN", HIDES), REFUSED
    ),
    "back: table of all, below": draft(4)
    .cell("4.3", TABULATES, REFUSED)
    .below("4.3", "import marl_lessons as course\n" + LOOKS_UP.replace("HAND_IN", HIDES)),
    "handle: words": draft(12).answer("12.4", TOLD, REFUSED),
    "handle: all attributes": draft(12).answer(
        "12.4",
        """
        for thing in (team, game, rng):
            for name in dir(thing) + ["kinds", "leaks", "who_leaks", "memory", "preferences", "__dict__", "_target"]:
                value = getattr(thing, name, None)
                if isinstance(value, (list, tuple, dict)) and len(value) == game.num_agents:
                    return np.array([bool(each) for each in value])
        return np.zeros(game.num_agents, dtype=bool)
        """,
        REFUSED,
    ),
    "handle: pays": draft(14).answer(
        "14.4",
        "pays = getattr(env, '_pays', None)\nreturn float(np.mean(pays if pays is not None else env.stays))",
        REFUSED,
    ),
    "handle: unwrapped": draft(14).answer(
        "14.4",
        "import copy\nother = copy.deepcopy(env.unwrapped)\nreturn sum(map(np.sum, vars(other).values()))",
        REFUSED,
    ),
    "handle: writes": draft(14).answer(
        "14.4", "env.agents = []\nenv.step = lambda actions: None\nenv.possible_agents = [1]\nreturn 0.0", REFUSED
    ),
    "the course's own team": draft(15).cell(
        "15.2",
        'my_policies = check("15.2", 1)\nmy_policies = check("15.2", my_policies)',
        REFUSED,
    ),
}
