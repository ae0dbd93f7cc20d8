"""Games that other people wrote, played by the learners of this course.

    game = outside_games.simple_spread()
    team = IPPO(game, learning_rate=0.003, gamma=0.9)
    history = train(game, team, steps=10_000, runs=3, rng=rng)

Whatever else speaks PettingZoo comes in as these two do, by `pettingzoo_api.from_parallel_env`. They need the extra
`games`, which the tests bring; no exercise does.

Source: Christianos, Schäfer & Albrecht 2020 (lbforaging); Mordatch & Abbeel 2018, Lowe et al. 2017 (particle
environments, now in mpe2); Papoudakis et al. 2021, who compare learners on both.
"""

from marl_lessons.outside_games.foraging import level_based_foraging
from marl_lessons.outside_games.missing import try_game
from marl_lessons.outside_games.spread import SpreadByHand, simple_spread

__all__ = ["SpreadByHand", "level_based_foraging", "simple_spread", "try_game"]
