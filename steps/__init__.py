"""The suite: how the features are carried out."""
