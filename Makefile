# Recurrent and convolutional networks: everything a class, an instructor or CI runs.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready# holds the place for which .venv was made

.PHONY: help setup moved data lab teach student grading assignment report test lint execute index slides site lock browser chromium
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

moved:
	@test ! -s $(READY) || test "$$(cat $(READY))" = "$$(pwd -P)" || { \
	  echo "This folder was moved, renamed or copied from $$(cat $(READY)), and .venv works only" \
	  "there. Run: rm -rf .venv, then make again (needs the network, one to two minutes)."; exit 1; }

$(READY): requirements.txt pyproject.toml jupyter/ipython_kernel_config.py jupyter/overrides.json | moved
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON) here: install Python 3.11, 3.12 or 3.13," \
	  "or name the one you have: make lab PYTHON=python3.12"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 \
	  || { $(PYTHON) helpers/machine.py && $(PYTHON) -m venv --clear .venv; }
	@echo "Installing the packages of requirements.txt into .venv (once, one to two minutes) ..."
	@{ $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt \
	  && $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .; } \
	  || { echo "Not installed; the lines above say why. Is there a network, and room for 2 GB?" \
	  "Run make again: it goes on from here."; exit 1; }
	@pwd -P > $(READY)

setup: $(READY)  ## the virtual environment, once

data: setup  ## download what does not ship: CIFAR-10, about 170 MB
	$(BIN)/python tools/fill_cache.py

# JupyterLab refuses to start as root (in a container, say) unless it is told to.
LAB = $(BIN)/python -m jupyterlab $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB_OPTIONS)

lab: student  ## set up and open JupyterLab at the first notebook of the students' copies
	$(LAB) work/00_start_here.ipynb

teach: setup  ## open JupyterLab at the first notebook of the teacher's edition
	$(LAB) notebooks/00_start_here.ipynb

student: setup  ## make the students' copies in work, or renew them; SOLUTIONS=no or yes
	$(BIN)/python -m tools.student $(if $(SOLUTIONS),--solutions $(SOLUTIONS))

# nbgrader comes on top, for those who grade; it would give every student its buttons
grading: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-grading.txt

assignment: grading  ## NB=04: release a graded assignment; collect, mark and answer what came back
	$(BIN)/python -m tools.grading assignment $(NB)

report: grading  ## NB=04: a page of what the class got wrong; NAMES=no leaves the names out
	$(BIN)/python -m tools.grading report $(NB) $(if $(filter no,$(NAMES)),--without-names)

test: setup data lint chromium  ## set up, lint, test the helpers and run every notebook
	$(BIN)/python -m pytest -n 2 --dist loadscope --nbval --nbval-cell-timeout=300 \
	  --nbval-sanitize-with tests/nbval_sanitize.cfg --durations=15

lint: setup  ## ruff: format and rules, notebooks included
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .

execute: setup  ## run the notebooks NB=... (default: all) and keep their outputs
	$(BIN)/python -m tools.execute $(or $(NB),$(wildcard notebooks/*.ipynb))

index: setup  ## write what is derived: README's table, the map in notebook 00, the registry of data
	$(BIN)/python -m tools.index

slides: setup  ## a reveal.js deck per notebook in build/slides, for use with no network
	$(BIN)/python -m tools.slides $(NB)

site: setup  ## the course as pages of HTML with search in build/site, for use with no network
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-site.txt
	$(BIN)/python -m tools.site

lock: setup  ## compile requirements.txt from requirements.in
	$(BIN)/python -m pip install --quiet uv
	for list in requirements requirements-grading requirements-site; do \
	  $(BIN)/python -m uv pip compile $$list.in --universal --python-version 3.11 \
	    --no-emit-index-url --custom-compile-command "make lock" --output-file $$list.txt || exit 1; \
	done

browser: setup  ## run every notebook in a real JupyterLab, in headless Chromium
	$(BIN)/python -m pytest tests/test_browser.py -m "slow or not slow" --durations=0

# On CI the browser tests must run, so a missing Chromium is installed; elsewhere they are skipped.
chromium:
ifdef CI
	@command -v chromium google-chrome chromium-browser >/dev/null \
	  || (apt-get update -qq && apt-get install -y -qq chromium) >/dev/null
endif
