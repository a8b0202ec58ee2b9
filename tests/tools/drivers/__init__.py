"""Sequences in which public drivers work a hosted payment page, carried out on the fake's page in each layout."""
