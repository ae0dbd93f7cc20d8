"""Answers to exercise 11.2."""

from tests.bank.bank import Answers, Cell

ELU = "elu = lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1)"


def with_elu(*lines):
    """Write an answer that brings its own elu; in the lesson a cell above defines it."""
    return "\n".join([ELU, *lines])


SUMS = "sums = (utilities[:, :, None] * np.abs(weights)).sum(axis=1)"
HIDDEN = "hidden = elu(sums + biases)"

ANSWERS = {
    "11.2": Answers(
        right=[
            with_elu(
                "hidden = elu((utilities[:, :, None] * np.abs(weights)).sum(axis=1) + biases)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ),
            with_elu(
                "hidden = elu(np.einsum('bn,bnh->bh', utilities, np.abs(weights)) + biases)",
                "return np.einsum('bh,bh->b', hidden, np.abs(last_weights)) + last_bias",
            ),
            """
            values = []
            for play in range(len(utilities)):
                value = last_bias[play]
                for unit in range(biases.shape[1]):
                    x = biases[play, unit] + np.dot(utilities[play], np.abs(weights[play, :, unit]))
                    value = value + np.abs(last_weights[play, unit]) * (x if x > 0 else np.exp(x) - 1)
                values.append(value)
            return np.array(values)
            """,
            """
            x = (utilities[:, None, :] @ np.abs(weights))[:, 0] + biases
            bent = np.where(x > 0, x, np.expm1(np.minimum(x, 0)))
            return (bent[:, None, :] @ np.abs(last_weights)[:, :, None])[:, 0, 0] + last_bias
            """,
            """
            x = biases.astype(float)
            for agent in range(utilities.shape[1]):
                x += utilities[:, agent : agent + 1] * abs(weights[:, agent])
            x[x < 0] = np.exp(x[x < 0]) - 1
            return (x * abs(last_weights)).sum(-1) + last_bias
            """,
            """
            first, last = np.where(weights < 0, -weights, weights), np.sqrt(last_weights**2)
            x = np.matmul(utilities[:, None], first).squeeze(1) + biases
            return np.sum(last * (np.maximum(x, 0) + np.exp(np.minimum(x, 0)) - 1), axis=1) + last_bias
            """,
            Cell("""
            def elu(x):
                return np.where(x > 0, x, np.exp(x) - 1)

            def mix(u, w, b, v, c):
                one = lambda u, w, b, v, c: elu(np.abs(w).T @ u + b) @ np.abs(v) + c
                return np.array([one(*play) for play in zip(u, w, b, v, c)])
            """),
        ],
        wrong={
            with_elu(
                "hidden = elu((utilities[:, :, None] * weights).sum(axis=1) + biases)",
                "return (hidden * last_weights).sum(axis=1) + last_bias",
            ): "You use all the weights as they are",
            with_elu(
                "hidden = elu((utilities[:, :, None] * weights).sum(axis=1) + biases)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "You use `weights` as they are",
            with_elu(SUMS, HIDDEN, "return (hidden * last_weights).sum(axis=1) + last_bias"): (
                "You use `last_weights` as they are"
            ),
            with_elu(
                "hidden = elu((utilities[:, :, None] * np.maximum(weights, 0)).sum(axis=1) + biases)",
                "return (hidden * np.maximum(last_weights, 0)).sum(axis=1) + last_bias",
            ): "You take negative weights for 0",
            with_elu(
                "hidden = elu((utilities[:, :, None] * weights**2).sum(axis=1) + biases)",
                "return (hidden * last_weights**2).sum(axis=1) + last_bias",
            ): "You square the weights",
            with_elu(
                "hidden = elu((utilities[:, :, None] * np.exp(weights)).sum(axis=1) + biases)",
                "return (hidden * np.exp(last_weights)).sum(axis=1) + last_bias",
            ): "You take e to the weights",
            with_elu(SUMS, "return ((sums + biases) * np.abs(last_weights)).sum(axis=1) + last_bias"): (
                "You forget `elu`"
            ),
            with_elu(
                SUMS,
                "hidden = np.maximum(sums + biases, 0)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "You take 0 where the hidden unit gets a number below 0",
            with_elu(
                SUMS,
                "hidden = np.abs(sums + biases)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "You take absolute values of what the hidden units get",
            with_elu(
                SUMS,
                "hidden = np.tanh(sums + biases)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "hyperbolic tangent",
            with_elu(
                SUMS,
                "hidden = np.exp(sums + biases) - 1",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "`elu` is x itself",
            with_elu(SUMS, "return (elu(sums) * np.abs(last_weights)).sum(axis=1) + last_bias"): (
                "You leave out `biases`. Add them"
            ),
            with_elu(SUMS, HIDDEN, "return (hidden * np.abs(last_weights)).sum(axis=1)"): "You leave out `last_bias`",
            with_elu(SUMS, "return (elu(sums) * np.abs(last_weights)).sum(axis=1)"): "You leave out the biases",
            with_elu(
                SUMS,
                "hidden = elu(sums + np.abs(biases))",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + np.abs(last_bias)",
            ): "absolute values of the biases, too",
            with_elu(
                SUMS,
                "hidden = elu(sums + np.abs(biases))",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "absolute values of `biases`, too",
            with_elu(SUMS, HIDDEN, "return (hidden * np.abs(last_weights)).sum(axis=1) + np.abs(last_bias)"): (
                "absolute value of `last_bias`, too"
            ),
            with_elu(
                "hidden = elu(np.abs(utilities[:, :, None] * weights).sum(axis=1) + biases)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "absolute values of the utilities, too",
            with_elu(
                "hidden = elu(np.abs((utilities[:, :, None] * weights).sum(axis=1)) + biases)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "You take the absolute value of the sum",
            with_elu(SUMS, "return ((elu(sums) + biases) * np.abs(last_weights)).sum(axis=1) + last_bias"): (
                "You add `biases` after `elu`"
            ),
            with_elu(SUMS, HIDDEN, "return elu((hidden * np.abs(last_weights)).sum(axis=1) + last_bias)"): (
                "You bend the team's value as well"
            ),
            with_elu(SUMS, HIDDEN, "return hidden.sum(axis=1) + last_bias"): "You add the hidden units up without",
            with_elu(
                "hidden = elu(utilities.sum(axis=1, keepdims=True) + biases)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "You add the utilities up without",
            with_elu(SUMS, HIDDEN, "return (hidden * np.abs(last_weights)).mean(axis=1) + last_bias"): (
                "You take the mean over the hidden units"
            ),
            with_elu(
                "hidden = elu((utilities[:, :, None] * np.abs(weights)).mean(axis=1) + biases)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "You take the mean over the agents",
            with_elu(
                "hidden = elu(utilities @ np.abs(weights[0]) + biases[0])",
                "return hidden @ np.abs(last_weights[0]) + last_bias[0]",
            ): "the weights of the first play for all plays",
            "return 1.0 * utilities.sum(axis=1)": "That is VDN",
            with_elu(SUMS, HIDDEN, "return hidden * np.abs(last_weights) + last_bias[:, None]"): "(3,)",
            with_elu(SUMS, HIDDEN, "return (hidden * np.abs(last_weights)).sum(axis=0) + last_bias"): "broadcast",
            with_elu("hidden = elu((utilities * np.abs(weights)).sum(axis=1) + biases)", "return hidden"): "broadcast",
            with_elu(SUMS, HIDDEN, "(hidden * np.abs(last_weights)).sum(axis=1) + last_bias"): (
                "Did you forget `return`?"
            ),
            with_elu(
                "np.abs(weights, out=weights)",
                "hidden = elu((utilities[:, :, None] * weights).sum(axis=1) + biases)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "changed its input",
            with_elu(
                "each = elu(utilities[:, :, None] * np.abs(weights) + biases[:, None])",
                "return (each.sum(axis=1) * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "You bend what each agent brings on its own",
            with_elu(
                "hidden = elu(utilities[:, :, None] * np.abs(weights)).sum(axis=1) + biases",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "You bend what each agent brings on its own",
            with_elu(SUMS, "return elu((sums + biases) * np.abs(last_weights)).sum(axis=1) + last_bias"): (
                "You multiply by `last_weights` before `elu`"
            ),
            with_elu(
                SUMS,
                "hidden = np.where(sums + biases > 0, sums + biases, np.exp(sums + biases))",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "You take e^x where x is not above 0",
            with_elu(SUMS, HIDDEN, "return np.abs(hidden * last_weights).sum(axis=1) + last_bias"): (
                "the absolute value of what each hidden unit brings"
            ),
            with_elu(SUMS, HIDDEN, "return hidden[:, 0] * np.abs(last_weights[:, 0]) + last_bias"): (
                "You use the first hidden unit only"
            ),
            with_elu(
                "hidden = elu((utilities[:, :, None] * np.abs(weights) + biases[:, None]).sum(axis=1))",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "You add `biases` once for each agent",
            with_elu(SUMS, HIDDEN, "return (hidden * np.abs(last_weights) + last_bias[:, None]).sum(axis=1)"): (
                "You add `last_bias` once for each hidden unit"
            ),
            with_elu(SUMS, HIDDEN, "return (hidden * np.abs(last_weights)).sum() + last_bias"): (
                "You add up over the plays as well"
            ),
            with_elu(
                "plays, agents, units = weights.shape",
                "turned = np.abs(weights).reshape(plays, units, agents)",
                "hidden = elu((utilities[:, None] * turned).sum(axis=2) + biases)",
                "return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
            ): "Wrong only where `weights` has two or more hidden units",
            with_elu(
                "values = np.zeros_like(last_bias)",
                SUMS,
                HIDDEN,
                "values[:] = (hidden * np.abs(last_weights)).sum(axis=1) + last_bias",
                "return values",
            ): "takes over their type",
        },
    ),
}
