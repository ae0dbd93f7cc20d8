"""Answers to exercise 12.1."""

from tests.bank.bank import Answers, Cell


def go_backward(errors="rewards + gamma * ~terminated * next_values - values", later="", end=""):
    """Write the usual loop, with other lines in it."""
    later = later or "errors[step] + gamma * trace * goes_on[step] * later"
    return f"""
            errors = {errors}
            goes_on = ~(terminated | truncated)
            advantages, later = np.zeros(errors.shape), 0.0
            for step in reversed(range(len(errors))):
                later = {later}
                advantages[step] = later
            {end or "return advantages"}
            """


ANSWERS = {
    "12.1": Answers(
        right=[
            go_backward(),
            """
            from marl_lessons import policy_gradients
            batch = rewards, values, next_values, terminated, truncated
            return policy_gradients.generalized_advantages(*batch, gamma, trace)
            """,
            """
            steps, runs = rewards.shape
            advantages = np.zeros((steps + 1, runs))
            for t in range(steps - 1, -1, -1):
                for run in range(runs):
                    delta = rewards[t, run] - values[t, run]
                    if not terminated[t, run]:
                        delta += gamma * next_values[t, run]
                    advantages[t, run] = delta
                    if not (terminated[t, run] or truncated[t, run]):
                        advantages[t, run] += gamma * trace * advantages[t + 1, run]
            return advantages[:-1]
            """,
            """
            delta = rewards - values + np.where(terminated, 0, gamma * next_values)
            stops = np.where(terminated | truncated, 0.0, gamma * trace)
            found = [delta[-1]]
            for surprise, fade in zip(delta[-2::-1], stops[-2::-1]):
                found.append(surprise + fade * found[-1])
            return np.array(found[::-1]).astype(float)
            """,
            """
            errors = 1.0 * (rewards + gamma * (1 - terminated) * next_values - values)
            fades = gamma * trace * np.logical_not(np.logical_or(terminated, truncated))
            for t in range(len(errors) - 2, -1, -1):
                errors[t] += fades[t] * errors[t + 1]
            return errors
            """,
            """
            returns = np.zeros(rewards.shape)
            following = next_values[-1]
            for t in range(len(rewards))[::-1]:
                over = terminated[t] | truncated[t]
                mixed = np.where(over, next_values[t], (1 - trace) * next_values[t] + trace * following)
                if t == len(rewards) - 1:
                    mixed = next_values[t]
                elif t < len(rewards) - 1:
                    lead = following - values[t + 1]
                    mixed = next_values[t] + np.where(over, 0, trace * lead)
                returns[t] = rewards[t] + gamma * np.where(terminated[t], 0, mixed)
                following = returns[t]
            return returns - values
            """,
            Cell("""
            def generalized_advantages(r, v, w, over, cut, g, lam):
                def from_step(t):
                    delta = r[t] + g * np.where(over[t], 0, w[t]) - v[t]
                    last = t + 1 == len(r)
                    return delta if last else delta + g * lam * ~(over[t] | cut[t]) * from_step(t + 1)
                return np.array([1.0 * from_step(t) for t in range(len(r))])
            """),
        ],
        wrong={
            "return rewards + gamma * ~terminated * next_values - values": "You return δ of each step alone",
            go_backward(errors="rewards + gamma * next_values - values"): "Nothing follows: `~terminated` times it",
            go_backward(errors="rewards + gamma * goes_on * next_values - values")
            .replace("            goes_on = ~(terminated | truncated)\n", "", 1)
            .replace("errors = ", "goes_on = ~(terminated | truncated)\n            errors = ", 1): (
                "Only `terminated` takes it away"
            ),
            go_backward(later="errors[step] + gamma * trace * ~terminated[step] * later"): (
                "There, too, the sum starts anew"
            ),
            go_backward(later="errors[step] + gamma * trace * ~truncated[step] * later"): (
                "Where the game ended, you pass surprises of the *next* episode"
            ),
            go_backward(later="errors[step] + gamma * trace * later"): "`terminated` *or* `truncated`",
            go_backward(
                later="errors[step] + gamma * trace * ~goes_on[step] * later"
            ): "The mask is the other way round",
            go_backward(later="errors[step] + trace * goes_on[step] * later"): "They count γλ times: they come later",
            go_backward(later="errors[step] + gamma * goes_on[step] * later"): "whatever λ is",
            go_backward(later="errors[step] + goes_on[step] * later"): "count in full in your sum",
            go_backward(errors="rewards + ~terminated * next_values - values"): "Your δ lacks γ",
            go_backward(errors="gamma * (rewards + ~terminated * next_values) - values"): "discount the reward as well",
            go_backward(errors="rewards - values"): "no value of what follows",
            go_backward(
                errors="rewards + gamma * ~terminated * next_values"
            ): "does not subtract what the critic foretold",
            go_backward(
                errors="rewards + gamma * terminated * next_values - values"
            ): "Your mask is the wrong way round",
            go_backward(end="return advantages + values"): "a target for the critic",
            go_backward(end="return -advantages"): "signs are the wrong way round",
            go_backward().replace(
                "reversed(range(len(errors)))", "range(len(errors))"
            ): "You carry surprises *forward*",
            """
            errors = rewards + gamma * ~terminated * next_values - values
            goes_on = ~(terminated | truncated)
            advantages = np.zeros(errors.shape)
            before = 0.0
            for step in range(len(errors)):
                advantages[step] = errors[step] + gamma * trace * before
                before = advantages[step] * goes_on[step]
            return advantages
            """: "You carry surprises *forward*",
            """
            errors = rewards + gamma * ~terminated * next_values - values
            goes_on = ~(terminated | truncated)
            advantages = errors.astype(float)
            advantages[:-1] += gamma * trace * goes_on[:-1] * errors[1:]
            return advantages
            """: "and none after it",
            """
            errors = rewards + gamma * ~terminated * next_values - values
            return errors + gamma * trace * ~(terminated | truncated) * np.roll(errors, -1, axis=0)
            """: "the first one's δ",
            go_backward(errors="np.where(terminated, rewards, rewards + gamma * next_values - values)"): (
                "Nothing follows, but `values` counts"
            ),
            go_backward(later="errors[step] + gamma * gamma * trace * goes_on[step] * later"): "γ²λ",
            go_backward(later="errors[step] + gamma * trace * goes_on[(step + 1) % len(errors)] * later"): (
                "You look one step too far"
            ),
            go_backward(later="errors[step] + gamma * trace * goes_on[step].all() * later"): "in all of them",
            go_backward(
                errors="rewards + gamma * ~terminated * np.concatenate([values[1:], next_values[-1:]]) - values"
            ): "`next_values` says what followed",
            go_backward().replace("np.zeros(errors.shape), 0.0", "np.zeros(errors.shape), next_values[-1]"): (
                "You begin with a value of what follows the batch"
            ),
            """
            errors = rewards + gamma * ~terminated * next_values - values
            advantages = np.zeros(errors.shape)
            for t in reversed(range(len(errors) - 1)):
                advantages[t] = errors[t] + gamma * trace * ~(terminated[t] | truncated[t]) * advantages[t + 1]
            return advantages
            """: "The last step of the batch gets 0 from you",
            """
            advantages = (rewards + gamma * ~terminated * next_values - values).astype(float)
            goes_on = ~(terminated | truncated)
            for t in reversed(range(len(advantages) - 1)):
                advantages[t] = (1 - trace) * advantages[t] + gamma * trace * goes_on[t] * advantages[t + 1]
            return advantages
            """: "You take an average of δ and of what comes later",
            """
            advantages = (rewards + gamma * ~terminated * next_values - values).astype(float)
            goes_on = ~(terminated | truncated)
            for t in reversed(range(advantages.shape[1] - 1)):
                advantages[:, t] += gamma * trace * goes_on[:, t] * advantages[:, t + 1]
            return advantages
            """: "You pass surprises from run to run",
            go_backward(errors="rewards + gamma * ~terminated.astype(int) * next_values - values").replace(
                "~(terminated | truncated)", "~(terminated | truncated).astype(int)"
            ): "it makes -1 and -2",
            go_backward(end="return (advantages - advantages.mean()) / (advantages.std() + 1e-8)"): "by their spread",
            go_backward(end="return later"): "(3, 2)",
            go_backward(end="advantages"): "Did you forget `return`?",
            go_backward(end="return advantages.round(1)"): "to one decimal",
            go_backward().replace("np.zeros(errors.shape)", "np.zeros(errors.shape, dtype=int)"): "whole",
            go_backward(end="return 2 * advantages"): "always 2 times",
            go_backward().replace("~terminated", "(not terminated)"): "ambiguous",
            """
            errors = rewards
            errors += gamma * ~terminated * next_values - values
            return errors
            """: "rewards",
            go_backward(end="return advantages if gamma else 0 * advantages"): "Wrong only where `gamma` is 0",
        },
    ),
}
