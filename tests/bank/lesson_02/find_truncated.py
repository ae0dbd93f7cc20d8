"""Answers to exercise 2.3."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "2.3": Answers(
        right=[
            "return ~terminated & (steps_played >= horizon)",
            "return (steps_played == horizon) & ~terminated",
            "return np.logical_and(steps_played >= horizon, np.logical_not(terminated))",
            "return np.where(terminated, False, steps_played >= horizon)",
            "return (steps_played >= horizon) > terminated",
            "return (terminated == False) * (steps_played >= horizon)",
            """
            truncated = steps_played >= horizon
            truncated[terminated] = False
            return truncated
            """,
            """
            truncated = []
            for over, steps in zip(terminated, steps_played):
                truncated.append(steps >= horizon and not over)
            return np.array(truncated)
            """,
            "return np.array([steps >= horizon and not over for over, steps in zip(terminated, steps_played)])",
            "return ~(terminated | (steps_played < horizon))",
            Cell("find_truncated = lambda over, steps, limit: (steps - limit == 0) & np.invert(over)"),
            Cell("find_truncated = np.vectorize(lambda over, steps, horizon: bool(steps >= horizon and not over))"),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return steps_played >= horizon": "You look at the steps only",
            "return ~terminated": "You look at `terminated` only",
            "return ~terminated & (steps_played > horizon)": "Your answer is never True",
            "return ~terminated & steps_played >= horizon": "Put brackets around the comparison",
            "return steps_played == horizon & ~terminated": "Put brackets around the comparison",
            "return steps_played >= horizon & ~terminated": "Put brackets around the comparison",
            "return ~terminated & steps_played == horizon": "Put brackets around the comparison",
            "return (steps_played > horizon) & ~terminated": Told(
                "Your answer is never True", never=("were `~terminated`",)
            ),
            "return ~terminated | (steps_played >= horizon)": "Both have to hold: `&`",
            "return terminated | (steps_played >= horizon)": "one way or the other",
            "return terminated & (steps_played >= horizon)": "Those that are *not* over are cut off",
            "return ~terminated & (steps_played >= horizon - 1)": "one step too early",
            "return ~terminated & (steps_played == horizon - 1)": "one step too early",
            "return ~terminated & (steps_played < horizon)": "You find the runs that go on",
            "return ~terminated & (steps_played.max() >= horizon)": "One run at the horizon cuts all of them off",
            "return (steps_played >= horizon) & (not terminated.any())": "keeps all the others from being cut off",
            """
            is_cut = steps_played[0] >= horizon and not terminated[0]
            return np.full(len(terminated), is_cut)
            """: "You decide by the first run alone",
            # Others that look like them.
            "return (steps_played >= horizon) & (terminated is False)": "Your code compares with `is`",
            "return ~terminated & (steps_played.min() >= horizon)": Told(
                "# expected:", never=("cuts all of them off",)
            ),
            "return ~terminated & (steps_played >= 5)": "Your function never reads its parameter `horizon`",
            "return (steps_played >= horizon) ^ terminated": Told("# expected:", never=("one way or the other",)),
            "return ~(~terminated & (steps_played >= horizon))": Told("# expected:", never=("Both have to hold",)),
            "return ~terminated & (steps_played >= horizon) & (horizon > 1)": "Wrong only where `horizon` is 1",
            """
            truncated = np.zeros(len(terminated), dtype=bool)
            for run in range(1, len(terminated)):
                truncated[run] = steps_played[run] >= horizon and not terminated[run]
            return truncated
            """: Told("# expected:", never=("never True", "the first run alone")),
            # Results of another kind.
            "~terminated & (steps_played >= horizon)": "Did you forget `return`?",
            "return list(~terminated & (steps_played >= horizon))": "Wrap it in `np.array(...)`",
            "return (~terminated & (steps_played >= horizon)).any()": "Expected an array of True and False",
            "return (~terminated & (steps_played >= horizon)).sum()": "Expected an array of True and False",
            "return (1 - terminated) * (steps_played >= horizon)": "`.astype(bool)` makes them of 1 and 0",
            "return np.flatnonzero(~terminated & (steps_played >= horizon))": "got shape (1,)",
            "return (~terminated & (steps_played >= horizon))[:, None]": "An axis of length 1 is too many",
            # Code that does not run, and inputs that change.
            "return not terminated and steps_played >= horizon": "The truth value of an array",
            """
            if terminated:
                return False
            return steps_played >= horizon
            """: "The truth value of an array",
            "return -terminated & (steps_played >= horizon)": "Your code raised `TypeError:",
            "return ~done & (steps_played >= horizon)": "name 'done' is not defined",
            """
            terminated |= steps_played < horizon
            return ~terminated
            """: "changed its input `terminated`",
            """
            steps_played -= horizon
            return ~terminated & (steps_played >= 0)
            """: "changed its input `steps_played`",
            Cell("""
            horizon = 25

            def find_truncated(terminated, steps_played, limit):
                return ~terminated & (steps_played >= horizon)
            """): "never reads its parameter `limit`",
            Cell("""
            def find_truncated(terminated, steps_played):
                return ~terminated & (steps_played >= 25)
            """): "Keep the parameters",
        },
    ),
}
