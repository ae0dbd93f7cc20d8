"""Answers to exercise 13.4."""

from tests.bank.bank import Answers, Cell, Told


def add(*parts, divisor=4):
    """Write an answer that adds up rolled boards."""
    return f"return ({' + '.join(parts)}) / {divisor}"


UP, DOWN = "np.roll(actions, -1, axis=1)", "np.roll(actions, 1, axis=1)"
LEFT, RIGHT = "np.roll(actions, -1, axis=2)", "np.roll(actions, 1, axis=2)"
SIDES = (UP, DOWN, LEFT, RIGHT)
CORNERS = tuple(f"np.roll(actions, ({down}, {right}), axis=(1, 2))" for down in (1, -1) for right in (1, -1))


def within(padded, end="return sums / 4"):
    """Write an answer that cuts the neighbors out of wider boards."""
    return f"""
            wide = {padded}
            sums = wide[:, :-2, 1:-1] + wide[:, 2:, 1:-1] + wide[:, 1:-1, :-2] + wide[:, 1:-1, 2:]
            {end}
            """


NEGATIVE = ("holds negative numbers",)
PAD = "np.pad(actions.astype(float), ((0, 0), (1, 1), (1, 1)){more})"

ANSWERS = {
    "13.4": Answers(
        right=[
            add(*SIDES),
            within(PAD.format(more=', mode="wrap"')),
            """
            R, L, _ = actions.shape
            means = np.zeros((R, L, L))
            for i in range(L):
                for j in range(L):
                    above, left = actions[:, i - 1, j], actions[:, i, j - 1]
                    means[:, i, j] = (above + left + actions[:, (i + 1) % L, j] + actions[:, i, (j + 1) % L]) / 4
            return means
            """,
            """
            total = 0.0
            for axis in (1, 2):
                for move in (1, -1):
                    total = total + np.roll(actions, move, axis)
            return 0.25 * total
            """,
            """
            L = actions.shape[1]
            ring = np.roll(np.eye(L), 1, axis=0) + np.roll(np.eye(L), -1, axis=0)
            return (ring @ actions + actions @ ring) / 4
            """,
            """
            L = actions.shape[1]
            back, on = np.arange(L) - 1, (np.arange(L) + 1) % L
            return (actions[:, back] + actions[:, on] + actions[:, :, back] + actions[:, :, on]) / 4
            """,
            """
            moved = [np.roll(board, move, axis) for board in actions for axis in (0, 1) for move in (1, -1)]
            return np.array(moved).reshape(len(actions), 4, *actions.shape[1:]).mean(axis=1)
            """,
            Cell("""
            def neighbor_means(boards):
                last_first = lambda x: np.concatenate([x[:, -1:], x[:, :-1]], axis=1)
                first_last = lambda x: np.concatenate([x[:, 1:], x[:, :1]], axis=1)
                turned = boards.swapaxes(1, 2)
                rows, columns = last_first(boards) + first_last(boards), last_first(turned) + first_last(turned)
                return (rows + columns.swapaxes(1, 2)) / 4
            """),
        ],
        wrong={
            add(
                *(part.replace("axis=1", "axis=0").replace("axis=2", "axis=1") for part in SIDES)
            ): "along axes 0 and 1",
            add(*(part.replace("axis=1", "axis=0") for part in SIDES)): "along axes 0 and 2",
            add("np.roll(actions, 1)", "np.roll(actions, -1)", UP, DOWN): "Without `axis`",
            add("actions", *SIDES, divisor=5): "You count the agent itself",
            add("actions", *SIDES): "Your sum holds the agent itself",
            add(*SIDES, *CORNERS, divisor=8): "You count eight neighbors",
            add(*CORNERS): "the four at the corners",
            add(UP, DOWN, divisor=2): "above and below only",
            add(LEFT, RIGHT, divisor=2): "left and right only",
            add(DOWN, RIGHT, divisor=2): "above and left",
            add(UP, LEFT, divisor=2): "below and right",
            add(DOWN, RIGHT): "above and left",
            add(UP, LEFT): "below and right",
            add(UP, DOWN, LEFT, divisor=3): "three of the four directions",
            add(DOWN, LEFT, RIGHT): "three of the four directions",
            add(UP, DOWN, RIGHT, RIGHT): Told("One side counts twice", never=NEGATIVE),
            f"return {' + '.join(SIDES)} / 4": "the last of the four alone",
            f"return {' + '.join(SIDES[::-1])} / 4": "the last of the four alone",
            add(*(part.replace("1, axis", "2, axis") for part in SIDES)): "two places away",
            """
            L = actions.shape[1]
            return (np.roll(actions, 1) + np.roll(actions, -1) + np.roll(actions, L) + np.roll(actions, -L)) / 4
            """: Told("Without `axis`", never=NEGATIVE),
            within(PAD.format(more=', mode="reflect"')): Told("the neighbor inside twice", never=NEGATIVE),
            """
            means = actions.astype(float)
            means[:, 1:-1, 1:-1] = (actions[:, :-2, 1:-1] + actions[:, 2:, 1:-1]
                                    + actions[:, 1:-1, :-2] + actions[:, 1:-1, 2:]) / 4
            return means
            """: "keep their own action",
            add("np.roll(actions, 1, axis=(1, 2))", "np.roll(actions, -1, axis=(1, 2))", divisor=2): "both at once",
            """
            L = actions.shape[1]
            means = np.zeros(actions.shape)
            for i in range(L):
                for j in range(L):
                    found = []
                    for down, right in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                        try:
                            found.append(actions[:, i + down, j + right])
                        except IndexError:
                            pass
                    means[:, i, j] = np.mean(found, axis=0)
            return means
            """: "below the last row and right of the last column",
            """
            means, L = actions.astype(float), actions.shape[1]
            for i in range(L):
                for j in range(L):
                    means[:, i, j] = (means[:, i - 1, j] + means[:, (i + 1) % L, j]
                                      + means[:, i, j - 1] + means[:, i, (j + 1) % L]) / 4
            return means
            """: "where you still read actions",
            """
            means = np.zeros(actions.shape)
            for i in range(3):
                for j in range(3):
                    means[:, i, j] = (actions[:, i - 1, j] + actions[:, (i + 1) % 3, j]
                                      + actions[:, i, j - 1] + actions[:, i, (j + 1) % 3]) / 4
            return means
            """: "Wrong only where `actions` has more than three rows",
            """
            L = actions.shape[1]
            sums = actions.sum(axis=1, keepdims=True) + actions.sum(axis=2, keepdims=True) - 2 * actions
            return sums / (2 * L - 2)
            """: "average whole rows and columns",
            f"return 0.0 * actions + (({' + '.join(SIDES)}) / 4).mean(axis=0)": (
                "Wrong only where `actions` holds several boards"
            ),
            within(PAD.format(more="")): "Beyond the edge you count 0",
            """
            wide, ones = np.zeros((2, len(actions), actions.shape[1] + 2, actions.shape[1] + 2))
            wide[:, 1:-1, 1:-1], ones[:, 1:-1, 1:-1] = actions, 1
            add = lambda x: x[:, :-2, 1:-1] + x[:, 2:, 1:-1] + x[:, 1:-1, :-2] + x[:, 1:-1, 2:]
            return add(wide) / add(ones)
            """: "the mean of fewer neighbors",
            within(PAD.format(more=', mode="edge"')): "the agent itself as its neighbor",
            """
            L = actions.shape[1]
            means = np.zeros(actions.shape)
            for i in range(1, L - 1):
                for j in range(1, L - 1):
                    means[:, i, j] = (actions[:, i - 1, j] + actions[:, i + 1, j]
                                      + actions[:, i, j - 1] + actions[:, i, j + 1]) / 4
            return means
            """: "first and last row and column get 0",
            "return 0 * actions + actions.mean(axis=(1, 2), keepdims=True)": "the mean of the whole board",
            "return 0 * actions + (actions.mean(1, keepdims=True) + actions.mean(2, keepdims=True)) / 2": (
                "average whole rows and columns"
            ),
            f"return actions * ({' + '.join(SIDES)}) / 4": "by the agent's own action",
            add(*SIDES, divisor=1): "4 times",
            add(*SIDES, divisor=8): "0.5 times",
            add(*SIDES).replace("/ 4", "// 4"): "whole",
            add(*SIDES).replace("return", ""): "Did you forget `return`?",
            add(UP, DOWN, UP, DOWN): "above and below only",
            f"return np.sign({' + '.join(SIDES)})": Told("what *most* neighbors do", never=("rounded",)),
            f"return np.array([{', '.join(SIDES)}]).mean()": "Expected a NumPy array",
            f"return np.array([{', '.join(SIDES)}]).mean(axis=1)": "Expected shape (2, 4, 4)",
            f"return (({' + '.join(SIDES)}) / 4).tolist()": "Wrap it in `np.array(...)`",
            """
            L = actions.shape[1]
            means = np.zeros(actions.shape)
            for i in range(L):
                for j in range(L):
                    means[:, i, j] = actions[:, i - 1, j] + actions[:, i + 1, j]
            return means
            """: "out of bounds",
            """
            actions += np.roll(actions, 1, axis=1)
            actions += np.roll(actions, 1, axis=2)
            return actions / 4
            """: "`actions`",
            add(*SIDES).replace("return", "return -1 *"): "sign",
            add(*SIDES).replace("actions, ", "spins, "): "name 'spins' is not defined",
            f"return ({' + '.join(SIDES)}) / 4 if len(actions) > 1 else 0.0 * actions": (
                "Wrong only where `actions` holds one board"
            ),
        },
    ),
}
