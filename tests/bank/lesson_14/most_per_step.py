"""Answers to exercise 14.1."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "14.1": Answers(
        right=[
            """
            heavy = min(heavy_rate, 1 / 2)
            light = min(light_rate, 1 - 2 * heavy)
            return light + heavy_pay * heavy
            """,
            """
            from scipy.optimize import linprog
            best = linprog([-1, -heavy_pay], [[1, 2]], [1], bounds=[(0, light_rate), (0, heavy_rate)])
            return -best.fun
            """,
            """
            heavy = min(heavy_rate, 0.5)
            heavy_first = heavy_pay * heavy + min(light_rate, 1 - 2 * heavy)
            light = min(light_rate, 1)
            light_first = light + heavy_pay * min(heavy_rate, (1 - light) / 2)
            return max(heavy_first, light_first)
            """,
            """
            jobs = sorted([(1, light_rate, 1), (heavy_pay / 2, heavy_rate, 2)], reverse=True)
            left, earned = 1, 0
            for pay_of_a_worker, rate, needed in jobs:
                busy = min(left, rate * needed)
                left -= busy
                earned += busy * pay_of_a_worker
            return earned
            """,
            Cell("""
            def most_per_step(light, heavy, pay):
                if pay > 2:
                    first = np.minimum(heavy, 0.5)
                    return np.float64(pay * first + np.minimum(light, 1 - 2 * first))
                first = np.minimum(light, 1.0)
                return np.float64(first + pay * np.minimum(heavy, (1 - first) / 2))
            """),
            Cell("""
            def earn(light, heavy_pay, heavy_rate, light_rate):
                return light + heavy_pay * min(heavy_rate, (1 - light) / 2)

            def most_per_step(light_rate, heavy_rate, heavy_pay):
                most = min(light_rate, 1)
                least = min(most, max(0, 1 - 2 * heavy_rate))
                return max(earn(light, heavy_pay, heavy_rate, light_rate) for light in (least, most))
            """),
            """
            by_worker = np.array([1, heavy_pay / 2])
            work = np.array([light_rate, 2 * heavy_rate])
            order = np.argsort(-by_worker)
            done = np.diff(np.minimum(np.cumsum(work[order]), 1), prepend=0)
            return (done * by_worker[order]).sum()
            """,
            """
            least = float("inf")
            for price in (0, 1, heavy_pay / 2):  # what a worker-step may be worth: the dual program
                gains = max(1 - price, 0) * light_rate + max(heavy_pay - 2 * price, 0) * heavy_rate
                least = min(least, price + gains)
            return least
            """,
        ],
        wrong={
            """
            light = min(light_rate, 1)
            heavy = min(heavy_rate, (1 - light) / 2)
            return light + heavy_pay * heavy
            """: "You serve light tasks first",
            """
            heavy = min(heavy_rate, 1)
            light = min(light_rate, 1 - heavy)
            return light + heavy_pay * heavy
            """: "You let one worker do a heavy task",
            """
            heavy = min(heavy_rate, 1)
            light = min(light_rate, 2 - 2 * heavy)
            return light + heavy_pay * heavy
            """: "You share out two worker-steps",
            "return light_rate + heavy_pay * heavy_rate": "You serve all that comes",
            """
            light = min(light_rate, 1 - 2 * heavy_rate)
            return light + heavy_pay * heavy_rate
            """: "You serve all heavy tasks",
            """
            return max(min(light_rate, 1), heavy_pay * min(heavy_rate, 1 / 2))
            """: "You serve one kind of task alone",
            "return min(light_rate, 1) + heavy_pay * min(heavy_rate, 1 / 2)": "You give each kind all of the workers",
            """
            work = light_rate + 2 * heavy_rate
            total = light_rate + heavy_pay * heavy_rate
            return total if work <= 1 else total / work
            """: "you cut both kinds alike",
            "return min(light_rate, 1 / 2) + heavy_pay * min(heavy_rate, 1 / 4)": "half of the workers",
            """
            heavy = min(heavy_rate, 1 / 2)
            return min(light_rate, 1 - 2 * heavy) + 2 * heavy_pay * heavy
            """: "You count the pay of a heavy task twice",
            """
            heavy = min(heavy_rate, 1 / 2)
            return min(light_rate, 1 - 2 * heavy) + heavy
            """: "You count tasks",
            """
            heavy = min(heavy_rate, 1 / 2)
            light = min(light_rate, 1 - 2 * heavy)
            return light + 4 * heavy
            """: Told("heavy_pay", never=("You serve",)),
            """
            heavy = min(heavy_rate, 1 / 2)
            light = min(light_rate, 1 - 2 * heavy)
            return light, heavy
            """: "A comma makes a tuple",
            """
            heavy = min(heavy_rate, 1 / 2)
            light = min(light_rate, 1 - 2 * heavy)
            light + heavy_pay * heavy
            """: "Did you forget `return`?",
            """
            heavy = min(heavy_rate, 1 / 2)
            light = min(light_rate, 1 - 2 * heavy)
            return round(light + heavy_pay * heavy, 1)
            """: "to one decimal",
            """
            light = min(light_rate, max(0, 1 - 2 * heavy_rate))
            return light + heavy_pay * heavy_rate
            """: "You serve all heavy tasks",
            "return light_rate + heavy_pay * min(heavy_rate, 0.5)": "You serve all light tasks",
            """
            heavy = min(heavy_rate, 0.5)
            return min(light_rate, 1 - heavy) + heavy_pay * heavy
            """: "You take one worker for a heavy task where you count who is left",
            """
            if light_rate + 2 * heavy_rate <= 1:
                return light_rate + heavy_pay * heavy_rate
            return heavy_pay * min(heavy_rate, 0.5)
            """: "you serve no light ones",
            """
            heavy = min(heavy_rate, 0.5)
            return min(light_rate, 1 - 2 * heavy) + heavy_pay / 2 * heavy
            """: "You count half of what heavy tasks pay",
            """
            heavy = min(heavy_rate, 1) / 2
            return min(light_rate, 1 - 2 * heavy) + heavy_pay * heavy
            """: "You halve the heavy tasks",
            """
            heavy = min(heavy_rate, 1 // 2)
            return min(light_rate, 1 - 2 * heavy) + heavy_pay * heavy
            """: Told("You serve no heavy tasks at all", never=("-heavy_pay",)),
            """
            heavy = int(min(heavy_rate, 0.5))
            return min(light_rate, 1 - 2 * heavy) + heavy_pay * heavy
            """: "You serve no heavy tasks at all",
            """
            best = 0
            for heavy in np.arange(0, min(heavy_rate, 0.5) + 1e-9, 0.05):
                best = max(best, min(light_rate, 1 - 2 * heavy) + heavy_pay * heavy)
            return best
            """: "too small",
        },
    ),
}
