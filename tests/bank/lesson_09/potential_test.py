"""Answers to exercise 9.3."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "9.3": Answers(
        right=[
            """
            rows = np.arange(len(states))
            equations = np.zeros((len(states), num_states))
            equations[rows, states] -= 1
            equations[rows, next_states] += gamma * ~terminated
            potential = np.linalg.lstsq(equations, added)[0]
            return np.allclose(equations @ potential, added)
            """,
            """
            A = []
            for s, t, end in zip(states, next_states, terminated):
                row = [0.0] * num_states
                row[s] -= 1
                if not end:
                    row[t] += gamma
                A.append(row)
            A = np.array(A)
            x = np.linalg.lstsq(A, added, rcond=None)[0]
            return bool(np.abs(A @ x - added).max() < 1e-6)
            """,
            """
            unit = np.eye(num_states)
            A = unit[states] - gamma * (1 - terminated)[:, None] * unit[next_states]
            x = np.linalg.pinv(A) @ added
            return np.allclose(A @ x, added)
            """,
            """
            unit = np.eye(num_states)
            A = gamma * np.where(terminated[:, None], 0, unit[next_states]) - unit[states]
            return np.linalg.matrix_rank(np.c_[A, added]) == np.linalg.matrix_rank(A)
            """,
            """
            from marl_lessons.shaping import find_shaping_potential
            found = find_shaping_potential(states, next_states, terminated, added, num_states, gamma)
            return found.potential is not None
            """,
            """
            A = np.zeros((len(states), num_states))
            np.add.at(A, (np.arange(len(states)), states), -1)
            np.add.at(A, (np.arange(len(states)), next_states), np.where(terminated, 0, gamma))
            phi, *_ = np.linalg.lstsq(A, added.astype(float), rcond=None)
            return (abs(A.dot(phi) - added) < 1e-7).all()
            """,
            Cell("""
            def gain(phi, s, t, end, gamma):
                return gamma * np.where(end, 0, phi[t]) - phi[s]

            def is_potential_based(states, next_states, terminated, added, num_states, gamma):
                columns = [gain(one, states, next_states, terminated, gamma) for one in np.eye(num_states)]
                A = np.array(columns).T
                phi = np.linalg.lstsq(A, added)[0]
                return bool(np.allclose(gain(phi, states, next_states, terminated, gamma), added))
            """),
            """
            unit = np.eye(num_states)
            A = gamma * ~terminated[:, None] * unit[next_states] - unit[states]
            U, sizes, _ = np.linalg.svd(A, full_matrices=False)
            U = U[:, sizes > 1e-10]
            return np.linalg.norm(added - U @ (U.T @ added)) < 1e-8
            """,
        ],
        wrong={
            # The ideas that the lesson knows by name.
            """
            unit = np.eye(num_states)
            A = gamma * unit[next_states] - unit[states] + 0 * terminated[:, None]
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "You let an end have a potential",
            """
            unit = np.eye(num_states)
            A = ~terminated[:, None] * unit[next_states] - unit[states] + 0 * gamma
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "You forget gamma",
            """
            unit = np.eye(num_states)
            A = ~terminated[:, None] * unit[next_states] - gamma * unit[states]
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "Gamma stands at the wrong state",
            """
            unit = np.eye(num_states)
            A = ~terminated[:, None] * (gamma * unit[next_states] - unit[states])
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "are all 0",
            """
            unit = np.eye(num_states)
            A = gamma * terminated[:, None] * unit[next_states] - unit[states]
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "the wrong way round",
            """
            unit = np.eye(num_states)
            A = gamma * ~terminated[:, None] * unit[next_states] + unit[states]
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "Both numbers of your rows are positive",
            """
            rows = np.arange(len(states))
            A = np.zeros((len(states), num_states))
            A[rows, states] = -1
            A[rows, next_states] = gamma * ~terminated
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "overwrites the other",
            """
            rows = np.arange(len(states))
            A = np.zeros((len(states), num_states))
            A[rows, next_states] = gamma * ~terminated
            A[rows, states] = -1
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "overwrites the other",
            """
            kept = ~terminated
            if not kept.any():
                return True
            unit = np.eye(num_states)
            A = gamma * unit[next_states[kept]] - unit[states[kept]]
            return np.allclose(A @ np.linalg.lstsq(A, added[kept])[0], added[kept])
            """: "You leave out the transitions to an end",
            "return np.allclose(added, 0)": Told("where nothing is added at all", never=("the number of a state",)),
            """
            F = gamma * next_states * ~terminated - states
            return np.allclose(F, added)
            """: Told("You take the number of a state for its Φ", never=("nothing is added at all", "never reads")),
            "return np.allclose(gamma * next_states - states, added)": Told(
                "You take the number of a state for its Φ", never=("nothing is added at all", "never reads")
            ),
            "return bool(abs(added.sum()) < 1e-9)": "sums to 0",
            # Other verdicts.
            """
            unit = np.eye(num_states)
            A = gamma * ~terminated[:, None] * unit[next_states] - unit[states]
            return not np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "opposite",
            """
            unit = np.eye(num_states)
            A = 0.9 * ~terminated[:, None] * unit[next_states] - unit[states]
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "never reads its parameter `gamma`",
            """
            unit = np.eye(num_states)
            A = gamma * unit[next_states] - unit[states]
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "You let an end have",
            """
            unit = np.eye(num_states)
            A = gamma * ~terminated[:, None] * unit[next_states] - unit[states]
            left = np.linalg.lstsq(A, added)[1]
            return len(left) == 0 or bool(left[0] < 1e-9)
            """: "They are an *empty* array",
            "return True": "never reads its parameter",
            """
            unit = np.eye(num_states)
            A = gamma * ~terminated[:, None] * unit[next_states] - unit[states]
            return bool((A @ np.linalg.lstsq(A, added)[0] == added).all())
            """: "digit by digit",
            # Results of another kind.
            """
            unit = np.eye(num_states)
            A = gamma * ~terminated[:, None] * unit[next_states] - unit[states]
            return np.linalg.lstsq(A, added)[0]
            """: Told("got an array of numbers", never=(".all()",)),
            """
            unit = np.eye(num_states)
            A = gamma * ~terminated[:, None] * unit[next_states] - unit[states]
            return A @ np.linalg.lstsq(A, added)[0] - added
            """: Told("got an array of numbers", never=(".all()",)),
            """
            unit = np.eye(num_states)
            A = gamma * ~terminated[:, None] * unit[next_states] - unit[states]
            return np.isclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "Expected `True` or `False`",
            """
            unit = np.eye(num_states)
            A = gamma * ~terminated[:, None] * unit[next_states] - unit[states]
            np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "Did you forget `return`?",
            # Inputs that change, and code that does not run.
            """
            unit = np.eye(num_states)
            terminated[:] = ~terminated
            A = gamma * terminated[:, None] * unit[next_states] - unit[states]
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "`terminated`",
            """
            unit = np.eye(num_states)
            A = gamma * ~terminated[:, None] * unit[next_states] - unit[states]
            return np.allclose(np.linalg.solve(A, added), added)
            """: "square",
            """
            rows = np.arange(len(states))
            A = np.zeros((len(states), num_states))
            A[rows, states] -= 1
            A[rows, next_states] += gamma * ~terminated
            x = np.linalg.lstsq(A, added)
            return np.allclose(A @ x, added)
            """: "Is one of them from `np.where` or `np.linalg.lstsq`? They give a tuple: take `[0]`.",
            """
            A = np.zeros((num_states, num_states))
            A[states, states] -= 1
            A[states, next_states] += gamma * ~terminated
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "shape",
            # More ideas that the lesson knows by name.
            """
            A = np.zeros((len(states), num_states))
            A[:, states] -= 1
            A[:, next_states] += gamma * ~terminated
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "writes into all rows",
            """
            A = np.zeros((len(states), num_states))
            A[:, states] = -1
            A[:, next_states] = gamma * ~terminated
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "writes into all rows",
            """
            rows = np.arange(len(states))
            A = np.zeros((len(states), num_states))
            A[rows, states] -= 1
            A[rows, next_states] += gamma * ~terminated
            x = np.linalg.lstsq(A, added)[0]
            return np.allclose(x, added)
            """: Told("You compare Φ itself", never=("asks too much",)),
            """
            rows = np.arange(len(states))
            A = np.zeros((len(states), num_states), dtype=int)
            A[rows, states] -= 1
            A[rows, next_states] = A[rows, next_states] + gamma * ~terminated
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added)
            """: "Your table holds whole numbers",
            """
            rows = np.arange(len(states))
            A = np.zeros((len(states), num_states))
            A[rows, states] -= 1
            A[rows, next_states] += gamma * ~terminated
            return bool(np.isclose(A @ np.linalg.lstsq(A, added)[0], added).any())
            """: "what fits *one* of the transitions",
            """
            rows = np.arange(len(states))
            A = np.zeros((len(states), num_states))
            A[rows, states] -= 1
            A[rows, next_states] += gamma * ~terminated
            return np.allclose(A @ np.linalg.lstsq(A, added)[0], added, atol=0.1)
            """: Told("Right in", never=("`num_states` is 1",)),
        },
    ),
}
