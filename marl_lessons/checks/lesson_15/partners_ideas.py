"""How workers do with strangers by the definition, and the ideas that lead elsewhere: for exercise 15.4."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def judge_one_by_one(scores):
    """The definition, team by team."""
    judged = []
    for team, row in enumerate(scores.tolist()):
        strangers = [score for other, score in enumerate(row) if other != team]
        judged.append([row[team], sum(strangers) / len(strangers), min(strangers)])
    return np.array(judged, dtype=float)


def put_in(column, judge):
    """Return the function that puts judge(scores), (R,), into a column of the right answer."""

    def answer(scores):
        judged = judge_one_by_one(scores)
        judged[:, column] = judge(scores)
        return judged

    return answer


def list_strangers(scores):
    """Return the entries off the diagonal, row by row, (R, R - 1)."""
    return scores[~np.eye(len(scores), dtype=bool)].reshape(len(scores), -1)


def name_the_worst(scores):
    """The idea to name the worst partner in place of its score."""
    without_own = 1.0 * scores
    np.fill_diagonal(without_own, np.inf)
    return without_own.argmin(axis=1)


def include_own(scores):
    """The idea that all of a row are strangers."""
    return np.stack([scores.diagonal(), scores.mean(axis=1), scores.min(axis=1)], axis=1)


def count_own_as_zero(scores):
    """The idea to blank the diagonal by zeros, and to average and take the lowest of all the row."""
    others = scores - np.diag(scores.diagonal())
    return np.stack([scores.diagonal(), others.mean(axis=1), others.min(axis=1)], axis=1)


def judge_together(scores):
    """The idea of one number for all teams."""
    strangers = list_strangers(scores)
    return np.stack(
        [np.full(len(scores), part) for part in (scores.diagonal().mean(), strangers.mean(), strangers.min())], axis=1
    )


def sort_away_the_highest(scores):
    """The idea that a row's highest score is the own team's."""
    ordered = np.sort(1.0 * scores, axis=1)
    return np.stack([ordered[:, -1], ordered[:, :-1].mean(axis=1), ordered[:, 0]], axis=1)


def take_away_the_highest(scores):
    """The idea to leave a row's highest score out in place of the own team's."""
    others = np.sort(1.0 * scores, axis=1)[:, :-1]
    return np.stack([scores.diagonal(), others.mean(axis=1), others[:, 0]], axis=1)


def include_both_sides(scores):
    """The idea that worker 1 of a team is asked with its strangers, too."""
    judged, others = judge_one_by_one(scores), judge_one_by_one(scores.T)
    return np.stack([judged[:, 0], (judged[:, 1] + others[:, 1]) / 2, np.minimum(judged, others)[:, 2]], axis=1)


def fold_down(scores):
    """The idea that reshape(-1, R) makes columns of the strangers."""
    strangers = list_strangers(scores).reshape(-1, len(scores))
    return np.stack([scores.diagonal(), strangers.mean(axis=0), strangers.min(axis=0)], axis=1)


def leave_out_a_column(scores):
    """The idea that without column r all that is left belongs to team r."""
    others = [np.delete(scores, team, axis=1) for team in range(len(scores))]
    return np.array([[scores[r, r], part.mean(), part.min()] for r, part in enumerate(others)])


def ask_the_next(scores):
    """The idea that one stranger tells of all."""
    stranger = np.roll(scores, -1, axis=1).diagonal()
    return np.stack([scores.diagonal(), stranger, stranger], axis=1)


def skip_the_first_column(scores):
    """The idea that the own team is column 0."""
    return np.stack([scores.diagonal(), scores[:, 1:].mean(axis=1), scores[:, 1:].min(axis=1)], axis=1)


WHO = "Your third column says *who* the worst stranger is. What do they score together?"
LOST = "You return what is lost with strangers. Return what is scored with them."
PARTNER_MISCONCEPTIONS = (
    Misconception(
        include_own,
        "You count the own team among the strangers. Leave the diagonal out of the mean and of the worst.",
    ),
    Misconception(
        put_in(1, lambda scores: scores.mean(axis=1)),
        "Your mean counts the own team among the strangers. Leave the diagonal out.",
    ),
    Misconception(
        put_in(2, lambda scores: scores.min(axis=1)),
        "Your worst partner may be the own one. Leave the diagonal out of the lowest, too.",
    ),
    Misconception(
        count_own_as_zero,
        "You put 0 in the place of the own team, and 0 counts as a stranger. Take the diagonal out altogether.",
    ),
    Misconception(
        put_in(1, lambda scores: list_strangers(scores).sum(axis=1) / len(scores)),
        "You divide the strangers' sum by the number of all teams. There is one stranger less.",
    ),
    Misconception(
        put_in(1, lambda scores: list_strangers(scores).sum(axis=1)),
        "Your second column is the strangers' *sum*. Take the mean.",
    ),
    Misconception(
        put_in(1, lambda scores: list_strangers(scores).sum(axis=1) // (len(scores) - 1)),
        "Your means are cut off to whole numbers. `//` does so; `/` keeps the decimals.",
    ),
    Misconception(
        put_in(2, lambda scores: np.minimum(list_strangers(scores).min(axis=1), 0)),
        "Your lowest is never above 0. Does it begin at 0, or does a 0 stand in the place of the own team? Begin with "
        "a stranger, or put `np.inf` there.",
    ),
    Misconception(
        put_in(2, lambda scores: np.minimum(list_strangers(scores).min(axis=1), 100)),
        "Your lowest is never above 100. A score may be: begin with a stranger, or with `np.inf`.",
    ),
    Misconception(
        put_in(2, lambda scores: np.full(len(scores), list_strangers(scores).min())),
        "Your lowest is that of all teams. Each row has its own: `axis=1`.",
    ),
    Misconception(
        put_in(1, lambda scores: np.full(len(scores), list_strangers(scores).mean())),
        "Your mean is that of all teams. Each row has its own: `axis=1`.",
    ),
    Misconception(
        leave_out_a_column,
        "You leave out column r, and take the mean and the lowest of all the rows that are left. Take row r alone.",
    ),
    Misconception(
        ask_the_next,
        "You ask one stranger of each worker, the next one. Take the mean, and the lowest, of all of them.",
    ),
    Misconception(
        include_both_sides,
        "You count row and column. Row r holds what worker 0 of team r scores; column r is about worker 1.",
    ),
    Misconception(
        fold_down,
        "Your strangers stand in wrong rows: `reshape` keeps the order, row by row. `.reshape(R, -1)` makes R "
        "rows of them.",
    ),
    Misconception(
        lambda scores: judge_one_by_one(scores).T.reshape(-1, 3),
        "Your numbers stand in wrong places: `reshape` keeps their order, it does not turn axes. `np.stack(…, axis=1)` "
        "puts three columns side by side.",
    ),
    Misconception(
        lambda scores: judge_one_by_one(scores.T),
        "You go down the columns. Row r holds what worker 0 of team r scores; its strangers are in that *row*.",
    ),
    Misconception(
        put_in(1, lambda scores: list_strangers(scores.T).mean(axis=1)),
        "Your mean goes down the columns. Row r holds what worker 0 of team r scores: `axis=1`.",
    ),
    Misconception(
        put_in(2, lambda scores: list_strangers(scores.T).min(axis=1)),
        "Your lowest goes down the columns. Row r holds what worker 0 of team r scores: `axis=1`.",
    ),
    Misconception(
        put_in(2, lambda scores: list_strangers(scores).max(axis=1)),
        "Your third column is the *best* stranger. Take the lowest score.",
    ),
    Misconception(put_in(2, name_the_worst), WHO),
    Misconception(put_in(2, lambda scores: list_strangers(scores).argmin(axis=1)), WHO),
    Misconception(
        put_in(1, lambda scores: np.median(list_strangers(scores), axis=1)),
        "Your second column is the median of the strangers. Take the mean.",
    ),
    Misconception(
        put_in(0, lambda scores: scores[:, 0]),
        "Your first column is column 0 of the table: everybody beside worker 1 of team 0. The own team stands on the "
        "diagonal.",
    ),
    Misconception(
        put_in(0, lambda scores: scores.max(axis=1)),
        "Your first column is the best score of a row. That is the own team's only where no stranger does better.",
    ),
    Misconception(
        skip_the_first_column,
        "You take all columns but the first for strangers. Row r's own team stands in column r.",
    ),
    Misconception(
        sort_away_the_highest,
        "You take the highest score of a row for the own team's. A stranger may do better: take the diagonal.",
    ),
    Misconception(
        take_away_the_highest,
        "You leave out the highest score of each row. A stranger may do better than the own team: leave out the "
        "diagonal.",
    ),
    Misconception(
        lambda scores: judge_one_by_one(scores)[:, [0, 2, 1]],
        "Your second and third column have changed places: the mean comes before the worst.",
    ),
    Misconception(
        lambda scores: judge_one_by_one(scores)[:, [1, 0, 2]],
        "Your first two columns have changed places: the own team comes first.",
    ),
    Misconception(
        judge_together,
        "You judge all teams together. Each team has its own mean and its own worst: `axis=1`.",
    ),
    Misconception(
        lambda scores: judge_one_by_one(scores) - judge_one_by_one(scores)[:, :1] * np.array([0, 1, 1]),
        LOST,
    ),
    Misconception(lambda scores: judge_one_by_one(scores) * [1, -1, -1] + scores.diagonal()[:, None] * [0, 1, 1], LOST),
)
