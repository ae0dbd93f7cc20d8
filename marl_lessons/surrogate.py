"""The loss of proximal policy optimization for many networks at once; whoever imports this file loads autograd."""

from typing import NamedTuple

import autograd.numpy as np
import numpy

from marl_lessons.networks import apply_layers


class Batch(NamedTuple):
    """What C networks learn from, B steps each.

    Attributes:
        inputs, views: what actors and critics see, (C, B, features).
        actions: taken, one-hot, (C, B, A).
        log_chances: of the actions when they were taken, (C, B).
        advantages: A (C, B), in units of return, or of their own spread.
        targets: G (C, B), in units of return.
    """

    inputs: numpy.ndarray
    views: numpy.ndarray
    actions: numpy.ndarray
    log_chances: numpy.ndarray
    advantages: numpy.ndarray
    targets: numpy.ndarray


def clipped_loss(networks, batch, clip, entropy):
    """Add up what the networks lose: the clipped surrogate and the entropy with a minus, and the critics' errors.

        L = mean over the batch of  -min(ρ A, clamp(ρ, 1 - c, 1 + c) A) - η H(π) + ½ (V - G)²
        ρ = π(a|o) / π_old(a|o)

    Parameters:
        networks: layers of C actors, and of C critics.
        batch: a Batch.
        clip, entropy: c and η.
    Returns:
        The sum over the C networks. None shares a parameter with another, so the gradient holds each one's own.
    Source: Schulman et al. 2017 (PPO), equations 7 and 9.
    """
    actors, critics = networks
    logs = log_softmax(apply_layers(actors, batch.inputs))  # (C, B, A)
    ratios = np.exp((logs * batch.actions).sum(axis=-1) - batch.log_chances)  # (C, B)
    clamped = np.clip(ratios, 1 - clip, 1 + clip)
    surrogate = np.minimum(ratios * batch.advantages, clamped * batch.advantages)
    entropies = -(np.exp(logs) * logs).sum(axis=-1)
    errors = apply_layers(critics, batch.views)[..., 0] - batch.targets
    return (-surrogate - entropy * entropies + 0.5 * errors**2).mean(axis=1).sum()


def log_softmax(logits):
    """Take the logarithm of a softmax over the last axis, of logits (…, A)."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
