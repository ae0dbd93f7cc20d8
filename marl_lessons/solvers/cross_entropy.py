"""Search by the cross-entropy method: draw candidates, keep the best, draw the next ones like them."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Search:
    """How a search went, round by round.

    Attributes:
        means, spreads: mean and standard deviation from which the next candidates would be drawn, (rounds + 1, P); the
            first row is the start.
        scores: of all candidates, (rounds, K).
    """

    means: np.ndarray
    spreads: np.ndarray
    scores: np.ndarray

    @property
    def best(self):
        """The mean after the last round, (P,)."""
        return self.means[-1]


def refit(candidates, scores, num_best):
    """Describe the best candidates by their mean and their standard deviation.

        μ = mean of the best,      σ = √(mean of (best - μ)²),   each parameter for itself

    Parameters:
        candidates: (K, P).
        scores: (K,), the higher the better; of equal ones the first ones count as better.
        num_best: how many are best.
    Returns:
        (2, P): μ and σ.

    >>> refit(np.array([[0.0], [4.0], [9.0], [2.0]]), np.array([1, 3, 0, 2]), num_best=2)
    array([[3.],
           [1.]])
    """
    best = candidates[np.argsort(-np.asarray(scores), kind="stable")[:num_best]]  # (num_best, P)
    return np.stack([best.mean(axis=0), best.std(axis=0)])


def cross_entropy_search(
    evaluate, start, spread, rng, *, rounds=15, num_candidates=40, num_best=8, noise=0.05, refit=refit
):
    """Search for parameters with a high score, knowing nothing but scores.

        θ_k ~ Normal(μ, σ²),  k = 1 … K;      μ, σ ← refit(θ, scores, num_best);      σ ← σ + noise

    Parameters:
        evaluate: a function of candidates (K, P) and rng that scores them, (K,).
        start, spread: first μ and σ, (P,), or a number for all.
        rng: numpy random Generator.
        rounds: how often candidates are drawn.
        num_candidates, num_best: K, and how many of them count.
        noise: what is added to σ in each round, so that the search does not stop too early.
        refit: how the best ones are described, a function as `refit`.
    Returns:
        Search.
    Raises:
        ValueError: unless 1 ≤ num_best ≤ num_candidates and rounds ≥ 1, or if scores have another shape or are NaN.
    Source: Rubinstein 1999; de Boer et al. 2005; the noise as in Szita & Lőrincz 2006.
    """
    if not 1 <= num_best <= num_candidates or rounds < 1:
        raise ValueError(
            "num_best must lie in 1 … num_candidates, and rounds be at least 1, "
            f"got {num_best} of {num_candidates} and {rounds}."
        )
    fits = [np.stack(np.broadcast_arrays(np.atleast_1d(start), np.atleast_1d(spread))).astype(float)]  # (2, P)
    all_scores = []
    for _ in range(rounds):
        mean, deviation = fits[-1]
        candidates = mean + deviation * rng.normal(size=(num_candidates, len(mean)))
        scores = np.asarray(evaluate(candidates, rng), dtype=float)
        if scores.shape != (num_candidates,) or np.isnan(scores).any():
            raise ValueError(f"evaluate must return {num_candidates} numbers, got shape {scores.shape}; score each.")
        fits.append(np.asarray(refit(candidates, scores, num_best), dtype=float) + np.array([[0.0], [noise]]))
        all_scores.append(scores)
    means, spreads = np.stack(fits, axis=1)
    return Search(means, spreads, np.stack(all_scores))
