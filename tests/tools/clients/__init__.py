"""Stripe's own client packages, old and new, each by one script against the fake's processor."""
