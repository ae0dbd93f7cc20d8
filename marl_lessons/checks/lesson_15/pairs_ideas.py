"""Joint policies of all pairs by their definition, and the ideas that lead elsewhere: for exercise 15.3."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def pair_one_by_one(first, second):
    """The definition, entry by entry."""
    (teams, states, actions), others = first.shape, len(second)
    joint = np.zeros((teams, others, states, actions, actions))
    for r, k, s, a, b in np.ndindex(*joint.shape):
        joint[r, k, s, a, b] = float(first[r, s, a]) * float(second[k, s, b])
    return joint


def combine(operation):
    """Return the function that puts another operation in the place of the product."""

    def answer(first, second):
        return operation(1.0 * first[:, None, :, :, None], 1.0 * second[None, :, :, None, :])

    return answer


def take_the_first_partner(first, second):
    """The idea that everybody plays beside worker 1 of team 0."""
    return pair_one_by_one(first, second[[0] * len(second)])


def take_the_first_state(first, second):
    """The idea that workers do in all states what they do in state 0."""
    states = [0] * first.shape[1]
    return pair_one_by_one(first[:, states], second[:, states])


def be_greedy(first, second):
    """The idea that each worker does its likeliest action."""
    actions = np.eye(first.shape[2])
    return pair_one_by_one(actions[first.argmax(axis=2)], actions[second.argmax(axis=2)])


def play_worker_0_twice(first, second):
    """The idea that both workers of a pair are the first team's."""
    joint = pair_one_by_one(first, first)[np.arange(len(first)), np.arange(len(first))]
    return np.repeat(joint[:, None], len(second), axis=1)


def fill_in_order(first, second):
    """The idea that the axes come right by themselves, however the product was made: pairs (k, r) read as (r, k)."""
    joint = pair_one_by_one(first, second)
    return joint.swapaxes(0, 1).reshape(joint.shape)


def pair_some(chosen):
    """Return the function that fills in only the pairs for which chosen(r, k) is true."""

    def answer(first, second):
        mask = np.array([[chosen(r, k) for k in range(len(second))] for r in range(len(first))])
        return pair_one_by_one(first, second) * mask[:, :, None, None, None]

    return answer


PAIR_MISCONCEPTIONS = (
    Misconception(
        lambda first, second: pair_one_by_one(first, second) * np.eye(first.shape[2]),
        "In your pairs both workers always do the same action. Each draws by itself: worker 0 has an axis of actions, "
        "and worker 1 another one.",
    ),
    Misconception(
        lambda first, second: pair_one_by_one(first, second.sum(axis=1, keepdims=True).repeat(second.shape[1], axis=1)),
        "You add up what worker 1 does over all states. Both workers are in the *same* state.",
    ),
    Misconception(
        pair_some(lambda r, k: r == k),
        "Only the pairs on the diagonal are filled in. Let worker 0 of each team meet worker 1 of *each*.",
    ),
    Misconception(
        pair_some(lambda r, k: r != k),
        "The pairs on the diagonal are left out. Worker 0 of team 0 meets worker 1 of team 0, too.",
    ),
    Misconception(
        combine(np.add),
        "You add up the two probabilities. That both happen is the *product*.",
    ),
    Misconception(
        combine(lambda mine, theirs: (mine + theirs) / 2),
        "You take the mean of the two probabilities. That both happen is the *product*.",
    ),
    Misconception(
        combine(np.minimum),
        "You take the smaller of the two probabilities. That both happen is the *product*.",
    ),
    Misconception(
        combine(np.maximum),
        "You take the larger of the two probabilities. That both happen is the *product*.",
    ),
    Misconception(
        lambda first, second: pair_one_by_one(first, second).swapaxes(3, 4),
        "Your last two axes have changed places: worker 0's action comes first.",
    ),
    Misconception(
        combine(lambda mine, theirs: mine * np.ones_like(theirs)),
        "Your result depends on worker 0 alone. Multiply by how likely worker 1 does its action.",
    ),
    Misconception(
        combine(lambda mine, theirs: np.ones_like(mine) * theirs),
        "Your result depends on worker 1 alone. Multiply by how likely worker 0 does its action.",
    ),
    Misconception(
        take_the_first_partner,
        "Everybody plays beside worker 1 of team 0. Let axis 1 go through all the teams of `second`.",
    ),
    Misconception(
        lambda first, second: pair_one_by_one(first[[0] * len(first)], second),
        "Worker 0 of team 0 plays in all the pairs. Let axis 0 go through all the teams of `first`.",
    ),
    Misconception(
        take_the_first_state,
        "In all states the workers do what they do in state 0.",
    ),
    Misconception(
        be_greedy,
        "You let each worker do its likeliest action. Use the probabilities themselves.",
    ),
    Misconception(
        play_worker_0_twice,
        "Both workers of your pairs come from `first`. Worker 1 comes from `second`.",
    ),
    Misconception(
        fill_in_order,
        "Your pairs stand in wrong places: `reshape` keeps the order in which the numbers were made, it does not move "
        "axes. Make the axes with `None` before you multiply.",
    ),
    Misconception(
        lambda first, second: pair_one_by_one(first, second) / first.shape[2],
        "You divide by the number of actions. The product of two probabilities is a probability already.",
    ),
    Misconception(
        lambda first, second: pair_one_by_one(first, second).cumsum(axis=1),
        "You add the pairs up along axis 1. Every pair has a joint policy of its own.",
    ),
    Misconception(
        lambda first, second: pair_one_by_one(first, second)[:, ::-1],
        "The teams of `second` stand in the reverse order.",
    ),
)
