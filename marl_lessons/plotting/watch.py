"""Watch a game, step by step: the pictures and sentences of an episode, and buttons that need no kernel."""

import html
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np
from cycler import cycler
from matplotlib.figure import Figure

from marl_lessons.display import Misuse
from marl_lessons.markov_games import MarkovGame, Snapshot
from marl_lessons.notebook import stoppable
from marl_lessons.plotting.picture import COLORS, Picture, render_small, to_pixels

PLAYER = Path(__file__).with_name("player.js")
LONGEST = 200  # steps
MOST_NAMED = 6  # agents whose earnings are listed one by one
STYLE, LINES = "max-width:52em", "white-space:pre-line"


@dataclass(frozen=True, repr=False)
class Film:
    """An episode to be watched: a picture with its sentence for each step.

    As the last line of a cell it shows itself, with buttons where scripts run and as a column of pictures elsewhere; at
    a prompt it is its sentences.
    """

    title: str
    pictures: tuple[Picture, ...]

    def __repr__(self):
        return "\n".join([self.title, *(picture.alt for picture in self.pictures)])

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html, "text/plain": repr(self)}

    @property
    def html(self):
        """The film as HTML that needs neither a kernel nor a network."""
        frames = "".join(
            f'<figure>{picture.html}<figcaption style="{LINES}">{html.escape(picture.alt)}</figcaption></figure>'
            for picture in self.pictures
        )
        title = html.escape(self.title, quote=True)
        script = f"<script>{PLAYER.read_text('utf-8')}</script>"
        return f'<div class="marl-film" role="group" aria-label="{title}" style="{STYLE}">{frames}{script}</div>'


@stoppable
def watch(game, teams, seed=0, runs=1, run=0):
    """Play one episode and show it step by step.

    Parameters:
        game: a MarkovGame; or one for each team by the same names, where they play the same in different roles, such as
            workers that decide themselves and heads of their districts.
        teams: a Learner, or several by name, {"before": …, "after": …}: they play side by side and on the same luck.
            Nobody explores or learns.
        seed: of the luck: start, chances of the game, and draws of the teams.
        runs, run: a learner with tables for R runs plays as the one with this number in 0 … R - 1.
    Returns:
        Film.
    Raises:
        ValueError: if an argument is none of these, or the episode has no end within 200 steps.
    """
    teams = teams if isinstance(teams, dict) else {"": teams}
    games = game if isinstance(game, dict) else dict.fromkeys(teams, game)
    _check_arguments(games, teams, seed, runs, run)
    episodes = {name: record(games[name], team, seed, runs, run) for name, team in teams.items()}
    length = max(map(len, episodes.values()))
    pictures = [_draw_step(games, episodes, step, length) for step in range(length)]
    title = type(games[next(iter(teams))]).__name__
    return Film(": ".join(filter(None, [title, ", ".join(episodes)])), tuple(pictures))


def _check_arguments(games, teams, seed, runs, run):
    """Raise Misuse, with the remedy, where one of the arguments of `watch` cannot be what is meant."""
    for game in games.values():
        if not isinstance(game, MarkovGame):
            raise Misuse(f"game must be a MarkovGame, such as Dispatch(), got {_name_type(game)}.")
    others = [team for team in teams.values() if isinstance(team, type) or not hasattr(team, "act")]
    if others or not teams:
        got = _name_type(others[0]) if others else "no team"
        raise Misuse(f'teams must be a Learner, or several by name, {{"before": …, "after": …}}, got {got}.')
    if games.keys() != teams.keys():
        raise Misuse(f"game must be one for all teams, or one by each of the names {list(teams)}, got {list(games)}.")
    if not all(isinstance(number, (int, np.integer)) for number in (seed, runs, run)):
        raise Misuse(f"seed, runs and run must be whole numbers, got {seed!r}, {runs!r} and {run!r}.")
    if seed < 0:
        raise Misuse(f"seed must be 0 or more, got {seed}.")
    if not 0 <= run < runs:
        raise Misuse(f"run must be one of the {runs} runs, 0 … runs - 1, got {run}; give runs=… as in training.")


def _name_type(thing):
    return f"the class {thing.__name__}" if isinstance(thing, type) else f"an object of type {type(thing).__name__}"


def record(game, team, seed=0, runs=1, run=0):
    """Play one episode and list its Snapshots: one for each step, and the state in which it ends.

    The chances of step t depend on the seed and on t alone, so that two teams meet the same luck. Parameters as in
    `watch`.
    """
    begin = getattr(team, "begin", lambda started: None)
    begin(np.ones(runs, dtype=bool))
    snapshots, state = [], game.reset(1, _luck(seed, 0, 0))
    for step in range(1, (game.horizon or LONGEST) + 1):
        observations = np.repeat(game.observe(state), runs, axis=0)  # (R, N, …)
        actions = team.act(observations, _luck(seed, step, 1), explore=False)[run]  # (N,)
        if actions.shape != (game.num_agents,) or actions.min() < 0 or actions.max() >= game.num_actions:
            raise Misuse(
                f"teams must choose for {game.num_agents} agents among {game.num_actions} actions, 0 … "
                f"{game.num_actions - 1}, got {actions.tolist()}; watch the game that the team is for."
            )
        next_state, rewards, terminated = game.step(state, actions[None], _luck(seed, step, 2))
        snapshots.append(Snapshot(state[0], actions, rewards[0], next_state[0]))
        state = next_state
        if terminated[0]:
            break
    else:
        if not game.horizon:
            raise Misuse(f"game must end within {LONGEST} steps to be watched; give it a horizon.")
    return [*snapshots, Snapshot(state[0])]


def draw_pixels(game, snapshot):
    """Draw one Snapshot of a game as an array of red, green and blue, uint8 (height, width, 3)."""
    with _agent_colors():
        return to_pixels(_draw([game], [snapshot], [""]))


def _draw(games, snapshots, titles):
    """Draw Snapshots side by side, each of its game."""
    figure = Figure(figsize=(4.2 * len(snapshots), 3.2))
    figure.subplots_adjust(left=1 / figure.get_figwidth(), right=0.98, wspace=0.25, bottom=0.15, top=0.83)
    all_axes = np.atleast_1d(figure.subplots(1, len(snapshots)))
    for game, axes, snapshot, title in zip(games, all_axes, snapshots, titles, strict=True):
        game.draw_on(axes, snapshot)
        axes.set_title("\n".join(filter(None, [title, axes.get_title()])), fontsize=10)
    return figure


def _agent_colors():
    """Let "C0" be what agent 0 is drawn in."""
    return matplotlib.rc_context({"axes.prop_cycle": cycler(color=COLORS)})


def _luck(seed, *numbers):
    return np.random.default_rng([seed, *numbers])


def _draw_step(games, episodes, step, length):
    """Draw one step of all episodes; one that is over stands still."""
    places = [min(step, len(episode) - 1) for episode in episodes.values()]
    shown = [episode[place] for episode, place in zip(episodes.values(), places, strict=True)]
    speakers = [getattr(games[name], "say_earned", _say_earned) for name in episodes]  # a game may know better
    earned = [say(episode[:place]) for say, episode, place in zip(speakers, episodes.values(), places, strict=True)]
    titles = ["\n".join(filter(None, parts)) for parts in zip(episodes, earned, strict=True)]
    told = [games[name].tell(one) for name, one in zip(episodes, shown, strict=True)]
    said = [f"{name}: {sentence}" if name else sentence for name, sentence in zip(episodes, told, strict=True)]
    with _agent_colors():
        # A line for each team, where there are several.
        alt = ("\n" if len(said) > 1 else " ").join([f"Step {step} of {length - 1}.", *said])
        return render_small(_draw([games[name] for name in episodes], shown, titles), alt)


def _say_earned(snapshots):
    """Say what the agents have earned before a step: one number where all have earned the same, or there are many."""
    total = sum((snapshot.rewards for snapshot in snapshots), np.zeros(1))
    if len(total) > 1 and np.ptp(total) < 1e-9:
        return f"earned so far: {total[0]:.3g} each"
    if len(total) > MOST_NAMED:
        return f"earned so far: {total.mean():.3g} each on average"
    return f"earned so far: {' and '.join(f'{amount:.3g}' for amount in total)}"
