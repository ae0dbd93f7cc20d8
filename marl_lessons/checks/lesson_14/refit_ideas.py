"""The best candidates by their definition, and the ideas that lead elsewhere: for exercise 14.3."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.exercises.judging.ties import choose_one, list_largest


def describe_the_best(candidates, scores, num_best):
    """The definition: mean and root mean square distance from it, in every choice where scores tie."""
    return choose_one([_describe(candidates[rows]) for rows in list_largest(scores, num_best)])


def _describe(best):
    means = [sum(map(float, column)) / len(column) for column in best.T]
    squares = [
        sum((float(value) - mean) ** 2 for value in column) / len(column)
        for column, mean in zip(best.T, means, strict=True)
    ]
    return [means, [square**0.5 for square in squares]]


def pick(choose=None, mean=None, spread=None):
    """Return the function with rules of its own for who is best, and for what is said of them."""

    def answer(candidates, scores, num_best):
        order = np.argsort(scores)
        best = candidates[choose(order, scores, num_best) if choose else order[-num_best:]]
        center = mean(best) if mean else best.mean(axis=0)
        return np.stack([center, spread(best) if spread else best.std(axis=0)])

    return answer


def weigh_by_scores(candidates, scores, num_best):
    """The idea that better ones count more."""
    best = np.argsort(scores)[-num_best:]
    weights = scores[best] / scores[best].sum()
    center = weights @ candidates[best]
    return np.stack([center, np.sqrt(weights @ (candidates[best] - center) ** 2)])


def weigh_the_mean(candidates, scores, num_best):
    """The idea that better ones count more in the mean, and not in the spread."""
    best = np.argsort(scores)[-num_best:]
    return np.stack([np.average(candidates[best], axis=0, weights=scores[best]), candidates[best].std(axis=0)])


def divide_by_all(candidates, scores, num_best):
    """The idea that a mean divides by the number of all candidates."""
    best = candidates[np.argsort(scores)[-num_best:]]
    return np.stack([best.sum(axis=0) / len(candidates), best.std(axis=0)])


def spread_around_all(candidates, scores, num_best):
    """The idea that the spread is measured from the mean of all candidates."""
    best = candidates[np.argsort(scores)[-num_best:]]
    return np.stack([best.mean(axis=0), np.sqrt(((best - candidates.mean(axis=0)) ** 2).mean(axis=0))])


def take_one_too_few(start, least=0):
    """Return the function that leaves out the last of the best: it begins at place start(K, num_best)."""

    def answer(candidates, scores, num_best):
        begin = start(len(scores), max(num_best, least))
        best = candidates[np.argsort(scores)[begin:]]
        return np.stack([best.mean(axis=0), best.std(axis=0)]) if len(best) else np.full((2, best.shape[1]), np.nan)

    return answer


def spread_around_the_best(candidates, scores, num_best):
    """The idea that the spread is measured from the best one of all."""
    order = np.argsort(scores)[-num_best:]
    best = candidates[order]
    return np.stack([best.mean(axis=0), np.sqrt(((best - best[-1]) ** 2).mean(axis=0))])


def sort_each_parameter(candidates, scores, num_best):
    """The idea that the largest parameters are the best ones."""
    largest = np.sort(candidates, axis=0)[-num_best:]
    return np.stack([largest.mean(axis=0), largest.std(axis=0)])


@np.errstate(invalid="ignore")
def divide_by_one_less(candidates, scores, num_best):
    """The idea of the spread of a sample, which one candidate alone does not have."""
    best = candidates[np.argsort(scores)[-num_best:]]
    squares = ((best - best.mean(axis=0)) ** 2).sum(axis=0)
    return np.stack([best.mean(axis=0), np.sqrt(squares / np.subtract(num_best, 1.0))])


DIVIDES_BY_LESS = (
    "Your standard deviation divides by one less than the number of candidates. `np.std` as it is divides by their "
    "number."
)

REFIT_MISCONCEPTIONS = (
    Misconception(
        pick(lambda order, scores, count: order[:count]),
        "You take the *worst* candidates. `np.argsort` begins with the lowest score.",
    ),
    Misconception(
        pick(lambda order, scores, count: order),
        "You take all candidates. The search moves only if the best `num_best` decide alone.",
    ),
    Misconception(
        pick(lambda order, scores, count: np.arange(count)),
        "You take the first candidates, whatever they score. Take those with the highest scores.",
    ),
    Misconception(
        pick(lambda order, scores, count: np.arange(len(scores))[-count:]),
        "You take the last candidates, whatever they score. Take those with the highest scores.",
    ),
    Misconception(
        pick(lambda order, scores, count: order[-1:]),
        "You take the single best candidate. Take the best `num_best`.",
    ),
    Misconception(
        pick(lambda order, scores, count: order[-count - 1 :]),
        "You take one candidate too many.",
    ),
    *(
        Misconception(idea, "You take one candidate too few.")
        for idea in (
            take_one_too_few(lambda total, count: total - count + 1),
            take_one_too_few(lambda total, count: 1 - count),
            take_one_too_few(lambda total, count: total - count + 1, least=2),
        )
    ),
    *(
        Misconception(
            pick(choose),
            "You read the result of `np.argsort` as ranks. It lists places: its last entry says *where* the highest "
            "score stands. Take its last `num_best` entries as the rows.",
        )
        for choose in (
            lambda order, scores, count: order >= len(scores) - count,
            lambda order, scores, count: np.argsort(-scores) < count,
        )
    ),
    Misconception(
        pick(lambda order, scores, count: order[-count:-1]),
        "You leave out the very best: a slice ends *before* its last number, and `[-num_best:]` has no end.",
    ),
    Misconception(
        pick(spread=lambda best: best.var(axis=0)),
        "Your spread is the variance. Its root, the standard deviation, is asked for.",
    ),
    Misconception(divide_by_one_less, DIVIDES_BY_LESS),
    Misconception(
        pick(spread=lambda best: best.std(axis=0, ddof=1) if len(best) > 1 else np.zeros(best.shape[1])),
        DIVIDES_BY_LESS,
    ),
    Misconception(
        pick(spread=lambda best: np.ptp(best, axis=0)),
        "Your spread is the distance from the smallest to the largest. The standard deviation is asked for.",
    ),
    Misconception(
        pick(spread=lambda best: abs(best - best.mean(axis=0)).mean(axis=0)),
        "Your spread is the mean distance from the mean. The standard deviation squares the distances first: `np.std`.",
    ),
    Misconception(
        pick(
            mean=lambda best: np.full(best.shape[1], best.mean()),
            spread=lambda best: np.full(best.shape[1], best.std()),
        ),
        "You take one mean and one spread over all parameters. Each parameter has its own: `axis=0`.",
    ),
    Misconception(
        pick(spread=lambda best: np.full(best.shape[1], best.std())),
        "Your spread is one over all parameters. Each parameter has its own: `axis=0`.",
    ),
    Misconception(
        pick(spread=lambda best: best.std(axis=0) / np.sqrt(len(best))),
        "You divide the spread by the root of `num_best`. That tells how sure the *mean* is; the standard deviation "
        "itself is asked for.",
    ),
    Misconception(
        pick(mean=lambda best: best.sum(axis=0)),
        "Your first row is a sum. Divide by the number of the best: the mean is asked for.",
    ),
    Misconception(
        divide_by_all,
        "You divide by the number of all candidates. The mean of the best divides by `num_best`.",
    ),
    Misconception(
        spread_around_all,
        "You measure the spread from the mean of all candidates. Measure it from the mean of the best.",
    ),
    Misconception(
        weigh_the_mean,
        "You weigh candidates by their scores. All of the best count alike.",
    ),
    Misconception(
        pick(mean=lambda best: np.median(best, axis=0)),
        "You take the median of each parameter. The mean is asked for.",
    ),
    Misconception(
        pick(mean=lambda best: best[-1]),
        "Your first row is the best candidate itself. The mean of the best `num_best` is asked for: it is less a "
        "matter of luck.",
    ),
    Misconception(
        lambda *case: pick()(*case)[::-1],
        "Means and spreads are exchanged: the means come first.",
    ),
    Misconception(
        weigh_by_scores,
        "You weigh candidates by their scores. All of the best count alike.",
    ),
    Misconception(
        spread_around_the_best,
        "You measure the spread from the best candidate. Measure it from the mean.",
    ),
    Misconception(
        sort_each_parameter,
        "You sort the parameters themselves. The scores say which *rows* are the best.",
    ),
    Misconception(
        lambda candidates, scores, num_best: pick(spread=lambda best: candidates.std(axis=0))(
            candidates, scores, num_best
        ),
        "Your spread is that of all candidates. Take the best alone there, too, or the search never looks closer.",
    ),
)
