"""What is said of a folder of data that was looked into: facts, guesses, numbers, and what was found to be wrong."""

from typing import Annotated

from fairkit.formats import Facts
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.model.resource import Resource

__all__ = ["Description", "FileFacts", "Finding", "Guess", "Histogram", "Lengths", "Overlap", "Padded", "Statistics"]


@word
class FileFacts(Frozen):
    """What one file of the data says of itself."""

    path: Annotated[str, Term(SDO.name, "The file, by its path from the top of the folder")]
    facts: Annotated[Facts, Term(FAIRKIT.facts, "What stands in it")]


@word
class Finding(Frozen):
    """Something that a person should look at."""

    kind: Annotated[
        str,
        Term(
            FAIRKIT.findingKind,
            "unreadable, link, conflict, missing, undescribed, metadata, leak, identical, constant, range, values, "
            "overlap, duplicates, note",
        ),
    ]
    text: Annotated[str, Term(SDO.description, "What was found, in a sentence")]
    file: Annotated[str | None, Term(SDO.name, "The file that it was found in, by its path from the top")] = None
    line: Annotated[int | None, Term(FAIRKIT.line, "The line of that file, from 1")] = None


@word
class Guess(Frozen):
    """What no document states and a name suggests: it is not part of the resource."""

    subject: Annotated[str, Term(SDO.about, "The variable or the split that it is about")]
    field: Annotated[str, Term(FAIRKIT.field, "role, group, count; files of a split")]
    value: Annotated[str, Term(SDO.value, "What it may be")]
    why: Annotated[str, Term(SDO.description, "What suggests it")]


@word
class Histogram(Frozen):
    """Numbers of values in bins of one width, and how many lie on either side."""

    low: Annotated[float, Term(FAIRKIT.histogramLow, "The lower edge of the first bin")]
    high: Annotated[float, Term(FAIRKIT.histogramHigh, "The upper edge of the last bin")]
    counts: Annotated[tuple[int, ...], Term(FAIRKIT.histogramCount, "The numbers of values")]
    below: Annotated[int, Term(FAIRKIT.belowCount, "How many values lie below the first bin")] = 0
    above: Annotated[int, Term(FAIRKIT.aboveCount, "How many lie above the last")] = 0


@word
class Lengths(Frozen):
    """How long the lists of a jagged variable are."""

    least: Annotated[int, Term(SDO.minValue, "The shortest")]
    most: Annotated[int, Term(SDO.maxValue, "The longest")]
    mean: Annotated[float, Term(FAIRKIT.mean, "Their mean")]
    empty: Annotated[int, Term(FAIRKIT.emptyCount, "How many are empty")]


@word
class Padded(Frozen):
    """The places of a fixed array that hold no data: one value, repeated to its end."""

    value: Annotated[str, Term(FAIRKIT.padding, "The value that fills them")]
    places: Annotated[int, Term(FAIRKIT.paddedCount, "How many places it fills")]
    least: Annotated[int, Term(SDO.minValue, "The fewest places of an entry that are used")]
    most: Annotated[int, Term(SDO.maxValue, "The most that are used")]
    mean: Annotated[float, Term(FAIRKIT.mean, "The mean number that are used")]
    mean_used: Annotated[float | None, Term(FAIRKIT.mean, "The mean of the finite values that are no padding")] = None
    std_used: Annotated[float | None, Term(FAIRKIT.standardDeviation, "Their standard deviation, by n")] = None


@word
class Statistics(Frozen):
    """What the values of a variable are, all of them counted, in all files or in those of one split.

    Numbers are over every single value: the items of lists, the places of arrays, padding with them; only the histogram
    leaves padding out.
    """

    variable: Annotated[str, Term(SDO.name, "The variable")]
    split: Annotated[str | None, Term(FAIRKIT.split, "The split, where it is not about all data")] = None
    by: Annotated[str | None, Term(FAIRKIT.discriminator, "The variable by whose value entries were chosen")] = None
    by_value: Annotated[str | None, Term(SDO.value, "That value")] = None
    entries: Annotated[int, Term(FAIRKIT.entryCount, "Rows")] = 0
    count: Annotated[int, Term(FAIRKIT.valueCount, "Values, without those that are null")] = 0
    null: Annotated[int, Term(FAIRKIT.nullCount, "Values that are null")] = 0
    missing: Annotated[int | None, Term(FAIRKIT.missingCount, "Values that are the documented 'missing'")] = None
    nan: Annotated[int, Term(FAIRKIT.nanCount, "Values that are no number")] = 0
    infinite: Annotated[int, Term(FAIRKIT.infiniteCount, "Values that are infinite")] = 0
    zeros: Annotated[int, Term(FAIRKIT.zeroCount, "Values that are zero, false or empty")] = 0
    minimum: Annotated[float | None, Term(SDO.minValue, "The least finite value")] = None
    maximum: Annotated[float | None, Term(SDO.maxValue, "The greatest finite value")] = None
    mean: Annotated[float | None, Term(FAIRKIT.mean, "The mean of the finite values")] = None
    std: Annotated[float | None, Term(FAIRKIT.standardDeviation, "Their standard deviation, by n")] = None
    quantiles: Annotated[
        tuple[tuple[float, float], ...], Term(FAIRKIT.quantile, "Share of the finite values, and the value below it")
    ] = ()
    quantile_error: Annotated[
        float | None, Term(FAIRKIT.quantileError, "How far the quantiles may be from the true ones, at the most")
    ] = None
    histogram: Annotated[Histogram | None, Term(FAIRKIT.histogram, "The finite values in bins")] = None
    values: Annotated[
        tuple[tuple[str, int], ...], Term(FAIRKIT.valueFrequency, "Every value with its count, where they are few")
    ] = ()
    lengths: Annotated[Lengths | None, Term(FAIRKIT.listLengths, "Of a jagged variable")] = None
    padded: Annotated[Padded | None, Term(FAIRKIT.paddedPlaces, "Of a fixed array")] = None


@word
class Overlap(Frozen):
    """The rows of two splits held against each other."""

    one: Annotated[str, Term(FAIRKIT.split, "A split")]
    other: Annotated[str, Term(FAIRKIT.split, "Another; the same for rows that one split has more than once")]
    rows: Annotated[int, Term(FAIRKIT.sharedRows, "Rows of `one` that are in `other` too; repeats, for one split")]
    columns: Annotated[tuple[str, ...], Term(FAIRKIT.comparedColumn, "The columns by which they were compared")] = ()


@word
class Description(Frozen):
    """A folder, or a file, as its documents and its data tell of it."""

    target: Annotated[str, Term(FAIRKIT.target, "The folder or file as it was named")]
    resource: Annotated[Resource, Term(SDO.about, "What its documents say, filled up with what the files hold")] = (
        Resource()
    )
    facts: Annotated[tuple[FileFacts, ...], Term(FAIRKIT.facts, "What each file of the data says of itself")] = ()
    guessed: Annotated[tuple[Guess, ...], Term(FAIRKIT.guess, "What names suggest and nobody states")] = ()
    stats: Annotated[
        tuple[Statistics, ...], Term(FAIRKIT.statistics, "What the values are, where they were counted")
    ] = ()
    overlaps: Annotated[
        tuple[Overlap, ...], Term(FAIRKIT.overlap, "The splits held against each other, where rows were compared")
    ] = ()
    findings: Annotated[tuple[Finding, ...], Term(FAIRKIT.finding, "What a person should look at")] = ()
