"""fairkit measures how FAIR datasets, models and their metadata are, with the evidence and what to change.

A guided tour. A target is gathered into frozen evidence, evidence is read into a resource, a resource is assessed:

>>> import fairkit
>>> gatherer = fairkit.Gatherer(fairkit.Session(offline=True))
>>> checklist = fairkit.load_checklist("fair4hep")
>>> wants = fairkit.Wants(checklist.needs, checklist.fields)
>>> [report] = gatherer.gather(fairkit.Target("12102", keyword="record"), wants)
>>> report.evidence.basis  # without network, the shipped showcase stands in for the record
'showcase'
>>> harvest = fairkit.harvest(report.evidence)
>>> harvest.resource.license
'CC0-1.0'
>>> harvest.origin("license").pointer
'/metadata/license/attribution'
>>> assessment = fairkit.write_assessment(harvest, checklist, when="2026-11-21T00:00:00Z")
>>> [row.status for row in assessment.results if row.principle == "F2"]
['pass', 'partial']
>>> fairkit.judge(assessment).verdict  # the gate never judges the showcase
'unknown'

Names are loaded when they are first used: `import fairkit` itself costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "Evidence": "fairkit.model.evidence",
    "FairkitError": "fairkit.errors",
    "Gatherer": "fairkit.evidence",
    "Policy": "fairkit.gate",
    "Session": "fairkit.http",
    "Target": "fairkit.sources",
    "Wants": "fairkit.sources",
    "harvest": "fairkit.dialects",
    "judge": "fairkit.gate",
}
_RENAMED = {
    "load_checklist": ("fairkit.assess.checklist", "load"),
    "write_assessment": ("fairkit.assess.assessment", "assess"),
}

__all__ = [
    "Evidence",
    "FairkitError",
    "Gatherer",
    "Policy",
    "Session",
    "Target",
    "Wants",
    "__version__",
    "harvest",
    "judge",
    "load_checklist",
    "write_assessment",
]


def __getattr__(name: str) -> Any:
    home, inner = _RENAMED.get(name, (_HOME.get(name), name))
    if home is None:
        raise AttributeError(f"module 'fairkit' has no attribute {name!r}")
    return getattr(importlib.import_module(home), inner)


if TYPE_CHECKING:
    from .assess.assessment import assess as write_assessment
    from .assess.checklist import load as load_checklist
    from .dialects import harvest
    from .errors import FairkitError
    from .evidence import Gatherer
    from .gate import Policy, judge
    from .http import Session
    from .model.evidence import Evidence
    from .sources import Target, Wants
