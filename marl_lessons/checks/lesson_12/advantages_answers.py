"""Generalized advantages by their definition, and by ideas that lead elsewhere: for exercise 12.1."""

import numpy as np


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
