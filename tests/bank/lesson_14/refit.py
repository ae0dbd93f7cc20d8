"""Answers to exercise 14.3."""

from tests.bank.bank import Answers, Cell, Told

BEST = "best = candidates[np.argsort(scores)[-num_best:]]"
END = "return np.stack([best.mean(axis=0), best.std(axis=0)])"


def write(best=BEST, end=END):
    """Write the usual answer, with another line in it."""
    return f"""
            {best}
            {end}
            """


ANSWERS = {
    "14.3": Answers(
        right=[
            write(),
            write(best="best = candidates[np.argsort(-scores)[:num_best]]"),
            write(best="best = candidates[np.argpartition(scores, -num_best)[-num_best:]]"),
            write(best="best = candidates[np.argsort(scores)[::-1]][:num_best]"),
            """
            pairs = sorted(zip(scores, range(len(scores))), reverse=True)[:num_best]
            best = np.array([candidates[place] for score, place in pairs], dtype=float)
            mean = best.sum(axis=0) / num_best
            spread = np.sqrt(((best - mean) ** 2).sum(axis=0) / num_best)
            return np.array([mean, spread])
            """,
            Cell("""
            def refit(population, values, number):
                left, rows = list(values), []
                for _ in range(number):
                    place = int(np.argmax(left))
                    rows.append(population[place])
                    left[place] = -np.inf
                return np.vstack([np.mean(rows, 0), np.std(rows, 0)])
            """),
            """
            order = np.lexsort((np.arange(len(scores)), scores))
            best = candidates[order[len(scores) - num_best:]].astype(float)
            result = np.empty((2, candidates.shape[1]))
            result[0] = np.average(best, axis=0)
            result[1] = np.sqrt(best.var(axis=0))
            return result
            """,
            write(
                best="best = candidates[np.lexsort((np.random.default_rng().random(len(scores)), -scores))[:num_best]]"
            ),
            """
            import statistics
            rows = sorted(range(len(scores)), key=lambda place: (scores[place], place))[-num_best:]
            columns = candidates[rows].astype(float).T.tolist()
            return np.array([list(map(statistics.fmean, columns)), list(map(statistics.pstdev, columns))])
            """,
        ],
        wrong={
            write(best="best = candidates[np.argsort(scores)[:num_best]]"): "You take the *worst* candidates",
            write(best="best = candidates"): "You take all candidates",
            write(best="best = candidates[:num_best]"): "You take the first candidates",
            write(best="best = candidates[-num_best:]"): "You take the last candidates",
            write(best="best = candidates[np.argsort(scores)[len(scores) - num_best + 1:]]"): "one candidate too few",
            write(best="best = candidates[np.argsort(-scores)[:max(num_best - 1, 1)]]"): "one candidate too few",
            write(best="best = candidates[np.argsort(scores)[-num_best + 1:]]"): "one candidate too few",
            write(best="best = candidates[np.argsort(-scores) < num_best]"): Told(
                "You read the result of `np.argsort` as ranks", never=("in all its places",)
            ),
            write(best="best = candidates[np.argsort(scores) >= len(scores) - num_best]"): (
                "You read the result of `np.argsort` as ranks"
            ),
            write(best="best = candidates[np.roll(np.argsort(scores), 1)[:num_best]]"): Told(
                "Right in", never=("in all its places",)
            ),
            write(end="return np.stack([best.mean(axis=0), np.full(best.shape[1], best.std())])"): (
                "Your spread is one over all parameters"
            ),
            write(end="return np.stack([best.mean(axis=0), best.std(axis=0) / np.sqrt(num_best)])"): (
                "You divide the spread by the root of `num_best`"
            ),
            write(end="return np.stack([best.sum(axis=0), best.std(axis=0)])"): "Your first row is a sum",
            write(end="return np.stack([best.sum(axis=0) / len(candidates), best.std(axis=0)])"): (
                "You divide by the number of all candidates"
            ),
            write(
                end="return np.stack([best.mean(0), np.sqrt(((best - candidates.mean(0)) ** 2).mean(0))])"
            ): "from the mean of all candidates",
            """
            order = np.argsort(scores)[-num_best:]
            mean = np.average(candidates[order], axis=0, weights=scores[order])
            return np.stack([mean, candidates[order].std(axis=0)])
            """: "You weigh candidates by their scores",
            """
            by_score = dict(zip(scores, candidates))
            best = np.array([by_score[score] for score in sorted(by_score, reverse=True)[:num_best]])
            return np.stack([best.mean(axis=0), best.std(axis=0)])
            """: "`scores` holds a number twice",
            """
            left, rows = scores.copy(), []
            for _ in range(num_best):
                rows.append(np.argmax(left))
                left[rows[-1]] = -1
            best = candidates[rows]
            return np.stack([best.mean(axis=0), best.std(axis=0)])
            """: "`scores` holds negative numbers",
            write(best="best = candidates[[np.argmax(scores)]]"): "You take the single best candidate",
            write(best="best = candidates[np.argsort(scores)[-num_best - 1:]]"): "one candidate too many",
            write(end="return np.stack([best.mean(axis=0), best.var(axis=0)])"): "Your spread is the variance",
            """
            best = candidates[np.argsort(scores)[-num_best:]]
            spread = best.std(axis=0, ddof=1) if num_best > 1 else np.zeros(candidates.shape[1])
            return np.stack([best.mean(axis=0), spread])
            """: "divides by one less than the number",
            write(end="return np.stack([best.mean(axis=0), np.ptp(best, axis=0)])"): (
                "the distance from the smallest to the largest"
            ),
            write(end="return np.stack([best.mean(axis=0), abs(best - best.mean(axis=0)).mean(axis=0)])"): (
                "the mean distance from the mean"
            ),
            write(end="return np.ones((2, best.shape[1])) * [[best.mean()], [best.std()]]"): (
                "one mean and one spread over all parameters"
            ),
            write(end="return np.stack([np.median(best, axis=0), best.std(axis=0)])"): "You take the median",
            write(end="return np.stack([best[-1], best.std(axis=0)])"): "Your first row is the best candidate itself",
            write(end="return np.stack([best.std(axis=0), best.mean(axis=0)])"): "Means and spreads are exchanged",
            """
            order = np.argsort(scores)[-num_best:]
            best, weights = candidates[order], scores[order] / scores[order].sum()
            mean = weights @ best
            return np.stack([mean, np.sqrt(weights @ (best - mean) ** 2)])
            """: "You weigh candidates by their scores",
            write(end="return np.stack([best.mean(axis=0), np.sqrt(((best - best[-1]) ** 2).mean(axis=0))])"): (
                "You measure the spread from the best candidate"
            ),
            write(best="best = np.sort(candidates, axis=0)[-num_best:]"): "You sort the parameters themselves",
            write(end="return np.stack([best.mean(axis=0), candidates.std(axis=0)])"): (
                "Your spread is that of all candidates"
            ),
            write(best="best = candidates[np.argsort(scores)[-num_best:-1]]"): "You leave out the very best",
            write(end="return best.mean(axis=0), best.std(axis=0)"): "Wrap it in `np.array(...)`",
            write(end="return np.stack([best.mean(axis=1), best.std(axis=1)])"): "Expected shape (2, 3)",
            write(end="return np.concatenate([best.mean(axis=0), best.std(axis=0)])"): "Expected shape (2, 3)",
            """
            border = np.sort(scores)[-num_best]
            best = candidates[scores >= border]
            return np.stack([best.mean(axis=0), best.std(axis=0)])
            """: Told("`scores` holds a number twice", never=("You take",)),
            """
            best = candidates[np.argsort(scores)[-num_best:]]
            return np.stack([best.mean(axis=0), best.std(axis=0, ddof=1)])
            """: "divides by one less than the number",
            """
            best = candidates[np.argsort(scores)[-len(scores) // 2:]]
            return np.stack([best.mean(axis=0), best.std(axis=0)])
            """: "num_best",
        },
    ),
}
