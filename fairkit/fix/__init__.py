"""What would raise the score: values that the evidence holds, questions for the rest, and the edits that make it so.

Pure: a harvest and checklists make a mending, which holds the edited document as bytes; the command line writes it.
"""

from __future__ import annotations

from .mending import Entry, Gain, Mending, mend
from .patch import Operation

__all__ = ["Entry", "Gain", "Mending", "Operation", "mend"]
