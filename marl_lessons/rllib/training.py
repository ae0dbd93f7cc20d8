"""Training by RLlib's PPO, through our PettingZoo interface. Ray is imported inside the functions only."""

import numpy as np

from marl_lessons.pettingzoo_api import to_parallel_env
from marl_lessons.rllib.numbered_agents import NumberedAgents
from marl_lessons.rllib.ray_process import explain_missing, run_ray
from marl_lessons.rllib.shared_policy import SharedPolicy, read_module, show_network

BATCH = 1_000  # steps
POLICY = "shared"


def train(game, steps, seed=0, watch=None, *, address=None, runners=0, cpus_per_runner=1, gpus_per_learner=0):
    """Train one policy for all agents of a game by RLlib's PPO.

    Parameters:
        game: a MarkovGame.
        steps: steps of the game, all agents at once; rounded up to whole batches of 1,000.
        seed: of the first weights, the actions and the game. Without `runners`, the same seed gives the same policy.
        watch: function of the steps so far and the SharedPolicy, called after each batch; or None.
        address: of a running Ray ("auto" finds it); default is a Ray of our own, which ends with the training.
        runners, cpus_per_runner: processes that play, and processors for each; 0 plays in this process.
        gpus_per_learner: graphics processors for the learning.
    Returns:
        SharedPolicy, greedy. It expects what `show_network(game)` shows.
    Raises:
        ModuleNotFoundError: if Ray or torch is not installed.
        ValueError: if the game is none that one network can play, or the cluster has too few processors.
    Source: Schulman et al. 2017; RLlib's own defaults but for what `_configure` says.
    """
    game = show_network(game)
    if missing := explain_missing():
        raise ModuleNotFoundError(missing)
    if steps < 1 or runners < 0:
        raise ValueError(f"steps must be at least 1 and runners at least 0, got {steps} and {runners}.")
    with run_ray(address, runners * cpus_per_runner, gpus_per_learner):
        algorithm = _configure(game, seed, runners, cpus_per_runner, gpus_per_learner).build_algo()
        try:
            for step in range(BATCH, steps + BATCH, BATCH):
                algorithm.train()
                policy = SharedPolicy(read_module(algorithm.get_module(POLICY)))
                if watch is not None:
                    watch(step, policy)
        finally:
            algorithm.stop()
    return policy


def _configure(game, seed, runners, cpus_per_runner, gpus_per_learner):
    """Set up PPO, with the batches and networks that suit games as small as ours."""
    from ray.rllib.algorithms.ppo import PPOConfig
    from ray.rllib.core.rl_module.multi_rl_module import MultiRLModuleSpec
    from ray.rllib.core.rl_module.rl_module import RLModuleSpec
    from ray.rllib.env.wrappers.pettingzoo_env import ParallelPettingZooEnv
    from ray.tune.registry import register_env

    register_env("marl_lessons", lambda _: ParallelPettingZooEnv(NumberedAgents(to_parallel_env(game))))
    network = RLModuleSpec(model_config={"fcnet_hiddens": [64, 64]})
    return (
        PPOConfig()
        .environment("marl_lessons")
        .multi_agent(policies={POLICY}, policy_mapping_fn=lambda *_, **__: POLICY)
        .rl_module(rl_module_spec=MultiRLModuleSpec(rl_module_specs={POLICY: network}))
        .env_runners(num_env_runners=runners, num_cpus_per_env_runner=cpus_per_runner)
        .learners(num_gpus_per_learner=gpus_per_learner)
        .debugging(seed=seed, log_level="ERROR")
        .training(
            gamma=0.9,
            lambda_=0.9,
            lr=0.003,
            train_batch_size_per_learner=BATCH,
            minibatch_size=256,
            num_epochs=10,
            entropy_coeff=0.01,
            use_kl_loss=False,
            vf_clip_param=np.inf,  # the default, 10, cuts off what critics learn from values near 30
        )
    )
