"""What `fairkit verify` tells: whether a package is as it was made, and what came of running its model."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import Annotated

from fairkit.model.base import FAIRKIT, Term, word
from fairkit.package.layout import MANIFEST
from fairkit.package.verify import Fixity

from .run import Run

__all__ = ["Report", "has_manifest", "report"]


@word
class Report(Fixity):
    """Whether a package is as it was made, and whether its model does what is expected of it."""

    run: Annotated[Run | None, Term(FAIRKIT.modelRun, "The run of the model, where it was asked for")] = None


def has_manifest(place: str) -> bool:
    """Whether it is a package, whose bytes can be held against something."""
    return not os.path.isdir(place) or os.path.lexists(os.path.join(place, MANIFEST))


def report(place: str, fixity: Fixity | None, run: Run | None) -> Report:
    """Both put together; a folder that is no package has no files to hold against a manifest."""
    told = fixity or Fixity(root=place, passed=True, files=0, byte_size=0)
    held = {field.name: getattr(told, field.name) for field in fields(told)}
    return Report(**{**held, "passed": told.passed and (run is None or run.good), "run": run})
