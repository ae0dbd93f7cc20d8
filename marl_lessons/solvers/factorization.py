"""How well values of joint actions can be put together from values of single agents."""


def additive_fit(payoffs):
    """Fit a sum of one value per agent to joint-action values, by least squares with equal weights.

        min Σ_a (Q(a) - Σ_i Q_i(a_i))²   ⇒   Σ_i Q_i(a_i) = Σ_i mean(Q | a_i) - (N - 1) · mean(Q)

    This is where VDN converges to if all joint actions are tried equally often.

    Parameters:
        payoffs: Q (A_1, …, A_N).
    Returns:
        The fitted table Σ_i Q_i(a_i), (A_1, …, A_N).
    Source: Sunehag et al. 2018 (VDN); the two-way analysis of variance without interaction.

    >>> additive_fit(np.array([[0.0, 1.0], [1.0, 8.0]]))
    array([[-1.5,  2.5],
           [ 2.5,  6.5]])
    """
    agents = range(payoffs.ndim)
    own_means = [payoffs.mean(axis=tuple(set(agents) - {agent}), keepdims=True) for agent in agents]
    return sum(own_means) - (payoffs.ndim - 1) * payoffs.mean()
