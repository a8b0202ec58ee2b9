"""The stand-in of the site and of its payment processor, with an API to set them up for tests."""
