"""Finding, launching and reaching a browser; session storage."""
