"""Plug-ins: the public modules of a package first, then entry points of the group of the same name.

A plug-in is a module, named by its file with dashes: `dialects/schema_org.py` is the dialect `schema-org`. Helpers of
a package start with an underscore and are no plug-ins. Modules are imported when they are asked for, not before.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING

from .errors import UnknownName

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["CHECKS", "DIALECTS", "FORMATS", "REPORTS", "SOURCES", "Registry"]


class Registry:
    """The plug-ins of one `kind`, found in the package `fairkit.<kind>s` and the entry points of that group."""

    def __init__(self, kind: str, package: str) -> None:
        self.kind = kind
        self.package = package

    @cached_property
    def _modules(self) -> dict[str, str]:
        package = importlib.import_module(self.package)
        found = (info.name for info in pkgutil.iter_modules(package.__path__))
        return {name.replace("_", "-"): f"{self.package}.{name}" for name in found if not name.startswith("_")}

    @cached_property
    def _entry_points(self) -> dict[str, EntryPoint]:
        from importlib.metadata import entry_points  # 10 ms, for a question that is seldom asked

        return {point.name: point for point in entry_points(group=self.package)}

    def names(self) -> list[str]:
        """All names, sorted; ours win over entry points of the same name."""
        return sorted({*self._modules, *self._entry_points})

    @cached_property
    def _loaded(self) -> dict[str, ModuleType]:
        """What has been imported: a survey asks for the same few thousands of times."""
        return {}

    def get(self, name: str) -> ModuleType:
        """The module of the plug-in `name`.

        Raises:
            UnknownName: listing the known ones.
        """
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def _load(self, name: str) -> ModuleType:
        if name in self._modules:
            return importlib.import_module(self._modules[name])
        if name in self._entry_points:
            loaded: ModuleType = self._entry_points[name].load()
            return loaded
        raise UnknownName(self.kind, name, self.names())

    def __contains__(self, name: object) -> bool:
        return name in self._modules or name in self._entry_points

    def shipped(self) -> Iterator[tuple[str, ModuleType]]:
        """Our own plug-ins, sorted by name."""
        return ((name, self.get(name)) for name in sorted(self._modules))

    def __iter__(self) -> Iterator[tuple[str, ModuleType]]:
        """Ours first, then those of entry points: finding these takes 20 ms, which whoever stops before them saves."""
        return self.in_turn()

    def in_turn(self, *, last: Sequence[str] = ()) -> Iterator[tuple[str, ModuleType]]:
        """As by iterating, but for those that come `last`, in their order; none is loaded before its turn."""
        yield from ((name, self.get(name)) for name in sorted(self._modules) if name not in last)
        theirs = self._entry_points.keys() - self._modules.keys()
        yield from ((name, self.get(name)) for name in sorted(theirs) if name not in last)
        yield from ((name, self.get(name)) for name in last)


CHECKS = Registry("check", "fairkit.checks")
DIALECTS = Registry("dialect", "fairkit.dialects")
FORMATS = Registry("format", "fairkit.formats")
REPORTS = Registry("report", "fairkit.report")
SOURCES = Registry("source", "fairkit.sources")
