# kitdrive. The work is in bin/, one small script each; docs/fresh-machine.md says where it was tried.
.DEFAULT_GOAL := help
.PHONY: help run start setup test check fix bench soak pictures lock

help: ## Say what can be made
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

run: ## Open the demonstration at http://localhost:8000 (another port: make run PORT=8001)
	@bin/run

start: ## Open the association's own kitdrive, on its own database
	@bin/start

setup: ## Install what `make start` needs, and bring the database up to date
	@bin/setup

test: ## Run the tests on SQLite, then on PostgreSQL (some of them: make test PYTEST_ARGS='tests/stock -x')
	@bin/test

check: ## Look at the code: style, types, layers, templates, migrations, deployment, translations
	@bin/check

fix: ## Put Python and templates into the house style
	@bin/fix

bench: ## Measure on SQLite and on PostgreSQL, and write the figures down
	@bin/bench

soak: ## Thousands of random operations on both databases, then the ledger's own check
	@bin/soak

pictures: ## Take the pictures of the documentation anew
	@bin/pictures

lock: ## Choose the newest versions that requirements/*.in allow, and write their hashes down
	@bin/lock
