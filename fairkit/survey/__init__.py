"""Surveys: many targets by the same checklists, streaming, in several processes, into a table.

A survey can be broken off and goes on where it was; memory does not grow with the number of targets.
"""

from __future__ import annotations

from .listing import in_folder, in_list, of_query
from .row import Row, Settings
from .run import survey

__all__ = ["Row", "Settings", "in_folder", "in_list", "of_query", "survey"]
