"""What somebody who answers exercise 12.1 by a wrong idea is told."""

import numpy as np

from marl_lessons.checks.lesson_12.advantages_answers import (
    add_values,
    begin_with_a_value,
    errors_alone,
    go_forward,
    go_forward_late,
    go_from_run_to_run,
    leave_the_last_out,
    negate,
    next_error_alone,
    pass_back,
    read_mask_late,
    roll_errors,
    share_out,
    standardize,
    stop_all_runs,
    take_the_next_row,
    turn_numbers_around,
)
from marl_lessons.exercises.judging.mistakes import Misconception

FORWARD = "You carry surprises *forward*, to later steps. A step is praised for what comes after it: go backward."

ADVANTAGE_MISCONCEPTIONS = (
    Misconception(
        errors_alone,
        "You return δ of each step alone. Add what later steps of the episode bring: γλ times the next advantage.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r + gamma * n - v),
        "Where the game ended, you count a value of what follows. Nothing follows: `~terminated` times it.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r + gamma * ~(over | cut) * n - v),
        "Where the horizon cut an episode off, you count nothing for what would have followed. The game goes on "
        "there: the value of what follows counts. Only `terminated` takes it away.",
    ),
    Misconception(
        pass_back(goes_on=lambda over, cut: ~over),
        "Where the horizon cut an episode off, you pass surprises of the *next* episode back into it. There, too, the "
        "sum starts anew.",
    ),
    Misconception(
        pass_back(goes_on=lambda over, cut: ~cut),
        "Where the game ended, you pass surprises of the *next* episode back into this one. The sum starts anew there.",
    ),
    Misconception(
        pass_back(goes_on=lambda over, cut: ~(over & cut)),
        "You pass surprises from one episode back into the one before. Where one was `terminated` *or* `truncated`, "
        "the sum starts anew.",
    ),
    Misconception(
        pass_back(goes_on=lambda over, cut: over | cut),
        "You pass surprises back where an episode is *over*, and not where it goes on. The mask is the other way "
        "round: `~(terminated | truncated)`.",
    ),
    Misconception(
        pass_back(fade=lambda gamma, trace: trace),
        "Later surprises count λ times in your sum. They count γλ times: they come later, too.",
    ),
    Misconception(
        pass_back(fade=lambda gamma, trace: gamma),
        "Later surprises count γ times in your sum, whatever λ is. They count γλ times.",
    ),
    Misconception(
        pass_back(fade=lambda gamma, trace: 1.0),
        "Later surprises count in full in your sum. They count γλ times, a step later once more.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r + ~over * n - v),
        "Your δ lacks γ: the value of what follows counts γ times.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: gamma * (r + ~over * n) - v),
        "You discount the reward as well. It comes now: γ belongs to the value of what follows alone.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r - v),
        "Your δ has no value of what follows: r + γ V(o') - V(o).",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r + gamma * ~over * n),
        "Your δ does not subtract what the critic foretold, `values`.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: r + gamma * over * n - v),
        "Your mask is the wrong way round: the value of what follows counts where the game goes *on*, `~terminated`.",
    ),
    Misconception(
        pass_back(errors=lambda r, v, n, over, cut, gamma: np.where(over, r, r + gamma * n - v)),
        "Where the game ended, your δ does not subtract what the critic foretold. Nothing follows, but `values` "
        "counts.",
    ),
    Misconception(
        pass_back(fade=lambda gamma, trace: gamma**2 * trace),
        "Later surprises count γ²λ times in your sum. They count γλ times, a step later once more.",
    ),
    Misconception(
        share_out,
        "You take an average of δ and of what comes later. δ counts in full, and γλ times the next advantage comes on "
        "top.",
    ),
    Misconception(
        read_mask_late,
        "You look one step too far. Whether the next advantage counts, the end of *this* step decides: `over[step]`, "
        "not `over[step + 1]`.",
    ),
    Misconception(
        stop_all_runs,
        "Where an episode ends in one run, you stop the sum in all of them. Each run has ends of its own: multiply by "
        "the mask of the step, (R,).",
    ),
    Misconception(
        take_the_next_row,
        "You take the next row of `values` for what follows. Where an episode is over, that row belongs to another "
        "one: `next_values` says what followed.",
    ),
    Misconception(
        begin_with_a_value,
        "You begin with a value of what follows the batch. The last δ holds it already: begin with 0.",
    ),
    Misconception(
        leave_the_last_out,
        "The last step of the batch gets 0 from you. Its δ counts, too: go through all the steps, and begin with 0 "
        "for what comes after them.",
    ),
    Misconception(
        go_from_run_to_run,
        "You pass surprises from run to run. Axis 0 is time, axis 1 the runs.",
    ),
    Misconception(
        turn_numbers_around,
        "`~` turns True and False around; of the numbers 0 and 1 it makes -1 and -2. Use it on booleans, or `1 - x`.",
    ),
    Misconception(
        standardize,
        "You subtract the mean of the advantages and divide by their spread. They are asked for as they are.",
    ),
    Misconception(add_values, "You add `values` again at the end. That is a target for the critic, not an advantage."),
    Misconception(negate, "Your signs are the wrong way round: what came, minus what was foretold."),
    Misconception(go_forward, FORWARD),
    Misconception(go_forward_late, FORWARD),
    Misconception(
        roll_errors,
        "`np.roll` gives the last step the first one's δ. And you add the next δ, but none after it: go backward, step "
        "by step, and add the next *advantage*.",
    ),
    Misconception(
        next_error_alone,
        "You add the next step's δ, and none after it. Add the next step's *advantage*, which holds all later ones.",
    ),
)
