"""What is said of ideas that lead elsewhere than to shares by largest remainder: for exercise 14.2."""

import numpy as np

from marl_lessons.checks.lesson_14.share_out_ideas import (
    add_by,
    by_remainder,
    compare_need_per_worker,
    find_quotas,
    give_all_to,
    give_all_who_tie,
    give_everybody_one,
    give_one,
    let_one_take_the_rest,
    list_by_size,
    round_sums,
    share_alike,
    take_from_the_end,
    take_places_for_ranks,
)
from marl_lessons.exercises.judging.mistakes import Misconception

SHARE_MISCONCEPTIONS = (
    Misconception(
        give_all_who_tie,
        "Where remainders tie, you give one more to all of them, which may be more workers than there are. Any of them "
        "will do, but only as many as are left.",
    ),
    Misconception(
        lambda needs, num_workers: np.round(find_quotas(needs, num_workers)),
        "You round each quota by itself. Then the workers need not sum to `num_workers`: round down, and share out "
        "what is left.",
    ),
    Misconception(
        lambda needs, num_workers: np.floor(find_quotas(needs, num_workers) + 1e-9),
        "You round all quotas down. Some workers are left: give them away, too.",
    ),
    Misconception(
        lambda needs, num_workers: np.ceil(find_quotas(needs, num_workers) - 1e-9),
        "You round all quotas up, and give away more workers than there are.",
    ),
    Misconception(
        find_quotas,
        "Your result is the quotas. A district cannot have a part of a worker: round down, and share out what is left.",
    ),
    Misconception(
        add_by(lambda needs, quotas, workers: np.arange(len(needs))),
        "You give what is left to the first districts. It belongs to those with the largest remainders.",
    ),
    Misconception(
        add_by(lambda needs, quotas, workers: np.argsort(-needs)),
        "You give what is left to the districts with the largest needs. It belongs to those of whose *quota* most is "
        "left after rounding down.",
    ),
    Misconception(
        add_by(lambda needs, quotas, workers: np.argsort(quotas - workers)),
        "You give what is left to the *smallest* remainders. `np.argsort` begins with the smallest.",
    ),
    Misconception(
        give_all_to(lambda needs, quotas, workers: np.argmax(quotas - workers)),
        "You give all that is left to one district, that with the largest remainder. Each of the largest gets one.",
    ),
    Misconception(
        give_all_to(lambda needs, quotas, workers: np.argmax(needs)),
        "You give all that is left to the neediest district. Those with the largest remainders get one each.",
    ),
    Misconception(
        give_all_to(lambda needs, quotas, workers: len(needs) - 1),
        "You give all that is left to the last district. Those with the largest remainders get one each.",
    ),
    Misconception(
        let_one_take_the_rest(lambda workers: -1),
        "You round the quotas and let the last district take what the others leave, which may be too much, or less "
        "than nothing.",
    ),
    *(
        Misconception(
            let_one_take_the_rest(choose),
            "You round the quotas, and one district takes what is then too much or too little. Round down, and give "
            "what is left to the largest remainders.",
        )
        for choose in (lambda workers: 0, np.argmax)
    ),
    *(
        Misconception(
            give_one(is_needed),
            "You give one worker more, however many are left after rounding down. All of them go, one each.",
        )
        for is_needed in (lambda left: 1, lambda left: left > 0)
    ),
    *(
        Misconception(
            add_by(order),
            "You compare the decimals of the *needs*. What counts is how much is cut off from the quotas.",
        )
        for order in (
            lambda needs, quotas, workers: np.argsort(-(needs % 1)),
            lambda needs, quotas, workers: np.argsort(needs % 1)[::-1],
        )
    ),
    Misconception(
        add_by(lambda needs, quotas, workers: np.argsort(np.round(quotas) - quotas)),
        "You compare the quotas with the nearest whole number. What counts is how much is cut off if they are rounded "
        "*down*.",
    ),
    Misconception(
        take_places_for_ranks,
        "You read the result of `np.argsort` as ranks. It lists places: its first entry says *where* the smallest "
        "stands. Take its first `left` entries as the places that get one more.",
    ),
    *(
        Misconception(
            list_by_size(step),
            "You list the numbers by size. They belong in the order of the districts, as in `needs`.",
        )
        for step in (1, -1)
    ),
    Misconception(
        add_by(by_remainder, total=np.mean),
        "Your quotas do not sum to `num_workers`: divide by the *sum* of the needs.",
    ),
    Misconception(
        give_everybody_one,
        "You give each district one worker at least. Where the need is small, nobody may go: the quotas decide.",
    ),
    Misconception(
        round_sums,
        "You round the running sum of the quotas. That gives away all workers, but not to the largest remainders.",
    ),
    Misconception(
        take_from_the_end,
        "Where nobody is left, you add one everywhere: `[-0:]` is the whole list. Sort the other way around, and take "
        "`[:left]`.",
    ),
    Misconception(
        compare_need_per_worker(),
        "You send each worker where the need per worker is largest. That favors large districts: round the quotas down "
        "first.",
    ),
    Misconception(
        compare_need_per_worker(step=2),
        "You send each worker where the need, divided by 1, 3, 5, …, is largest. That is another rule: round the "
        "quotas down first.",
    ),
    Misconception(
        share_alike,
        "You give all districts alike. Share out in proportion to `needs`.",
    ),
)
