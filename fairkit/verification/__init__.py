"""Whether a model gives what is expected of it on example rows, and whether that says anything about its weights."""
