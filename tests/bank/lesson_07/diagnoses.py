"""Answers to exercise 7.3."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "7.3": Answers(
        right=[
            '("end", "rows", "exploring")',
            '["end", "rows", "exploring"]',
            '"end", "rows", "exploring"',
            'np.array(["end", "rows", "exploring"])',
            '("End", " rows", "EXPLORING")',
            '"end rows exploring".split()',
            Cell("""
            by_learner = {"A": "end", "B": "rows", "C": "exploring"}
            answer = tuple(by_learner.values())
            """),
        ],
        wrong={
            # A diagnosis that does not hold.
            '("rows", "rows", "exploring")': "A's key is the square",
            '("ties", "rows", "exploring")': "A lists all the best actions",
            '("exploring", "rows", "exploring")': "A's epsilon falls from 1 to 0 over all",
            '("end", "ties", "exploring")': "B lists all the best actions",
            '("end", "exploring", "exploring")': "B's epsilon falls from 1 to 0.05 within 30,000",
            '("end", "end", "exploring")': "B multiplies the future by `not terminated`",
            '("end", "rows", "rows")': Told("C's key is the square", never=("A's key",)),
            '("end", "rows", "ties")': "C leaves random numbers to the best",
            '("end", "rows", "end")': "C multiplies the future by `not terminated`",
            '("ties", "ties", "ties")': "B lists all the best actions",
            '("exploring", "rows", "end")': "How large is its epsilon after 500",
            '("rows", "exploring", "end")': "what is missing?",
            # Not three of the four words.
            '"end"': "Expected three words, got a str",
            '("end", "rows")': "one for each learner, got 2",
            '("end", "rows", "exploring", "ties")': "got 4",
            '{"end", "rows", "exploring"}': "A set has no order",
            '{"A": "end", "B": "rows", "C": "exploring"}': "got a dictionary",
            '("end", ..., "exploring")': "The word for B is still `...`",
            '("terminated", "rows", "exploring")': "none of the four words",
            '("end", "rows", "epsilon")': '"epsilon" for C is none of the four words',
            "(4, 1, 3)": "Expected a word for A",
            '[["end"], ["rows"], ["exploring"]]': "Expected a word for A",
            "3": "Expected three words, got",
        },
    ),
}
