"""Typed look-ups over the shipped tables of `vocabularies/`, one module to a table.

A table is read when it is first asked; importing these modules reads nothing.
"""
