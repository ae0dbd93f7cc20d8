"""What the pictures of games are made of: agents as numbered discs, arrows, and grids, drawn on matplotlib axes.

Agent i has the color "Ci" and its number, so that it is told apart without colors too.
"""

REACH = (0.3, 0.8)  # of an arrow, from the middle of one square toward the middle of the next


def draw_agent(axes, x, y, agent):
    """Draw an agent as a disc with its number."""
    axes.scatter(x, y, 420, color=f"C{agent}", zorder=3)
    axes.text(x, y, agent, color="white", weight="bold", ha="center", va="center", zorder=4)


def draw_arrow(axes, x, y, right, up, agent):
    """Draw an arrow of an agent's color from (x, y) to the point that lies `right` and `up` of it."""
    arrow = {"color": f"C{agent}", "width": 3, "headwidth": 10, "headlength": 8}
    axes.annotate("", (x + right, y + up), (x, y), arrowprops=arrow)


def draw_move(axes, square, move, agent):
    """Draw where an agent on a square wants to go. square, move: (row, column) and the change of both; rows go down."""
    (row, column), (down, right) = square, move
    start, length = REACH[0], REACH[1] - REACH[0]
    if down or right:
        draw_arrow(axes, column + start * right, row + start * down, length * right, length * down, agent)


def draw_grid(axes, rows, columns, margin=0.0):
    """Draw the squares of a grid, row 0 at the top. margin: room beside it on the left and right, in squares."""
    axes.set(xlim=(-0.5 - margin, columns - 0.5 + margin), ylim=(rows - 0.5, -0.5), xticks=[], yticks=[])
    axes.set_aspect("equal")
    axes.hlines([line - 0.5 for line in range(rows + 1)], -0.5, columns - 0.5, color="0.85", zorder=0)
    axes.vlines([line - 0.5 for line in range(columns + 1)], -0.5, rows - 0.5, color="0.85", zorder=0)
    axes.spines[:].set_visible(False)
