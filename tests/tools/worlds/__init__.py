"""Generated pages with their truth, and what readers make of them: see README.md."""
