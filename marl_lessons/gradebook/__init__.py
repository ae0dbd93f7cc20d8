"""Grades other people's notebooks without trusting them: their code runs in a jail, and the judge stays outside.

`python -m marl_lessons.gradebook` is the command. `collecting` finds the notebooks and `batch` judges them, each in a
process of its own: `code` says what of a notebook is to be run, `jails` starts a process for it, `inside` is what runs
there, `judging` asks it, over the `wire`, and `reports` turns the `records` into grades.
"""
