"""Spend guard, its payment log, redaction of secrets."""
