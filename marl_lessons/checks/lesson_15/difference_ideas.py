"""The interval of a difference by its definition, and the ideas that lead elsewhere: for exercise 15.1."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def compare_means(mine, theirs):
    """The definition, run by run."""
    means, variances = [], []
    for batch in (mine, theirs):
        count = len(batch)
        mean = sum(map(float, batch)) / count
        means.append(mean)
        variances.append(sum((float(score) - mean) ** 2 for score in batch) / (count - 1) / count)
    reach = 1.96 * sum(variances) ** 0.5
    return np.array([means[0] - means[1] - reach, means[0] - means[1] + reach])


def vary(reach=None, middle=None):
    """Return the function with another reach, or another middle, of the two batches."""

    def answer(mine, theirs):
        center = middle(mine, theirs) if middle else mine.mean() - theirs.mean()
        length = reach(mine, theirs) if reach else 1.96 * find_error(mine, theirs)
        return np.array([center - length, center + length])

    return answer


def find_error(mine, theirs, ddof=1):
    """Return the standard error of the difference of the means."""
    return np.sqrt(mine.var(ddof=ddof) / len(mine) + theirs.var(ddof=ddof) / len(theirs))


def take_root(variance):
    """Return the function that reaches 1.96 times the root of variance(mine, theirs); below 0 there is none."""

    def reach(mine, theirs):
        with np.errstate(invalid="ignore"):
            return 1.96 * np.sqrt(variance(mine, theirs))

    return vary(reach=reach)


def of_mean(batch, ddof=1):
    """Return the variance of a mean, where that of the runs divides by their number less ddof."""
    return batch.var(ddof=ddof) / len(batch)


def stop_at_zero(mine, theirs):
    """The idea that a difference, or an interval, ends at 0."""
    return np.maximum(compare_means(mine, theirs), [0, -np.inf])


def compare_in_pairs(mine, theirs):
    """The idea that run 0 of mine belongs to run 0 of theirs."""
    gaps = mine - theirs
    reach = 1.96 * gaps.std(ddof=1) / np.sqrt(len(gaps))
    return np.array([gaps.mean() - reach, gaps.mean() + reach])


def leave_out_theirs(mine, theirs):
    """The idea of the interval of mine alone."""
    reach = 1.96 * np.sqrt(mine.var(ddof=1) / len(mine))
    return np.array([mine.mean() - reach, mine.mean() + reach])


def pool(mine, theirs):
    """The idea that both batches have one variance, that of all the runs around their own means."""
    squares = (len(mine) - 1) * mine.var(ddof=1) + (len(theirs) - 1) * theirs.var(ddof=1)
    return 1.96 * np.sqrt(squares / (len(mine) + len(theirs) - 2) * (1 / len(mine) + 1 / len(theirs)))


def subtract_ends(mine, theirs):
    """The idea that lower end minus lower end is the lower end."""
    first, second = (1.96 * np.sqrt(batch.var(ddof=1) / len(batch)) for batch in (mine, theirs))
    return np.array([mine.mean() - first - theirs.mean() + second, mine.mean() + first - theirs.mean() - second])


def tell_middle_and_reach(mine, theirs):
    """The idea to give the middle, and how far it reaches."""
    return np.array([mine.mean() - theirs.mean(), 1.96 * find_error(mine, theirs)])


def cover_runs(mine, theirs):
    """The idea of an interval for single runs: where their differences lie."""
    return np.percentile(np.subtract.outer(mine, theirs), [2.5, 97.5])


THROWN_TOGETHER = (
    "You throw both batches together. Then the gap between them counts as spread: take the variance of each."
)
SUBTRACTED = "You subtract the variances. Means are subtracted; the luck of both adds up."
OF_SINGLE_RUNS = (
    "You return where the differences of single runs lie. Asked for is the interval of the *mean*, which shrinks "
    "with the number of runs."
)
DIFFERENCE_MISCONCEPTIONS = (
    Misconception(
        vary(reach=lambda mine, theirs: 1.96 * find_error(mine, theirs, ddof=0)),
        "Your variances divide by the number of runs. Divide by one less: `.var(ddof=1)`.",
    ),
    Misconception(
        take_root(lambda mine, theirs: of_mean(mine) + of_mean(theirs, ddof=0)),
        "Only the variance of mine divides by one less than there are runs. That of theirs has to, too.",
    ),
    Misconception(
        take_root(lambda mine, theirs: of_mean(mine, ddof=0) + of_mean(theirs)),
        "Only the variance of theirs divides by one less than there are runs. That of mine has to, too.",
    ),
    Misconception(
        take_root(lambda mine, theirs: sum(part.var(ddof=1) / (len(part) - 1) for part in (mine, theirs))),
        "You divide by one less than there are runs twice. It belongs into the variance alone; the variance of a mean "
        "is that, divided by the number of runs.",
    ),
    Misconception(
        vary(reach=lambda mine, theirs: np.sqrt(1.96) * find_error(mine, theirs)),
        "Your 1.96 stands under the root. Take the root first, then 1.96 times it.",
    ),
    Misconception(
        stop_at_zero,
        "Your lower end stops at 0. Leave it below: that mine may be worse is what the interval has to tell.",
    ),
    Misconception(
        take_root(lambda mine, theirs: mine.var(ddof=1) + theirs.var(ddof=1)),
        "Your interval is that of two single *runs*: it does not shrink with their number. The variance of a mean is "
        "the variance divided by the number of runs.",
    ),
    Misconception(
        take_root(lambda mine, theirs: mine.var() + theirs.var()),
        "Your interval is that of two single *runs*, and its variances divide by their number. Divide by one less, "
        "`.var(ddof=1)`; and the variance of a *mean* is that, divided by the number of runs.",
    ),
    Misconception(
        vary(reach=lambda mine, theirs: 1.96 * (of_mean(mine) + of_mean(theirs))),
        "You do not take the square root: 1.96 times a *variance* is no distance.",
    ),
    Misconception(
        vary(reach=lambda mine, theirs: 1.96 * (np.sqrt(of_mean(mine)) + np.sqrt(of_mean(theirs)))),
        "You add up two standard errors. Variances add up: take the square root of their sum.",
    ),
    Misconception(
        take_root(lambda mine, theirs: mine.std(ddof=1) / len(mine) + theirs.std(ddof=1) / len(theirs)),
        "You add up standard deviations under the root. Variances belong there: `.var(ddof=1)`.",
    ),
    Misconception(
        vary(reach=lambda mine, theirs: 1.96 * (mine.std(ddof=1) / len(mine) + theirs.std(ddof=1) / len(theirs))),
        "You divide standard deviations by the number of runs. Divide *variances* by it, add up, and take the root.",
    ),
    Misconception(
        vary(reach=find_error),
        "You reach one standard error to both sides. That covers 68 %; for 95 % take 1.96 of them.",
    ),
    Misconception(
        vary(reach=lambda mine, theirs: 1.645 * find_error(mine, theirs)),
        "You take 1.645 standard errors. That covers 90 %; for 95 % take 1.96 of them.",
    ),
    Misconception(
        vary(reach=lambda mine, theirs: 2 * find_error(mine, theirs)),
        "You take 2 standard errors. It is close; take 1.96.",
    ),
    Misconception(
        vary(reach=lambda mine, theirs: 1.96 / 2 * find_error(mine, theirs)),
        "Your interval is half as wide as it should be: it reaches 1.96 standard errors to *each* side.",
    ),
    Misconception(
        vary(reach=lambda mine, theirs: -1.96 * find_error(mine, theirs)),
        "Your two ends have changed places: the lower one comes first.",
    ),
    Misconception(
        vary(middle=lambda mine, theirs: theirs.mean() - mine.mean()),
        "You subtract mine from theirs. How much better *mine* is, is mine minus theirs.",
    ),
    Misconception(
        vary(middle=lambda mine, theirs: mine.sum() - theirs.sum()),
        "In the middle you put the difference of the *sums*. Take that of the means.",
    ),
    Misconception(
        vary(middle=lambda mine, theirs: np.median(mine) - np.median(theirs)),
        "In the middle you put the difference of the *medians*. Take that of the means.",
    ),
    Misconception(
        vary(middle=lambda mine, theirs: mine.max() - theirs.max()),
        "In the middle you put the difference of the *best* runs. Take that of the means.",
    ),
    Misconception(
        vary(middle=lambda mine, theirs: 0.0),
        "Your interval lies around 0. Its middle is the difference of the means.",
    ),
    Misconception(
        compare_in_pairs,
        "You subtract run by run. Run 0 of mine has nothing to do with run 0 of theirs, and there may be more of one "
        "than of the other: take each batch's own mean and variance.",
    ),
    Misconception(
        leave_out_theirs,
        "You return the interval of the mean of mine alone. Where do theirs come in?",
    ),
    Misconception(
        take_root(lambda mine, theirs: of_mean(mine)),
        "Your interval is as wide as if theirs were exact. Their mean is as much by luck as mine: add both variances.",
    ),
    Misconception(
        take_root(lambda mine, theirs: (mine.var(ddof=1) + theirs.var(ddof=1)) / (len(mine) + len(theirs))),
        "You divide both variances by the number of all runs. Each is divided by the number of its own.",
    ),
    Misconception(
        take_root(lambda mine, theirs: (mine.var(ddof=1) + theirs.var(ddof=1)) / len(mine)),
        "You divide both variances by the number of runs of mine. Each is divided by the number of its own.",
    ),
    Misconception(
        take_root(lambda mine, theirs: (mine.var(ddof=1) + theirs.var(ddof=1)) / len(theirs)),
        "You divide both variances by the number of runs of theirs. Each is divided by the number of its own.",
    ),
    Misconception(
        take_root(lambda mine, theirs: mine.var(ddof=1) / len(theirs) + theirs.var(ddof=1) / len(mine)),
        "You divide each variance by the number of the *other's* runs. Divide it by the number of its own.",
    ),
    Misconception(take_root(lambda mine, theirs: of_mean(np.concatenate([mine, theirs]))), THROWN_TOGETHER),
    Misconception(
        take_root(lambda mine, theirs: np.concatenate([mine, theirs]).var(ddof=1) * (1 / len(mine) + 1 / len(theirs))),
        THROWN_TOGETHER,
    ),
    Misconception(
        vary(reach=pool),
        "You give both batches one variance. That is right only if they spread alike: take the variance of each.",
    ),
    Misconception(take_root(lambda mine, theirs: np.abs(of_mean(mine) - of_mean(theirs))), SUBTRACTED),
    Misconception(take_root(lambda mine, theirs: of_mean(mine) - of_mean(theirs)), SUBTRACTED),
    Misconception(
        subtract_ends,
        "You subtract end from end. The two lucks may point in opposite directions: variances add up.",
    ),
    Misconception(
        tell_middle_and_reach,
        "You return the middle, and how far the interval reaches. Return its two ends.",
    ),
    Misconception(
        lambda mine, theirs: np.array([mine.min() - theirs.max(), mine.max() - theirs.min()]),
        OF_SINGLE_RUNS,
    ),
    Misconception(cover_runs, OF_SINGLE_RUNS),
)
