"""Notebooks in real JupyterLab, in a real browser: what no test of the kernel alone can see."""

import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.lab import NO_BROWSER, find_browser, open_lab
from tools.build_notebooks import make_solution

COUNTER = """\
# %% [markdown]
# # A counter

# %%
import ipywidgets as widgets

presses, button, label = [], widgets.Button(description="Press"), widgets.HTML("never pressed")
def press(_):
    presses.append(1)
    label.value = f"pressed <b>{len(presses)}</b> times"
button.on_click(press)
widgets.VBox([button, label])

# %%
print("first")
"""


LESSON = Path(__file__).resolve().parents[2] / "notebooks" / "01_markov_games.ipynb"
ANSWER = """\
@exercise("1.2")
def action_values(payoffs, partner_policy):
    return {}
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    if find_browser() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
    with open_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


def test_a_button_answers_and_a_reload_keeps_what_it_did(lab):
    nbformat.write(make_solution(COUNTER, "counter"), lab.folder / "counter.ipynb")
    lab.open("counter.ipynb")
    lab.run_all()
    expect(lab.output("presses")).to_contain_text("never pressed")
    lab.output("presses").get_by_role("button", name="Press").click()
    expect(lab.output("presses")).to_contain_text("pressed 1 times")

    lab.set_cell("first", "print(len(presses), 'press so far')")
    lab.run_cell("first")
    expect(lab.output("first")).to_have_text("1 press so far")

    lab.reload()
    expect(lab.output("first")).to_have_text("1 press so far")
    lab.output("presses").get_by_role("button", name="Press").click()
    expect(lab.output("presses")).to_contain_text("pressed 2 times")


def test_lesson_01_checks_a_learner_helps_and_remembers(lab):
    shutil.copy(LESSON, lab.folder)
    lab.open(LESSON.name)
    lab.run_all()
    card = lab.output('@exercise("1.2")')
    expect(card).to_contain_text("NOT ATTEMPTED")
    expect(card.get_by_role("button", name="Show solution")).to_be_disabled()

    lab.set_cell('@exercise("1.2")', ANSWER.format("payoffs.mean(axis=1)"))
    lab.run_cell('@exercise("1.2")')
    expect(card).to_contain_text("INCORRECT")
    expect(card).to_contain_text("You gave every partner action the same weight.")

    card.get_by_role("button", name="Hint 1 of 3").click()
    expect(card).to_contain_text("Hint 1 of 3: Exercise 1.1 did this for one row.")
    expect(card).not_to_contain_text("Hint 2 of 3:")

    lab.set_cell('@exercise("1.2")', ANSWER.format("payoffs @ partner_policy"))
    lab.run_cell('@exercise("1.2")')
    expect(card).to_contain_text("PASSED")
    expect(card).to_contain_text("Lesson 01: 1 of 6 exercises passed")
    card.get_by_role("button", name="Show solution").click()
    expect(card.locator("pre")).to_contain_text("return payoffs @ partner_policy")

    lab.reload()
    expect(card).to_contain_text("PASSED")
    lab.restart_kernel()
    lab.set_cell("plotting.plot_payoffs(climbing)", "from marl_lessons import progress; progress()")
    lab.run_cell("plotting.plot_payoffs(climbing)")
    expect(lab.output("plotting.plot_payoffs(climbing)")).to_contain_text("1.2 What each action is worth: ✓ passed")


def test_a_prediction_is_made_once_and_revealed_after_the_run(lab):
    shutil.copy(LESSON, lab.folder / "again.ipynb")
    lab.open("again.ipynb")
    lab.run_all()
    question = lab.output('predict("1.a")')
    question.get_by_label("row a, with the 11").check()
    question.get_by_role("button", name="This is my prediction").click()
    expect(question).to_contain_text("Written down.")
    lab.run_cell('predict("1.a", reveal=True)')
    revealed = lab.output('predict("1.a", reveal=True)')
    expect(revealed).to_contain_text("You predicted a; what happens is c.")
    lab.run_cell('predict("1.a")')
    expect(question).to_contain_text("You predicted a; the first choice counts.")


def test_moving_a_slider_draws_the_live_figure_anew(lab):
    figure = lab.output("plotting.show_live(")
    before = figure.locator("img").get_attribute("src")
    handle = figure.get_by_role("slider").first
    handle.focus()
    lab.page.keyboard.press("ArrowRight")
    expect(figure.locator("img")).not_to_have_attribute("src", before, timeout=3_000)  # milliseconds
    expect(figure.locator("img")).to_have_attribute("alt", re.compile("The score falls from 45 at p = 0"))
