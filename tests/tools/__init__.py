"""Programs that prove the suite: run by hand or by CI, each with `python -m tests.tools.NAME`."""
