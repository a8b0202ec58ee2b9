"""Profiles, accounts, sessions; the fake and a site as targets."""
