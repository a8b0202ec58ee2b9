"""Amounts of money, and the signs, words and locales they are written with."""
