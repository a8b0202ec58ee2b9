"""Pure functions from a snapshot of a page, and a profile, to what a person reads there."""
