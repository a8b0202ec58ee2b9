"""What is said beside a box with which terms are accepted."""

ACCEPTED = r"(?!.*\b(newsletter|marketing|offers|news|save)\b).*\b(accept|agree|consent|read)\b.*\b(terms|conditions)\b"
