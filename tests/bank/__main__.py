"""Prints the kill matrix of every exercise: `python -m tests.bank`."""

from tests.bank.bank import load_answers, write_kill_matrix

for exercise_id, answers in load_answers().items():
    print(write_kill_matrix(exercise_id, answers), end="\n\n")
