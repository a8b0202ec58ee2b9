"""Steadiness: the scenarios over and over, in random order, under conditions that a sound site and suite must bear."""
