"""Answers to exercise 14.4."""

from tests.bank.bank import Answers, Cell, Told


def write(
    acts="{agent: policy[observations[agent]] for agent in env.agents}",
    steps="observations, rewards, terminations, truncations, infos = env.step(actions)",
    adds="earned += sum(rewards.values())",
    goes_on="while env.agents:",
    end="return earned / len(env.possible_agents)",
    first="observations, infos = env.reset(seed=seed)",
):
    """Write the usual loop, with another line in it."""
    return f"""
            {first}
            earned = 0.0
            {goes_on}
                actions = {acts}
                {steps}
                {adds}
            {end}
            """


ANSWERS = {
    "14.4": Answers(
        right=[
            write(),
            write(acts="dict(zip(env.agents, policy[[observations[agent] for agent in env.agents]].tolist()))"),
            write(goes_on="while len(env.agents) > 0:", end="return np.float64(earned) / env.max_num_agents"),
            """
            observations, infos = env.reset(seed=seed)
            earned = dict.fromkeys(env.possible_agents, 0.0)
            while env.agents:
                actions = {}
                for agent in env.agents:
                    actions[agent] = int(policy[observations[agent]])
                observations, rewards, terminations, truncations, infos = env.step(actions)
                for agent, reward in rewards.items():
                    earned[agent] += reward
            return np.mean(list(earned.values()))
            """,
            """
            observations, _ = env.reset(seed)
            playing, total = set(env.agents), 0
            while playing:
                observations, rewards, done, cut, _ = env.step({name: policy[observations[name]] for name in playing})
                total += sum(rewards[name] for name in playing)
                playing = {name for name in playing if not (done[name] or cut[name])}
            return total / len(env.possible_agents)
            """,
            Cell("""
            def play_on(env, policy, observations):
                if not env.agents:
                    return 0.0
                seen, rewards, *_ = env.step({name: policy[observations[name]] for name in env.agents})
                return sum(rewards.values()) + play_on(env, policy, seen)

            def play_by_name(env, policy, seed):
                return play_on(env, policy, env.reset(seed=seed)[0]) / len(env.possible_agents)
            """),
            write(
                goes_on="is_over = False\n            while not is_over:",
                adds="earned += sum(rewards.values()); is_over = not any(a in env.agents for a in rewards)",
            ),
        ],
        wrong={
            write(goes_on="for _ in range(20):\n                if not env.agents:\n                    break"): (
                "goes on for more than 20 steps"
            ),
            write(goes_on="for _ in range(100):\n                if not env.agents:\n                    break"): (
                "goes on for more than 20 steps"
            ),
            write(
                goes_on="is_over = False\n            while not is_over:",
                adds="earned += sum(rewards.values()); "
                "is_over = all(terminations.values()) or all(truncations.values())",
            ): "every agent has left",
            write(acts="{agent: policy[observations[env.agents[0]]] for agent in env.agents}"): (
                "act by what the *first* one sees"
            ),
            write(acts="{agent: policy[number] for number, agent in enumerate(env.agents)}"): (
                "Your agents act by their number"
            ),
            write(end="return earned / 2"): "You divide by two",
            write(adds="earned += sum(rewards.values()); last = len(rewards)", end="return earned / last"): Told(
                "You divide by the number of agents in the last step", never=("Wrong only",)
            ),
            write(adds="earned += max(rewards.values())", end="return earned"): "You count the largest reward",
            write(
                first="observations, infos = env.reset(seed=seed); discount = 1",
                adds="earned += discount * sum(rewards.values()); discount *= 0.9",
            ): "You discount what is earned later",
            write(first="env.reset(seed=seed); observations, infos = env.reset()"): "`seed + 1`",
            write(first="observations, infos = env.reset(seed=seed or None)"): "Called twice with the same input",
            write(acts="{agent: policy[observations[agent]] for agent in observations}"): "must have the keys",
            write(end="return earned // len(env.possible_agents)"): "cut off to whole numbers",
            write(end="return earned"): "You add up what all agents earn",
            write(adds="earned += rewards.get(env.possible_agents[0], 0)", end="return earned"): (
                "You count one agent's rewards alone"
            ),
            write(adds="earned += sum(rewards.values()) / len(rewards)", end="return earned"): (
                "You divide each step's rewards by the number"
            ),
            write(goes_on="while len(env.agents) == len(env.possible_agents):"): "You stop when the first agent leaves",
            write(adds="earned += sum(rewards[agent] for agent in env.agents)"): "what an agent earns in its last step",
            write(goes_on="for _ in range(1):"): "You play one step, or count one",
            write(adds="earned = sum(rewards.values())"): "You count the last step alone",
            """
            observations, infos = env.reset(seed=seed)
            earned, steps = 0.0, 0
            while env.agents:
                actions = {agent: policy[observations[agent]] for agent in env.agents}
                observations, rewards, terminations, truncations, infos = env.step(actions)
                earned, steps = earned + sum(rewards.values()), steps + 1
            return earned / len(env.possible_agents) / steps
            """: "You divide by the number of steps as well",
            """
            observations, infos = env.reset(seed=seed)
            earned, is_first = 0.0, True
            while env.agents:
                actions = {agent: policy[observations[agent]] for agent in env.agents}
                observations, rewards, terminations, truncations, infos = env.step(actions)
                earned, is_first = earned + (0 if is_first else sum(rewards.values())), False
            return earned / len(env.possible_agents)
            """: "what is earned in the first step",
            write(steps="_, rewards, terminations, truncations, infos = env.step(actions)"): (
                "Your agents act by what they saw at first"
            ),
            write(acts="dict.fromkeys(env.agents, policy[list(observations.values())[0]])"): (
                "act by what the *first* one sees"
            ),
            """
            observations, infos = env.reset(seed=seed)
            earned = []
            while env.agents:
                actions = {agent: policy[observations[agent]] for agent in env.agents}
                observations, rewards, terminations, truncations, infos = env.step(actions)
                earned += rewards.values()
            return np.mean(earned)
            """: "You take the mean of all single rewards",
            write(end="return earned / len(env.agents)"): Told(
                "At the end `env.agents` is empty. Divide by `len(env.possible_agents)`.", never=("Which case",)
            ),
            write(end="num = len(env.agents)\n            return earned / num"): "Which case makes the divisor zero?",
            write(first="observations, infos = env.reset()"): "never reads its parameter `seed`",
            write(
                acts="{agent: observations[agent] % 3 for agent in env.agents}"
            ): "never reads its parameter `policy`",
            write(acts="{agent: policy[observations[agent]] for agent in env.possible_agents}"): "must have the keys",
            write(acts="[policy[observations[agent]] for agent in env.agents]"): "actions",
            write(end="earned / len(env.possible_agents)"): "Did you forget `return`?",
            write(goes_on="while not any(env.step({}) if False else ()) and env.agents:", end="return earned, infos"): (
                "A comma makes a tuple"
            ),
            write(
                goes_on="is_over = False\n            while not is_over:",
                adds="earned += sum(rewards.values()); is_over = all(terminations.values())",
            ): "every agent has left",
            """
            observations, infos = env.reset(seed=seed)
            earned = 0.0
            while True:
                actions = {agent: policy[observations[agent]] for agent in env.agents}
                observations, rewards, terminations, truncations, infos = env.step(actions)
                earned += sum(rewards.values())
                if any(terminations.values()) or any(truncations.values()):
                    return earned / len(env.possible_agents)
            """: "You stop when the first agent leaves",
        },
    ),
}
