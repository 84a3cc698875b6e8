"""What several checks read of the same long list, read once: a dataset may name thousands of files and variables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from fairkit.model.distribution import Distribution
from fairkit.model.outcome import Fix, Outcome, fail, partial
from fairkit.model.provenance import Relation
from fairkit.model.variable import Variable
from fairkit.vocab import identifiers, media_types, relations, units

from ._check import Seen, count

__all__ = ["Files", "Related", "files", "formats", "leading", "related", "stated", "unnamed"]

Given = TypeVar("Given")
Found = TypeVar("Found")


def once(read: Callable[[Given], Found]) -> Callable[[Given], Found]:
    """`read`, with what it found in the last thing kept; things are frozen, and known again by identity alone."""
    last: list[tuple[Given, Found]] = []

    def kept(given: Given) -> Found:
        for known, found in last:
            if known is given:
                return found
        found = read(given)
        last[:] = [(given, found)]
        return found

    return kept


class Files(NamedTuple):
    """How many files have an address, a size, a checksum; by which schemes and algorithms; and their size in bytes."""

    addressed: int
    schemes: list[str]
    sized: int
    size: int
    summed: int
    algorithms: list[str]


@once
def files(distributions: tuple[Distribution, ...]) -> Files:
    """The files in short."""
    urls = [file.content_url for file in distributions if file.content_url]
    sizes = [file.byte_size for file in distributions if file.byte_size is not None]
    sums = [file.checksums for file in distributions if file.checksums]
    schemes = dict.fromkeys([url.partition(":")[0] for url in urls])
    return Files(
        addressed=len(urls),
        schemes=list(dict.fromkeys([scheme.lower() for scheme in schemes])),
        sized=len(sizes),
        size=sum(sizes),
        summed=len(sums),
        algorithms=list(dict.fromkeys([checksum.algorithm for each in sums for checksum in each])),
    )


@once
def formats(distributions: tuple[Distribution, ...]) -> tuple[str, ...]:
    """The formats that the media types and the names of the data files tell; of `x.csv.gz` that of its content."""
    data = [file for file in distributions if file.role == "data"]
    outer = dict.fromkeys([file.media_type or file.name.rpartition(".")[2] for file in data])
    if not any((found := media_types.find(name)) and found.container for name in outer):
        return tuple(outer)
    return tuple(dict.fromkeys([_inner(file.media_type, file.name) for file in data]))


def _inner(media_type: str | None, name: str) -> str:
    written = media_type or name.rpartition(".")[2]
    outer, inner = media_types.find(written), media_types.of_file(name)
    return inner.extensions[0] if outer and outer.container and inner and not inner.container else written


@once
def stated(variables: tuple[Variable, ...]) -> Mapping[str, int]:
    """How many variables state each of their attributes; a unit that says nothing, as `N/A`, is not stated."""
    return {
        "description": len([1 for variable in variables if variable.description]),
        "dtype": len([1 for variable in variables if variable.dtype]),
        "role": len([1 for variable in variables if variable.role]),
        "term": len([1 for variable in variables if variable.term]),
        "unit": len([1 for variable in variables if variable.unit and units.is_stated(variable.unit)]),
    }


class Related(NamedTuple):
    """How many relations there are of each type that the vocabulary knows, how many say how, and how many to whom."""

    types: Mapping[str, int]
    clear: int
    named: int
    lasting: int


@once
def related(every: tuple[Relation, ...]) -> Related:
    """The relations in short."""
    found = [type_ for relation in every if (type_ := relations.find(relation.type))]
    named = [relation.identifier for relation in every if relation.identifier]
    one_each = {identifier.scheme: identifier for identifier in named}  # it is the scheme that promises to last
    lasting = {scheme for scheme, identifier in one_each.items() if identifiers.is_persistent(identifier)}
    return Related(
        types=Counter([type_.type for type_ in found]),
        clear=len([1 for type_ in found if type_.qualified]),
        named=len(named),
        lasting=len([1 for identifier in named if identifier.scheme in lasting]) if lasting else 0,
    )


def leading(every: tuple[Relation, ...], *types: str) -> list[Relation]:
    """The relations of the `types` that say which thing they lead to."""
    return [row for row in every if row.identifier and (known := relations.find(row.type)) and known.type in types]


def unnamed(view: Seen) -> Outcome:
    """The outcome where no file is named: an umbrella record claims the files that its children hold."""
    claimed, at = view.resource.file_count, ("file_count", "relations", "listing", "distributions")
    children = leading(view.resource.relations, "IsSourceOf", "HasPart") if claimed else []
    if not claimed or not children:
        return fail("no file is named", fix=Fix("distributions"))
    told = {"files": count(claimed, "file"), "children": count(len(children), "child record")}
    return partial("{files} claimed, in {children}", *at, fix=Fix("distributions"), **told)
