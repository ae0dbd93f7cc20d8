"""Answers to exercise 8.1."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "8.1": Answers(
        right=[
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, beta) * surprise
            """,
            """
            risen, fallen = q_values + alpha * (targets - q_values), q_values + beta * (targets - q_values)
            return np.where(targets > q_values, risen, fallen)
            """,
            """
            news = targets - q_values
            return q_values + alpha * np.maximum(news, 0) + beta * np.minimum(news, 0)
            """,
            "return q_values + np.maximum(alpha * (targets - q_values), beta * (targets - q_values))",
            """
            rate = np.full(q_values.shape, beta)
            rate[targets >= q_values] = alpha
            return (1 - rate) * q_values + rate * targets
            """,
            """
            moved = q_values.astype(float)
            good = targets > q_values
            moved[good] += alpha * (targets - q_values)[good]
            moved[~good] += beta * (targets - q_values)[~good]
            return moved
            """,
            """
            moved = np.zeros(q_values.shape)
            for index in np.ndindex(q_values.shape):
                news = targets[index] - q_values[index]
                moved[index] = q_values[index] + (alpha if news > 0 else beta) * news
            return moved
            """,
            """
            is_good = targets > q_values
            return q_values + (alpha * is_good + beta * ~is_good) * (targets - q_values)
            """,
            """
            move = np.vectorize(lambda q, y: q + (alpha if y > q else beta) * (y - q), otypes=[float])
            return move(q_values, targets)
            """,
            """
            from marl_lessons import update_rules
            return update_rules.move_hysteretically(q_values, targets, alpha, beta)
            """,
            Cell("""
            move_hysteretically = lambda q, y, up, down: q + np.where(y > q, up, down) * (y - q)
            """),
            Cell("""
            import functools

            def move(q, y, alpha, beta, clip):
                assert 0 <= beta < alpha <= 1
                return q + np.clip(y - q, 0, clip) * alpha + np.clip(y - q, -clip, 0) * beta

            move_hysteretically = functools.partial(move, clip=np.inf)
            """),
            Cell("""
            class Hysteretic:
                def __call__(self, values, targets, alpha, beta):
                    print("news:", np.sign(targets - values).ravel()[:3])
                    single = (targets - values).astype(np.float32)
                    return values + single * np.where(single > 0, np.float32(alpha), np.float32(beta))

            move_hysteretically = Hysteretic()
            """),
        ],
        wrong={
            """
            surprise = targets - q_values
            return q_values + alpha * surprise * (surprise > 0) + beta * surprise * (surprise > 0)
            """: "good news counts by alpha and beta",
            "return np.where(targets > q_values, q_values + alpha * (targets - q_values), q_values - beta * targets)": (
                "For bad news you subtract a part of the target"
            ),
            """
            surprise = q_values - targets
            return q_values + np.where(surprise > 0, alpha, beta) * surprise
            """: "Your news has the wrong sign",
            # The ideas that the lesson knows by name.
            "return q_values + np.where(targets > q_values, beta, alpha) * (targets - q_values)": "the wrong way round",
            "return q_values + np.where(targets > 0, alpha, beta) * (targets - q_values)": "target is positive",
            "return q_values + alpha * (targets - q_values)": "You treat good and bad news alike",
            "return q_values + np.where(targets > q_values, alpha, 0) * (targets - q_values)": Told(
                "You ignore bad news", never=("alike",)
            ),
            "return np.maximum(q_values, q_values + alpha * (targets - q_values))": "You ignore bad news altogether",
            """
            if (targets > q_values).any():
                return q_values + alpha * (targets - q_values)
            return q_values + beta * (targets - q_values)
            """: "You decide once for the whole array",
            """
            rate = alpha if (targets > q_values).all() else beta
            return q_values + rate * (targets - q_values)
            """: "You decide once for the whole array",
            "return q_values + np.where(targets > q_values, 0.1, 0.01) * (targets - q_values)": "sizes of the example",
            "return np.where(targets > q_values, alpha, beta) * (targets - q_values)": "You return the change alone",
            "return q_values + np.where(targets > q_values, alpha, beta) * targets": "You add a part of the target",
            # Other numbers.
            "return q_values - np.where(targets > q_values, alpha, beta) * (targets - q_values)": "You move away from",
            "return q_values + beta * (targets - q_values)": Told(
                "You treat good and bad news alike, and move by beta", never=("the wrong way round",)
            ),
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, beta**2) * surprise
            """: "cases tried",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, -beta) * surprise
            """: "In your code bad news raises the value",
            """
            surprise = targets - q_values
            return q_values + np.where(targets**2 > q_values**2, alpha, beta) * surprise
            """: "without their signs",
            "return q_values + np.where(targets > q_values.mean(), alpha, beta) * (targets - q_values)": "# expected:",
            """
            surprise = targets - q_values
            return q_values + (alpha if surprise.sum() > 0 else beta) * surprise
            """: "You decide once for the whole array",
            "return np.where(targets > q_values, targets, q_values)": "You take over the target where it is better",
            "return np.where(targets > q_values, alpha, beta)": "You return the step sizes. Multiply each by",
            """
            surprise = targets - q_values
            return (q_values + np.where(surprise > 0, alpha, beta) * surprise).round(2)
            """: "cut off to 2 decimals",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, 0.01) * surprise
            """: "Your function never reads its parameter `beta`",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, alpha / 10) * surprise
            """: "Your function never reads its parameter `beta`",
            # Results of another kind.
            "q_values + np.where(targets > q_values, alpha, beta) * (targets - q_values)": "Did you forget `return`?",
            """
            if targets.min() > q_values.max():
                return q_values + alpha * (targets - q_values)
            """: "Every path through the function needs one",
            "return (q_values + alpha * (targets - q_values)).ravel()": "got shape (6,)",
            "return (q_values + alpha * (targets - q_values))[targets > q_values]": "Expected shape (3, 2)",
            "return (q_values + alpha * (targets - q_values)).max(axis=1)": "got shape (3,)",
            """
            rates = np.where(targets > q_values, alpha, beta)
            return list(q_values + rates * (targets - q_values))
            """: "Wrap it in `np.array(...)`",
            """
            moved = []
            for q, y in zip(q_values.ravel(), targets.ravel()):
                moved.append(q + (alpha if y > q else beta) * (y - q))
            return np.array(moved)
            """: "got shape (6,)",
            """
            moved = np.zeros(q_values.shape, dtype=int)
            moved += (q_values + alpha * (targets - q_values)).astype(int)
            return moved
            """: "Your function never reads its parameter `beta`",
            """
            moved = np.zeros((3, 2))
            moved[:] = q_values + np.where(targets > q_values, alpha, beta) * (targets - q_values)
            return moved
            """: "Expected shape (1,), got shape (3, 2)",
            # Inputs that change, and code that does not run.
            """
            q_values += np.where(targets > q_values, alpha, beta) * (targets - q_values)
            return q_values
            """: "changed its input `q_values`",
            """
            targets -= q_values
            return q_values + np.where(targets > 0, alpha, beta) * targets
            """: "changed its input `targets`",
            """
            moved = q_values
            moved[targets > q_values] += alpha * (targets - q_values)[targets > q_values]
            return moved
            """: "changed its input `q_values`",
            """
            if targets > q_values:
                return q_values + alpha * (targets - q_values)
            else:
                return q_values + beta * (targets - q_values)
            """: "The truth value of an array",
            """
            moved = np.zeros(len(q_values))
            for i in range(len(q_values)):
                rate = alpha if targets[i] > q_values[i] else beta
                moved[i] = q_values[i] + rate * (targets[i] - q_values[i])
            return moved
            """: "The truth value of an array",
            "return q_values + np.where(surprise > 0, alpha, beta) * surprise": "name 'surprise' is not defined",
            "return q_values + np.where(targets > q_values)(alpha, beta) * (targets - q_values)": "TypeError",
            # The likely slips, by what they do to the values.
            "return targets > q_values": "got dtype bool. True and False say where something holds",
            "return np.where(targets > q_values, alpha, beta) * targets": "the old value is gone",
            """
            surprise = targets - q_values
            return np.where(surprise > 0, q_values + alpha * surprise, beta * surprise)
            """: "For bad news you return the change alone",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha * surprise, beta * targets)
            """: "For bad news you add a part of the target",
            """
            rate = np.where(targets > q_values, alpha, beta)
            return rate * q_values + (1 - rate) * targets
            """: "You have the weights the wrong way round",
            "return q_values + np.where(targets >= 0, alpha, beta) * (targets - q_values)": "target is positive",
            """
            surprise = targets - q_values
            return q_values + (alpha if targets.mean() > q_values.mean() else beta) * surprise
            """: "You decide once for the whole array",
            """
            surprise = targets - q_values
            return q_values + (alpha if surprise.flat[0] > 0 else beta) * surprise
            """: "You decide once for the whole array",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, alpha * beta) * surprise
            """: "You move by alpha times beta for bad news",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha + beta, beta) * surprise
            """: "You move by alpha plus beta for good news",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha - beta, beta) * surprise
            """: "You move by alpha minus beta for good news",
            """
            surprise = targets - q_values
            return q_values * (1 + np.where(surprise > 0, alpha, beta) * surprise)
            """: "a 0 never moves",
            """
            surprise = targets - q_values
            return q_values + np.where(targets > q_values.max(), alpha, beta) * surprise
            """: "the largest of the values",
            """
            good = (targets > q_values).astype(int)
            return q_values + (alpha * good + beta * ~good) * (targets - q_values)
            """: "`~` of the *numbers* 0 and 1",
            """
            moved = q_values + alpha * (targets - q_values)
            return np.where(targets < q_values, moved + beta * (targets - moved), moved)
            """: "Bad news moves the value twice",
            """
            moved = q_values + np.where(targets > q_values, alpha, 0) * (targets - q_values)
            return moved + beta * (targets - moved)
            """: "Good news moves the value twice",
            """
            moved = np.zeros_like(q_values)
            for index in np.ndindex(q_values.shape):
                rate = alpha if targets[index] > q_values[index] else beta
                moved[index] = q_values[index] + rate * (targets[index] - q_values[index])
            return moved
            """: "the numbers in `q_values` are given as decimals",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, beta or 0.01) * surprise
            """: "Wrong only where `beta` is 0",
            """
            is_good = (targets > q_values) & ~np.isclose(targets, q_values, rtol=0, atol=0.015)
            return q_values + np.where(is_good, alpha, beta) * (targets - q_values)
            """: "Wrong only where a target is less than 0.02 above its value",
            "return q_values + np.where(targets > q_values + 1, alpha, beta) * (targets - q_values)": Told(
                "less than 1.5 above its value", never=("less than 0.02 above",)
            ),
            """
            up, down = (targets > q_values) * alpha, (targets < q_values) * beta
            return np.where(targets == q_values, 0, q_values + (up + down) * (targets - q_values))
            """: "Wrong only where a target equals its value",
            """
            if np.array_equal(targets, q_values):
                return q_values
            return q_values + np.where(targets > q_values, alpha, beta) * (targets - q_values)
            """: "hands back its input `q_values` itself",
        },
    ),
}
