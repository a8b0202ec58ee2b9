"""Runs the scenarios repeatedly, in random order, under conditions that a sound site and suite must tolerate."""
