"""Evidence: the one gatherer, and evidence saved to a file and read back."""

from __future__ import annotations

from .gather import Gatherer
from .saved import load, save

__all__ = ["Gatherer", "load", "save"]
