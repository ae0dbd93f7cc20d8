"""The way out: our games trained by Ray RLlib, on this machine or on a cluster, and judged as every learner here.

    python -m marl_lessons.rllib --steps 36000 --seed 0

trains one policy, which all agents share and which is told who acts, by RLlib's PPO through our PettingZoo interface.
It needs the extra `scale`, which `make scale` installs; no lesson does.

The same command on a cluster: install the course on every machine, start Ray on one with `ray start --head`, on each of
the others with `ray start --address=HEAD:6379`, and say on the first

    python -m marl_lessons.rllib --address auto --runners 32 --cpus-per-runner 1 --gpus-per-learner 1

`--runners` processes, each with as many processors as it asks for, then play wherever there is room, and send what they
saw to the learner, which takes a graphics processor if it is given one. Without `--runners` one process does it all.
Ray guards a cluster with a token, which the other machines must know: see "Ray token authentication" in its manual. A
Ray that was there already stays; what is printed then counts the costs of this process only, and `ray stop` ends it.

Source: Liang et al. 2018 (RLlib); Schulman et al. 2017 (PPO); Gupta et al. 2017 (one policy for all).
"""

from marl_lessons.rllib.ray_process import explain_missing
from marl_lessons.rllib.shared_policy import SharedPolicy, show_network
from marl_lessons.rllib.training import train
from marl_lessons.rllib.trial import try_it

__all__ = ["SharedPolicy", "explain_missing", "show_network", "train", "try_it"]
