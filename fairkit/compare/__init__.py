"""Comparing documents: what each tells of a work, what each loses, and what contradicts. Pure.

Values are compared by what they mean: licences by their SPDX ids, identifiers by the rules of their schemes, dates up
to the precision of the coarser, people by their identifiers and names.
"""

from __future__ import annotations

from ._agents import match
from ._telling import told
from .comparison import Cell, Comparison, DocumentRow, Row, Verdict, compare, compare_two
from .meaning import Likeness, likeness

__all__ = [
    "Cell",
    "Comparison",
    "DocumentRow",
    "Likeness",
    "Row",
    "Verdict",
    "compare",
    "compare_two",
    "likeness",
    "match",
    "told",
]
