"""The examples in the module's docstrings give what they show."""

import doctest
import importlib
import pkgutil

import pytest

import marl_lessons

MODULES = [module.name for module in pkgutil.walk_packages(marl_lessons.__path__, "marl_lessons.")]


def test_some_docstrings_have_examples():
    finder = doctest.DocTestFinder()
    tests = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(tests) >= 4


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name):
    names = {"np": importlib.import_module("numpy")}
    assert doctest.testmod(importlib.import_module(name), extraglobs=names).failed == 0
