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


def draw_map(axes, shares, titles, is_marked, flows):
    """Draw D places in rows, each with bars, and arrows between them.

    Parameters:
        axes: matplotlib axes.
        shares: how far each bar of each place is filled, (D, 3), cut off at 1.
        titles: D texts or numbers.
        is_marked: (D,), whose frames stand out.
        flows: (D, D) in 0 … 1, how wide an arrow leads from one place to another; none for 0.
    """
    columns = int(len(shares) ** 0.5 + 0.999)
    corners = [(place % columns, place // columns) for place in range(len(shares))]
    for (x, y), filled, title, marked in zip(corners, shares, titles, is_marked, strict=True):
        _draw_place(axes, x, y, filled, title, "C1" if marked else "0.7")
    for start, row in zip(corners, flows, strict=True):
        for end, flow in zip(corners, row, strict=True):
            if flow and start != end:
                arrow = {"arrowstyle": "-|>", "color": "C2", "linewidth": 1 + 12 * flow, "shrinkA": 6, "shrinkB": 6}
                axes.annotate("", end, start, arrowprops=arrow, zorder=4)
    axes.set(xlim=(-0.6, columns - 0.4), ylim=(corners[-1][1] + 0.6, -0.6), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)


def _draw_place(axes, x, y, filled, title, color):
    """Draw a frame around (x, y) with a title at its top and bars that stand on its bottom; y goes down."""
    left, right, top, bottom = x - 0.45, x + 0.45, y - 0.45, y + 0.45
    axes.plot([left, right, right, left, left], [top, top, bottom, bottom, top], color=color)
    axes.text(x, top + 0.04, title, fontsize=7, ha="center", va="top")
    for place, share in enumerate(filled):
        middle, height = x + 0.26 * (place - 1), 0.5
        axes.bar(middle, -height, 0.18, bottom - 0.04, color="none", edgecolor="0.8", linewidth=0.5)
        axes.bar(middle, -height * min(share, 1), 0.18, bottom - 0.04, color=("C0", "C1", "0.4")[place])
