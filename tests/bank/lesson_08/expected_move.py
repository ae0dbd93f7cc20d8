"""Answers to exercise 8.2."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "8.2": Answers(
        right=[
            """
            news = payoffs - value
            return partner_policy @ (np.where(news > 0, alpha, beta) * news)
            """,
            """
            total = 0.0
            for payoff, chance in zip(payoffs, partner_policy):
                step = alpha if payoff > value else beta
                total += chance * step * (payoff - value)
            return total
            """,
            """
            news = payoffs - value
            return (partner_policy * (alpha * np.maximum(news, 0) + beta * np.minimum(news, 0))).sum()
            """,
            """
            from marl_lessons.update_rules import move_hysteretically
            before = np.full(payoffs.shape, float(value))
            return partner_policy @ (move_hysteretically(before, payoffs, alpha, beta) - before)
            """,
            """
            good = payoffs > value
            up = np.dot(partner_policy[good], payoffs[good] - value)
            down = np.dot(partner_policy[~good], payoffs[~good] - value)
            return alpha * up + beta * down
            """,
            """
            moves = [(alpha if r >= value else beta) * (r - value) for r in payoffs.tolist()]
            return sum(p * move for p, move in zip(partner_policy.tolist(), moves))
            """,
            """
            moves = np.maximum(alpha * (payoffs - value), beta * (payoffs - value))
            return np.average(moves, weights=partner_policy)
            """,
            """
            weights = partner_policy * np.where(payoffs > value, alpha, beta)
            return weights @ payoffs - weights.sum() * value
            """,
            Cell("""
            expected_move = lambda q, r, p, up, down: float(np.sum(p * np.where(r > q, up, down) * (r - q)))
            """),
            Cell("""
            class Move:
                def __call__(self, value, payoffs, partner_policy, alpha, beta):
                    news = (payoffs - value).astype(np.float64)
                    return np.einsum("b,b,b->", partner_policy, np.where(news > 0, alpha, beta), news)

            expected_move = Move()
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            """
            news = partner_policy @ payoffs - value
            return (alpha if news > 0 else beta) * news
            """: "You average the payoffs first",
            "return alpha * (partner_policy @ (payoffs - value))": "alike, and move by alpha",
            "return beta * (partner_policy @ (payoffs - value))": "You treat good and bad news alike, and move by beta",
            """
            news = payoffs - value
            return partner_policy @ (np.where(news > 0, beta, alpha) * news)
            """: "the two step sizes the wrong way round",
            """
            return partner_policy @ (np.where(payoffs > 0, alpha, beta) * (payoffs - value))
            """: "whether the payoff is positive",
            """
            news = payoffs - value
            return value + partner_policy @ (np.where(news > 0, alpha, beta) * news)
            """: "You return the new value",
            """
            return partner_policy @ (np.where(payoffs > value, alpha, beta) * payoffs)
            """: "multiply the step size by the payoff",
            """
            news = payoffs - value
            return partner_policy @ (np.where(news > 0, alpha, 0) * news)
            """: Told("You ignore bad news altogether", never=("alike",)),
            """
            news = value - payoffs
            return partner_policy @ (np.where(news < 0, alpha, beta) * news)
            """: "wrong sign",
            """
            news = value - payoffs
            return partner_policy @ (np.where(news > 0, alpha, beta) * news)
            """: Told("You subtract the payoff from the value. News is payoff minus value.", never=("wrong sign",)),
            """
            news = payoffs - value
            return partner_policy @ np.where(news > 0, alpha, beta)
            """: "You return the step sizes. Multiply each by its news first.",
            """
            news = payoffs - value
            return partner_policy @ (np.where(news > 0, alpha, -beta) * news)
            """: "In your code bad news raises the value",
            """
            news = payoffs - value
            return (np.where(news > 0, alpha, beta) * news).mean()
            """: "the same weight",
            """
            news = payoffs - value
            return (np.where(news > 0, alpha, beta) * news).sum()
            """: "without weighing them",
            """
            news = payoffs - value
            return (partner_policy * np.where(news > 0, alpha, beta) * news).mean()
            """: "divides once more",
            """
            news = payoffs[partner_policy.argmax()] - value
            return (alpha if news > 0 else beta) * news
            """: "the partner's likeliest action only",
            "return partner_policy @ payoffs": "You return the average payoff",
            "return partner_policy @ (payoffs - value)": "You average the news itself",
            # Other numbers.
            """
            news = payoffs - value
            return partner_policy @ (np.where(news > 0, 0.1, 0.01) * news)
            """: "Your function never reads its parameter",
            """
            news = payoffs - value
            return round(partner_policy @ (np.where(news > 0, alpha, beta) * news), 2)
            """: "2 decimals",
            """
            news = payoffs - value
            return partner_policy @ (np.where(news > 0, alpha, beta or 0.01) * news)
            """: "Wrong only where `beta` is 0",
            """
            news = payoffs - value
            return 2 * (partner_policy @ (np.where(news > 0, alpha, beta) * news))
            """: "always 2 times",
            """
            news = payoffs[:2] - value
            return partner_policy[:2] @ (np.where(news > 0, alpha, beta) * news)
            """: "Wrong only where",
            # Results of another kind.
            """
            news = payoffs - value
            return partner_policy * np.where(news > 0, alpha, beta) * news
            """: "Expected a single number",
            """
            news = payoffs - value
            partner_policy @ (np.where(news > 0, alpha, beta) * news)
            """: "Did you forget `return`?",
            """
            news = payoffs - value
            return [partner_policy @ (np.where(news > 0, alpha, beta) * news)]
            """: "Expected a number, got a list",
            # Inputs that change, and code that does not run.
            """
            payoffs -= value
            return partner_policy @ (np.where(payoffs > 0, alpha, beta) * payoffs)
            """: "`payoffs`",
            """
            if payoffs > value:
                return alpha * (payoffs - value)
            return beta * (payoffs - value)
            """: "The truth value of an array",
            "return partner_policy @ (np.where(news > 0, alpha, beta) * news)": "name 'news' is not defined",
            # Only where all news is of one kind.
            """
            news = payoffs - value
            if (news > 0).all():
                return alpha * news.mean()
            return partner_policy @ (np.where(news > 0, alpha, beta) * news)
            """: "Wrong only where",
            """
            news = payoffs - value
            if (news < 0).all():
                return alpha * (partner_policy @ news)
            return partner_policy @ (np.where(news > 0, alpha, beta) * news)
            """: "Wrong only where",
        },
    ),
}
