"""A submission to CERN Open Data, which has no public deposit: what can be made ready, and held against its rules.

`form` is the form of a record, `rules` what the portal's checks ask beyond it, `bundle` the folder that a contributor
hands over, `words` the text of the pull request. Names of keys and the rules are those of the portal's public sources
(record schema 1.0.0, check of fixtures, validators of releases, 2026); their form here is our own.
"""
