"""Proximal policy optimization for teams, with networks: a critic for what each agent sees, or for all there is to see.

Whoever imports this file loads autograd; `learners` imports it when it is first asked for `IPPO` or `MAPPO`.
"""

import autograd.numpy as np
import numpy
from autograd import grad

from marl_lessons.learners.tabular import check_runs
from marl_lessons.networks import Adam, apply_layers, init_layers
from marl_lessons.policies import sample_softmax, softmax, value_at
from marl_lessons.policy_gradients import generalized_advantages
from marl_lessons.surrogate import Batch, clipped_loss, log_softmax
from marl_lessons.views import one_hot


class IPPO:
    """Every agent learns several times from a batch by the clipped surrogate, with a critic that sees what it sees.

        θ, w ← Adam(θ, w; ∂L),   L = mean of  -min(ρ A, clamp(ρ, 1 - c, 1 + c) A) - η H(π) + ½ (V(x) - G)²
        A by `generalized_advantages`,   G = A + V(x),   x = o_i

    Actors and critics are networks, all runs at once. Shared, all agents have one actor and one critic, which are told
    whose turn it is by a 1 among zeros. Observations of whole numbers are inputs of the same kind; features come
    as they are. While learning, agents draw from their policies; without exploring they take the likeliest action.

    Parameters:
        game: any MarkovGame.
        learning_rate: of Adam, a number or a schedule (a function of the number of steps of Adam).
        gamma: discount factor.
        batch: number of steps T to learn from.
        epochs: how often.
        clip: c, how far a probability may move, as a share of what it was.
        trace: λ of the advantages.
        entropy: η, weight of the entropy H, a number or a schedule (a function of the step).
        hidden: units of the hidden layers.
        shared: whether all agents have the same parameters.
        normalizes: whether advantages are divided by their spread in the batch, after subtracting their mean; each
            run by itself.
        initial: what values begin near, in units of return; it is added to the critic's output.
        spread: factor of the actors' last weights at the start. Small ones let policies begin at even chances; that is
            usual, but there agents who must part, or agree on a code, find no slope on which to begin.
        seed: of the first weights.
    Attributes:
        networks: layers of the actors, and of the critics; None before the first call. Their leading axis is R, or
            R·N where parameters are not shared.
        num_runs: R, the number of runs that there are networks for; None before the first call.
        step: number of updates so far.
        find_advantages: a function as `policy_gradients.generalized_advantages`; it is asked for arrays (T, M), with
            M agents of all runs side by side.
    Raises:
        ValueError: when it is used, if the number of runs changes.
    Source: Schulman et al. 2017 (PPO); de Witt et al. 2020 (IPPO). Differs: whole batches; critics of
        their own, without clipping; first policies far from even; single precision.
    """

    networks = None

    def __init__(
        self,
        game,
        learning_rate,
        gamma,
        *,
        batch=200,
        epochs=4,
        clip=0.2,
        trace=0.9,
        entropy=0.01,
        hidden=(32,),
        shared=True,
        normalizes=False,
        initial=0.0,
        spread=2.0,
        seed=0,
    ):
        self.num_agents, self.num_actions = game.num_agents, game.num_actions
        self.num_observations, self._game = game.num_observations, game
        self.learning_rate, self.gamma = learning_rate, gamma
        self.batch, self.epochs, self.clip, self.trace, self.entropy = batch, epochs, clip, trace, entropy
        self.hidden, self.shared, self.normalizes, self.initial, self.seed = hidden, shared, normalizes, initial, seed
        self.spread, self.find_advantages = spread, generalized_advantages
        self.step, self._steps, self._logits, self._runs = 0, [], None, None

    @property
    def num_runs(self):
        """The number of runs that there are networks for, R; None before the first call."""
        return self._runs

    def begin(self, started):
        """Drop a batch that a new training has cut short; booleans (R,)."""
        if self._steps and not (self._steps[-1].terminated | self._steps[-1].truncated)[started].all():
            self._steps = []

    def act(self, observations, rng, explore=True):
        """Choose actions (R, N): drawn from the policies, or without exploring the likeliest."""
        logits = self._look_up(observations)
        return sample_softmax(logits, 1.0, rng) if explore else logits.argmax(axis=-1)

    def policies(self, observations):
        """Give the likeliest action of each agent probability 1, the first of several, (R, N, A)."""
        return numpy.eye(self.num_actions)[self._look_up(observations).argmax(axis=-1)]

    def probabilities(self, observations):
        """Say how likely each action is while learning, π (R, N, A)."""
        return softmax(self._look_up(observations).astype(float))

    def update(self, transition, rng):
        """Take note of one transition in every run, and learn when the batch is full."""
        self._prepare(transition.observations)
        self._steps.append(transition)
        self.step += 1
        if len(self._steps) == self.batch:
            self._learn()
            self._steps, self._logits = [], None

    def see(self, observations, state):
        """Say what the critics see, features (R, N, F): what the agents do."""
        return self._encode(observations)

    def _learn(self):
        batch = self._collect()
        entropy = value_at(self.entropy, self.step)
        for _ in range(self.epochs):
            self.networks = self._adam.step(self.networks, grad(clipped_loss)(self.networks, batch, self.clip, entropy))

    def _collect(self):
        """Turn the steps into a Batch."""
        names = vars(self._steps[0])  # those of a Transition
        kept = {name: numpy.stack([getattr(step, name) for step in self._steps]) for name in names}  # (T, R, …)
        views = self._flatten(self.see, kept["observations"], kept["state"])  # (C, B, F)
        next_views = self._flatten(self.see, kept["next_observations"], kept["next_state"])
        values, next_values = (self._unstack(apply_layers(self.networks[1], x)[..., 0]) for x in (views, next_views))
        ends = (kept[name][..., None] for name in ("terminated", "truncated"))
        advantages = self._find_advantages(kept["rewards"], values + self.initial, next_values + self.initial, *ends)
        targets = self._stack(advantages + values)  # without `initial`: what the network itself has to say
        if self.normalizes:
            spread = advantages.std(axis=(0, 2), keepdims=True)  # (1, R, 1)
            advantages = (advantages - advantages.mean(axis=(0, 2), keepdims=True)) / (spread + 1e-8)
        inputs = self._flatten(self._encode, kept["observations"])
        chosen = self._stack(numpy.eye(self.num_actions)[kept["actions"]])  # (C, B, A)
        logs = (log_softmax(apply_layers(self.networks[0], inputs)) * chosen).sum(axis=-1)
        return Batch(inputs, views, chosen, logs, self._stack(advantages), targets)

    def _flatten(self, encode, *arrays):
        """Encode arrays (T, R, …) as if they were of T·R runs, and give each network what is its own, (C, B, F)."""
        encoded = encode(*(array.reshape(-1, *array.shape[2:]) for array in arrays))  # (T R, N, F)
        return self._stack(encoded.reshape(-1, self._runs, *encoded.shape[1:]))

    def _find_advantages(self, rewards, *others):
        in_a_row = [np.broadcast_to(one, rewards.shape).reshape(len(rewards), -1) for one in (rewards, *others)]
        return self.find_advantages(*in_a_row, self.gamma, self.trace).reshape(rewards.shape)

    def _stack(self, steps):
        """Give each of the C networks what is its own: (T, R, N, …) becomes (C, B, …), single precision."""
        steps = np.asarray(steps, dtype=np.float32)  # (T, R, N, …)
        order = (1, 0, 2) if self.shared else (1, 2, 0)
        steps = steps.transpose(*order, *range(3, steps.ndim))
        copies = self._runs if self.shared else self._runs * self.num_agents
        return steps.reshape(copies, -1, *steps.shape[3:])

    def _unstack(self, outputs):
        """Turn (C, B) back into (T, R, N)."""
        if self.shared:
            return outputs.reshape(self._runs, -1, self.num_agents).transpose(1, 0, 2)
        return outputs.reshape(self._runs, self.num_agents, -1).transpose(2, 0, 1)

    def _encode(self, observations):
        """Turn observations (R, N, …) into the networks' inputs (R, N, F)."""
        return self._sign(_to_features(observations[..., None], (self.num_observations,), 2))

    def _sign(self, features):
        """Add to features (R, N, F) whose they are, if all agents share their parameters."""
        if not self.shared:
            return features
        names = np.broadcast_to(numpy.eye(self.num_agents, dtype=np.float32), (len(features), *[self.num_agents] * 2))
        return np.concatenate([features, names], axis=-1)

    def _look_up(self, observations):
        """Compute logits (R, N, A) at observations; of whole numbers once for all, until the next learning."""
        self._prepare(observations)
        if self.num_observations is None:
            return self._compute_logits(observations[None])[0]
        if self._logits is None:
            shape = self.num_observations, self._runs, self.num_agents
            self._logits = self._compute_logits(np.broadcast_to(np.arange(shape[0])[:, None, None], shape))
        runs, agents = numpy.ogrid[: self._runs, : self.num_agents]
        return self._logits[observations, runs, agents]

    def _compute_logits(self, observations):
        """Ask the actors about observations (T, R, N, …): (T, R, N, A)."""
        logits = apply_layers(self.networks[0], self._flatten(self._encode, observations))  # (C, B, A)
        return np.stack([self._unstack(logits[..., action]) for action in range(self.num_actions)], axis=-1)

    def _prepare(self, observations):
        if self._runs is None:
            self._runs = len(observations)
            rng, copies = numpy.random.default_rng(self.seed), self._runs * (1 if self.shared else self.num_agents)
            start = self._game.reset(self._runs, numpy.random.default_rng(0))  # only to count features
            sizes = self._encode(observations).shape[-1], self.see(observations, start).shape[-1]
            self.networks = tuple(
                init_layers(copies, [inputs, *self.hidden, outputs], rng, last_scale=scale, dtype=np.float32)
                for inputs, outputs, scale in zip(sizes, (self.num_actions, 1), (self.spread, 0.01), strict=True)
            )
            self._adam = Adam(self.learning_rate)
        check_runs(self._runs, len(observations))


class MAPPO(IPPO):
    """The same, with critics that see the game's global view: x = s. Actors see what they see.

    Parameters:
        game, learning_rate, gamma, options: as for `IPPO`.
    Source: Yu et al. 2022 (MAPPO). Differs: as for `IPPO`; no normalization of values.
    """

    def see(self, observations, state):
        """Say what the critics see, features (R, N, F): the global view, the same for all agents."""
        view = _to_features(self._game.global_view(state), self._game.view_sizes, 1)  # (R, F)
        return self._sign(np.repeat(view[:, None], self.num_agents, axis=1))


def _to_features(numbers, sizes, leading):
    """Turn columns of whole numbers into ones among zeros, and flatten features (…, …) behind the leading axes."""
    is_number = sizes is not None and None not in sizes
    features = one_hot(numbers, sizes) if is_number else numbers.reshape(*numbers.shape[:leading], -1)
    return features.astype(np.float32)
