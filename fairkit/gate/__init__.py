"""The gate: an assessment, a policy and a baseline make a verdict. Pure.

A score is an interval where something is unknown: its high end below the minimum blocks, its low end at or above
passes, in between nobody can tell. A decided block beats what is unknown. Without a policy every essential metric
must pass. The showcase is never judged: it is not the record.
"""

from __future__ import annotations

from .baseline import Baseline
from .policy import LEVELS, SCORES, Policy, Waiver, minimum, vet
from .verdict import Reason, Verdict, Waived, judge

__all__ = ["LEVELS", "SCORES", "Baseline", "Policy", "Reason", "Verdict", "Waived", "Waiver", "judge", "minimum", "vet"]
