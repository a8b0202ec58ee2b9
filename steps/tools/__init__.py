"""What the commands do: lint, inspection, comparison, drift."""
