"""`fairkit view`: a dataset as people read it, and as programs learn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import UsageError

from . import edge
from .bytes_shown import harmless, number, shown
from .options import Json, Quiet

if TYPE_CHECKING:
    from fairkit.package.mapping import View
    from fairkit.package.views import Shape, Wanted

__all__ = ["view"]

_FORMS = ("flat", "image", "point-cloud")
_FORMATS = ("npy", "npz", "parquet")


@edge.guarded
def view(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The dataset, or one file of data.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="OUT", help="The folder to make, beside the dataset.")
    ] = None,
    documented: Annotated[
        bool, typer.Option("--documented", help="Parquet with every column, its unit and meaning.")
    ] = False,
    ml: Annotated[bool, typer.Option("--ml", help="Arrays of a fixed shape: X, y, w, for each split.")] = False,
    as_: Annotated[str, typer.Option("--as", metavar="FORM", help="flat, image or point-cloud.")] = "flat",
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="npy, npz or parquet.")] = "npy",
    length: Annotated[
        list[str] | None,
        typer.Option("--length", metavar="[GROUP=]N", help="Places of lists; as of the longest otherwise."),
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar="GROUP", help="Whose lists are the points, or the pixels.")
    ] = None,
    axes: Annotated[
        str | None, typer.Option("--axes", metavar="X,Y", help="The lists that say where in an image a point is.")
    ] = None,
    pixels: Annotated[str | None, typer.Option("--pixels", metavar="N", help="Of such an image; 32 otherwise.")] = None,
    extent: Annotated[
        str | None, typer.Option("--extent", metavar="LOW,HIGH", help="Of its axes; their documented range otherwise.")
    ] = None,
    table: Annotated[
        str | None, typer.Option("--table", metavar="NAME", help="The table, where files have more.")
    ] = None,
    split_by: Annotated[
        str | None, typer.Option("--split-by", metavar="COLUMN", help="The column that says the split of a row.")
    ] = None,
    assume_features: Annotated[
        bool, typer.Option("--assume-features", help="What has no role is a feature, unless its name says otherwise.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Make a view of a dataset: one for people, one for learning, and the mapping between them.

    \b
    fairkit view ./dataset --documented -o ./documented
    fairkit view ./dataset --ml -o ./arrays
    fairkit view ./dataset --ml --as point-cloud --length 32 -o ./clouds
    fairkit view ./dataset --ml --as image --axes eta,phi --extent -0.8,0.8 -o ./images

    A variable is among the features only if its role is feature. Labels become y, weights w; identifiers, spectators
    and truth are in no array, and a feature that has their values is refused. view.json tells of each column of an
    array which column of which file it is, and what that means.
    """
    from fairkit.package.views import view as made

    if output is None:
        raise UsageError("a view needs a folder to be made in", remedy="As in: --output ./view")
    if not (documented or ml):
        raise UsageError("which view?", remedy="Choose --documented, --ml, or both.")
    shape = _shape(as_, group, axes, pixels, extent)
    wanted = _wanted(documented, ml, shape, format_, length, table, split_by, assume_features)
    with shown(quiet=quiet) as progress:
        found = made(folder, output, wanted, progress=progress)
    if json:
        from .looks import json_of

        edge.write(json_of(found), None)
    elif not quiet:
        edge.write(_text(found, output), None)
    return 0


def _wanted(
    documented: bool,
    ml: bool,
    shape: Shape,
    form: str,
    length: list[str] | None,
    table: str | None,
    split_by: str | None,
    assume_features: bool,
) -> Wanted:
    from fairkit.package.views import Wanted

    if form not in _FORMATS:
        raise UsageError(f"there is no format {form!r} for arrays", value=form, remedy=f"Known: {', '.join(_FORMATS)}")
    lengths = tuple(_length(each) for each in length or ())
    return Wanted(documented, ml, shape, form, lengths, table, split_by, assume_features)


def _shape(form: str, group: str | None, axes: str | None, pixels: str | None, extent: str | None) -> Shape:
    from fairkit.package.views import Shape

    if form not in _FORMS:
        raise UsageError(f"there is no form {form!r}", value=form, remedy=f"Known: {', '.join(_FORMS)}")
    names = tuple(name.strip() for name in axes.split(",")) if axes is not None else ()
    if axes is not None and (len(set(names)) != 2 or form != "image"):
        raise UsageError(f"{axes!r} are no two axes of an image", value=axes, remedy="As in: --as image --axes eta,phi")
    size = number(pixels, "--pixels", example=32, most=4096) or 32
    return Shape(form, group, names, size, _extent(extent))


def _extent(written: str | None) -> tuple[float, float] | None:
    if written is None:
        return None
    try:
        low, high = map(float, written.split(","))
    except ValueError:
        low, high = 0.0, 0.0
    if not float("-inf") < low < high < float("inf"):
        raise UsageError(f"{written!r} is no extent", value=written, remedy="As in: --extent -0.8,0.8")
    return low, high


def _length(written: str) -> tuple[str, int]:
    """The group, empty for all, and the places of its lists."""
    group, _, count = written.rpartition("=")
    return group, number(count, "--length", example=32, most=1_000_000) or 0


def _text(found: View, output: str) -> bytes:
    placed = [one for one in found.columns if one.array in ("X", "g")]
    left = [one.column for one in found.columns if one.array is None]
    lines = [f"{output}: {', '.join(found.views)}"]
    lines += [
        f"  {file.path}  {f'{file.array} ' if file.array else ''}{_dimensions(file.shape)}" for file in found.files
    ]
    if "ml" in found.views:
        variables = dict.fromkeys(one.variable for one in placed)
        lines.append(f"features: {', '.join(variables)}")
        lines += [f"in no array: {', '.join(left)}"] if left else []
        lines += [f"lists of {group} have {places} places" for group, places in found.lengths]
        lines += [
            f"{count:,} entries have more of {name} than there are places: the first are kept"
            for name, count in found.cut
        ]
    lines += [f"note: {note}" for note in found.notes]
    return "\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n"


def _dimensions(shape: tuple[int, ...]) -> str:
    return " x ".join(f"{each:,}" for each in shape)
