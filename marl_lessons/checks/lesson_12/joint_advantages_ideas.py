"""What each of two agents brought, by its definition, and the ideas that lead elsewhere: for exercise 12.2."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def ask_the_critic(joint_values, policies, actions):
    """The definition, play by play and agent by agent."""
    advantages = np.zeros(actions.shape)
    for play, table in enumerate(joint_values.tolist()):
        mine, yours = actions[play]
        beside_yours = [row[yours] for row in table]
        for agent, would_bring in enumerate((beside_yours, table[mine])):
            average = sum(chance * worth for chance, worth in zip(policies[play, agent], would_bring, strict=True))
            advantages[play, agent] = table[mine][yours] - average
    return advantages


def take(joint_values, actions):
    """Return what the critic says of what was done (K,), and of what each agent might have done, twice (K, A)."""
    plays = np.arange(len(actions))
    mine, yours = actions.T
    return joint_values[plays, mine, yours], joint_values[plays, :, yours], joint_values[plays, mine]


def compare(baseline):
    """Return the function that subtracts baseline(would_bring, policy, agent) of each agent, (K,)."""

    def answer(joint_values, policies, actions):
        said, column, row = take(joint_values, actions)
        averages = [baseline(would, policies[:, agent], actions[:, agent]) for agent, would in enumerate((column, row))]
        return said[:, None] - np.stack(averages, axis=1)

    return answer


def weigh(would_bring, policy):
    """Return the average of rows (K, A) by policies (K, A)."""
    return (would_bring * policy).sum(axis=1)


def exchange_lines(joint_values, policies, actions):
    """The idea that agent 0 has the row and agent 1 the column."""
    said, column, row = take(joint_values, actions)
    return said[:, None] - np.stack([weigh(row, policies[:, 0]), weigh(column, policies[:, 1])], axis=1)


def exchange_policies(joint_values, policies, actions):
    """The idea that each line is weighed by the other's policy."""
    said, column, row = take(joint_values, actions)
    return said[:, None] - np.stack([weigh(column, policies[:, 1]), weigh(row, policies[:, 0])], axis=1)


def subtract_value(joint_values, policies, actions):
    """The idea of one baseline for both: what the team earns on average."""
    average = np.einsum("kab,ka,kb->k", joint_values, policies[:, 0], policies[:, 1])
    return np.stack([take(joint_values, actions)[0] - average] * 2, axis=1)


def judge_agent_0_twice(joint_values, policies, actions):
    """The idea that agent 0's part is everybody's."""
    return ask_the_critic(joint_values, policies, actions)[:, [0, 0]]


def multiply_by_chance(joint_values, policies, actions):
    """The idea of a gradient: how likely the action was counts as well."""
    chances = np.take_along_axis(policies, actions[:, :, None], axis=2)[:, :, 0]
    return chances * ask_the_critic(joint_values, policies, actions)


def average_over_the_other(joint_values, policies, actions):
    """The idea that the other might have acted otherwise as well, in both terms."""
    average = np.einsum("kab,ka,kb->k", joint_values, policies[:, 0], policies[:, 1])
    mine = np.einsum("kab,kb->ka", joint_values, policies[:, 1])[np.arange(len(actions)), actions[:, 0]]
    yours = np.einsum("kab,ka->kb", joint_values, policies[:, 0])[np.arange(len(actions)), actions[:, 1]]
    return np.stack([mine - average, yours - average], axis=1)


def average_columns_alone(joint_values, policies, actions):
    """The idea that agent 1's actions stand in a column as well."""
    averages, plays = policies @ joint_values, np.arange(len(actions))  # (K, 2, A)
    baselines = [averages[plays, agent, actions[:, 1 - agent]] for agent in range(2)]
    return take(joint_values, actions)[0][:, None] - np.stack(baselines, axis=1)


def mix_up(joint_values, policies, actions):
    """The idea that all of agent 0's numbers first, cut into pairs, are pairs of both agents."""
    return ask_the_critic(joint_values, policies, actions).T.reshape(-1, 2)


def weigh_what_was_done(joint_values, policies, actions):
    """The idea that what was done counts by its probability, too."""
    found = ask_the_critic(joint_values, policies, actions)
    said = take(joint_values, actions)[0][:, None]
    chances = np.take_along_axis(policies, actions[:, :, None], axis=2)[:, :, 0]
    return chances * said - (said - found)


def look_up_in_the_first(joint_values, policies, actions):
    """The idea of `joint_values[:, …]`, which pairs each action with every play."""
    found, said = ask_the_critic(joint_values, policies, actions), take(joint_values, actions)[0]
    return found + (joint_values[0, actions[:, 0], actions[:, 1]] - said)[:, None]


JOINT_MISCONCEPTIONS = (
    Misconception(
        average_over_the_other,
        "You average over what the *other* might have done, in both terms. It did what it did: take the column, or the "
        "row, of its action.",
    ),
    Misconception(
        average_columns_alone,
        "For agent 1, too, you average over a column. Its actions are the columns: they stand in the *row* of what "
        "agent 0 did.",
    ),
    Misconception(
        mix_up,
        "Your numbers stand in wrong places: plays and agents are mixed. `np.stack([first, second], axis=1)` puts "
        "agent 0's into column 0.",
    ),
    Misconception(
        compare(lambda would, policy, action: (np.eye(policy.shape[1])[action] * would * policy).sum(axis=1)),
        "You subtract only what was done, times its probability. The average goes over *all* the agent's actions.",
    ),
    Misconception(
        weigh_what_was_done,
        "You multiply what was done by its probability. It was done: what the critic says of it counts in full.",
    ),
    Misconception(
        lambda joint_values, policies, actions: np.stack(
            [ask_the_critic(joint_values, policies, actions).sum(axis=1)] * 2, axis=1
        ),
        "You add up both agents' advantages. Each agent has its own.",
    ),
    Misconception(
        look_up_in_the_first,
        "What was done you look up in the first play's table. `joint_values[np.arange(K), …]` pairs each play with its "
        "own.",
    ),
    Misconception(
        exchange_lines,
        "You take the row for agent 0 and the column for agent 1. Beside what agent 1 did, agent 0's actions stand in "
        "one *column*, `joint_values[plays, :, actions[:, 1]]`.",
    ),
    Misconception(
        exchange_policies,
        "You weigh each agent's entries by the *other's* policy. What might agent 0 have done? Its own policy says.",
    ),
    Misconception(
        subtract_value,
        "You subtract one number for both, what the team earns on average. That is a V baseline: it lets the other's "
        "luck count as mine. Keep the other's action as it was.",
    ),
    Misconception(
        judge_agent_0_twice,
        "Both of your columns are agent 0's advantage. Agent 1 has entries of its own: the row of what agent 0 did.",
    ),
    Misconception(
        lambda joint_values, policies, actions: ask_the_critic(joint_values, policies, actions)[:, ::-1],
        "Your two columns have changed places: agent 0 comes first.",
    ),
    Misconception(
        compare(lambda would, policy, actions: would.mean(axis=1)),
        "You average as if agents drew evenly. Weigh the entries by `policies`.",
    ),
    Misconception(
        compare(lambda would, policy, actions: would.max(axis=1)),
        "You compare with the best action. Compare with the average by `policies`.",
    ),
    Misconception(
        compare(lambda would, policy, actions: would[np.arange(len(would)), policy.argmax(axis=1)]),
        "You compare with the likeliest action. Compare with the average over all of them, by `policies`.",
    ),
    Misconception(
        compare(lambda would, policy, actions: (would * policy).mean(axis=1)),
        "You take the *mean* of the weighted entries. The weights sum to 1 already: add them up, `.sum(axis=1)`.",
    ),
    Misconception(
        compare(lambda would, policy, actions: np.full(len(would), weigh(would, policy).sum())),
        "You subtract one number from all plays. Each play has a table of its own: `.sum(axis=1)`.",
    ),
    Misconception(
        compare(lambda would, policy, actions: weigh(would, policy[[0] * len(policy)])),
        "You use the first play's policies in all plays. Each play has its own.",
    ),
    Misconception(
        lambda joint_values, policies, actions: compare(lambda would, policy, own: weigh(would, policy))(
            joint_values[[0] * len(actions)], policies, actions
        ),
        "You look all plays up in the first play's table. `joint_values[np.arange(K), …]` pairs each with its own.",
    ),
    Misconception(
        lambda joint_values, policies, actions: ask_the_critic(joint_values.swapaxes(1, 2), policies, actions),
        "You read the tables turned over: agent 0's action is the row, `joint_values[play, action 0, action 1]`.",
    ),
    Misconception(
        lambda joint_values, policies, actions: np.stack([1.0 * take(joint_values, actions)[0]] * 2, axis=1),
        "You return what the critic says of what was done. Subtract what each agent brings on average beside it.",
    ),
    Misconception(
        lambda joint_values, policies, actions: (
            take(joint_values, actions)[0][:, None] - ask_the_critic(joint_values, policies, actions)
        ),
        "You return the baselines. Subtract them from what the critic says of what was done.",
    ),
    Misconception(
        lambda joint_values, policies, actions: -ask_the_critic(joint_values, policies, actions),
        "Your signs are the wrong way round: what was done, minus the average.",
    ),
    Misconception(
        multiply_by_chance,
        "You multiply by the probability of the action. It comes that often by itself: leave it out.",
    ),
    Misconception(
        compare(
            lambda would, policy, actions: (
                weigh(would, policy) - policy[np.arange(len(would)), actions] * would[np.arange(len(would)), actions]
            )
        ),
        "You leave the action that was done out of the average. The average is over *all* of the agent's actions.",
    ),
)
