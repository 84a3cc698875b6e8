"""Loopback repositories: what a client meets on the network, replayed on 127.0.0.1 by the standard library alone."""
