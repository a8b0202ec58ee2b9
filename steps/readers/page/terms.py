"""Words that several readers look for."""

import re

ACCEPTED = r"(?!.*\b(newsletter|marketing|offers|news|save)\b).*\b(accept|agree|consent|read)\b.*\b(terms|conditions)\b"
"""What is said beside a box with which terms are accepted."""
NO_WORD = re.compile(
    r"\b(?:undefined|NaN)\b|\[object Object\]|\bInvalid Date\b|\{\{.*?\}\}|\$\{\w[\w.]*\}|%\(\w+\)[sd]"
)
"""What programs write where they have nothing to write, or have not filled in, whatever stands around it."""
