"""Judges: what other projects' validators say of what fairkit wrote."""
