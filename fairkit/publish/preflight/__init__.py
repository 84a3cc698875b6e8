"""What would fail at the repository, found before the first byte is sent and without any network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fairkit.model.locate import Lines
from fairkit.model.resource import Resource
from fairkit.publish.places import Place
from fairkit.publish.problem import CODES, Code, Problem, Told, problem
from fairkit.publish.scan import scan
from fairkit.publish.sending import LocalFile

from .files import of_files
from .folder import of_folder, placed, written
from .people import of_people
from .work import of_work

__all__ = ["CODES", "Code", "Problem", "Told", "problem", "problems"]


class Release(Protocol):
    """What is looked at of a release."""

    @property
    def root(self) -> str:
        """The folder."""

    @property
    def doi(self) -> str | None:
        """The DOI that is reserved for it."""

    @property
    def resource(self) -> Resource:
        """What is deposited."""

    def expected(self) -> Sequence[LocalFile]:
        """What would be sent."""

    def contents(self) -> Sequence[LocalFile]:
        """Every file of the package."""


def problems(release: Release, place: Place) -> tuple[Problem, ...]:
    """Everything that would be refused, or would be regretted; what blocks comes first."""
    work, own = release.resource, written(release.root)
    found = [*of_work(work, place.rules), *of_people(work, place.rules, own=release.doi)]
    found += of_files(release.expected(), place.rules)
    files = {file.key: file for file in release.contents()}
    found += scan(files.values(), allowed=own.allowed if own else ())
    if own is not None:
        lines = Lines(own.text, "toml")
        found = [placed(one, own.path, lines) for one in (*found, *of_folder(own, files))]
    if work.kind == "model":
        found = [one._replace(remedy=CODES[one.code].of_model or one.remedy) for one in found]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: not one.blocks))
