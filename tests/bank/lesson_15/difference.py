"""Answers to exercise 15.1."""

from tests.bank.bank import Answers, Cell, Told

PARTS = """
            middle = mine.mean() - theirs.mean()
            first, second = mine.var(ddof=1), theirs.var(ddof=1)
            R, K = len(mine), len(theirs)"""
ENDS = "return np.array([middle - reach, middle + reach])"


def reach(formula, end=ENDS):
    """Write an answer that has all the parts, with a reach and an end of its own."""
    return f"{PARTS}\n            reach = {formula}\n            {end}\n            "


RIGHT = "1.96 * np.sqrt(first / R + second / K)"

ANSWERS = {
    "15.1": Answers(
        right=[
            reach(RIGHT),
            """
            errors = [batch.std(ddof=1) / len(batch) ** 0.5 for batch in (mine, theirs)]
            return mine.mean() - theirs.mean() + 1.96 * np.hypot(*errors) * np.array([-1, 1])
            """,
            """
            def square(x):
                return ((x - x.mean()) ** 2).sum() / (x.size - 1) / x.size
            gap = np.mean(mine) - np.mean(theirs)
            far = 1.96 * (square(mine) + square(theirs)) ** 0.5
            return np.array((gap - far, gap + far))
            """,
            """
            import statistics
            mine, theirs = mine.tolist(), theirs.tolist()
            total = statistics.variance(mine) / len(mine) + statistics.variance(theirs) / len(theirs)
            gap = statistics.mean(mine) - statistics.mean(theirs)
            return np.array([gap - 1.96 * total**0.5, gap + 1.96 * total**0.5])
            """,
            """
            from scipy import stats
            error = np.sqrt(stats.sem(mine) ** 2 + stats.sem(theirs) ** 2)
            gap = mine.mean() - theirs.mean()
            return gap + np.outer([-1.96, 1.96], error).ravel()
            """,
            Cell("""
            difference_interval = lambda x, y: np.add(
                x.mean() - y.mean(),
                [s * 1.96 * np.sqrt(np.var(x, ddof=1) / len(x) + np.var(y, ddof=1) / len(y)) for s in (-1, 1)],
            )
            """),
            """
            ends = np.empty(2)
            error = np.sqrt(np.cov(mine) / len(mine) + np.cov(theirs) / len(theirs))
            ends[0] = mine.mean() - theirs.mean() - 1.96 * error
            ends[1] = mine.mean() - theirs.mean() + 1.96 * error
            return ends
            """,
        ],
        wrong={
            "return np.array([mine.mean() - 1.96 * mine.std(ddof=1) / len(mine)**.5, "
            "mine.mean() + 1.96 * mine.std(ddof=1) / len(mine)**.5])": "Where do theirs come in?",
            reach("1.96 * np.sqrt(mine.var() / R + theirs.var() / K)"): "Divide by one less",
            reach("1.96 * np.sqrt(first + second)"): "two single *runs*",
            reach("1.96 * (first / R + second / K)"): "You do not take the square root",
            reach("1.96 * (np.sqrt(first / R) + np.sqrt(second / K))"): "You add up two standard errors",
            reach("1.96 * np.sqrt(mine.std(ddof=1) / R + theirs.std(ddof=1) / K)"): (
                "standard deviations under the root"
            ),
            reach("1.96 * (mine.std(ddof=1) / R + theirs.std(ddof=1) / K)"): (
                "You divide standard deviations by the number of runs"
            ),
            reach("np.sqrt(first / R + second / K)"): "one standard error to both sides",
            reach("2 * np.sqrt(first / R + second / K)"): "You take 2 standard errors",
            reach("1.96 / 2 * np.sqrt(first / R + second / K)"): "half as wide",
            reach(RIGHT, "return np.array([middle + reach, middle - reach])"): "two ends have changed places",
            reach(RIGHT, "middle = -middle; return np.array([middle - reach, middle + reach])"): (
                "You subtract mine from theirs"
            ),
            reach(RIGHT, f"middle = np.median(mine) - np.median(theirs); {ENDS}"): "difference of the *medians*",
            reach(RIGHT, f"middle = mine.max() - theirs.max(); {ENDS}"): "difference of the *best* runs",
            reach(RIGHT, f"middle = 0.0; {ENDS}"): "Your interval lies around 0",
            """
            gaps = mine - theirs
            reach = 1.96 * gaps.std(ddof=1) / np.sqrt(len(gaps))
            return np.array([gaps.mean() - reach, gaps.mean() + reach])
            """: "You subtract run by run",
            reach("1.96 * np.sqrt(first / R)"): "as if theirs were exact",
            reach("1.96 * np.sqrt((first + second) / (R + K))"): "by the number of all runs",
            reach("1.96 * np.sqrt((first + second) / R)"): Told("the number of runs of mine", never=("all runs",)),
            reach("1.96 * np.sqrt(np.concatenate([mine, theirs]).var(ddof=1) / (R + K))"): "both batches together",
            reach("1.96 * np.sqrt(((R - 1) * first + (K - 1) * second) / (R + K - 2) * (1 / R + 1 / K))"): (
                "both batches one variance"
            ),
            reach("1.96 * np.sqrt(abs(first / R - second / K))"): "You subtract the variances",
            reach("1.96 * (np.sqrt(first / R) - np.sqrt(second / K))"): "You subtract end from end",
            reach(RIGHT, "return np.array([middle, reach])"): "the middle, and how far the interval reaches",
            "return np.percentile(np.subtract.outer(mine, theirs), [2.5, 97.5])": "where the differences",
            reach(RIGHT, "return middle - reach, middle + reach"): "Wrap it in `np.array(...)`",
            reach(RIGHT, "return reach"): "(2,)",
            reach(RIGHT, "np.array([middle - reach, middle + reach])"): "Did you forget `return`?",
            reach(RIGHT, "return np.array([middle - reach, middle + reach]).round(1)"): "to one decimal",
            reach(RIGHT, "return np.array([middle - reach, middle + reach]).astype(int)"): "whole",
            reach("1.96 * np.sqrt(first / R + first / R)"): "theirs",
            reach("1.96 * np.sqrt(first / R + theirs.var() / K)"): "Only the variance of mine divides",
            reach("1.96 * np.sqrt(mine.var() / R + second / K)"): "Only the variance of theirs divides",
            reach("1.96 * np.sqrt(first / (R - 1) + second / (K - 1))"): "by one less than there are runs twice",
            reach("1.645 * np.sqrt(first / R + second / K)"): "That covers 90 %",
            reach("1.96 * np.sqrt(mine.var() + theirs.var())"): "two single *runs*, and its variances divide",
            reach("1.96 * np.sqrt((first + second) / K)"): Told("number of runs of theirs", never=("runs of mine",)),
            reach("1.96 * np.sqrt(first / K + second / R)"): "by the number of the *other's* runs",
            reach(RIGHT, f"middle = mine.sum() - theirs.sum(); {ENDS}"): "difference of the *sums*",
            "return np.array([mine.min() - theirs.max(), mine.max() - theirs.min()])": "single runs lie",
            reach("np.sqrt(1.96 * (first / R + second / K))"): "Your 1.96 stands under the root",
            reach(RIGHT, "return np.array([max(middle - reach, 0), middle + reach])"): "Your lower end stops at 0",
            reach("1.96 * np.sqrt(first / R - second / K)"): Told("You subtract the variances", never=("`nan`",)),
            reach("1.96 * np.sqrt(np.concatenate([mine, theirs]).var(ddof=1) * (1 / R + 1 / K))"): (
                "both batches together"
            ),
            reach(RIGHT, f"middle = abs(middle); {ENDS}"): "only where the mean of theirs is the larger one",
            """
            mine.sort()
            return np.array([mine[0] - theirs.mean(), mine[-1] - theirs.mean()])
            """: "Your function changed its input `mine`",
        },
    ),
}
