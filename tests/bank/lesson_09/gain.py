"""Answers to exercise 9.2."""

from tests.bank.bank import Answers, Cell

ANSWERS = {
    "9.2": Answers(
        right=[
            "return gamma * np.where(terminated, 0, next_potential) - potential",
            "return gamma * ~terminated * next_potential - potential",
            "return gamma * (1 - terminated) * next_potential - potential",
            """
            gains = []
            for before, after, ended in zip(potential, next_potential, terminated):
                gains.append(-before if ended else gamma * after - before)
            return np.array(gains)
            """,
            """
            from marl_lessons.shaping import potential_shaping
            return potential_shaping(potential, next_potential, terminated, gamma)
            """,
            """
            after = next_potential.astype(float)
            after[terminated] = 0
            return gamma * after - potential
            """,
            """
            result = -potential.astype(float)
            goes_on = np.logical_not(terminated)
            result[goes_on] += gamma * next_potential[goes_on]
            return result
            """,
            Cell("""
            potential_shaping = lambda before, after, ended, g: np.where(ended, -before, g * after - before)
            """),
            Cell("""
            class Gain:
                def __call__(self, potential, next_potential, terminated, gamma):
                    kept = next_potential * np.invert(terminated)
                    return np.float32(gamma) * kept - potential.astype(np.float64)

            potential_shaping = Gain()
            """),
            """
            result = np.zeros(len(potential))
            np.multiply(next_potential, gamma, out=result, where=np.logical_not(terminated))
            return result - potential
            """,
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return gamma * next_potential - potential + 0 * terminated": "You let an end keep its potential",
            "return np.where(terminated, 0.0, gamma * next_potential - potential)": "You add nothing where",
            "return gamma * terminated * next_potential - potential": "the wrong way round",
            "return np.where(terminated, 0, next_potential) - potential + 0 * gamma": "You forget gamma",
            "return np.where(terminated, 0, next_potential) - gamma * potential": "Gamma stands at the wrong potential",
            "return gamma * (np.where(terminated, 0, next_potential) - potential)": "You discount both potentials",
            "return potential - gamma * np.where(terminated, 0, next_potential)": "wrong sign",
            "return gamma * np.where(terminated, 0, next_potential) + potential": "You add the two potentials",
            "return gamma * np.where(terminated, 0, next_potential) + 0 * potential": "take nothing back",
            "return gamma * np.where(terminated, potential, next_potential) - potential": "the old potential in place",
            """
            if terminated.any():
                return 0.0 * next_potential - potential
            return gamma * next_potential - potential
            """: "If one run has ended",
            """
            if terminated.all():
                return 0.0 * next_potential - potential
            return gamma * next_potential - potential
            """: "only where *all* runs have ended",
            # Other numbers.
            "return gamma * next_potential - potential": "You let an end keep",
            "return np.where(terminated, 0, next_potential) - potential": "You forget gamma",
            "return 0.9 * np.where(terminated, 0, next_potential) - potential": "never reads its parameter `gamma`",
            "return np.round(gamma * np.where(terminated, 0, next_potential) - potential, 1)": "decimal",
            "return 2 * (gamma * np.where(terminated, 0, next_potential) - potential)": "always 2 times",
            "return (gamma * np.where(terminated, 0, next_potential) - potential).astype(int)": "whole",
            "return (gamma or 1) * np.where(terminated, 0, next_potential) - potential": "only where `gamma` is 0",
            """
            after = next_potential.copy()
            after[terminated] = 0
            after *= np.sign(after) * (1 if gamma else 1)
            return gamma * after - potential
            """: "Right in",
            # Results of another kind.
            "return (gamma * np.where(terminated, 0, next_potential) - potential).sum()": "Expected a NumPy array",
            "return list(gamma * np.where(terminated, 0, next_potential) - potential)": "np.array",
            "gamma * np.where(terminated, 0, next_potential) - potential": "Did you forget `return`?",
            # Inputs that change, and code that does not run.
            """
            next_potential[terminated] = 0
            return gamma * next_potential - potential
            """: "`next_potential`",
            """
            if terminated:
                return -potential
            return gamma * next_potential - potential
            """: "The truth value of an array",
            "return gamma * np.where(terminated, 0, Φ) - potential": "is not defined",
            # More ideas that the lesson knows by name.
            "return gamma * next_potential - np.where(terminated, 0, potential)": "you drop the potential *before*",
            "return np.where(terminated, 1, gamma) * next_potential - potential": "the potential after in full",
            "return gamma * next_potential * ~terminated.astype(int) - potential": "count -1 or -2 times",
            "return gamma**2 * np.where(terminated, 0, next_potential) - potential": "if `gamma` were `gamma ** 2`",
        },
    ),
}
