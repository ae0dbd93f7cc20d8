"""Answers to exercise 11.3."""

from tests.bank.bank import Answers, Cell, Told

MIX = "from marl_lessons.checks.lesson_11.mixing import mix"  # in the lesson, that of exercise 11.2


def with_mix(*lines):
    """Write an answer that may call mix; in the lesson a cell above defines it."""
    return "\n".join([MIX, *lines])


BEST = "best = next_q_values.max(axis=2)"

ANSWERS = {
    "11.3": Answers(
        right=[
            with_mix(BEST, "return rewards + gamma * (1 - terminated) * mix(best, *next_mixing)"),
            with_mix(BEST, "return np.where(terminated, rewards, rewards + gamma * mix(best, *next_mixing))"),
            with_mix(
                "targets = rewards.astype(float)",
                "values = mix(next_q_values.max(axis=-1), *next_mixing)",
                "targets[~terminated] += gamma * values[~terminated]",
                "return targets",
            ),
            with_mix(
                "weights, biases, last_weights, last_bias = next_mixing",
                "best = np.array([[max(own) for own in play] for play in next_q_values])",
                "value = mix(best, weights, biases, last_weights, last_bias)",
                "return rewards + gamma * np.logical_not(terminated) * value",
            ),
            with_mix(
                "actions = next_q_values.argmax(axis=2)",
                "best = np.take_along_axis(next_q_values, actions[:, :, None], axis=2)[:, :, 0]",
                "return rewards + gamma * ~terminated * mix(best, *next_mixing)",
            ),
            """
            weights, biases, last_weights, last_bias = next_mixing
            x = np.einsum("bn,bnh->bh", next_q_values.max(2), np.abs(weights)) + biases
            x = np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1)
            value = np.einsum("bh,bh->b", x, np.abs(last_weights)) + last_bias
            return rewards + gamma * value * (terminated == False)
            """,
            Cell("""
            from marl_lessons.checks.lesson_11.mixing import mix

            def team_targets(r, q, parts, ended, gamma):
                targets = []
                for play in range(len(r)):
                    part = [p[play : play + 1] for p in parts]
                    value = 0 if ended[play] else mix(q[play : play + 1].max(axis=2), *part)[0]
                    targets.append(r[play] + gamma * value)
                return np.array(targets)
            """),
            with_mix(
                # Every joint action is tried: slow, and the same.
                "import itertools",
                "agents = np.arange(next_q_values.shape[1])",
                "joint = itertools.product(range(next_q_values.shape[2]), repeat=len(agents))",
                "best = np.max([mix(next_q_values[:, agents, list(a)], *next_mixing) for a in joint], axis=0)",
                "return rewards + gamma * (1 - terminated) * best",
            ),
        ],
        wrong={
            with_mix(BEST, "return rewards + gamma * mix(best, *next_mixing)"): "although the game has ended",
            with_mix(BEST, "return rewards + gamma * terminated * mix(best, *next_mixing)"): "the wrong way round",
            with_mix(BEST, "return rewards + (1 - terminated) * mix(best, *next_mixing)"): "missing its discount",
            with_mix(BEST, "return (rewards + gamma * mix(best, *next_mixing)) * (1 - terminated)"): (
                "the reward is gone too"
            ),
            with_mix(BEST, "return gamma * (1 - terminated) * mix(best, *next_mixing)"): "You count the future only",
            "return 1.0 * rewards": "You count the reward only",
            with_mix(BEST, "return gamma * (rewards + (1 - terminated) * mix(best, *next_mixing))"): (
                "You discount the reward as well"
            ),
            with_mix(
                BEST,
                "if terminated.any():",
                "    return 1.0 * rewards",
                "return rewards + gamma * mix(best, *next_mixing)",
            ): "One ended play stops all of them",
            with_mix(
                BEST,
                "if terminated.all():",
                "    return 1.0 * rewards",
                "return rewards + gamma * mix(best, *next_mixing)",
            ): "stops only if all plays have ended",
            with_mix(BEST, "return rewards + gamma * (1 - terminated) * best.sum(axis=1)"): "That is VDN's target",
            with_mix(BEST, "return rewards + gamma * (1 - terminated) * best.mean(axis=1)"): (
                "You take the mean of the best utilities"
            ),
            with_mix(
                "return rewards + gamma * (1 - terminated) * mix(next_q_values.mean(axis=2), *next_mixing)"
            ): "You average each agent's utilities",
            with_mix("return rewards + gamma * (1 - terminated) * mix(next_q_values.min(axis=2), *next_mixing)"): (
                "You take each agent's worst action"
            ),
            with_mix("return rewards + gamma * (1 - terminated) * mix(next_q_values[:, :, 0], *next_mixing)"): (
                "You take action 0 of each agent"
            ),
            with_mix("return rewards + gamma * (1 - terminated) * mix(next_q_values.sum(axis=2), *next_mixing)"): (
                "You add up each agent's utilities"
            ),
            with_mix(
                "best = next_q_values.max(axis=(1, 2))[:, None] + 0 * next_q_values[:, :, 0]",
                "return rewards + gamma * (1 - terminated) * mix(best, *next_mixing)",
            ): "the best utility of the whole team",
            with_mix(
                "common = next_q_values.sum(axis=1).argmax(axis=1)",
                "best = next_q_values[np.arange(len(common)), :, common]",
                "return rewards + gamma * (1 - terminated) * mix(best, *next_mixing)",
            ): "Your agents all take the same action",
            with_mix(
                "values = [mix(next_q_values[:, :, a], *next_mixing) for a in range(next_q_values.shape[2])]",
                "return rewards + gamma * (1 - terminated) * np.max(values, axis=0)",
            ): "Your agents all take the same action",
            with_mix(
                BEST,
                "first = [part[:1] for part in next_mixing]",
                "return rewards + gamma * (1 - terminated) * mix(best, *first)",
            ): "the weights of the first play for all plays",
            with_mix(BEST, "return rewards - gamma * (1 - terminated) * mix(best, *next_mixing)"): (
                "You subtract the future"
            ),
            with_mix(BEST, "return np.where(terminated, rewards, gamma * mix(best, *next_mixing))"): (
                "Where the game goes on you count the future only"
            ),
            with_mix(
                "best = next_q_values.max(axis=1)",
                "return rewards + gamma * (1 - terminated) * mix(best, *next_mixing)",
            ): "broadcast",
            with_mix(
                "best = next_q_values.max(axis=2)",
                "return rewards + gamma * (1 - terminated) * mix(best, next_mixing)",
            ): Told("`*` before it hands them on one by one", never=("`axis=`",)),
            with_mix(BEST, "rewards + gamma * (1 - terminated) * mix(best, *next_mixing)"): "Did you forget `return`?",
            with_mix(
                BEST,
                "return rewards + 0.9 * (1 - terminated) * mix(best, *next_mixing)",
            ): "never reads its parameter `gamma`",
            with_mix(BEST, "return rewards + (1 - terminated) * mix(gamma * best, *next_mixing)"): (
                "You discount the utilities, before they are mixed"
            ),
            with_mix(BEST, "return rewards + gamma * (1 - terminated) * mix(gamma * best, *next_mixing)"): (
                "You discount twice"
            ),
            with_mix(BEST, "best[terminated] = 0", "return rewards + gamma * mix(best, *next_mixing)"): (
                "You hand zeros to the mix"
            ),
            with_mix(
                "best = next_q_values.argmax(axis=2)",
                "return rewards + gamma * (1 - terminated) * mix(best, *next_mixing)",
            ): "You mix the numbers of the best actions",
            """
            weights, biases, last_weights, last_bias = next_mixing
            x = np.einsum("bn,bnh->bh", next_q_values.max(2), weights) + biases
            x = np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1)
            value = np.einsum("bh,bh->b", x, last_weights) + last_bias
            return rewards + gamma * value * ~terminated
            """: "You mix with the weights as they are",
            with_mix(BEST, "return rewards + gamma * np.maximum(mix(best, *next_mixing), 0) * ~terminated"): (
                "You take the future for 0 where it is worth less"
            ),
            with_mix(BEST, "return rewards + gamma * (1 - terminated[0]) * mix(best, *next_mixing)"): (
                "if `terminated` were `terminated[0]` in all its places"
            ),
        },
    ),
}
