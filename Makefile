# The logic is in scripts/, which needs only Python's standard library; run any of it by hand.
PYTHON3 ?= python3

.PHONY: help test lint format rules offline site browser screenshots demo clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

test: ## lint, rules, offline, the site tests on every bench found, and the browser tests
	@$(PYTHON3) scripts/test.py

lint: ## ruff: lint and format
	@$(PYTHON3) scripts/test.py --suite lint

format: ## let ruff mend what it can
	@$(PYTHON3) scripts/test.py --suite format

rules: ## the tests that need no Frappe
	@$(PYTHON3) scripts/test.py --suite rules

offline: ## the tests of the command that knows no Frappe
	@$(PYTHON3) scripts/test.py --suite offline -- $(ARGS)

site: ## the tests on a real site (ARGS="-k handover", FLAVOURS="v16-sqlite")
	@$(PYTHON3) scripts/test.py --suite site -- $(ARGS)

browser: ## the tests in a real browser (ARGS="-k photograph", CHROMIUM=/path/to/it)
	@$(PYTHON3) scripts/test.py --suite browser -- $(ARGS)

screenshots: ## the pictures in docs/screenshots, taken anew
	@SCREENSHOTS=1 $(PYTHON3) scripts/test.py --suite browser -- -k pictures $(ARGS)

demo: ## from a fresh machine to the desk in a browser
	@$(PYTHON3) scripts/demo.py

clean: ## forget environments and results (benches stay)
	rm -rf .cache
