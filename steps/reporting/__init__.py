"""Verdicts, and the living documentation: what a run tells, and to whom."""
