"""The spend guard, its payment log, and the redaction of secrets."""
