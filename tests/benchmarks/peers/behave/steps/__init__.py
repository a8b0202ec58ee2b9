"""The steps for behave."""
