"""Answers to exercise 12.4."""

from tests.bank.bank import Answers, Cell

IMPORT = """
            from marl_lessons.replays import record, replay"""


def write(change="", states="np.roll(states, 1, axis=1)", differs="", end="return leaks", first=""):
    """Write the usual test, with other lines in it."""
    change = change or "changed = np.roll(observations, 1, axis=1)\n                KEEP"
    change = change.replace("KEEP", "changed[:, :, agent] = observations[:, :, agent]")
    differs = differs or "not np.allclose(after[:, :, agent], before[:, :, agent])"
    return f"""{IMPORT}
            observations, states, started = record(team, game, rng)
            before = replay(team, observations, states, started)
            leaks = np.zeros(game.num_agents, dtype=bool)
            {first or "pass"}
            for agent in range(game.num_agents):
                {change}
                after = replay(team, changed, {states}, started)
                leaks[agent] = {differs}
            {end}
            """


ANSWERS = {
    "12.4": Answers(
        right=[
            write(),
            write(differs="(after[:, :, agent] != before[:, :, agent]).any()"),
            write(states="states[:, ::-1]", differs="abs(after[:, :, agent] - before[:, :, agent]).max() > 1e-9"),
            write(
                change="changed = rng.integers(game.num_observations, size=observations.shape)\n                KEEP",
                states="rng.permutation(states, axis=1)",
            ),
            f"""{IMPORT}
            record_of = record(team, game, rng, runs=20, steps=9)
            seen, states, started = record_of
            as_it_was = replay(team, *record_of)
            found = []
            for i in range(game.num_agents):
                mask = np.arange(game.num_agents) == i
                other = np.where(mask, seen, seen[:, ::-1])
                now = replay(team, other, states[:, ::-1], started)
                found.append(bool((now != as_it_was)[:, :, i].any()))
            return np.array(found)
            """,
            Cell("""
            from marl_lessons.replays import record, replay

            def play_otherwise(team, agent, seen, states, started, rng):
                order = (np.arange(seen.shape[1]) + 1 + rng.integers(seen.shape[1] - 1)) % seen.shape[1]
                others = seen[:, order].copy()
                others[..., agent] = seen[..., agent]
                return replay(team, others, states[:, order], started)[:, :, agent]

            def find_leaks(team, game, rng):
                parts = record(team, game, rng)
                as_it_was = replay(team, *parts)
                moved = [as_it_was[:, :, i] - play_otherwise(team, i, *parts, rng) for i in range(game.num_agents)]
                return np.array([bool(np.any(difference)) for difference in moved])
            """),
            write(change="changed = np.zeros_like(observations)\n                KEEP", states="np.zeros_like(states)"),
            write(change="changed = np.roll(observations, 1, axis=2)\n                KEEP"),
            f"""{IMPORT}
            parts = record(team, game, rng)
            seen, states, started = parts
            other, other_states, _ = record(team, game, rng)
            before, found = replay(team, *parts), []
            for agent in range(game.num_agents):
                mixed = other.copy()
                mixed[..., agent] = seen[..., agent]
                found.append(np.ptp([before, replay(team, mixed, other_states, started)], axis=0)[:, :, agent].any())
            return np.array(found)
            """,
            Cell("""
            from marl_lessons import replays

            def find_leaks(team, game, rng):
                seen, states, started = replays.record(team, game, rng)
                before, leaks = replays.replay(team, seen, states, started), set()
                for agent in range(game.num_agents):
                    changed = (seen + 1) % game.num_observations
                    changed[:, :, agent] -= 1
                    changed[:, :, agent] %= game.num_observations
                    after = replays.replay(team, changed, np.roll(states, 1, 1), started)
                    if (before != after)[:, :, agent].any():
                        leaks.add(agent)
                return np.isin(np.arange(game.num_agents), list(leaks))
            """),
        ],
        wrong={
            write(change="changed = observations"): "Change what the *other agents* see as well",
            write(states="states"): "Who reads the state escapes you",
            write(differs="not np.allclose(after[0, :, agent], before[0, :, agent])"): "A memory shows later",
            write(change="changed = np.roll(observations, 1, axis=1)"): "You suspect everybody",
            write(differs="not np.allclose(after, before)"): "You suspect everybody",
            write(
                change="changed = np.roll(observations, 1, axis=1)\n                changed[:, agent] = "
                "observations[:, agent]"
            ): "You suspect everybody",
            write(differs="(after[:, :, agent].argmax(-1) != before[:, :, agent].argmax(-1)).any()"): (
                "A leak that moves probabilities only a little escapes you"
            ),
            write(differs="abs(after[:, :, agent] - before[:, :, agent]).mean() > 0.01"): "not by a threshold",
            write(
                change="changed, other = observations.copy(), (agent + 1) % game.num_agents\n                "
                "changed[:, :, other] = np.roll(observations[:, :, other], 1, axis=1)"
            ): "You change what *one* of the other agents sees",
            f"""{IMPORT}
            observations, states, started = record(team, game, rng)
            before = replay(team, observations, states, started)
            leaks = np.zeros(game.num_agents, dtype=bool)
            for agent in range(game.num_agents):
                own = observations[:, :, agent].copy()
                observations = np.roll(observations, 1, axis=1)
                observations[:, :, agent] = own
                after = replay(team, observations, np.roll(states, 1, axis=1), started)
                leaks[agent] = not np.allclose(after[:, :, agent], before[:, :, agent])
            return leaks
            """: "put back what *this* agent saw",
            write(
                first="changed = np.roll(observations, 1, axis=1)",
                change="changed[:, :, agent] = observations[:, :, agent]",
            ): "The longer your loop runs, the less is changed",
            write(end="return np.full(game.num_agents, leaks.any())"): "the same for all agents of a team",
            write(end="return leaks & (np.arange(game.num_agents) == 0)"): "You test agent 0, and no other",
            write(end="return ~leaks"): "always `~x`",
            write(end="return np.flatnonzero(leaks)"): "True and False",
            write(end="return leaks.any()"): "True and False",
            write(end="return leaks.tolist()"): "Wrap it in `np.array(...)`",
            write(end="leaks"): "Did you forget `return`?",
            write(end="return 1.0 * leaks"): "a comparison gives True and False",
            write(differs="not np.allclose(after[:, agent], before[:, agent])"): "You suspect everybody",
            write(first="started = np.ones_like(started); before = replay(team, observations, states, started)"): (
                "an episode starts at every step"
            ),
            write(differs="not np.allclose(after[-1, :, agent], before[-1, :, agent])"): "Compare *all* steps of *all*",
            write(differs="not np.allclose(after[:, 0, agent], before[:, 0, agent])"): "Compare *all* steps of *all*",
            write(differs="not np.allclose(after[:, :, agent, 0], before[:, :, agent, 0])"): "not one action alone",
            write(differs="(after[:, :, agent] != before[:, :, agent]).all()"): "`.any()`, not `.all()`",
            write().replace("record(team, game, rng)", "record(team, game, rng, runs=1)"): "With one run",
            write().replace(
                "np.roll(states, 1, axis=1), started)", "np.roll(states, 1, axis=1), np.roll(started, 1, 1))"
            ): ("Leave `started` as it was"),
            write(
                change="changed = observations.copy()\n                "
                "changed[:, :, agent] = np.roll(observations[:, :, agent], 1, axis=1)",
                differs="(np.delete(after, agent, axis=2) != np.delete(before, agent, axis=2)).any()",
            ): "You name who is *overheard*",
            f"""{IMPORT}
            observations, states, started = record(team, game, rng)
            changed = np.roll(observations, 1, axis=1)
            changed[:, :, 0] = observations[:, :, 0]
            after = replay(team, changed, np.roll(states, 1, axis=1), started)
            return (after != replay(team, observations, states, started)).any(axis=(0, 1, 3))
            """: "put back what *this* agent saw",
            """
            from marl_lessons.replays import record
            observations, states, started = record(team, game, rng)
            changed, leaks = np.roll(observations, 1, axis=1), []
            for agent in range(game.num_agents):
                pairs = [[team.policies(x)[:, agent] for x in both] for both in zip(observations, changed)]
                leaks.append(any((one != other).any() for one, other in pairs))
            return np.array(leaks)
            """: "Nobody told this team that an episode starts",
        },
    ),
}
