"""Walks through a target without buying anything, and reports what the suite finds and which labels need overriding."""
