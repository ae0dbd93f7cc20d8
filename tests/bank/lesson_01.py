"""Answers to the exercises of lesson 01."""

from tests.bank.bank import Answers, Cell

ANSWERS = {
    "1.1": Answers(
        right=[
            "0.5 * 4 + 0.5 * 0",
            "2",
            "np.mean([4, 0])",
            "np.float64(2)",
            "np.array([0.5, 0.5]) @ np.array([4, 0])",
            "(4 + 0) // 2",
            "np.array(2.0)",
            "sum(chance * payoff for chance, payoff in [(1 / 2, 4), (1 / 2, 0)])",
        ],
        wrong={
            # The numbers that the exercise knows.
            "4": "4 is what you get when your partner helps",
            "4 + 0": "Multiply each payoff by its probability before you add",
            "0.0": "0 is what you get when your partner does not help",
            "0.5 * 0.5 * 4": "1 counts the coin twice",
            "np.mean([0, 3])": "1.5 is the mean of the column `light`",
            "np.mean([[4, 0], [3, 3]])": "2.5 is the mean of your whole table",
            "max(0.5 * 4, 3)": "3 is what the light box pays",
            "0.5 * 4 + 0.5 * 3": "3.5 is the mean of 4 and 3",
            "0.5 * (4 + 4) + 0.5 * (0 + 3)": "5.5 is what both of you get together",
            "2.1": "2.1 is not the mean",
            # No numbers.
            '"2"': "Expected a number, got a str: '2'",
            "0,5 * 4": "Expected a number, got a tuple: (0, 20)",
            "[0.5 * 4, 0.5 * 0]": "Expected a number, got a list",
            "np.array([2.0])": "Expected a single number, got an array of shape (1,)",
            "4 > 0": "Expected a number, got a bool",
            "print(2)": "The result is `None`",
            "lambda: 2": "Expected a number, got a function (did you forget to call it with parentheses?)",
            "float('nan')": "The result is `nan`",
            "2j": "Expected a number, got a complex",
        },
    ),
    "1.2": Answers(
        right=[
            "return payoffs @ partner_policy",
            "return (payoffs * partner_policy).sum(axis=1)",
            'return np.einsum("ab,b->a", payoffs, partner_policy)',
            "return np.array([row @ partner_policy for row in payoffs])",
            "return np.average(payoffs, axis=1, weights=partner_policy)",
            "return partner_policy @ payoffs.T",
            """
            values = np.zeros(payoffs.shape[0])
            for a in range(payoffs.shape[0]):
                for b in range(payoffs.shape[1]):
                    values[a] += partner_policy[b] * payoffs[a, b]
            return values
            """,
            """
            values = []
            for row in payoffs:
                values.append(sum(p * payoff for p, payoff in zip(partner_policy, row)))
            return np.array(values)
            """,
            """
            values = 0
            for b, probability in enumerate(partner_policy):
                values = values + probability * payoffs[:, b]
            return values
            """,
            Cell("""
            def action_values(table, policy):
                return table @ policy
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return payoffs.mean(axis=1)": "You gave every partner action the same weight",
            "return payoffs.sum(axis=1)": "You added the payoffs without weighing them",
            "return payoffs.max(axis=1)": "You took the best case of each row",
            "return payoffs.min(axis=1)": "You took the worst case of each row",
            "return payoffs[:, np.argmax(partner_policy)]": "You used the partner's likeliest action only",
            "return (payoffs * partner_policy).mean(axis=1)": "which divides once more",
            """
            p = partner_policy
            return np.array([row[0] * p[0] + row[1] * p[1] for row in payoffs])
            """: "You used the first two columns only",
            "return np.array([payoffs[0] @ partner_policy, payoffs[1] @ partner_policy])": "two values only",
            # Results of another kind.
            "payoffs @ partner_policy": "Did you forget `return`?",
            "print(payoffs @ partner_policy)": "Your code printed: [0.75 3.75]",
            "return (payoffs * partner_policy).sum()": "This is a single number",
            "return (payoffs @ partner_policy).max()": "choosing the best one comes later",
            "return np.argmax(payoffs @ partner_policy)": "choosing the best one comes later",
            "return (payoffs * partner_policy).sum(axis=0)": "one number for each of the partner's 3 actions",
            "return payoffs * partner_policy": "one number for each of the 2 × 3 cells",
            "return payoffs @ partner_policy[:, None]": "got shape (2, 1)",
            "return [row @ partner_policy for row in payoffs]": "Wrap it in `np.array(...)`",
            "return payoffs @ partner_policy > 0": "got dtype bool",
            "return (payoffs @ partner_policy).astype(complex)": "got dtype complex128",
            """
            values = np.zeros_like(payoffs[:, 0])
            for a, row in enumerate(payoffs):
                values[a] = row @ partner_policy
            return values
            """: "your values lose their decimals",
            # Other numbers.
            """
            p = partner_policy[0]
            return p * payoffs[:, 0] + (1 - p) * payoffs[:, 1]
            """: "the result should be",
            "return (payoffs @ partner_policy).round(2)": "the result should be",
            "return np.abs(payoffs) @ partner_policy": "the result should be",
            "return payoffs @ partner_policy[::-1]": "the result should be [3.6, 3. ], got [0.4, 3. ]",
            "return payoffs @ partner_policy / len(payoffs)": "the result should be [3.6, 3. ], got [1.8, 1.5]",
            "return payoffs @ partner_policy**2": "the result should be",
            "return payoffs[:, np.argmax(payoffs @ partner_policy)]": "IndexError: index 2 is out of bounds",
            """
            values = np.zeros(len(payoffs))
            for b in range(1, len(partner_policy)):
                values += partner_policy[b] * payoffs[:, b]
            return values
            """: "got [0. , 0.3]",
            """
            values = np.zeros(len(payoffs))
            for a, row in enumerate(payoffs):
                for b, payoff in enumerate(row):
                    values[a] = partner_policy[b] * payoff
            return values
            """: "got [0. , 0.3]",
            """
            payoffs *= partner_policy
            return payoffs.sum(axis=1)
            """: "changed its input `payoffs`",
            """
            partner_policy /= partner_policy.max()
            return payoffs @ partner_policy
            """: "changed its input `partner_policy`",
            # Code that does not run.
            "return payoffs.T @ partner_policy": "`@` needs the last axis on its left",
            "return partner_policy @ payoffs": "`@` needs the last axis on its left",
            "return payoffs[0] * 0.5 + payoffs[1] * 0.5 + payoffs[2]": "IndexError",
            Cell("""
            boxes = np.array([[4, 0], [3, 3]])

            def action_values(payoffs, partner_policy):
                return boxes @ partner_policy
            """): "It happened at line 5 of the cell: `return boxes @ partner_policy`",
            Cell("""
            partner = np.array([0.5, 0.25, 0.25])

            def action_values(payoffs, partner_policy):
                return payoffs @ partner
            """): "ValueError",
        },
    ),
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
            """: "Your search for the best payoff begins at 0",
            """
            a, b = joint_action
            if payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max():
                return True
            """: "your function returns nothing. Return `False` there",
            # Right for some games only.
            "return True": "Both cooperating is no equilibrium",
            "return False": "Both defecting is an equilibrium",
            "return joint_action == (1, 1)": "the result should be",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() or payoffs[1, a, b] >= payoffs[1, a].max())
            """: "the result should be False, got True",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[0, a, b] >= payoffs[0, a].max())
            """: "the result should be",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[0, b, a] >= payoffs[0, :, a].max())
            """: "IndexError",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] > payoffs[0, :, b].mean() and payoffs[1, a, b] > payoffs[1, a].mean())
            """: "the result should be",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, -1, b] and payoffs[1, a, b] >= payoffs[1, a, -1])
            """: "the result should be",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :2, b].max() and payoffs[1, a, b] >= payoffs[1, a, :2].max())
            """: "the result should be",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :3, b].max() and payoffs[1, a, b] >= payoffs[1, a, :3].max())
            """: "the result should be",
            """
            a, b = joint_action
            whole = payoffs.astype(int)
            return bool(whole[0, a, b] >= whole[0, :, b].max() and whole[1, a, b] >= whole[1, a].max())
            """: "the result should be False, got True",
            """
            a, b = joint_action
            return a == payoffs[0, :, b].argmax() and b == payoffs[1, a].argmax()
            """: "takes a tie for no reason to change: With",
            """
            b, a = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: "IndexError",
            """
            a, b = joint_action
            for other in range(payoffs.shape[1]):
                if payoffs[0, other, b] > payoffs[0, a, b] or payoffs[1, a, other] > payoffs[1, a, b]:
                    return False
            return True
            """: "IndexError",
            """
            a, b = joint_action
            for i in range(payoffs.shape[1]):
                for j in range(payoffs.shape[2]):
                    if payoffs[0, i, j] > payoffs[0, a, b] and payoffs[1, i, j] > payoffs[1, a, b]:
                        return False
            return True
            """: "Both defecting is an equilibrium",
            # Results of another kind.
            """
            a, b = joint_action
            payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max()
            """: "Did you forget `return`?",
            """
            a, b = joint_action
            print(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: "Your code printed: True",
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
            """): "Both cooperating is no equilibrium",
            Cell("""
            def is_equilibrium(payoffs, a, b):
                return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """): "Keep the parameters `is_equilibrium(payoffs, joint_action)`",
        },
    ),
    "1.4": Answers(
        right=[
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)",
            """
            team_reward = -np.abs(position)
            individual_bonus = 0.1 * (actions < num_actions // 2)
            return team_reward[:, None] + individual_bonus
            """,
            "return np.where(actions < num_actions // 2, 0.1, 0.0) - abs(position).reshape(-1, 1)",
            """
            rewards = np.zeros(actions.shape)
            for run in range(actions.shape[0]):
                for agent in range(actions.shape[1]):
                    rewards[run, agent] = -abs(position[run])
                    if actions[run, agent] < num_actions // 2:
                        rewards[run, agent] += 0.1
            return rewards
            """,
            """
            return np.array(
                [[-abs(x) + 0.1 * (action < num_actions // 2) for action in team] for x, team in zip(position, actions)]
            )
            """,
            """
            rewards = np.repeat(-np.abs(position)[:, None], actions.shape[1], axis=1)
            rewards[actions < num_actions // 2] += 0.1
            return rewards
            """,
            "return (-np.abs(position) + 0.1 * (actions.T < num_actions // 2)).T",
            "return -np.sqrt(position[:, None] ** 2) + (actions + 1 <= num_actions // 2) / 10",
            "return np.minimum(position, -position)[:, np.newaxis] + 0.1 * np.isin(actions, range(num_actions // 2))",
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return -np.abs(position)[:, None] + 0.1 * (actions <= num_actions // 2)": "Your bonus includes the middle",
            "return -np.abs(position)[:, None] + 0.1 * (actions >= num_actions // 2)": "the upper half of the actions",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions / 2)": "With 5 actions",
            """
            low = actions < num_actions // 2
            return -np.abs(position)[:, None] + 0.1 * low.sum(axis=1, keepdims=True) + np.zeros(actions.shape)
            """: "You share the bonuses among the team",
            "return -np.abs(position)[:, None] + (actions < num_actions // 2)": "Your bonus is 1. It is 0.1.",
            "return -np.abs(position)[:, None] + np.zeros(actions.shape)": "The bonus is missing",
            "return -np.abs(position)[:, None] + 0.1 * (actions < 2)": "which is right for 4 actions only",
            "return -position[:, None] + 0.1 * (actions < num_actions // 2)": "take the absolute value",
            "return np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)": "mind the minus sign",
            "return -position[:, None] ** 2 + 0.1 * (actions < num_actions // 2)": "the square of the distance",
            """
            moved = position + 0.05 * actions.sum(axis=1)
            return -np.abs(moved)[:, None] + 0.1 * (actions < num_actions // 2)
            """: "You move `position` by the actions",
            "return -np.abs(position).mean() + 0.1 * (actions < num_actions // 2)": "You mix the runs",
            # Results of another kind.
            "-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)": "Did you forget `return`?",
            "print(-np.abs(position)[:, None])": "Did you forget `return`?",
            "return -np.abs(position)": "Expected shape (2, 3) (one reward for each of 2 runs and 3 agents)",
            "return -np.abs(position)[:, None]": "got shape (2, 1)",
            """
            team_reward = -np.abs(position)
            bonus = 0.1 * (actions < num_actions // 2).sum(axis=1)
            return team_reward + bonus
            """: "got shape (2,)",
            "return (-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)).T": "got shape (3, 2)",
            "return (-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)).tolist()": "`np.array(...)`",
            "return [[-abs(x) + 0.1 * (a < num_actions // 2) for a in t] for x, t in zip(position, actions)]": "a list",
            "return actions < num_actions // 2": "got dtype bool",
            """
            rewards = np.zeros_like(actions)
            for run, x in enumerate(position):
                for agent, action in enumerate(actions[run]):
                    rewards[run, agent] = -abs(x) + 0.1 * (action < num_actions // 2)
            return rewards
            """: "Your rewards are whole numbers",
            # Other numbers.
            "return -np.abs(position)[:, None] + 0.01 * (actions < num_actions // 2)": "the result should be",
            "return -np.abs(position)[:, None] - 0.1 * (actions < num_actions // 2)": "the result should be",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions)": "nobody earns a bonus",
            "return 0.1 * (actions < num_actions // 2) + 0 * position[:, None]": "the agents got [0., 0., 0.]",
            "return -np.abs(position)[:, None] * (actions < num_actions // 2) * 0.1": "the result should be",
            "return -np.abs(position)[:, None] + 0.1 * (actions == 0)": "the result should be",
            "return -np.abs(position[:, None] + 0.1 * (actions < num_actions // 2))": "the result should be",
            "return -np.abs(position)[:, None] + 0.1 * (actions < actions.max() // 2 + 1)": "the result should be",
            "return np.full(actions.shape, -np.abs(position).sum()) + 0.1 * (actions < num_actions // 2)": "-|x|",
            "return -np.abs(position)[:, None] / actions.shape[1] + 0.1 * (actions < num_actions // 2)": "-|x|",
            """
            rewards = np.zeros(actions.shape)
            for run in range(len(actions)):
                for agent in range(actions.shape[1] - 1):
                    rewards[run, agent] = -abs(position[run]) + 0.1 * (actions[run, agent] < num_actions // 2)
            return rewards
            """: "-|x|",
            """
            bonus = 0.1 * (actions < num_actions // 2)
            return -np.stack([np.abs(position)] * 3, axis=1) + np.resize(bonus, (len(position), 3))
            """: "the result should be",
            # Inputs that change, and code that does not run.
            """
            position[position < 0] *= -1
            return -position[:, None] + 0.1 * (actions < num_actions // 2)
            """: "changed its input `position`",
            """
            actions[actions < num_actions // 2] = 1
            return -np.abs(position)[:, None] + 0.1 * (actions == 1)
            """: "changed its input `actions`",
            "return -np.abs(position) + 0.1 * (actions < num_actions // 2)": "Print the `.shape` of the arrays",
            "return -np.abs(x)[:, None] + 0.1 * (actions < 2)": "NameError: name 'x' is not defined",
            "return -abs(position[:, None]) + (0.1 if actions < num_actions // 2 else 0)": "is ambiguous",
        },
    ),
    "1.5": Answers(
        right=[
            """
            total = 0.0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return total
            """,
            """
            discounts = gamma ** np.arange(len(rewards))
            return discounts @ rewards + (1 - terminated) * gamma ** len(rewards) * last_value
            """,
            """
            total = sum(gamma**t * reward for t, reward in enumerate(rewards))
            if not terminated:
                total += gamma ** len(rewards) * last_value
            return total
            """,
            """
            all_rewards = np.append(rewards, 0 if terminated else last_value)
            return np.polyval(all_rewards[::-1], gamma)
            """,
            """
            if len(rewards) == 0:
                return 0 if terminated else last_value
            return rewards[0] + gamma * discounted_return(rewards[1:], last_value, terminated, gamma)
            """,
            """
            total, discount = 0, 1
            for t in range(len(rewards)):
                total += discount * rewards[t]
                discount *= gamma
            if terminated:
                return total
            return total + discount * last_value
            """,
            """
            rewards = list(rewards)
            value = 0 if terminated else last_value
            while rewards:
                value = rewards.pop() + gamma * value
            return value
            """,
            """
            discounts = np.cumprod(np.full(len(rewards) + 1, gamma)) / gamma
            return np.array(discounts[:-1] @ rewards + np.where(terminated, 0, discounts[-1] * last_value))
            """,
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return rewards.sum() + (0 if terminated else last_value)": "You add the rewards without discounting them",
            """
            total = 0 if terminated else gamma ** (len(rewards) + 1) * last_value
            for t, reward in enumerate(rewards, 1):
                total += gamma**t * reward
            return total
            """: "You discount the first reward already",
            """
            total = 0 if terminated else last_value
            for reward in rewards:
                total = reward + gamma * total
            return total
            """: "let it run from the last reward to the first",
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
                return total
            """: "Does `return` stand inside the loop?",
            """
            T = len(rewards) - 1
            total = sum(gamma**t * rewards[t] for t in range(T))
            return total if terminated else total + gamma**T * last_value
            """: "You leave out the last reward",
            """
            T = len(rewards)
            return gamma ** np.arange(T) @ rewards + gamma**T * last_value
            """: "You add `last_value` though the game has ended",
            """
            if terminated:
                return 0.0
            T = len(rewards)
            return gamma ** np.arange(T) @ rewards + gamma**T * last_value
            """: "the rewards before it still count",
            "return gamma ** np.arange(len(rewards)) @ rewards": "You stop at the cut",
            """
            total = gamma ** np.arange(len(rewards)) @ rewards
            return total if terminated else total + last_value
            """: "You add `last_value` undiscounted",
            """
            total = gamma ** np.arange(len(rewards)) @ rewards
            return total if terminated else total + gamma * last_value
            """: "You discount `last_value` by one step only",
            """
            total = 0
            for t, reward in enumerate(rewards):
                total += gamma**t * reward
            return total if terminated else total + gamma**t * last_value
            """: "You discount `last_value` like the last reward",
            # The two endings.
            """
            total = last_value if terminated else 0.0
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return total
            """: "After a termination no reward can come",
            """
            if terminated:
                last_value == 0
            T = len(rewards)
            return gamma ** np.arange(T) @ rewards + gamma**T * last_value
            """: "You add `last_value` though the game has ended",
            """
            total = 0 if terminated else max(last_value, 0)
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return total
            """: "the result should be",
            # Other numbers.
            """
            T = len(rewards)
            return 2 * np.arange(T) * gamma @ rewards + (not terminated) * gamma**T * last_value
            """: "the result should be",
            """
            T = len(rewards)
            return np.mean(gamma ** np.arange(T) * rewards) + (not terminated) * gamma**T * last_value
            """: "the result should be 2, got 1",
            """
            T = len(rewards)
            return 0.5 ** np.arange(T) @ rewards + (not terminated) * 0.5**T * last_value
            """: "the result should be",
            """
            last = 0 if terminated else last_value
            return rewards[0] + gamma * rewards[1] + gamma**2 * last
            """: "IndexError",
            """
            last = 0 if terminated else last_value
            return rewards[0] + gamma * (rewards[1:].sum() + last)
            """: "the result should be",
            """
            total = 0 if terminated else last_value
            for t in range(len(rewards), 0, -1):
                total = rewards[t] + gamma * total
            return total
            """: "IndexError: index 2 is out of bounds",
            """
            total = 0 if terminated else last_value
            for t in range(len(rewards) - 1, 0, -1):
                total = rewards[t] + gamma * total
            return total
            """: "the result should be",
            """
            discounts = np.zeros_like(rewards)
            for t in range(len(rewards)):
                discounts[t] = gamma**t
            return discounts @ rewards + (not terminated) * gamma ** len(rewards) * last_value
            """: "the result should be 2, got 1",
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * last_value
            return total
            """: "the result should be",
            # Results of another kind, and code that does not run.
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
            """: "Did you forget `return`?",
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
            print(total)
            """: "Your code printed: 2.0",
            "return gamma ** np.arange(len(rewards)) * rewards": "Expected a single number, got an array of shape (2,)",
            """
            if not terminated:
                return gamma ** np.arange(len(rewards)) @ rewards + gamma ** len(rewards) * last_value
            """: "Did you forget `return`?",
            """
            if not terminated:
                rewards[-1] += gamma * last_value
            return gamma ** np.arange(len(rewards)) @ rewards
            """: "changed its input `rewards`",
            """
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return total
            """: "Give the name a value on every path",
            """
            if not terminated:
                rewards.append(last_value)
            return sum(gamma**t * reward for t, reward in enumerate(rewards))
            """: "AttributeError: 'numpy.ndarray' object has no attribute 'append'",
            Cell("""
            def discounted_return(rewards, terminated, last_value, gamma):
                total = 0.0 if terminated else last_value
                for reward in rewards[::-1]:
                    total = reward + gamma * total
                return total
            """): "Keep the parameters",
        },
    ),
    "1.6": Answers(
        right=[
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)",
            "return np.linalg.inv(np.identity(len(rewards)) - gamma * transitions) @ rewards",
            "return np.linalg.lstsq(np.eye(len(rewards)) - gamma * transitions, rewards, rcond=None)[0]",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * transitions @ values
            return values
            """,
            """
            values, change = np.zeros(len(rewards)), 1
            while change > 1e-4:
                before = values
                values = rewards + gamma * (transitions @ before)
                change = abs(values - before).max()
            return values
            """,
            """
            values = rewards
            while True:
                new_values = rewards + gamma * transitions @ values
                if np.allclose(new_values, values):
                    return new_values
                values = new_values
            """,
            """
            num_states = len(rewards)
            values = [0.0] * num_states
            for _ in range(300):
                for s in range(num_states):
                    values[s] = rewards[s] + gamma * sum(transitions[s, t] * values[t] for t in range(num_states))
            return np.array(values)
            """,
            """
            values, chance = np.zeros(len(rewards)), np.eye(len(rewards))
            for step in range(400):
                values = values + gamma**step * chance @ rewards
                chance = chance @ transitions
            return values
            """,
            """
            values, moves = np.array(rewards, dtype=float), gamma * transitions
            for _ in range(12):
                values, moves = values + moves @ values, moves @ moves
            return values
            """,
            """
            values = np.zeros(len(rewards))
            for _ in range(100):
                values = rewards + gamma * np.einsum("st,t->s", transitions, values)
            return values
            """,
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions.T, rewards)": "are transposed",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * values @ transitions
            return values
            """: "row s of `transitions` says where state s leads",
            "return rewards + gamma * transitions @ rewards": "You looked two rewards ahead",
            "return rewards.astype(float)": "This is the first reward only",
            "return rewards / (1 - gamma)": "as if it led back to itself",
            "return np.linalg.solve(np.eye(len(rewards)) + gamma * transitions, rewards)": "Mind the sign",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = gamma * (rewards + transitions @ values)
            return values
            """: "You discount the first reward already",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * (gamma * transitions) @ values
            return values
            """: "You apply gamma twice",
            "return np.linalg.solve(np.eye(len(rewards)) - 0.9 * transitions, rewards)": "You wrote 0.9",
            # Values without a bound.
            "return np.linalg.solve(np.eye(len(rewards)) - transitions, rewards)": "Is `gamma` missing",
            """
            values = np.zeros(len(rewards))
            for _ in range(1000):
                values = rewards + transitions @ values
            return values
            """: "no value can be above 3/(1 − 0.9) = 30",
            """
            values = np.zeros(len(rewards))
            for _ in range(100):
                values += rewards + gamma * transitions @ values
            return values
            """: "Is `gamma` missing",
            # Values that are near.
            """
            values = np.zeros(len(rewards))
            for _ in range(25):
                values = rewards + gamma * transitions @ values
            return values
            """: "go on until the values hardly change",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).round(1)": "If you round",
            # Other numbers.
            """
            values = np.zeros(len(rewards))
            for _ in range(5):
                values = rewards + gamma * transitions @ values
            return values
            """: "the result should be [1.333, 0.667], got [1.312, 0.625]",
            "return rewards + gamma * transitions.mean(axis=1) @ rewards": "the result should be",
            "return np.linalg.solve(np.eye(len(rewards)) - transitions, rewards / gamma)": "Is `gamma` missing",
            "return (1 - gamma) * np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "should be",
            "return np.linalg.solve(1 - gamma * transitions, rewards)": "Is `gamma` missing",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma, rewards)": "LinAlgError: Singular matrix",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = np.max(rewards + gamma * transitions * values, axis=1)
            return values
            """: "the result should be",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * values[transitions.argmax(axis=1)]
            return values
            """: "the result should be",
            """
            mean = rewards.mean() / (1 - gamma)
            return rewards + gamma * mean
            """: "the result should be",
            # Results of another kind.
            "np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "Did you forget `return`?",
            "print(np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards))": "Your code printed: [19.",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).mean()": "got a float64",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards[:, None])": "got shape (3, 1)",
            "return np.linalg.inv(np.eye(len(rewards)) - gamma * transitions) * rewards": "got shape (3, 3)",
            "return list(np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards))": "Wrap it in",
            "return rewards + gamma * transitions * rewards": "got shape (3, 3)",
            "return np.full(len(rewards), np.inf)": "The result is infinite",
            """
            values = np.zeros_like(rewards)
            for _ in range(200):
                for s in range(len(rewards)):
                    values[s] = rewards[s] + gamma * transitions[s] @ values
            return values
            """: "your values lose their decimals",
            # Inputs that change, and code that does not run.
            """
            rewards = rewards.astype(float)
            transitions *= gamma
            return np.linalg.solve(np.eye(len(rewards)) - transitions, rewards)
            """: "changed its input `transitions`",
            "return np.linalg.solve(np.eye(2) - gamma * transitions, rewards)": "ValueError",
            "return np.linalg.solve(np.eye(18) - gamma * transitions, rewards)": "Print the `.shape` of the arrays",
            "return np.linalg.solve(rewards, np.eye(len(rewards)) - gamma * transitions)": "LinAlgError",
            "return np.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "AttributeError",
            "return rewards + gamma * transitions @ values": "NameError: name 'values' is not defined",
            "return rewards + gamma * transitions @ policy_values(transitions, rewards, gamma)": "RecursionError",
            Cell("""
            def policy_values(rewards, transitions, gamma):
                return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)
            """): "Keep the parameters",
        },
    ),
}
