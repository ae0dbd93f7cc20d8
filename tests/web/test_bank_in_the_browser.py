"""The checks judge the bank's answers in the browser's Python as they do on a computer."""

import json

import pytest

from tests.web.browser_python import ROOT, run_python

pytestmark = pytest.mark.web

WRONG = 12  # of each exercise; all of them take four minutes
JUDGE = f"""
import sys
sys.path[:0] = ["/course", "/course/tests/web"]
from inside_the_browser import judge_bank
judge_bank("/results/judged.json", {WRONG})
"""


def test_right_answers_pass_and_wrong_ones_are_told_what_is_wrong_under_one_seed(runtime, tmp_path):
    run_python(runtime, JUDGE, {"/course": ROOT, "/results": tmp_path})
    result = json.loads((tmp_path / "judged.json").read_text("utf-8"))
    assert result["surprises"] == []
    assert result["judged"] > 1_000
