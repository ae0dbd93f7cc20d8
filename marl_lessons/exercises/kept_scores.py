"""A learner's own entries on scoreboards: the mean of each, with its interval, kept in the progress file."""

import contextlib
import math
from dataclasses import asdict, dataclass

import numpy as np

from marl_lessons.display import Misuse, show, to_html
from marl_lessons.exercises import progress_file
from marl_lessons.exercises.calls import refuse_inside_answer
from marl_lessons.notebook import stoppable

MOST_ENTRIES, MOST_BOARDS = 12, 20
LONGEST_NAME = 60  # characters
LARGEST = 1e12  # a score; with larger ones means overflow, and lines grow long


@dataclass(frozen=True)
class KeptScores:
    """What is kept of the scores of some runs.

    Attributes:
        mean: over the runs.
        low, high: ends of its 95 % bootstrap interval.
        runs: how many there were.
    """

    mean: float
    low: float
    high: float
    runs: int

    def __str__(self):
        return f"{self.mean:.1f} (95 % interval {self.low:.1f} to {self.high:.1f}, {self.runs} runs)"


@stoppable
def keep_scores(board, name, scores):
    """Keep your scores on a scoreboard, as mean, interval and number of runs, and say so.

        keep_scores("dispatch", "my first team", scores)
        keep_scores("dispatch", "my first team", None)  # takes the entry off

    The same name again replaces the entry. A board keeps 12 of them: then the one that was kept longest ago goes.

    Parameters:
        board, name: a line of at most 60 characters each.
        scores: (R,), one for each of at least 2 runs; or None.
    Raises:
        ValueError: if something else comes. Nothing is lost then.
    """
    refuse_inside_answer("keep_scores")
    board, name = _check_line("board", board), _check_line("name", name)
    entry = None if scores is None else _summarize(scores)
    said = []

    def edit(progress):
        said[:] = _change_board(progress.scores, board, name, entry)

    progress = progress_file.change(edit)
    _say("\n".join([*said, *progress.notes]))


@stoppable
def kept_scores(board):
    """Look up your own entries on a scoreboard, name -> KeptScores, the one that was kept longest ago first."""
    refuse_inside_answer("kept_scores")
    return read_board(progress_file.read(), _check_line("board", board, remedy='write "dispatch", say'))


def read_board(progress, board):
    """Read the entries of a board that can be understood, name -> KeptScores."""
    entries = {name: _parse(values) for name, values in progress.scores.get(board, {}).items()}
    return {name: entry for name, entry in entries.items() if entry is not None}


def write_boards(progress):
    """Write a line for each board with entries, the best of them first."""
    for board in progress.scores:
        entries = sorted(read_board(progress, board).items(), key=lambda item: -item[1].mean)
        if entries:
            listed = ", ".join(f"{name} {entry.mean:.1f}" for name, entry in entries)
            yield f'Your scores on "{board}": {listed}'


def _change_board(boards, board, name, entry):
    """Put an entry on its board, or take it off; return sentences that say what happened."""
    if board not in boards and entry is not None and len(boards) >= MOST_BOARDS:
        listed = ", ".join(f'"{other}"' for other in boards)
        return [f"Not kept: there are {MOST_BOARDS} boards already. Use one of {listed}."]
    entries = boards.setdefault(board, {})
    earlier = _parse(entries.pop(name, None))
    said = [f"It replaces {earlier}."] if earlier else []
    if entry is None:
        if not entries:
            del boards[board]
        return [f'"{name}" was taken off "{board}".' if earlier else f'There was no "{name}" on "{board}".']
    if len(entries) >= MOST_ENTRIES:
        oldest = next(iter(entries))
        del entries[oldest]
        said.append(f'"{oldest}", kept longest ago, gave way: a board keeps {MOST_ENTRIES}.')
    entries[name] = asdict(entry)
    return [f'Kept on "{board}": {name}, {entry}.', *said]


def _summarize(scores):
    """Turn the scores of runs into what is kept; raises Misuse where they are something else."""
    from marl_lessons.plotting import bootstrap_interval  # matplotlib comes with it

    values = None
    with contextlib.suppress(Exception):  # whatever an object does when it is asked for numbers
        values = np.asarray(scores)
    if values is None or values.dtype.kind not in "iuf" or values.ndim != 1:
        remedy = _find_scores_remedy(values)
        raise Misuse(f"`scores` must be a list of numbers, one for each run{remedy}; nothing was kept.")
    if len(values) < 2:
        raise Misuse(f"`scores` must hold at least 2 runs, got {len(values)}: a single run proves nothing.")
    if not np.isfinite(values).all():
        raise Misuse("`scores` must be finite numbers, got nan or infinity; nothing was kept.")
    if np.abs(values).max() > LARGEST:
        raise Misuse(f"`scores` must lie within ±{LARGEST:.0e}, got {np.abs(values).max():.3g}; nothing was kept.")
    low, high = bootstrap_interval(values)
    return KeptScores(float(values.mean()), float(low), float(high), len(values))


def _find_scores_remedy(values):
    """Say what to hand in where something else than scores came, and that can be told; `values` may be None."""
    if values is None or values.dtype.kind not in "iuf":
        return ""
    if values.ndim == 0:
        return ", got one number: a mean alone has no interval"
    if values.ndim == 4:
        return ": these look like policies, and `scoreboard.score_policies(policies, game)` scores them"
    return f", got shape {values.shape}"


def _parse(values):
    """Turn what the file holds of an entry into KeptScores, or return None where it has another form."""
    if not isinstance(values, dict):
        return None
    numbers = [values.get(name) for name in ("mean", "low", "high", "runs")]
    if any(type(number) not in (int, float) or not math.isfinite(number) for number in numbers):
        return None
    mean, low, high, runs = numbers
    return KeptScores(float(mean), float(low), float(high), int(runs))


def _check_line(what, text, remedy="nothing was kept"):
    """Return a name without spaces around it; raises Misuse where it is no such line."""
    line = text.strip() if isinstance(text, str) else ""
    if not line or len(line) > LONGEST_NAME or not line.isprintable():
        came = repr(text[:80]) if isinstance(text, str) else type(text).__name__
        raise Misuse(f"`{what}` must be a line of 1 to {LONGEST_NAME} characters, got {came}; {remedy}.")
    return line


def _say(text):
    show(text, to_html(text))
