"""What a team's action turned out to be worth, play by play, and the ideas that lead elsewhere: for exercise 11.3."""

import numpy as np

from marl_lessons.checks.lesson_11.mixing_ideas import keep, mix_one_by_one, mix_with
from marl_lessons.exercises.judging.mistakes import Misconception

mix = mix_with()


def look_ahead_one_by_one(rewards, next_q_values, next_mixing, terminated, gamma):
    """The definition, play by play."""
    targets = []
    for play, reward in enumerate(rewards.tolist()):
        if not terminated[play]:
            best = np.array([[max(own) for own in next_q_values[play].tolist()]])
            reward += gamma * float(mix_one_by_one(best, *(part[play : play + 1] for part in next_mixing))[0])
        targets.append(reward)
    return np.array(targets)


def look_ahead(choose=lambda q_values: q_values.max(axis=2), value=mix, add=None):
    """Return the function that finds targets in another way.

    choose: utilities (B, N) of all that may follow; value: of them, the team's; add(r, v, terminated, gamma): the sum.
    """
    add = add or (lambda rewards, values, terminated, gamma: rewards + gamma * ~terminated * values)
    return lambda rewards, q_values, mixing, terminated, gamma: add(
        rewards, value(choose(q_values), *mixing), terminated, gamma
    )


def mix_each_then_take_best(rewards, q_values, mixing, terminated, gamma):
    """Mix the utilities of action 0, of action 1 and so on, the same one for all, and take the best mix."""
    values = [mix(q_values[:, :, action], *mixing) for action in range(q_values.shape[2])]
    return rewards + gamma * ~terminated * np.max(values, axis=0)


def of_first_play(utilities, *mixing):
    return mix(utilities, *(part[:1] for part in mixing))


SAME_ACTION = (
    "Your agents all take the same action, as if they had to agree. They need not: take everybody's own best utility, "
    "`.max(axis=2)`, then mix once."
)

TARGET_MISCONCEPTIONS = (
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: r + gamma * v),
        "You look ahead although the game has ended. What follows a terminated step is worth 0.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: r + gamma * terminated * v),
        "You have it the wrong way round: you look ahead where the game has ended, and not where it goes on.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: r + ~terminated * v),
        "The future is missing its discount: multiply it by `gamma`.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: (r + gamma * v) * ~terminated),
        "Where the game has ended your target is 0: the reward is gone too. Only the future is 0 there.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: gamma * ~terminated * v),
        "You count the future only. The reward of this step counts too, and in full: add it.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: 1.0 * r),
        "You count the reward only. Where the game goes on, what follows is worth something too: add that.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: gamma * (r + ~terminated * v)),
        "You discount the reward as well. It is here already and counts in full; only the future is discounted.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: r + gamma * v * (not terminated.any())),
        "One ended play stops all of them in your code. Each play has its own entry in `terminated`.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: r + gamma * v * (not terminated.all())),
        "Your code stops only if all plays have ended. Each play has its own entry in `terminated`.",
    ),
    Misconception(
        look_ahead(value=lambda utilities, *mixing: utilities.sum(axis=1)),
        "You add up the best utilities. That is VDN's target: here they are mixed, `mix(…, *next_mixing)`.",
    ),
    Misconception(
        look_ahead(value=lambda utilities, *mixing: utilities.mean(axis=1)),
        "You take the mean of the best utilities. Mix them: `mix(…, *next_mixing)`.",
    ),
    Misconception(
        look_ahead(choose=lambda q_values: q_values.mean(axis=2)),
        "You average each agent's utilities. Everybody takes its own *best* action next: `.max(axis=2)`.",
    ),
    Misconception(
        look_ahead(choose=lambda q_values: q_values.min(axis=2)),
        "You take each agent's worst action. Everybody takes its own *best* action next: `.max(axis=2)`.",
    ),
    Misconception(
        look_ahead(choose=lambda q_values: q_values[:, :, 0]),
        "You take action 0 of each agent. Everybody takes its own *best* action next: `.max(axis=2)`.",
    ),
    Misconception(
        look_ahead(choose=lambda q_values: q_values.sum(axis=2)),
        "You add up each agent's utilities. Everybody takes its own *best* action next: `.max(axis=2)`.",
    ),
    Misconception(
        look_ahead(choose=lambda q_values: np.repeat(q_values.max(axis=(1, 2))[:, None], q_values.shape[1], axis=1)),
        "You give all agents the best utility of the whole team. Each agent has its own best one: `.max(axis=2)`.",
    ),
    Misconception(
        look_ahead(
            choose=lambda q_values: np.take_along_axis(
                q_values, q_values.sum(axis=1).argmax(axis=1)[:, None, None], axis=2
            )[:, :, 0]
        ),
        SAME_ACTION,
    ),
    Misconception(
        mix_each_then_take_best,
        SAME_ACTION,
    ),
    Misconception(
        look_ahead(value=of_first_play),
        "You use the weights of the first play for all plays. Each play has its own: they come from its state.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: r - gamma * ~terminated * v),
        "You subtract the future. What is still to come counts as well: add it.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: np.where(terminated, r, gamma * v)),
        "Where the game goes on you count the future only. The reward of this step counts too: add them.",
    ),
    Misconception(
        lambda r, q_values, mixing, terminated, gamma: r + ~terminated * mix(gamma * q_values.max(axis=2), *mixing),
        "You discount the utilities, before they are mixed. The mix bends and shifts: multiply its value by `gamma`.",
    ),
    Misconception(
        lambda r, q_values, mixing, terminated, gamma: (
            r + gamma * ~terminated * mix(gamma * q_values.max(axis=2), *mixing)
        ),
        "You discount twice, the utilities and the mix of them. Multiply the mix by `gamma`, and nothing else.",
    ),
    Misconception(
        lambda r, q_values, mixing, terminated, gamma: (
            r + gamma * mix(q_values.max(axis=2) * ~terminated[:, None], *mixing)
        ),
        "You hand zeros to the mix where the game has ended. It adds biases to them: switch off the whole mix there.",
    ),
    Misconception(
        look_ahead(choose=lambda q_values: q_values.argmax(axis=2)),
        "You mix the numbers of the best actions. Mix what they are worth: `.max(axis=2)`, not `.argmax(axis=2)`.",
    ),
    Misconception(
        look_ahead(value=mix_with(first=keep, last=keep)),
        "You mix with the weights as they are. Only their absolute values count: `mix(…, *next_mixing)` takes them.",
    ),
    Misconception(
        look_ahead(add=lambda r, v, terminated, gamma: r + gamma * np.maximum(~terminated * v, 0)),
        "You take the future for 0 where it is worth less than that. It may be negative: count it as it is.",
    ),
)
