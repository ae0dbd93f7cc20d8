"""The two-step game, on which additive values choose the wrong branch."""

import numpy as np

from marl_lessons.markov_games import TabularMarkovGame

START, SAFE, COOPERATIVE, END = range(4)


class TwoStep(TabularMarkovGame):
    """Agent 0's first action chooses one of two matrix games, and the second step pays the team.

        action 0 → "2A": every joint action pays 7        action 1 → "2B": [[0, 1], [1, 8]]

    The first step pays nothing. Two agents, two actions, four states of which the last is terminal.
    Source: Rashid et al. 2018, section 5.
    """

    def __init__(self):
        transitions = np.zeros((4, 2, 2, 4))  # (S, A, A, S)
        transitions[START, 0, :, SAFE] = 1
        transitions[START, 1, :, COOPERATIVE] = 1
        transitions[[SAFE, COOPERATIVE, END], :, :, END] = 1
        team_rewards = np.zeros((4, 2, 2))  # (S, A, A)
        team_rewards[SAFE] = 7
        team_rewards[COOPERATIVE] = [[0, 1], [1, 8]]
        super().__init__(
            transitions,
            rewards=np.stack([team_rewards] * 2),  # (N, S, A, A)
            start=np.eye(4)[START],
            terminal=np.arange(4) == END,
            state_names=("s1", "2A", "2B", "end"),
            action_names=("A", "B"),
        )
