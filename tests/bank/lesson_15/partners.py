"""Answers to exercise 15.4."""

from tests.bank.bank import Answers, Cell, Told

PARTS = """
            R = len(scores)
            is_own = np.eye(R, dtype=bool)
            own, strangers = scores[is_own], scores[~is_own].reshape(R, -1)
            mean, worst = strangers.mean(axis=1), strangers.min(axis=1)"""
END = "return np.stack([own, mean, worst], axis=1)"


def change(line, end=END):
    """Write an answer that has all the parts, and changes one of them."""
    return f"{PARTS}\n            {line}\n            {end}\n            "


ANSWERS = {
    "15.4": Answers(
        right=[
            change("R = R"),
            """
            judged = np.zeros((len(scores), 3))
            for r, row in enumerate(scores):
                others = np.delete(row, r)
                judged[r] = row[r], others.mean(), others.min()
            return judged
            """,
            """
            others = scores.astype(float)
            np.fill_diagonal(others, np.nan)
            return np.column_stack([np.diag(scores), np.nanmean(others, axis=1), np.nanmin(others, axis=1)])
            """,
            """
            own = scores.diagonal()
            mean = (scores.sum(axis=1) - own) / (len(scores) - 1)
            lowest = np.where(np.eye(len(scores)) == 1, np.inf, scores).min(axis=1)
            return np.array([own, mean, lowest]).T
            """,
            Cell("""
            def judge_partners(table):
                rows = [[x for k, x in enumerate(row) if k != r] for r, row in enumerate(table.tolist())]
                return np.array([[table[r, r], sum(row) / len(row), min(row)] for r, row in enumerate(rows)])
            """),
            """
            masked = np.ma.masked_array(scores, np.eye(len(scores), dtype=bool))
            parts = np.diagonal(scores), masked.mean(axis=1).filled(0), masked.min(axis=1).filled(0)
            return np.stack(parts, axis=-1)
            """,
            """
            R = len(scores)
            rolled = np.array([np.roll(row, -r) for r, row in enumerate(scores)])
            return np.c_[rolled[:, 0], rolled[:, 1:].mean(axis=1), np.sort(rolled[:, 1:], axis=1)[:, 0]]
            """,
        ],
        wrong={
            change("mean, worst = scores.mean(axis=1), scores.min(axis=1)"): "count the own team among the strangers",
            change("mean = scores.mean(axis=1)"): "Your mean counts the own team",
            change("worst = scores.min(axis=1)"): "Your worst partner may be the own one",
            change("others = scores * ~is_own; mean, worst = others.mean(axis=1), others.min(axis=1)"): (
                "0 counts as a stranger"
            ),
            change("mean = strangers.sum(axis=1) / R"): "by the number of all teams",
            change("mean = strangers.sum(axis=1)"): "Your second column is the strangers' *sum*",
            change("mean = strangers.sum(axis=1) // (R - 1)"): "Your means are cut off to whole numbers",
            change("worst = (scores * ~is_own).min(axis=1)"): Told("never above 0", never=("left out",)),
            change("worst = np.minimum(worst, 100)"): "never above 100",
            change("worst = np.full(R, strangers.min())"): "Your lowest is that of all teams",
            change("mean = np.full(R, strangers.mean())"): "Your mean is that of all teams",
            """
            others = [np.delete(scores, r, axis=1) for r in range(len(scores))]
            return np.array([[scores[r, r], part.mean(), part.min()] for r, part in enumerate(others)])
            """: "You leave out column r",
            change(
                "mean = worst = scores[np.arange(R), (np.arange(R) + 1) % R]"
            ): "You ask one stranger of each worker",
            change("worst = strangers.argmin(axis=1)"): "*who* the worst stranger is",
            change(
                "strangers = np.sort(scores, axis=1)[:, :-1]; mean, worst = strangers.mean(axis=1), strangers[:, 0]"
            ): ("You leave out the highest score of each row"),
            change(
                "others = scores.T[~is_own].reshape(R, -1); strangers = np.concatenate([strangers, others], axis=1); "
                "mean, worst = strangers.mean(axis=1), strangers.min(axis=1)"
            ): "You count row and column",
            change("others = scores[~is_own].reshape(-1, R); mean, worst = others.mean(axis=0), others.min(axis=0)"): (
                "Your strangers stand in wrong rows"
            ),
            change("R = R", "return np.stack([own, mean, worst]).reshape(R, 3)"): "it does not turn axes",
            change("mean, worst = own - mean, own - worst"): "what is lost with strangers",
            """
            judged = []
            for own, row in zip(scores.diagonal(), scores):
                others = row[row != own] if (row != own).any() else row
                judged.append([own, others.mean(), others.min()])
            return np.array(judged)
            """: "only where a stranger scores just what the own team does",
            """
            others = scores.copy()
            np.fill_diagonal(others, np.inf)
            return np.stack([scores.diagonal(), scores.mean(axis=1), others.min(axis=1)], axis=1)
            """: "A whole number cannot be infinite",
            change(
                "others = scores.T[~is_own].reshape(R, -1); mean, worst = others.mean(axis=1), others.min(axis=1)"
            ): ("You go down the columns"),
            change("mean = scores.T[~is_own].reshape(R, -1).mean(axis=1)"): "Your mean goes down the columns",
            change("worst = scores.T[~is_own].reshape(R, -1).min(axis=1)"): "Your lowest goes down the columns",
            change("worst = strangers.max(axis=1)"): "is the *best* stranger",
            change("worst = np.where(is_own, np.inf, scores).argmin(axis=1)"): "*who* the worst stranger is",
            change("mean = np.median(strangers, axis=1)"): "the median of the strangers",
            change("own = scores[:, 0]"): "column 0 of the table",
            change("own = scores.max(axis=1)"): "the best score of a row",
            """
            ordered = np.sort(scores, axis=1)
            return np.stack([ordered[:, -1], ordered[:, :-1].mean(axis=1), ordered[:, 0]], axis=1)
            """: "the highest score of a row",
            change("mean, worst = worst, mean"): "second and third column have changed places",
            change("own, mean = mean, own"): "first two columns have changed places",
            change(
                "own, mean, worst = np.full(R, own.mean()), np.full(R, strangers.mean()), np.full(R, strangers.min())"
            ): "You judge all teams together",
            change("mean, worst = mean - own, worst - own"): "what is lost with strangers",
            change("R = R", "return np.stack([own, mean, worst])"): "(5, 3)",
            change("R = R", "return np.stack([own, mean], axis=1)"): "(5, 3)",
            change("R = R", "return np.array([own.mean(), mean.mean(), worst.min()])"): "(5, 3)",
            change("R = R", "return own, mean, worst"): "(5, 3)",
            change("R = R", "np.stack([own, mean, worst], axis=1)"): "Did you forget `return`?",
            change("R = R", "return np.stack([own, mean, worst], axis=1).astype(int)"): "whole",
            change("R = R", "return np.stack([own, mean, worst], axis=1).round()"): "whole",
            """
            others = np.delete(scores, np.arange(len(scores)), axis=1)
            return np.stack([scores.diagonal(), others.mean(axis=1), others.min(axis=1)], axis=1)
            """: "zero-size",
            change(
                "strangers = scores[:, 1:]; mean, worst = strangers.mean(axis=1), strangers.min(axis=1)"
            ): "all columns but the first",
        },
    ),
}
