"""Exercise 7.3: three learners, and what each of them suffers from."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import describe
from marl_lessons.exercises.specification import Check, Exercise

WORDS = ("rows", "ties", "exploring", "end")
LISTED = ", ".join(f'"{word}"' for word in WORDS)
DIAGNOSES = ("end", "rows", "exploring")
WHY_NOT = {
    ("A", "rows"): "A's key is the square, and there are 20 of them: in 50,000 steps it comes back to each many times.",
    ("A", "ties"): "A lists all the best actions and picks one of them at random. That is healthy.",
    ("A", "exploring"): "A's epsilon falls from 1 to 0 over all of the 50,000 steps. That is healthy.",
    ("B", "ties"): "B lists all the best actions and picks one of them at random. That is healthy.",
    ("B", "exploring"): "B's epsilon falls from 1 to 0.05 within 30,000 of 50,000 steps. That is healthy.",
    ("B", "end"): "B multiplies the future by `not terminated`, which is 0 at the exit. That is healthy.",
    ("C", "rows"): "C's key is the square, and there are 20 of them: in 50,000 steps it comes back to each many times.",
    ("C", "ties"): "C leaves random numbers to the best actions only, so that a tie falls by lot. That is healthy.",
    ("C", "end"): "C multiplies the future by `not terminated`, which is 0 at the exit. That is healthy.",
}
LOOK_AT = {
    "A": "Compare its target with that of B: what is missing?",
    "B": "Write down its key in step 0, step 1 and step 2. When does the same key come again?",
    "C": "How large is its epsilon after 500 of 50,000 steps?",
}


def gives_three_of_the_words(answer, rng):
    if isinstance(answer, dict):
        raise Mistake("Expected three words in a row, got a dictionary. Leave out its keys: `(…, …, …)`.")
    if isinstance(answer, (set, frozenset)):
        raise Mistake("A set has no order: braces make one. Write parentheses, so that the first word is for A.")
    if not isinstance(answer, (tuple, list, np.ndarray)):
        raise Mistake(f"Expected three words, got {describe(answer)}. Write `(…, …, …)`, one word for each learner.")
    if np.size(answer) != 3 or len(answer) != 3:
        raise Mistake(f"Expected three words, one for each learner, got {len(answer)}.")
    for learner, word in zip("ABC", answer, strict=True):
        if word is ...:
            raise Mistake(f"The word for {learner} is still `...`.")
        if not isinstance(word, str):
            raise Mistake(f"Expected a word for {learner}, got {describe(word)}. Write it in quotes.")
        if _read(word) not in WORDS:
            raise Mistake(f'"{word}" for {learner} is none of the four words {LISTED}.')


def _read(word):
    return word.strip().lower()


def expect_diagnosis(learner, right):
    """Return the test of one of the three words."""

    def test(answer, rng):
        word = _read(answer["ABC".index(learner)])
        if word != right:
            raise Mistake(f"{WHY_NOT[learner, word]} {LOOK_AT[learner]}")

    return test


EXERCISE = Exercise(
    id="7.3",
    title="Three diagnoses",
    reference=DIAGNOSES,
    checks=(
        Check("gives three of the four words", gives_three_of_the_words),
        *(
            Check(f"says what {learner} suffers from", expect_diagnosis(learner, right))
            for learner, right in zip("ABC", DIAGNOSES, strict=True)
        ),
    ),
    hints=(
        "Go through the four questions with each learner. Does its key come again? Is a tie broken at random? How "
        "large is epsilon after 1,000 steps? What is the target at the exit?",
        "Lines that differ are worth a look: the target of A, the key of B, the epsilon of C.",
        "A adds a future at the exit. B's key holds a step number that never comes again. C's epsilon is 0.007 after "
        "500 steps. Which word of the checklist is each of these?",
    ),
    explanation="A has no word for the end, so it counts on a future behind the exit, and the near exit brings that "
    "sooner. B's key holds the step number: no row ever comes again, and it walks about by lot. C's epsilon is below "
    "0.05 after 299 of 50,000 steps: it stays with the exit that it found first. Another way to break ties (C), and "
    "another way to let epsilon fall (A), do no harm.",
)
