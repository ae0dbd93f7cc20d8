"""Teams are kept in files of numbers alone; whatever else stands in a file is refused in a sentence."""

import io
import os
import pickle
import zipfile

import numpy as np
import pytest

from marl_lessons import scoreboard, team_files
from marl_lessons.cross_play import load_team, read_population, save_team
from marl_lessons.environments import Dispatch, TwoStep
from marl_lessons.learners import IQL
from marl_lessons.policies import joint_policy
from marl_lessons.rollout import train
from marl_lessons.team_files import save_population


def draw_team(runs=4, seed=0):
    return np.random.default_rng(seed).dirichlet(np.ones(3), size=(runs, 2, 18))


class Bomb:
    """A pickle that runs code."""

    def __reduce__(self):
        return os.makedirs, (os.environ["BOMB"],)


def write_array(path, **arrays):
    with path.open("wb") as file:
        np.savez(file, **arrays)


def test_a_team_is_read_as_it_was_kept(tmp_path):
    team = draw_team()
    path = save_team(tmp_path / "mine.npz", team)
    np.testing.assert_allclose(load_team(path), team, atol=1e-15)


def test_the_ending_is_added_where_it_is_missing(tmp_path):
    path = save_team(str(tmp_path / "team v1.2"), draw_team())
    assert path == tmp_path / "team v1.2.npz"
    assert load_team(path).shape == (4, 2, 18, 3)


def test_single_precision_is_enough_for_the_score(tmp_path):
    team = draw_team()
    kept = load_team(save_team(tmp_path / "mine", team.astype(np.float32)))
    np.testing.assert_allclose(scoreboard.score(joint_policy(kept)), scoreboard.score(joint_policy(team)), atol=1e-4)


def test_what_is_certain_may_be_told_by_true_and_false(tmp_path):
    team = np.eye(3, dtype=bool)[draw_team().argmax(axis=-1)]
    np.testing.assert_array_equal(load_team(save_team(tmp_path / "certain", team)), team.astype(float))


def test_a_team_of_another_game_fits_that_game_only(tmp_path):
    game = TwoStep()
    always_first = np.tile([1.0, 0.0], (3, 2, game.num_states, 1))
    path = save_team(tmp_path / "other", always_first, game)
    np.testing.assert_array_equal(load_team(path, game), always_first)
    with pytest.raises(ValueError, match=r"must have shape \(runs, 2, 18, 3\), got \(3, 2, \d, 2\)"):
        load_team(path)


@pytest.mark.parametrize(
    ("team", "message"),
    [
        (draw_team()[:, 0], r"policies must have shape \(runs, 2, 18, 3\), got \(4, 18, 3\)"),
        (draw_team()[:0], "policies must have shape"),
        (draw_team()[:, :, :6], "policies must have shape"),
        (2 * draw_team(), r"policies\[\d\]\[\d\]\[\d+\] must sum to 1, got 2"),
        (0 * draw_team(), r"policies\[0\]\[0\]\[0\] must sum to 1, got 0"),
        (1.001 * draw_team(), r"policies\[\d\]\[\d\]\[\d+\] must sum to 1, got 1.001"),
        (-draw_team(), "policies must hold finite probabilities"),
        (np.where(draw_team() > 0.5, np.nan, draw_team()), "policies must hold finite probabilities"),
        (np.full((1, 2, 18, 3), "a"), "policies must hold probabilities, got <U1"),
        (np.full((1, 2, 18, 3), None), "policies must hold probabilities, got object"),
        (np.full((1, 2, 18, 3), 1j), "policies must hold probabilities, got complex128"),
    ],
)
def test_what_is_no_team_is_neither_kept_nor_read(team, message, tmp_path):
    with pytest.raises(ValueError, match=message):
        save_team(tmp_path / "bad", team)
    assert list(tmp_path.iterdir()) == []
    if team.dtype != object:
        write_array(tmp_path / "bad.npz", policies=team)
        with pytest.raises(ValueError, match=message.replace("policies", "policies in bad.npz", 1)):
            load_team(tmp_path / "bad.npz")


def test_a_pickle_runs_no_code(tmp_path, monkeypatch):
    monkeypatch.setenv("BOMB", str(tmp_path / "exploded"))
    write_array(tmp_path / "array.npz", policies=np.array([Bomb()], dtype=object))
    (tmp_path / "plain.npz").write_bytes(pickle.dumps(Bomb()))
    for name in ("array.npz", "plain.npz"):
        with pytest.raises(ValueError, match=rf"{name} must hold the numbers of a team; write it with save_team"):
            load_team(tmp_path / name)
    assert not (tmp_path / "exploded").exists()


def test_other_files_are_refused_in_a_sentence(tmp_path):
    team = draw_team()
    write_array(tmp_path / "other.npz", weights=team)
    np.save(tmp_path / "single.npy", team)
    whole = save_team(tmp_path / "whole", team).read_bytes()
    contents = {"empty": b"", "text": b"not a team", "half": whole[: len(whole) // 2]}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    for name in ("other.npz", "single.npy", *contents):
        with pytest.raises(ValueError, match=f"{name} must hold the numbers of a team"):
            load_team(tmp_path / name)


def test_a_file_with_wrong_bytes_is_a_team_or_refused_in_a_sentence(tmp_path):
    whole, rng = save_team(tmp_path / "whole", draw_team(1)).read_bytes(), np.random.default_rng(0)
    refused = 0
    for _ in range(300):
        content = np.frombuffer(whole, np.uint8).copy()
        content[rng.integers(len(content), size=3)] = rng.integers(256, size=3)
        (tmp_path / "wrong.npz").write_bytes(content.tobytes())
        try:
            assert load_team(tmp_path / "wrong.npz").shape == (1, 2, 18, 3)
        except ValueError as error:
            refused += "wrong.npz" in str(error)
    assert refused > 200


def test_a_file_that_claims_to_be_huge_is_refused(tmp_path):
    header = io.BytesIO()
    claim = {"descr": "<f8", "fortran_order": False, "shape": (10**12, 2, 18, 3)}
    np.lib.format.write_array_header_1_0(header, claim)
    with zipfile.ZipFile(tmp_path / "huge.npz", "w") as archive:
        archive.writestr("policies.npy", header.getvalue())
    with pytest.raises(ValueError, match=r"huge.npz must hold the numbers of a team"):
        load_team(tmp_path / "huge.npz")


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    for path in (tmp_path / "nobody.npz", tmp_path):
        with pytest.raises(FileNotFoundError, match=r"is not there, or is no file; write it with save_team"):
            load_team(path)


def test_a_team_is_handed_on_from_learner_to_file_to_score(tmp_path):
    game = Dispatch(view="own")
    learner = IQL(game, 0.1, 0.9, epsilon=0.3)
    train(game, learner, 300, 5, np.random.default_rng(0))
    team = load_team(save_team(tmp_path / "mine", scoreboard.read_policies(learner, game, 5)))
    np.testing.assert_allclose(scoreboard.score(joint_policy(team)), scoreboard.score_learner(learner, game, 5))


def test_a_population_is_read_as_it_was_kept(tmp_path, monkeypatch):
    choices = np.random.default_rng(0).random((5, 2, 18, 3)) < 0.5
    choices[..., 1] |= ~choices.any(axis=-1)  # every set of actions but the empty one
    population = {
        "some, ×10": choices / choices.sum(axis=-1, keepdims=True),
        "one": np.eye(3)[np.ones((1, 2, 18), int)],
    }
    monkeypatch.setattr(team_files, "POPULATION", tmp_path / "population.npz")
    save_population(team_files.POPULATION, population)
    read = read_population()
    assert list(read) == list(population)
    for name, policies in population.items():
        np.testing.assert_allclose(read[name], policies)


def test_a_population_keeps_equal_shares_alone(tmp_path):
    with pytest.raises(ValueError, match="odd must share probability equally among some actions"):
        save_population(tmp_path / "population.npz", {"odd": draw_team()})
    assert not (tmp_path / "population.npz").exists()


def test_a_name_without_ending_finds_what_was_saved_by_it(tmp_path):
    team = read_population()["IQL"]
    save_team(tmp_path / "mine", team)
    np.testing.assert_array_equal(load_team(tmp_path / "mine"), team)


def test_who_forgets_the_game_is_told(tmp_path):
    with pytest.raises(ValueError, match=r"got .*; give the game that they were made for"):
        save_team(tmp_path / "mine", np.full((3, 2, 216, 4), 0.25))
