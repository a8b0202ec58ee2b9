"""The credits that Billing shows, whether they agree with one another, and what a purchase changed."""
