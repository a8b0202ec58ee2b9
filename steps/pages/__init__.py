"""Page objects, one for each screen: locators by role and name, actions, reads; no assertions."""
