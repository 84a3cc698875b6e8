"""Publishing: a package becomes a draft, and a draft a record, in one order of steps that can be begun again.

Each step reads the state of the repository, acts only if it has to, and reads back. What was begun stands in a journal
beside the data, on the disk before anything is asked; that a step's outcome is unknown is a state like any other.
"""
