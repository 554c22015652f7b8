# What a newcomer needs: `make run` and `make test`. The rest is in docs/operations.md.
.PHONY: setup run test check format eval bench clean

setup:
	@ops/setup runtime

run: setup
	@.venv/bin/doorstep init --sample-if-new
	@exec .venv/bin/doorstep serve

test:
	@ops/test

# What CI runs: format, lint, types, import contracts, tests; a missing Elasticsearch or browser is a failure here.
check:
	@ops/setup development
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	@CI=true DOORSTEP_ELASTICSEARCH_REQUIRED=1 ops/test

format:
	@ops/setup development
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

eval:
	@ops/setup development
	.venv/bin/python -m evaluation --check

bench:
	@ops/setup development
	ops/bench

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
