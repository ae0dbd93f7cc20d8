"""Answers to exercise 2.2."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "2.2": Answers(
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
            discounts = np.cumprod(np.append(1.0, np.full(len(rewards), gamma)))
            return np.array(discounts[:-1] @ rewards + np.where(terminated, 0, discounts[-1] * last_value))
            """,
            "return np.float32(np.polyval([*([last_value] * (not terminated)), *rewards[::-1]], gamma))",
            """
            from fractions import Fraction
            total = Fraction(0) if terminated else Fraction(last_value)
            for reward in reversed(rewards.tolist()):
                total = Fraction(reward) + Fraction(gamma) * total
            return total
            """,
            """
            import functools
            last = 0 if terminated else last_value
            return functools.reduce(lambda total, reward: reward + gamma * total, rewards[::-1], last)
            """,
            """
            if terminated == True:
                last_value = 0
            total = last_value
            for t in range(len(rewards) - 1, -1, -1):
                total = rewards[t] + gamma * total
            return total
            """,
        ],
        wrong={
            """
            for step, reward in enumerate(rewards):
                total = gamma**step * reward
            return total if terminated else total + gamma ** len(rewards) * last_value
            """: Told("`total = …` takes the place of what came before", never=("does `return` stand",)),
            # Corners, and mistakes that recur in every exercise.
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated is True else total + gamma**T * last_value
            """: "Your code compares with `is`",
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total + gamma**T * last_value if terminated is False else total
            """: "Your code compares with `is`",
            """
            T = len(rewards)
            return gamma ** np.arange(T) @ rewards + ~terminated * gamma**T * last_value
            """: "Use `not terminated`.",
            """
            T = len(rewards)
            discounts = np.exp(np.arange(T) * np.log(gamma))
            return discounts @ rewards + (not terminated) * gamma**T * last_value
            """: "`gamma` is 0",
            """
            T = len(rewards)
            total = (1 - gamma**T) / (1 - gamma) * rewards.mean()
            return total + (not terminated) * gamma**T * last_value
            """: "raised `ZeroDivisionError: float division by zero`",
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return round(total + (not terminated) * gamma**T * last_value, 3)
            """: "rounded or cut off to 3 decimals",
            """
            T = len(rewards)
            return int(gamma ** np.arange(T) @ rewards + (not terminated) * gamma**T * last_value)
            """: "rounded or cut off to whole numbers",
            """
            T = len(rewards)
            return -(gamma ** np.arange(T) @ rewards) - (not terminated) * gamma**T * last_value
            """: "with the other sign",
            """
            total = 0
            for t, reward in enumerate(rewards[:50]):
                total += gamma**t * reward
            return total if terminated else total + gamma ** len(rewards) * last_value
            """: "# expected:",
            """
            total = 0.0
            if not terminated and last_value:
                total = last_value
            for reward in rewards[::-1]:
                if reward < 0:
                    continue
                total = reward + gamma * total
            return total
            """: "# expected:",
            """
            total = 0.0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return np.array([total])
            """: "Take it out of the array with `[0]`",
            Cell("""
            gamma = 0.5

            def discounted_return(rewards, last_value, terminated, discount):
                total = 0.0 if terminated else last_value
                for reward in rewards[::-1]:
                    total = reward + gamma * total
                return total
            """): "It reads the notebook's `gamma`",
            Cell("""
            def discounted_return(rewards, last_value, terminated, gamma, total=[]):
                total.append(0.0 if terminated else last_value)
                for reward in rewards[::-1]:
                    total[0] = reward + gamma * total[0]
                return total[0]
            """): "The default of `total` is made once and kept from call to call",
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
            for reward in rewards[::-1]:
                total = gamma * (reward + total)
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
            """: "Only the last reward counts in your answer.",
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
            """
            T = len(rewards)
            total = gamma * np.arange(T) @ rewards
            return total if terminated else total + gamma * T * last_value
            """: "You multiply `gamma` by t.",
            "return sum(gamma * r for r in rewards) + (0 if terminated else gamma * last_value)": (
                "You multiply by `gamma` once, whatever the step."
            ),
            """
            T = len(rewards)
            return (gamma * rewards).sum() + (not terminated) * gamma**T * last_value
            """: "You multiply by `gamma` once, whatever the step.",
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total + gamma * T * last_value
            """: "You multiply `last_value` by `gamma * T`",
            """
            T = len(rewards)
            total = np.arange(T) ** gamma @ rewards
            return total if terminated else total + T**gamma * last_value
            """: "You take t to the power of `gamma`",
            """
            later = rewards[1:].sum() + (0 if terminated else last_value)
            return rewards[0] + gamma * later
            """: "You discount all that comes later by one step.",
            """
            total = 0 if terminated else last_value
            for t in range(len(rewards) - 1, 0, -1):
                total = rewards[t] + gamma * total
            return total
            """: "You leave out the first reward.",
            """
            total = sum(gamma**t * rewards[t] for t in range(1, len(rewards)))
            return total if terminated else total + gamma ** len(rewards) * last_value
            """: "The first reward is missing in your answer",
            """
            total = 0 if terminated else last_value
            for reward in rewards[:100][::-1]:
                total = reward + gamma * total
            return total
            """: Told("has hundreds of steps", never=("the last reward",)),
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total + gamma**2 * last_value
            """: "right for two rewards only",
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else gamma**T * last_value
            """: "After a truncation only `last_value` counts",
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total + gamma ** (T + 1) * last_value
            """: "by one step too many",
            # Others that look like them.
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total + gamma ** (T + 2) * last_value
            """: Told("# expected:", never=("one step", "two rewards")),
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total + np.sqrt(gamma) ** T * last_value
            """: Told("# expected:", never=("undiscounted", "one step")),
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total - gamma**T * last_value
            """: Told("# expected:", never=("You stop at the cut", "-1 times")),
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else max(total, gamma**T * last_value)
            """: Told("# expected:", never=("only `last_value`", "You stop at the cut")),
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return (total if terminated else total + gamma**T * last_value) - rewards[0]
            """: Told("The first reward is missing", never=("You leave out",)),
            """
            T = len(rewards)
            total = gamma ** np.sort(np.arange(T) % 3) @ rewards
            return total if terminated else total + gamma**T * last_value
            """: Told("# expected:", never=("without discounting", "comes later by one step")),
            """
            order = np.sort(rewards)
            total = 0 if terminated else last_value
            for reward in order[::-1]:
                total = reward + gamma * total
            return total
            """: Told("# expected:", never=("as if it came last",)),
            """
            total = rewards[0]
            for reward in rewards[1:]:
                total = max(total, reward)
            return total if terminated else total + gamma ** len(rewards) * last_value
            """: Told("# expected:", never=("Only the first", "Only the last")),
            Cell("""
            terminated = np.array([True, False])

            def discounted_return(rewards, last_value, done, gamma):
                total = 0.0 if terminated[1] else last_value
                for reward in rewards[::-1]:
                    total = reward + gamma * total
                return total
            """): "never reads its parameter `done`. It reads the notebook's `terminated`",
            Cell("""
            discounts = {}

            def discounted_return(rewards, last_value, terminated, gamma):
                T = len(rewards)
                if T not in discounts:
                    discounts[T] = gamma ** np.arange(T + 1)
                total = discounts[T][:-1] @ rewards
                return total if terminated else total + discounts[T][-1] * last_value
            """): "Your function changes the notebook variable `discounts`",
            "return sum(gamma ** rewards.tolist().index(r) * r for r in rewards.tolist()) + (not terminated) * (\n"
            "    gamma ** len(rewards) * last_value\n)": "`rewards` holds the same number twice",
            """
            total = 0
            for step, reward in enumerate(rewards):
                total += gamma**step * reward
                if not terminated:
                    total += gamma**step * last_value
            return total
            """: "You add `last_value` in every step",
            """
            total = 0.0 if terminated else last_value
            for reward in rewards[::-1]:
                total += reward + gamma * total
            return total
            """: "adds the old total twice",
            "return np.polyval([*([int(last_value)] * (not terminated)), *rewards[::-1]], gamma)": (
                "if `last_value` were cut down to whole numbers"
            ),
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return total - last_value
            """: "You subtract `last_value` in the end",
            # The two endings.
            """
            discounts = np.cumprod(np.full(len(rewards) + 1, gamma)) / gamma
            return np.array(discounts[:-1] @ rewards + np.where(terminated, 0, discounts[-1] * last_value))
            """: "Wrong only where `gamma` is 0",
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
            """: "if `last_value` were 0 where it is negative",
            # Other numbers.
            """
            T = len(rewards)
            return 2 * np.arange(T) * gamma @ rewards + (not terminated) * gamma**T * last_value
            """: "# expected:",
            """
            T = len(rewards)
            return np.mean(gamma ** np.arange(T) * rewards) + (not terminated) * gamma**T * last_value
            """: "Your answer is always the right one divided by `rewards.shape[0]`.",
            """
            T = len(rewards)
            return 0.5 ** np.arange(T) @ rewards + (not terminated) * 0.5**T * last_value
            """: "Your function never reads its parameter `gamma`.",
            """
            last = 0 if terminated else last_value
            return rewards[0] + gamma * rewards[1] + gamma**2 * last
            """: "IndexError",
            """
            total = 0 if terminated else last_value
            for t in range(len(rewards), 0, -1):
                total = rewards[t] + gamma * total
            return total
            """: "IndexError: index 2 is out of bounds",
            """
            discounts = np.zeros_like(rewards)
            for t in range(len(rewards)):
                discounts[t] = gamma**t
            return discounts @ rewards + (not terminated) * gamma ** len(rewards) * last_value
            """: "Your answer is right if the numbers in `rewards` are given as",
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * last_value
            return total
            """: "Only the first reward counts in your answer.",
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
            """: "The result is `None`.",
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
            """): "Keep the order of the parameters, `discounted_return(rewards,",
        },
    ),
}
