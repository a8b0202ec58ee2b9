"""Measures the suite against a bare Playwright script that does the same: `python -m tests.tools.benchmarks`."""
