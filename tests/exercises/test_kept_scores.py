"""A learner's own scores are kept on boards, in the progress file, beside everything else that stands there."""

import json

import numpy as np
import pytest

from marl_lessons.display import Misuse
from marl_lessons.exercises import keep_scores, kept_scores, progress_file
from marl_lessons.exercises.kept_scores import LONGEST_NAME, MOST_BOARDS, MOST_ENTRIES, KeptScores
from marl_lessons.exercises.progress_file import FORMAT, Record
from marl_lessons.plotting import bootstrap_interval
from tests.exercises.small_course import FUNCTION_EXERCISE, Hostile

OLD = {"format": FORMAT, "exercises": {"7.1@1": {"passed": True}}, "predictions": {"7.a@1": "b"}}


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def keep_mean(name, mean=50.0, board="board"):
    keep_scores(board, name, [mean - 1, mean + 1])


def test_what_is_kept_is_the_mean_with_its_interval_and_the_number_of_runs():
    scores = np.random.default_rng(0).normal(80, 5, size=40)
    keep_scores("board", "mine", scores)
    low, high = bootstrap_interval(scores)
    (entry,) = kept_scores("board").values()
    assert (entry.mean, entry.low, entry.high) == pytest.approx((scores.mean(), float(low), float(high)))
    assert entry.runs == 40
    assert low < entry.mean < high


def test_what_was_kept_is_told(capsys):
    keep_scores("board", "mine", [49, 51])
    assert capsys.readouterr().out == 'Kept on "board": mine, 50.0 (95 % interval 49.0 to 51.0, 2 runs).\n'


def test_a_board_that_nobody_has_used_is_empty():
    keep_mean("mine", board="another")
    assert kept_scores("board") == {}


def test_boards_are_kept_apart():
    keep_mean("mine", 10, "one")
    keep_mean("mine", 20, "other")
    assert [kept_scores(board)["mine"].mean for board in ("one", "other")] == [10, 20]


def test_the_same_name_replaces_its_entry_and_counts_as_new(capsys):
    for name, mean in (("mine", 10), ("yours", 20), ("mine", 30)):
        keep_mean(name, mean)
    assert {name: entry.mean for name, entry in kept_scores("board").items()} == {"yours": 20, "mine": 30}
    assert list(kept_scores("board")) == ["yours", "mine"]
    assert "It replaces 10.0 (95 % interval 9.0 to 11.0, 2 runs)." in capsys.readouterr().out


def test_on_a_full_board_the_oldest_entry_gives_way_and_that_is_told(capsys):
    for number in range(MOST_ENTRIES):
        keep_mean(f"team {number}")
    keep_mean("team 0", 60)  # now team 1 is the oldest
    assert "gave way" not in capsys.readouterr().out
    keep_mean("last")
    assert f'"team 1", kept longest ago, gave way: a board keeps {MOST_ENTRIES}.' in capsys.readouterr().out
    assert list(kept_scores("board")) == [*(f"team {number}" for number in range(2, MOST_ENTRIES)), "team 0", "last"]


def test_an_entry_can_be_taken_off(capsys, progress_path):
    keep_mean("mine")
    keep_scores("board", "yours", None)
    keep_scores("board", "mine", None)
    assert kept_scores("board") == {}
    assert 'There was no "yours" on "board".\n"mine" was taken off "board".\n' in capsys.readouterr().out
    assert "scores" not in read(progress_path)


def test_there_are_only_so_many_boards_and_nothing_is_lost(capsys):
    for number in range(MOST_BOARDS):
        keep_mean("mine", board=f"board {number}")
    keep_mean("mine", board="one more")
    assert f'Not kept: there are {MOST_BOARDS} boards already. Use one of "board 0", ' in capsys.readouterr().out
    assert kept_scores("one more") == {}
    keep_mean("yours", board="board 3")
    assert list(kept_scores("board 3")) == ["mine", "yours"]
    keep_scores("one more", "mine", None)
    assert capsys.readouterr().out.endswith('There was no "mine" on "one more".\n')


def test_the_help_says_how_many_entries_a_board_keeps_and_how_long_a_name_may_be():
    assert f"A board keeps {MOST_ENTRIES} of them" in keep_scores.__doc__
    assert f"a line of at most {LONGEST_NAME} characters" in keep_scores.__doc__
    keep_mean("x" * LONGEST_NAME)
    assert list(kept_scores("board")) == ["x" * LONGEST_NAME]


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ([50.0], "at least 2 runs, got 1: a single run proves nothing"),
        ([], "at least 2 runs, got 0"),
        ([1, None], "must be a list of numbers"),
        ([1j, 2], "must be a list of numbers"),
        (50.0, "must be a list of numbers, one for each run, got one number: a mean alone has no interval"),
        ([[1, 2], [3, 4]], r"must be a list of numbers, one for each run, got shape \(2, 2\)"),
        (np.full((50, 2, 18, 3), 1 / 3), "these look like policies, and `scoreboard.score_policies"),
        ([1e308, 1e308], r"must lie within ±1e\+12, got 1e\+308; nothing was kept"),
        ([[1, 2], [3]], "must be a list of numbers"),
        (["a", "b"], "must be a list of numbers"),
        ([True, False], "must be a list of numbers"),
        ({"mine": 3}, "must be a list of numbers"),
        ([1, float("nan")], "must be finite numbers"),
        ([1, float("inf")], "must be finite numbers"),
        (Hostile(), "must be a list of numbers"),
    ],
)
def test_what_are_no_scores_is_refused_and_nothing_is_lost(scores, message, progress_path):
    keep_mean("mine")
    before = progress_path.read_text()
    with pytest.raises(Misuse, match=message):
        keep_scores("board", "mine", scores)
    assert progress_path.read_text() == before


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "x" * 61, 7, None, Hostile(), "\ud800", "a\x00b"])
def test_what_is_no_name_is_refused(name, progress_path):
    for arguments in ((name, "mine"), ("board", name)):
        with pytest.raises(Misuse, match="must be a line of 1 to 60 characters"):
            keep_scores(*arguments, [1, 2])
    with pytest.raises(Misuse, match="`board` must be a line") as misuse:
        kept_scores(name)
    assert "nothing was kept" not in str(misuse.value)
    assert not progress_path.exists()


def test_spaces_around_a_name_and_other_alphabets_make_no_difference():
    keep_mean(" équipe 隊 ")
    assert list(kept_scores("board ")) == ["équipe 隊"]


def test_an_old_file_is_read_and_nothing_of_it_is_lost(progress_path):
    write(progress_path, OLD)
    assert kept_scores("board") == {}
    keep_mean("mine")
    content = read(progress_path)
    assert content["format"] == FORMAT == 1
    assert content["exercises"]["7.1@1"]["passed"]
    assert content["predictions"] == {"7.a@1": "b"}


def test_what_another_version_keeps_beside_the_scores_survives(progress_path):
    later = {"mean": 3, "low": 2, "high": 4, "runs": 9, "color": "red"}
    other = {"form": "unknown"}
    write(progress_path, OLD | {"theme": 3, "scores": {"board": {"later": later, "other": other}, "empty": {}}})
    assert kept_scores("board") == {"later": KeptScores(3.0, 2.0, 4.0, 9)}
    keep_mean("mine")
    content = read(progress_path)
    assert content["theme"] == 3
    assert content["scores"]["board"]["later"] == later
    assert content["scores"]["board"]["other"] == other
    assert content["scores"]["empty"] == {}


@pytest.mark.parametrize(
    "entry",
    [
        3, None, [], {"mean": 3}, {"mean": "3", "low": 2, "high": 4, "runs": 9},
        {"mean": float("nan"), "low": 2, "high": 4, "runs": 9}, {"mean": True, "low": 2, "high": 4, "runs": 9},
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_read_is_passed_over_until_it_is_replaced(entry, progress_path):
    write(progress_path, OLD | {"scores": {"board": {"mine": entry, "yours": entry}}})
    assert kept_scores("board") == {}
    keep_mean("mine")
    assert list(kept_scores("board")) == ["mine"]
    assert "yours" in read(progress_path)["scores"]["board"]


def test_where_the_file_cannot_be_written_scores_count_in_this_notebook_with_a_note(progress_path, capsys):
    progress_path.mkdir(parents=True)
    keep_mean("mine")
    assert "could not be saved" in capsys.readouterr().out
    keep_mean("mine", 60)
    assert kept_scores("board")["mine"].mean == 60
    progress_path.rmdir()
    keep_mean("yours")
    assert list(read(progress_path)["scores"]["board"]) == ["mine", "yours"]


def test_exercises_go_on_beside_scores():
    keep_mean("mine")
    progress_file.change(lambda progress: progress.exercises.update({FUNCTION_EXERCISE.key: Record(passed=True)}))
    assert list(kept_scores("board")) == ["mine"]
    keep_mean("yours")
    assert progress_file.read().record(FUNCTION_EXERCISE).passed


def test_the_names_are_at_hand_at_the_top():
    import marl_lessons

    assert marl_lessons.keep_scores is keep_scores
    assert marl_lessons.kept_scores is kept_scores


def test_large_losses_are_refused_as_large_gains_are():
    with pytest.raises(Misuse, match=r"must lie within ±1e\+12, got 3e\+12; nothing was kept"):
        keep_scores("dispatch", "mine", [-3e12, 0.0])


def test_a_long_name_is_told_by_its_beginning():
    with pytest.raises(Misuse) as refused:
        keep_scores("dispatch", 100 * "long ", [1.0, 2.0])
    assert f"got {(16 * 'long ')!r}; nothing was kept" in str(refused.value)


def test_numbers_are_read_as_they_are_documented(progress_path):
    write(progress_path, OLD | {"scores": {"board": {"mine": {"mean": 1, "low": 0, "high": 2, "runs": 5.0}}}})
    entry = kept_scores("board")["mine"]
    assert [type(number) for number in (entry.mean, entry.low, entry.high, entry.runs)] == [float, float, float, int]
