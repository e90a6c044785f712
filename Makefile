# Recurrent and convolutional networks: everything a class, an instructor or CI runs.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help setup data lab test lint execute index slides lock browser chromium
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.txt pyproject.toml jupyter/ipython_kernel_config.py jupyter/overrides.json
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 14) else \
	  f"Python 3.11 to 3.13 is needed, this is {v[0]}.{v[1]}. Say: make lab PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the packages of requirements.txt into .venv (once, about two minutes) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(READY)

setup: $(READY)  ## the virtual environment, once

data: setup  ## download what does not ship: CIFAR-10, about 170 MB
	$(BIN)/python tools/fill_cache.py

# JupyterLab refuses to start as root (in a container, say) unless it is told to.
lab: setup data  ## set up and open JupyterLab at the first notebook
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) notebooks/00_start_here.ipynb $(LAB_OPTIONS)

test: setup data lint chromium  ## set up, lint, test the helpers and run every notebook
	$(BIN)/python -m pytest -n 2 --dist loadscope --nbval --nbval-cell-timeout=300 \
	  --nbval-sanitize-with tests/nbval_sanitize.cfg --durations=15

lint: setup  ## ruff: format and rules, notebooks included
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

execute: setup  ## run the notebooks NB=... (default: all) and keep their outputs
	$(BIN)/python -m tools.execute $(or $(NB),$(wildcard notebooks/*.ipynb))

index: setup  ## write what is derived: README's table, the map in notebook 00, the registry of data
	$(BIN)/python -m tools.index

slides: setup  ## a reveal.js deck per notebook in build/slides, for use with no network
	$(BIN)/python -m tools.slides $(NB)

lock: setup  ## compile requirements.txt from requirements.in
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile requirements.in --universal --python-version 3.11 --no-emit-index-url \
	  --custom-compile-command "make lock" --output-file requirements.txt

browser: setup  ## run every notebook in a real JupyterLab, in headless Chromium
	$(BIN)/python -m pytest tests/test_browser.py -m "slow or not slow" --durations=0

# On CI the browser tests must run, so a missing Chromium is installed; elsewhere they are skipped.
chromium:
ifdef CI
	@command -v chromium google-chrome chromium-browser >/dev/null \
	  || (apt-get update -qq && apt-get install -y -qq chromium) >/dev/null
endif
