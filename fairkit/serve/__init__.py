"""Serving a local repository: a page for each object, for people and for machines, and a search over them.

`library` reads the storage and keeps what it understood, `pages` make HTML of it, `site` answers requests, `links` are
the typed links of FAIR Signposting.
"""
