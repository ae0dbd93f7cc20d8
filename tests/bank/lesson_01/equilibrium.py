"""Answers to exercise 1.3."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "1.3": Answers(
        right=[
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a, :].max()
            """,
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] == max(payoffs[0][:, b]) and payoffs[1, a, b] == max(payoffs[1][a]))
            """,
            """
            a, b = joint_action
            for other in range(payoffs.shape[1]):
                if payoffs[0, other, b] > payoffs[0, a, b]:
                    return False
            for other in range(payoffs.shape[2]):
                if payoffs[1, a, other] > payoffs[1, a, b]:
                    return False
            return True
            """,
            """
            a, b = joint_action
            return bool(np.all(payoffs[0, :, b] <= payoffs[0, a, b]) & np.all(payoffs[1, a] <= payoffs[1, a, b]))
            """,
            """
            best = [payoffs[0].max(axis=0, keepdims=True), payoffs[1].max(axis=1, keepdims=True)]
            is_stable = (payoffs[0] >= best[0]) & (payoffs[1] >= best[1])
            return is_stable[joint_action]
            """,
            """
            a, b = joint_action
            agent_0_stays = a in np.flatnonzero(payoffs[0, :, b] == payoffs[0, :, b].max())
            agent_1_stays = b in np.flatnonzero(payoffs[1, a, :] == payoffs[1, a, :].max())
            return agent_0_stays and agent_1_stays
            """,
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a, :]
            return not (any(mine - mine[a] > 1e-9) or any(yours - yours[b] > 1e-9))
            """,
            """
            for agent in range(2):
                for other in range(payoffs.shape[1 + agent]):
                    deviation = list(joint_action)
                    deviation[agent] = other
                    if payoffs[(agent, *deviation)] > payoffs[(agent, *joint_action)]:
                        return False
            return True
            """,
            """
            from marl_lessons.games import MatrixGame
            return MatrixGame(payoffs).is_pure_equilibrium(joint_action)
            """,
            """
            a, b = joint_action
            return np.array(payoffs[0, a, b] == payoffs[0, :, b].max() and payoffs[1, a, b] == payoffs[1, a].max())
            """,
            """
            lines = payoffs[0, :, joint_action[1]], payoffs[1, joint_action[0], :]
            return all(line[action] == max(line) for line, action in zip(lines, joint_action))
            """,
            Cell("""
            def gains(line, action):
                return any(payoff > line[action] for payoff in line)

            def is_equilibrium(table, cell):
                return not gains(table[0, :, cell[1]], cell[0]) and not gains(table[1, cell[0]], cell[1])
            """),
            Cell("""
            is_equilibrium = lambda p, c: bool(
                (p[0][c] >= p[0, :, c[1]]).all() and (p[1][c] >= p[1, c[0]]).all()
            )
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            """
            total = payoffs.sum(axis=0)
            return total[joint_action] == total.max()
            """: "You tested whether the joint action is best for the team",
            """
            a, b = joint_action
            mine, yours = np.delete(payoffs[0, :, b], a), np.delete(payoffs[1, a], b)
            return all(payoffs[0, a, b] > mine) and all(payoffs[1, a, b] > yours)
            """: "An equally good one is no reason to change",
            """
            a, b = joint_action
            return payoffs[0, a, b] == payoffs[0].max() and payoffs[1, a, b] == payoffs[1].max()
            """: "You compare with the best payoff of the whole table",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, a].max() and payoffs[1, a, b] >= payoffs[1, :, b].max()
            """: "You varied the partner's action",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, :, b].max()
            """: "You tested agent 0 only",
            """
            a, b = joint_action
            return payoffs[1, a, b] >= payoffs[1, a].max()
            """: "You tested agent 1 only",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, 1 - a, b] and payoffs[1, a, b] >= payoffs[1, a, 1 - b]
            """: "You try one other action only",
            """
            a, b = joint_action
            best = [0, 0]
            for other in range(payoffs.shape[1]):
                best[0] = max(best[0], payoffs[0, other, b])
            for other in range(payoffs.shape[2]):
                best[1] = max(best[1], payoffs[1, a, other])
            return bool(payoffs[0, a, b] >= best[0] and payoffs[1, a, b] >= best[1])
            """: "Your answer is as if a payoff of 0 could always be had.",
            """
            a, b = joint_action
            if payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max():
                return True
            """: "The result is `None`.",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, :, b].max()
            """: "You vary the row for both agents",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, a].max() and payoffs[1, a, b] >= payoffs[1, a].max()
            """: "You vary the column for both agents",
            """
            a, b = joint_action
            return payoffs[1, a, b] >= payoffs[1, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max()
            """: "You judge both agents by agent 1's payoffs",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] > payoffs[0, :, b].max() and payoffs[1, a, b] > payoffs[1, a].max())
            """: "only `>` is a gain",
            """
            a, b = joint_action
            for other in range(payoffs.shape[1]):
                if payoffs[0, other, b] >= payoffs[0, a, b]:
                    return False
            for other in range(payoffs.shape[2]):
                if payoffs[1, a, other] >= payoffs[1, a, b]:
                    return False
            return True
            """: "only `>` is a gain",
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            return bool(np.isclose(payoffs[0, a, b], mine.max(), atol=0.01) and
                        np.isclose(payoffs[1, a, b], yours.max(), atol=0.01))
            """: "`payoffs` holds numbers that differ by 0.001",
            """
            a, b = joint_action
            table = payoffs.round(2)
            return bool(table[0, a, b] >= table[0, :, b].max() and table[1, a, b] >= table[1, a].max())
            """: "`payoffs` holds numbers that differ by 0.001",
            """
            a, b = joint_action
            best = [-999, -999]
            for payoff in payoffs[0, :, b]:
                best[0] = max(best[0], payoff)
            for payoff in payoffs[1, a]:
                best[1] = max(best[1], payoff)
            return bool(payoffs[0, a, b] >= best[0] and payoffs[1, a, b] >= best[1])
            """: "# expected: True",
            """
            a, b = joint_action
            return payoffs[0, a, b] is payoffs[0, :, b].max() and payoffs[1, a, b] is payoffs[1, a].max()
            """: Told("Your code compares with `is`", never=("False for every joint action",)),
            """
            a, b = joint_action
            return not bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: "the opposite of the right one",
            """
            if payoffs.shape != (2, 2, 2):
                raise NotImplementedError("only two actions so far")
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, 1 - a, b] and payoffs[1, a, b] >= payoffs[1, a, 1 - b])
            """: "That line is your own, and this input is legal",
            """
            a, b = joint_action
            return bool((payoffs[0, a, b] >= payoffs[0, :, b].max()) + (payoffs[1, a, b] >= payoffs[1, a].max()))
            """: "In your answer it is enough that one of the two gains nothing",
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            return bool(mine[a] <= mine.min() and yours[b] <= yours.min())
            """: "You look for the lowest payoffs",
            """
            a, b = joint_action
            total = payoffs.sum(axis=0)
            return bool(total[a, b] >= total[:, b].max() and total[a, b] >= total[a].max())
            """: Told("the sum of both payoffs", never=("best for the team",)),
            """
            a, b = joint_action
            mine, yours = payoffs[0, :-1, b], payoffs[1, a, :-1]
            return bool(payoffs[0, a, b] >= mine.max() and payoffs[1, a, b] >= yours.max())
            """: "You never try the last action of an agent",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, b, a] >= payoffs[1, :, a].max())
            """: "You read agent 1's table with its own action first.",
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            return bool(np.isclose(mine[a], mine.max()) and np.isclose(yours[b], yours.max()))
            """: "You take payoffs that are close for the same",
            # Others that look like them.
            """
            a, b = joint_action
            gains = payoffs[0, :, b].max() - payoffs[0, a, b] + payoffs[1, a].min() - payoffs[1, a, b]
            return bool(gains <= 0)
            """: Told("# expected:", never=("one of the two gains nothing",)),
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            last = len(mine) - 1 - mine[::-1].argmax(), len(yours) - 1 - yours[::-1].argmax()
            return last == joint_action
            """: Told("# expected: True", never=("the first of them",)),
            """
            a, b = joint_action
            is_first = payoffs[1, a].argmax() == b
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and is_first)
            """: Told("# expected: True", never=("the first of them",)),
            """
            a, b = joint_action
            mine, yours = payoffs[0, 1:, b], payoffs[1, a, 1:]
            return bool(payoffs[0, a, b] >= mine.max() and payoffs[1, a, b] >= yours.max())
            """: Told("which test is missing", never=("the last action", "one other action")),
            """
            a, b = joint_action
            mine, yours = payoffs[0, : a + 1, b], payoffs[1, a, : b + 1]
            return bool(payoffs[0, a, b] >= mine.max() and payoffs[1, a, b] >= yours.max())
            """: Told("it is True and should be False", never=("the last action",)),
            """
            a, b = joint_action
            for other in range(2):
                if payoffs[0, other, b] > payoffs[0, a, b] or payoffs[1, a, other] > payoffs[1, a, b]:
                    return False
            return True
            """: Told("the first two actions of each", never=("one other action",)),
            """
            a, b = joint_action
            for other in range(min(payoffs.shape[1:])):
                if payoffs[0, other, b] > payoffs[0, a, b] or payoffs[1, a, other] > payoffs[1, a, b]:
                    return False
            return True
            """: Told("# expected: False", never=("one other action", "the last action")),
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: Told("it is False and should be True", never=("the whole table",)),
            """
            a, b = joint_action
            best = np.round(payoffs.max(), -3)
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            return bool(max(mine[a], best) >= mine.max() and max(yours[b], best) >= yours.max())
            """: Told("# expected:", never=("close for the same",)),
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            return bool(mine[a] >= mine.max() - 0.01 and yours[b] >= yours.max() - 0.01)
            """: Told("holds numbers that differ by 0.001", never=("np.isclose",)),
            Cell("""
            stable = True

            def is_equilibrium(payoffs, joint_action):
                global stable
                a, b = joint_action
                if payoffs[0, :, b].max() > payoffs[0, a, b] or payoffs[1, a].max() > payoffs[1, a, b]:
                    stable = False
                return stable
            """): "Your function changes the notebook variable `stable`",
            Cell("""
            seen = {}

            def is_equilibrium(payoffs, joint_action):
                a, b = joint_action
                if joint_action not in seen:
                    mine, yours = payoffs[0, :, b], payoffs[1, a]
                    seen[joint_action] = bool(mine[a] >= mine.max() and yours[b] >= yours.max())
                return seen[joint_action]
            """): "Your function changes the notebook variable `seen`",
            # Right for some games only.
            "return True": "Your function never reads its parameter `payoffs`.",
            "return False": "Your answer is False for every joint action.",
            "return joint_action == (1, 1)": "Your function never reads its parameter `payoffs`.",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() or payoffs[1, a, b] >= payoffs[1, a].max())
            """: "In your answer it is enough that one of the two gains nothing",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[0, a, b] >= payoffs[0, a].max())
            """: "You judge both agents by agent 0's payoffs.",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[0, b, a] >= payoffs[0, :, a].max())
            """: "You take agent 1's payoffs from agent 0's table",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] > payoffs[0, :, b].mean() and payoffs[1, a, b] > payoffs[1, a].mean())
            """: "# expected: False",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, -1, b] and payoffs[1, a, b] >= payoffs[1, a, -1])
            """: "# expected: False",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :2, b].max() and payoffs[1, a, b] >= payoffs[1, a, :2].max())
            """: "You try the first two actions of each agent only",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :3, b].max() and payoffs[1, a, b] >= payoffs[1, a, :3].max())
            """: Told("# expected: False", never=("first two actions", "the last action")),
            """
            a, b = joint_action
            whole = payoffs.astype(int)
            return bool(whole[0, a, b] >= whole[0, :, b].max() and whole[1, a, b] >= whole[1, a].max())
            """: "if `payoffs` were cut down to whole numbers",
            """
            a, b = joint_action
            return a == payoffs[0, :, b].argmax() and b == payoffs[1, a].argmax()
            """: "your answer accepts only the first of them",
            """
            b, a = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: "You have the two actions the wrong way round:",
            """
            a, b = joint_action
            for other in range(payoffs.shape[1]):
                if payoffs[0, other, b] > payoffs[0, a, b] or payoffs[1, a, other] > payoffs[1, a, b]:
                    return False
            return True
            """: "Your code raised `IndexError:",
            """
            a, b = joint_action
            for i in range(payoffs.shape[1]):
                for j in range(payoffs.shape[2]):
                    if payoffs[0, i, j] > payoffs[0, a, b] and payoffs[1, i, j] > payoffs[1, a, b]:
                        return False
            return True
            """: "You let both agents change together.",
            # One action in the place of the other, looked up one after the other or both at once.
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, a].max() and payoffs[1, a, b] >= payoffs[1, a, :].max())
            """: "You have `a` where `b` belongs",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, b, :].max())
            """: "You have `a` where `b` belongs",
            """
            a, b = joint_action
            column, row = payoffs[0, :, a], payoffs[1, b, :]
            return bool(payoffs[0, a, b] >= column.max() and payoffs[1, a, b] >= row.max())
            """: "You have `a` where `b` belongs",
            # Results of another kind.
            """
            a, b = joint_action
            payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max()
            """: "Did you forget `return`?",
            """
            a, b = joint_action
            print(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: "The result is `None`.",
            """
            a, b = joint_action
            return int(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: "Expected `True` or `False`, got an int: 1",
            'return "True"': "Expected `True` or `False`, got a str",
            """
            a, b = joint_action
            return payoffs[0, :, b].argmax(), payoffs[1, a].argmax()
            """: "Expected `True` or `False`, got a tuple",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, :, b]
            """: "Expected `True` or `False`, got an array of shape (2,)",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, :, b] and payoffs[1, a, b] >= payoffs[1, a]
            """: "The truth value of an array with more than one element is ambiguous",
            """
            a, b = joint_action
            mine, yours = payoffs[0, a, b], payoffs[1, a, b]
            payoffs[:, a, b] = -np.inf
            return bool(mine >= payoffs[0, :, b].max() and yours >= payoffs[1, a].max())
            """: "changed its input `payoffs`",
            """
            a, b = joint_action
            return bool(boxes.payoffs[0, a, b] >= boxes.payoffs[0, :, b].max())
            """: "NameError: name 'boxes' is not defined",
            Cell("""
            boxes = np.array([[[4, 0], [3, 3]], [[4, 3], [0, 3]]])

            def is_equilibrium(payoffs, joint_action):
                a, b = joint_action
                return bool(boxes[0, a, b] >= boxes[0, :, b].max() and boxes[1, a, b] >= boxes[1, a].max())
            """): "Your function never reads its parameter `payoffs`.",
            Cell("""
            def is_equilibrium(payoffs, a, b):
                return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """): "Keep the parameters `is_equilibrium(payoffs, joint_action)`",
        },
    ),
}
