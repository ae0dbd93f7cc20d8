# The commands of the course; `make` alone lists them.

PYTHON ?= python3
VENV ?= .venv
# Ray RLlib, which is large and pins its own versions, has an environment of its own.
SCALE_VENV ?= .venv-scale
TORCH ?= torch
LAB_OPTIONS ?=
# A folder of Pyodide's wheels, such as `make wheels` fills, for a browser edition that needs no network.
WHEELS ?=
# Two processes; each notebook stays in one, and the slow ones, which are collected first, start first.
PYTEST_OPTIONS ?= -n 2 --dist loadscope --no-loadscope-reorder
LESSONS ?=
LESSON ?=

RUN = $(VENV)/bin/python
INSTALL = $(RUN) -m pip install --quiet --disable-pip-version-check --editable
FIRST_NOTEBOOK = notebooks/00_start_here.ipynb
NODE_MODULES = web/node_modules/.package-lock.json

# Small matrices on few cores run several times faster with one BLAS thread.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1

# JupyterLab does not run as root unless told to.
ROOT_OPTION = $(if $(filter 0,$(shell id -u)),--allow-root)
# Without a display there is no browser to open: print the address and no more.
HEADLESS_OPTION = $(if $(filter Linux,$(shell uname -s)),$(if $(DISPLAY)$(WAYLAND_DISPLAY),,--no-browser))

.DEFAULT_GOAL := help
.PHONY: help lab update fresh test canon notebooks lint bank bench scale site lite wheels webtest

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

lab: $(VENV)/course-installed  ## open the course in JupyterLab
	$(RUN) -m jupyterlab --LabApp.news_url=None --LabApp.default_url=/lab/tree/$(FIRST_NOTEBOOK) \
		$(ROOT_OPTION) $(HEADLESS_OPTION) $(LAB_OPTIONS)

update: $(VENV)/course-installed  ## bring the course up to date; what you have written stays
	$(RUN) -m marl_lessons.update

fresh: $(VENV)/course-installed  ## get a fresh copy of one lesson (LESSON=1); what you have written is kept beside it
	$(if $(LESSON),,$(error Say which lesson: make fresh LESSON=1))
	$(RUN) -m marl_lessons.update --fresh $(LESSON)

test: $(VENV)/tests-installed  ## run the tests, the notebooks and the solutions
	$(RUN) -m pytest $(PYTEST_OPTIONS)

canon: $(VENV)/tests-installed  ## run what takes long: published results reproduced, every notebook built twice
	$(RUN) -m pytest -m canon $(PYTEST_OPTIONS) tests

notebooks: $(VENV)/tests-installed  ## build the notebooks from lessons/ (LESSONS="01_…" for some)
	$(RUN) -m tools.build_notebooks $(LESSONS)

lint: $(VENV)/tests-installed  ## check style and format
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check

bank: $(VENV)/tests-installed  ## show which wrong answers each exercise's checks catch
	$(RUN) -m tests.bank

bench: $(VENV)/bench-installed  ## print how fast training is beside other loops, and what each lesson takes: seconds, memory
	$(RUN) -m benchmarks

scale:  ## let Ray RLlib train a game of the course, in an environment of its own (2 GB)
	@$(MAKE) --no-print-directory VENV=$(SCALE_VENV) $(SCALE_VENV)/scale-installed
	$(SCALE_VENV)/bin/python -m pytest -m scale tests/test_rllib.py

site: $(VENV)/site-installed $(NODE_MODULES)  ## build the site to read, in build/site
	$(RUN) -m web.site

lite: $(VENV)/lite-installed $(NODE_MODULES)  ## build the edition that runs in the browser, in build/site/lite (WHEELS=build/wheels)
	$(RUN) -m web.lite $(if $(WHEELS),--wheels '$(WHEELS)')

wheels: $(VENV)/course-installed $(NODE_MODULES)  ## fetch Pyodide's wheels into build/wheels, each by its checksum
	$(RUN) -m web.lite.wheels

webtest: $(VENV)/tests-installed $(VENV)/site-installed $(VENV)/lite-installed $(NODE_MODULES)  ## run the course in the browser's Python and in a browser
	@$(MAKE) --no-print-directory wheels || echo "Tests that need Pyodide's wheels are skipped."
	$(RUN) -m pytest -m web $(PYTEST_OPTIONS) tests

$(VENV)/course-installed: pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
		echo "'$(PYTHON)' was not found: install Python 3.11 or newer, or name yours with PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "The course needs Python 3.11 or newer; name one with PYTHON=…, such as PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' lacks venv: install it (Debian, Ubuntu: sudo apt-get install -y python3-venv)"; exit 1; }
	@echo "Installing the course into $(VENV); this takes about a minute."
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) .
	@$(RUN) -c 'import matplotlib.font_manager'  # lists the fonts now, so that no lesson stops to do it
	@touch $@

$(VENV)/tests-installed: $(VENV)/course-installed
	@echo "Installing what the tests need into $(VENV)."
	@$(INSTALL) '.[test]'
	@touch $@

$(VENV)/bench-installed: $(VENV)/tests-installed
	@echo "Installing what the benchmarks need into $(VENV)."
	@$(INSTALL) '.[bench]' || echo "Not everything could be installed; the benchmarks skip what is missing."
	@touch $@

$(VENV)/scale-installed: $(VENV)/course-installed
	@echo "Installing Ray RLlib and $(TORCH) into $(VENV)."
	@$(INSTALL) '.[test,scale]' '$(TORCH)'
	@touch $@

$(VENV)/site-installed: $(VENV)/course-installed
	@echo "Installing what the site needs into $(VENV)."
	@$(INSTALL) '.[site]'
	@touch $@

$(VENV)/lite-installed: $(VENV)/course-installed
	@echo "Installing what the browser edition needs into $(VENV)."
	@$(INSTALL) '.[lite]'
	@touch $@

$(NODE_MODULES): web/package.json web/package-lock.json
	@command -v npm >/dev/null || { \
		echo "'npm' was not found: install Node.js 18 or newer (Debian, Ubuntu: sudo apt-get install -y nodejs npm)"; exit 1; }
	@cd web && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@
