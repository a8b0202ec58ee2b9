"""How a scenario can end, and the errors that say so; imports nothing."""
