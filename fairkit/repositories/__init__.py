"""Repositories: where packages are deposited. Each speaks one API; none decides what is to be done.

What a repository is asked is one request, and what comes back is its answer or, where nobody can tell whether the
request was carried out, `OutcomeUnknown`. Deciding what to do then is for `publish`, which reads the state back.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Draft", "RemoteFile", "Rules"]


class RemoteFile(NamedTuple):
    """A file as the repository has it; without size and checksum it is announced, and its bytes have not come."""

    key: str
    size: int | None
    checksum: str | None
    """`md5:…` in lower case, as the repository computed it; None or `multipart:…` after parts, until it has."""
    committed: bool
    serial: str | None = None
    """What tells one announcement of a file from another of the same name."""
    part_size: int | None = None
    """The size of its parts, where it was announced to come in parts."""

    @property
    def counting(self) -> bool:
        """Whether its bytes are there, and their md5 is still to be computed."""
        return self.committed and (self.checksum is None or self.checksum.startswith("multipart:"))


class Draft(NamedTuple):
    """A deposit that is not public yet, or the record that it became."""

    id: str
    page: str
    doi: str | None
    concept: str | None
    """The identifier inside the repository that all versions share."""
    published: bool
    revision: int | None
    errors: tuple[tuple[str, str], ...] = ()
    """What the repository says is wrong with the metadata: the field, and why."""
    review: str | None = None
    """How the review by a community stands: created, submitted, declined, …"""


class Rules(NamedTuple):
    """What a repository takes."""

    name: str
    most_files: int = 100
    most_bytes: int = 50 * 10**9
    most_file_bytes: int = 50 * 10**9
    empty_files: bool = False
    longest_name: int = 255
    metadata_only: bool = False
    required: frozenset[str] = frozenset({"title", "creators"})
    """The fields of a resource without which nothing is published there."""
    real: bool = True
    """Whether what is published there stays for good; a sandbox may be wiped."""
    multipart: bool = False
    """Whether it may take files in parts."""
    prefix: str | None = None
    """What its DOIs begin with, where that is known."""
