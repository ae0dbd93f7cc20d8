"""Generalized advantages by their definition, and the ideas that lead elsewhere: for exercise 12.1."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def add_up_run_by_run(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The definition: for each step, all surprises from there to the end of its episode, faded."""
    steps, runs = rewards.shape
    advantages = np.zeros((steps, runs))
    for first, run in np.ndindex(steps, runs):
        fade = 1.0
        for step in range(first, steps):
            what_follows = 0.0 if terminated[step, run] else gamma * float(next_values[step, run])
            advantages[first, run] += fade * (float(rewards[step, run]) + what_follows - float(values[step, run]))
            if terminated[step, run] or truncated[step, run]:
                break
            fade *= gamma * trace
    return advantages


def pass_back(errors=None, fade=None, goes_on=None):
    """Return the function that goes backward, with rules of its own for δ, for what later steps count, and for ends."""

    def answer(rewards, values, next_values, terminated, truncated, gamma, trace):
        delta = rewards + gamma * ~terminated * next_values - values
        if errors:
            delta = errors(rewards, values, next_values, terminated, truncated, gamma)
        share = fade(gamma, trace) if fade else gamma * trace
        open_ended = goes_on(terminated, truncated) if goes_on else ~(terminated | truncated)
        found, later = np.zeros(delta.shape), 0.0
        for step in reversed(range(len(delta))):
            later = delta[step] + share * open_ended[step] * later
            found[step] = later
        return found

    return answer


def go_forward(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The idea that surprises are passed on to later steps."""
    errors = rewards + gamma * ~terminated * next_values - values
    found, before = np.zeros(errors.shape), 0.0
    for step in range(len(errors)):
        found[step] = before = errors[step] + gamma * trace * before
        before = before * ~(terminated | truncated)[step]
    return found


def go_forward_late(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The same, with the mask of the step at hand."""
    errors = rewards + gamma * ~terminated * next_values - values
    found, later = np.zeros(errors.shape), 0.0
    for step in range(len(errors)):
        later = errors[step] + gamma * trace * ~(terminated | truncated)[step] * later
        found[step] = later
    return found


def next_error_alone(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The idea that the next step's δ counts, and none after it."""
    errors = rewards + gamma * ~terminated * next_values - values
    following = np.concatenate([errors[1:], np.zeros((1, errors.shape[1]))])
    return errors + gamma * trace * ~(terminated | truncated) * following


def roll_errors(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The same by `np.roll`, which begins anew at the end."""
    errors = rewards + gamma * ~terminated * next_values - values
    return errors + gamma * trace * ~(terminated | truncated) * np.roll(errors, -1, axis=0)


def add_values(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The idea that the λ-return is asked for."""
    return values + pass_back()(rewards, values, next_values, terminated, truncated, gamma, trace)


def negate(*batch):
    """The idea that the critic's forecast comes first."""
    return -pass_back()(*batch)


def errors_alone(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The idea that each step stands by itself."""
    return 1.0 * (rewards + gamma * ~terminated * next_values - values)


def standardize(*batch):
    """The idea of making advantages comparable, as some learners do."""
    found = pass_back()(*batch)
    return (found - found.mean()) / (found.std() + 1e-8)


def read_mask_late(*batch):
    """The idea that the end of the next step decides."""
    return pass_back(goes_on=lambda over, cut: ~np.concatenate([(over | cut)[1:], (over | cut)[:1]]))(*batch)


def stop_all_runs(*batch):
    """The idea that an end in one run is an end in all."""
    return pass_back(goes_on=lambda over, cut: ~(over | cut).any(axis=1, keepdims=True))(*batch)


def take_the_next_row(rewards, values, next_values, *rest):
    """The idea that the next row of `values` is what follows."""
    return pass_back()(rewards, values, np.concatenate([values[1:], next_values[-1:]]), *rest)


def begin_with_a_value(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The idea that what follows the batch is passed back, too."""
    found, later = np.zeros(rewards.shape), next_values[-1]
    errors, goes_on = rewards + gamma * ~terminated * next_values - values, ~(terminated | truncated)
    for step in reversed(range(len(errors))):
        later = found[step] = errors[step] + gamma * trace * goes_on[step] * later
    return found


def leave_the_last_out(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The idea that the last step has no advantage."""
    batch = rewards[:-1], values[:-1], next_values[:-1], terminated[:-1], truncated[:-1]
    return np.concatenate([pass_back()(*batch, gamma, trace), np.zeros((1, rewards.shape[1]))])


def share_out(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The idea of an average of δ and of what comes later."""
    errors = (1 - trace) * (rewards + gamma * ~terminated * next_values - values)
    errors[-1] = (rewards + gamma * ~terminated * next_values - values)[-1]
    return pass_back(errors=lambda *parts: errors)(rewards, values, next_values, terminated, truncated, gamma, trace)


def go_from_run_to_run(*batch):
    """The idea that the second axis is time."""
    return pass_back()(*(part.T for part in batch[:5]), *batch[5:]).T


def turn_numbers_around(*batch):
    """The idea that `~` turns 0 and 1 around as it does False and True."""
    return pass_back(
        errors=lambda r, v, n, over, cut, gamma: r + gamma * ~over.astype(int) * n - v,
        goes_on=lambda over, cut: ~(over | cut).astype(int),
    )(*batch)


FORWARD = "You carry surprises *forward*, to later steps. A step is praised for what comes after it: go backward."

ADVANTAGE_MISCONCEPTIONS = (
    Misconception(
        errors_alone,
        "You return δ of each step alone. Add what later steps of the episode bring: γλ times the next advantage.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r + gamma * n - v),
        "Where the game ended, you count a value of what follows. Nothing follows: `~terminated` times it.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r + gamma * ~(over | cut) * n - v),
        "Where the horizon cut an episode off, you count nothing for what would have followed. The game goes on "
        "there: the value of what follows counts. Only `terminated` takes it away.",
    ),
    Misconception(
        pass_back(goes_on=lambda over, cut: ~over),
        "Where the horizon cut an episode off, you pass surprises of the *next* episode back into it. There, too, the "
        "sum starts anew.",
    ),
    Misconception(
        pass_back(goes_on=lambda over, cut: ~cut),
        "Where the game ended, you pass surprises of the *next* episode back into this one. The sum starts anew there.",
    ),
    Misconception(
        pass_back(goes_on=lambda over, cut: ~(over & cut)),
        "You pass surprises from one episode back into the one before. Where one was `terminated` *or* `truncated`, "
        "the sum starts anew.",
    ),
    Misconception(
        pass_back(goes_on=lambda over, cut: over | cut),
        "You pass surprises back where an episode is *over*, and not where it goes on. The mask is the other way "
        "round: `~(terminated | truncated)`.",
    ),
    Misconception(
        pass_back(fade=lambda gamma, trace: trace),
        "Later surprises count λ times in your sum. They count γλ times: they come later, too.",
    ),
    Misconception(
        pass_back(fade=lambda gamma, trace: gamma),
        "Later surprises count γ times in your sum, whatever λ is. They count γλ times.",
    ),
    Misconception(
        pass_back(fade=lambda gamma, trace: 1.0),
        "Later surprises count in full in your sum. They count γλ times, a step later once more.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r + ~over * n - v),
        "Your δ lacks γ: the value of what follows counts γ times.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: gamma * (r + ~over * n) - v),
        "You discount the reward as well. It comes now: γ belongs to the value of what follows alone.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r - v),
        "Your δ has no value of what follows: r + γ V(o') - V(o).",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r + gamma * ~over * n),
        "Your δ does not subtract what the critic foretold, `values`.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r + gamma * over * n - v),
        "Your mask is the wrong way round: the value of what follows counts where the game goes *on*, `~terminated`.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: np.where(over, r, r + gamma * n - v)),
        "Where the game ended, your δ does not subtract what the critic foretold. Nothing follows, but `values` "
        "counts.",
    ),
    Misconception(
        pass_back(fade=lambda gamma, trace: gamma**2 * trace),
        "Later surprises count γ²λ times in your sum. They count γλ times, a step later once more.",
    ),
    Misconception(
        share_out,
        "You take an average of δ and of what comes later. δ counts in full, and γλ times the next advantage comes on "
        "top.",
    ),
    Misconception(
        read_mask_late,
        "You look one step too far. Whether the next advantage counts, the end of *this* step decides: `over[step]`, "
        "not `over[step + 1]`.",
    ),
    Misconception(
        stop_all_runs,
        "Where an episode ends in one run, you stop the sum in all of them. Each run has ends of its own: multiply by "
        "the mask of the step, (R,).",
    ),
    Misconception(
        take_the_next_row,
        "You take the next row of `values` for what follows. Where an episode is over, that row belongs to another "
        "one: `next_values` says what followed.",
    ),
    Misconception(
        begin_with_a_value,
        "You begin with a value of what follows the batch. The last δ holds it already: begin with 0.",
    ),
    Misconception(
        leave_the_last_out,
        "The last step of the batch gets 0 from you. Its δ counts, too: go through all the steps, and begin with 0 "
        "for what comes after them.",
    ),
    Misconception(
        go_from_run_to_run,
        "You pass surprises from run to run. Axis 0 is time, axis 1 the runs.",
    ),
    Misconception(
        turn_numbers_around,
        "`~` turns True and False around; of the numbers 0 and 1 it makes -1 and -2. Use it on booleans, or `1 - x`.",
    ),
    Misconception(
        standardize,
        "You subtract the mean of the advantages and divide by their spread. They are asked for as they are.",
    ),
    Misconception(add_values, "You add `values` again at the end. That is a target for the critic, not an advantage."),
    Misconception(negate, "Your signs are the wrong way round: what came, minus what was foretold."),
    Misconception(go_forward, FORWARD),
    Misconception(go_forward_late, FORWARD),
    Misconception(
        roll_errors,
        "`np.roll` gives the last step the first one's δ. And you add the next δ, but none after it: go backward, step "
        "by step, and add the next *advantage*.",
    ),
    Misconception(
        next_error_alone,
        "You add the next step's δ, and none after it. Add the next step's *advantage*, which holds all later ones.",
    ),
)
