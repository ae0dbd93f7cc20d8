"""Writes the page that an instructor reads first: what the class can do, what it believes, and who needs a look."""

import html
import re
from collections import Counter
from statistics import mean, median

from marl_lessons.display import to_html
from marl_lessons.gradebook.collecting import clean
from marl_lessons.gradebook.records import BEST_FIRST
from marl_lessons.gradebook.reports.pages import locate, write_document

# A sentence ends where a space follows, outside of `code`.
SENTENCE = re.compile(r"(?:`[^`]*`|[^`\n])+?[.?!](?=\s|$)")
NUMBER = re.compile(r"(?<![\w.])[-+−]?\d+(?:[.,]\d+)*(?:e[-+]?\d+)?(?!\w)")
UNKNOWN = "Right in "  # so begins a report of an answer in which no known mistake was recognized
SAME = "The same mistake."  # what a report says where an earlier check said it
COLORS = {"passed": "#0072B2", "incorrect": "#D55E00", "error": "#CC79A7", "not attempted": "#999999"}
NOTHING = "#9994"  # the color of what is missing
URGENT = ("judge", "unreadable", "hidden", "killed", "limits")  # kinds of flags, what costs points first
# What a record holds of how it was made.
NAMED = (("Seed", "seed"), ("version of the course", "version"), ("jail", "jail"))
MEANING = """<p><small>Not attempted: the cell is there, but nothing was written into it. Missing: there is no such
cell, or no notebook of this lesson.</small></p>"""
IDEAS_SHOWN = 6  # of each exercise, before a click


def write_summary(grades, lesson, late_penalty=0.0):
    """Write the summary of a class as HTML."""
    title = f"Lesson {lesson.number:02d}, {lesson.title}: the class"
    parts = [
        f"<h1>{to_html(title)}</h1>",
        _write_overview(grades, lesson),
        _write_exercises(grades),
        _write_needy(grades),
        _write_ideas(grades),
        _write_everyone(grades, late_penalty),
        _write_facts(grades),
    ]
    return write_document(title, "\n".join(parts))


def count_ideas(entries):
    """Count what was wrong in the answers to one exercise, the most frequent first.

    An idea is the first sentence of a message; sentences that differ in numbers alone are one, with … for the numbers.
    Parameters: entries, of records, one for each student. Returns a list of (sentence, how many students read it).
    """
    groups = {}
    for entry in entries:
        for sentence in _list_sentences(entry):
            groups.setdefault(NUMBER.sub("…", sentence), []).append((entry["file"], sentence))
    ideas = []
    for idea, told in groups.items():
        sentences = {sentence for _, sentence in told}
        ideas.append((sentences.pop() if len(sentences) == 1 else idea, len({file for file, _ in told})))
    return sorted(ideas, key=lambda idea: (-idea[1], idea[0]))


def _list_sentences(entry):
    failed = [check for check in entry["checks"] if check["passed"] is False and check["message"] not in {"", SAME}]
    sentences = [_name_mistake(check) for check in failed]
    if entry["outcome"] in {"incorrect", "error"} and entry["message"]:
        sentences.append(shorten(entry["message"]))
    return sentences


def _name_mistake(check):
    if check["message"].startswith(UNKNOWN):
        return f"✗ {check['name']}: no known mistake was recognized."
    return shorten(check["message"])


def shorten(message):
    """Keep the first sentence of a message."""
    found = SENTENCE.match(message)
    return found[0] if found else message.partition("\n")[0]


def write_count(number, noun):
    """Write a number of things: 1 page, 2 pages."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _write_overview(grades, lesson):
    handed_in = sum(bool(grade.records) for grade in grades)
    points = [grade.points for grade in grades]
    return (
        f"<p>{write_count(len(grades), 'student')}, {handed_in} of them with a notebook of this lesson; "
        f"{mean(points):.1f} of {len(lesson.exercises)} points on average, median {median(points):g}.</p>"
    )


def _write_exercises(grades):
    rows = []
    for entries in zip(*(grade.exercises for grade in grades), strict=True):
        counts = Counter(entry["outcome"] for entry in entries)
        counts = {outcome: counts[outcome] for outcome in BEST_FIRST if counts[outcome]}
        words = "".join(_write_word(f"{count} {outcome}", outcome) for outcome, count in counts.items())
        name = to_html(f"{entries[0]['id']} {entries[0]['title']}")
        rows.append(f'<tr><th scope="row">{name}</th><td>{_write_bar(counts, len(grades))}{words}</td></tr>')
    head = '<thead><tr><th scope="col">Exercise</th><th scope="col">Students</th></tr></thead>'
    return f"<h2>How many passed</h2><table>{head}<tbody>{''.join(rows)}</tbody></table>{MEANING}"


def _write_word(words, outcome):
    square = f'<span class="square" style="background:{COLORS.get(outcome, NOTHING)}"></span>'
    return f'<span class="word">{square}{words}</span> '


def _write_ideas(grades):
    parts = ["<h2>What went wrong, and how often</h2>"]
    for entries in zip(*(grade.exercises for grade in grades), strict=True):
        ideas = count_ideas(entries)
        if not ideas:
            continue
        name = to_html(f"{entries[0]['id']} {entries[0]['title']}")
        often, seldom = ideas[:IDEAS_SHOWN], ideas[IDEAS_SHOWN:]
        more = f"<details><summary>{len(seldom)} more</summary>{_write_told(seldom, len(grades))}</details>"
        parts.append(f"<h3>{name}</h3>{_write_told(often, len(grades))}{more if seldom else ''}")
    return "\n".join(parts) if len(parts) > 1 else ""


def _write_told(ideas, total):
    rows = "".join(
        f'<tr><td class="number">{count}</td><td>{to_html(idea)}{_write_bar({"incorrect": count}, total)}</td></tr>'
        for idea, count in ideas
    )
    head = '<thead><tr><th scope="col" class="number">Students</th><th scope="col">were told</th></tr></thead>'
    return f"<table>{head}<tbody>{rows}</tbody></table>"


def _write_needy(grades):
    strangers = [grade for grade in grades if {flag["kind"] for flag in grade.flags} == {"roster"}]
    needy = [grade for grade in grades if grade.flags and grade not in strangers]
    absent = [grade for grade in grades if not grade.records]
    rows = []
    for grade in sorted(needy, key=_find_urgency):
        flags = "".join(map(_write_flag, sorted(grade.flags, key=_rank)))
        rows.append(f'<tr><th scope="row">{_write_link(grade)}</th><td>{flags}</td></tr>')
    head = '<thead><tr><th scope="col">Student</th><th scope="col">Why</th></tr></thead>'
    table = f"<table>{head}<tbody>{''.join(rows)}</tbody></table>" if needy else ""
    lines = _write_names("Not in the roster", strangers) + _write_names("No notebook of this lesson", absent)
    return f"<h2>Who needs a look</h2>{table}{lines or ('' if needy else '<p>Nobody.</p>')}"


def _write_names(words, grades):
    names = ", ".join(map(_write_link, grades))
    return f"<p><strong>{words}</strong> ({len(grades)}): {names}.</p>" if grades else ""


def _find_urgency(grade):
    return min(map(_rank, grade.flags))


def _rank(flag):
    return URGENT.index(flag["kind"]) if flag["kind"] in URGENT else len(URGENT)


def _write_flag(flag):
    return f"<div><strong>{html.escape(flag['kind'])}</strong>: {to_html(flag['text'])}</div>"


def _write_everyone(grades, late_penalty):
    rows = ""
    for grade in grades:
        numbers = [grade.points, *([f"{grade.score(late_penalty):g}"] if late_penalty else [])]
        cells = "".join(f'<td class="number">{number}</td>' for number in numbers)
        rows += f"<tr><td>{_write_link(grade)}</td>{cells}</tr>"
    names = ["Points", *(["Score"] if late_penalty else [])]
    columns = "".join(f'<th scope="col" class="number">{name}</th>' for name in names)
    table = f'<table><thead><tr><th scope="col">Student</th>{columns}</tr></thead><tbody>{rows}</tbody></table>'
    return f"<h2>Everyone</h2><details><summary>{write_count(len(grades), 'page')}</summary>{table}</details>"


def _write_facts(grades):
    """Say how it was judged, and what that took."""
    records = [record for grade in grades for record in grade.records if "seconds" in record]
    if not records:
        return ""
    named = "; ".join(f"{name}: {', '.join(sorted({str(record[key]) for record in records}))}" for name, key in NAMED)
    seconds, slowest = _find_most(records, lambda record: record["seconds"]["processor"])
    memory, largest = _find_most(records, lambda record: record["memory"] / 1e6)
    spent = f"{sum(seconds) / 60:.1f} processor minutes, median {median(seconds):.1f} s"
    parts = [
        named,
        f"{write_count(len(records), 'notebook')}: {spent}",
        f"The longest took {max(seconds):.1f} s ({slowest}), the largest {max(memory):.0f} MB ({largest})",
    ]
    return "<h2>How it was judged</h2>" + "".join(f"<p>{html.escape(part)}.</p>" for part in parts)


def _find_most(records, measure):
    """Return what each notebook took, and the name of the one that took most."""
    return [measure(record) for record in records], clean(max(records, key=measure)["file"])


def _write_link(grade):
    student = grade.student
    name = f" ({html.escape(student.name)})" if student.name else ""
    return f'<a href="{locate(grade)}">{html.escape(student.student)}</a>{name}'


def _write_bar(counts, total):
    """Draw shares side by side; the numbers stand beside them in words, so a screen reader passes over the bar."""
    shares = ((COLORS.get(outcome, NOTHING), 100 * count / total) for outcome, count in counts.items())
    spans = "".join(f'<span style="background:{color};width:{share:.1f}%"></span>' for color, share in shares)
    return f'<div class="bar">{spans}</div>'
