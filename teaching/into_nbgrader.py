"""Put the gradebook's points into nbgrader's database: `python teaching/into_nbgrader.py grades/grades.csv 1`.

Call it in the folder of nbgrader's course, with nbgrader installed, after `nbgrader autograde lesson01 --no-execute`.
Its assignment lesson01 holds the notebook of lesson 01 with a manually graded cell whose id is `exercises`: there the
score of each student goes. What else a student has there, by hand in the formgrader, stays as it is.
"""

import csv
import sys

from nbgrader.api import Gradebook, MissingEntry

CELL = "exercises"


def put(book, table, assignment):
    """Write the scores of a table into the cell `exercises`; return the students who handed nothing in there."""
    (notebook,) = (one.name for one in book.find_assignment(assignment).notebooks)
    absent = []
    for row in table:
        try:
            grade = book.find_grade(CELL, notebook, assignment, row["student"])
        except MissingEntry:
            absent.append(row["student"])
            continue
        grade.manual_score, grade.needs_manual_grade = float(row["score"]), False
    book.db.commit()
    return absent


if __name__ == "__main__":
    path, lesson = sys.argv[1:]
    with open(path, encoding="utf-8-sig", newline="") as file, Gradebook("sqlite:///gradebook.db") as book:
        absent = put(book, csv.DictReader(file), f"lesson{int(lesson):02d}")
    print("Not in nbgrader:", ", ".join(absent) or "nobody")
