"""The best mixture of tasks by its definition, and the ideas that lead elsewhere: for exercise 14.1."""

from marl_lessons.exercises.judging.mistakes import Misconception


def try_the_corners(light_rate, heavy_rate, heavy_pay):
    """The definition: a sum under limits is largest at a corner, where two of the limits hold exactly; try them all."""
    corners = [(0, 0), (light_rate, 0), (0, heavy_rate), (light_rate, heavy_rate), (1, 0), (0, 1 / 2)]
    corners += [(light_rate, (1 - light_rate) / 2), (1 - 2 * heavy_rate, heavy_rate)]
    return max(
        float(light + heavy_pay * heavy)
        for light, heavy in corners
        if 0 <= light <= light_rate and 0 <= heavy <= heavy_rate and light + 2 * heavy <= 1 + 1e-12
    )


def light_first(light_rate, heavy_rate, heavy_pay):
    """The idea that light tasks, one worker each, come first."""
    light = min(light_rate, 1)
    return light + heavy_pay * min(heavy_rate, (1 - light) / 2)


def fill(share=2, room=1):
    """Return the function that serves heavy tasks first, where one takes `share` workers, and `room` is shared out."""

    def answer(light_rate, heavy_rate, heavy_pay):
        heavy = min(heavy_rate, room / share)
        return min(light_rate, room - share * heavy) + heavy_pay * heavy

    return answer


def serve_all(light_rate, heavy_rate, heavy_pay):
    """The idea that workers are never short."""
    return light_rate + heavy_pay * heavy_rate


def forget_negative_rest(light_rate, heavy_rate, heavy_pay):
    """The idea that heavy tasks come first, all of them."""
    return heavy_pay * heavy_rate + min(light_rate, 1 - 2 * heavy_rate)


def only_the_better(light_rate, heavy_rate, heavy_pay):
    """The idea that one does one kind alone."""
    return max(min(light_rate, 1), heavy_pay * min(heavy_rate, 1 / 2))


def cap_each(light_rate, heavy_rate, heavy_pay):
    """The idea that each kind has workers of its own."""
    return min(light_rate, 1) + heavy_pay * min(heavy_rate, 1 / 2)


def scale_down(light_rate, heavy_rate, heavy_pay):
    """The idea that both are cut alike where workers are short."""
    work = light_rate + 2 * heavy_rate
    return (light_rate + heavy_pay * heavy_rate) / max(work, 1)


def half_each(light_rate, heavy_rate, heavy_pay):
    """The idea that half of the time belongs to each kind."""
    return min(light_rate, 1 / 2) + heavy_pay * min(heavy_rate, 1 / 4)


def pay_each_worker(light_rate, heavy_rate, heavy_pay):
    """The idea that both workers at a heavy task are paid what it pays."""
    heavy = min(heavy_rate, 1 / 2)
    return min(light_rate, 1 - 2 * heavy) + 2 * heavy_pay * heavy


def halve_the_pay(light_rate, heavy_rate, heavy_pay):
    """The idea that one worker's half of the pay is asked for."""
    heavy = min(heavy_rate, 1 / 2)
    return min(light_rate, 1 - 2 * heavy) + heavy_pay * heavy / 2


def halve_the_tasks(light_rate, heavy_rate, heavy_pay):
    """The idea that two workers do half of a heavy task each, so that half of the tasks are done."""
    heavy = min(heavy_rate, 1) / 2
    return min(light_rate, 1 - 2 * heavy) + heavy_pay * heavy


def light_alone(light_rate, heavy_rate, heavy_pay):
    """What comes of `int(0.5)` and `1 // 2`, which are 0."""
    return min(light_rate, 1)


def keep_one_of_two(light_rate, heavy_rate, heavy_pay):
    """The idea that a heavy task takes one worker away from light ones."""
    heavy = min(heavy_rate, 1 / 2)
    return min(light_rate, 1 - heavy) + heavy_pay * heavy


def limit_heavy_alone(light_rate, heavy_rate, heavy_pay):
    """The idea that workers are short for heavy tasks only."""
    return light_rate + heavy_pay * min(heavy_rate, 1 / 2)


def forget_limit_of_heavy(light_rate, heavy_rate, heavy_pay):
    """The idea that heavy tasks come first, all of them, and that no light ones are left over then."""
    return heavy_pay * heavy_rate + min(light_rate, max(0, 1 - 2 * heavy_rate))


def all_or_heavy(light_rate, heavy_rate, heavy_pay):
    """The idea that where not all can be served, no light task is."""
    enough = light_rate + 2 * heavy_rate <= 1 + 1e-12
    return heavy_pay * min(heavy_rate, 1 / 2) + enough * light_rate


def count_tasks(light_rate, heavy_rate, heavy_pay):
    """The idea that the number of tasks is asked for."""
    heavy = min(heavy_rate, 1 / 2)
    return min(light_rate, 1 - 2 * heavy) + heavy


BOUND_MISCONCEPTIONS = (
    Misconception(
        light_first,
        "You serve light tasks first. A heavy one that pays more than 2 pays each of its two workers more.",
    ),
    Misconception(
        fill(share=1),
        "You let one worker do a heavy task. It takes two: l + 2 h may be 1 at most.",
    ),
    Misconception(
        fill(room=2),
        "You share out two worker-steps. There is one for each worker: l + 2 h may be 1 at most.",
    ),
    Misconception(
        serve_all,
        "You serve all that comes. Where l + 2 h would be above 1, there are not enough workers for it.",
    ),
    Misconception(
        forget_negative_rest,
        "You serve all heavy tasks, and there may be more of them than workers: h is 1/2 at most.",
    ),
    Misconception(
        forget_limit_of_heavy,
        "You serve all heavy tasks, and there may be more of them than workers: h is 1/2 at most.",
    ),
    Misconception(
        limit_heavy_alone,
        "You serve all light tasks. Heavy ones leave 1 - 2 h of the workers for them, and not more can be done.",
    ),
    Misconception(
        keep_one_of_two,
        "You take one worker for a heavy task where you count who is left for light ones. It takes two: 1 - 2 h.",
    ),
    Misconception(
        all_or_heavy,
        "Where not all tasks can be served, you serve no light ones. What heavy ones leave of the workers can do some.",
    ),
    Misconception(
        light_alone,
        "You serve no heavy tasks at all. h need not be whole: `int(0.5)` and `1 // 2` are 0.",
    ),
    Misconception(
        halve_the_pay,
        "You count half of what heavy tasks pay. `heavy_pay` is what one pays, and h counts tasks, not workers.",
    ),
    Misconception(
        halve_the_tasks,
        "You halve the heavy tasks that come. All of them can be served, up to 1/2: the smaller of the two.",
    ),
    Misconception(
        only_the_better,
        "You serve one kind of task alone. What the better kind leaves of the workers can serve the other.",
    ),
    Misconception(
        cap_each,
        "You give each kind all of the workers. They share them: l + 2 h may be 1 at most, together.",
    ),
    Misconception(
        scale_down,
        "Where workers are short, you cut both kinds alike. Cut the one that pays a worker less.",
    ),
    Misconception(
        half_each,
        "You give each kind half of the workers. Give the better kind as many as it has work for, up to all.",
    ),
    Misconception(
        pay_each_worker,
        "You count the pay of a heavy task twice. The two workers earn it together.",
    ),
    Misconception(
        count_tasks,
        "You count tasks. Multiply the heavy ones by what they pay.",
    ),
)
