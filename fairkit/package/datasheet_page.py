"""The page about data: what they are at a glance, then every variable with its histogram.

One file that loads nothing, runs nothing and is safe to open, made and kept safe as the HTML report is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fairkit import __version__
from fairkit.model.variable import Variable
from fairkit.report._markup import Markup, join, link, tag, text
from fairkit.report._page import page
from fairkit.vocab import identifiers

from . import _words_shown as shown
from ._page_figures import COLOURS, distribution, shares
from ._page_style import STYLE
from .datasheet import WORTH_KNOWING
from .loading import snippets
from .words import Description, Statistics

__all__ = ["render"]

_MOST_VARIABLES = 500
_MOST_FILES = 100
_MOST_CLASSES = 12
_LONGEST = 4000
_ROLES = frozenset({"label", "feature", "weight", "truth"})


def render(found: Description) -> bytes:
    """The page; what strangers wrote is shown, and does nothing."""
    title = shown.title(found)
    foot = [tag("p", f"Made by fairkit {__version__}. This file loads nothing and runs nothing.")]
    return page(title, _main(found), foot, title=title, style=STYLE)


def _main(found: Description) -> Iterator[Markup]:
    yield _card(None, _glance(found))
    notes = [each for each in found.findings if each.kind in WORTH_KNOWING]
    if notes:
        items = [tag("li", text(each.text), class_=each.kind) for each in notes]
        yield _card("Worth knowing", [tag("ul", *items, class_="notes")])
    if found.resource.splits:
        yield _card("Splits", _splits(found))
    yield from _groups(found)
    if found.resource.distributions:
        yield _card("Files", _files(found))
    if found.resource.activities or found.resource.methodology:
        yield _card("How they were made", _provenance(found))


def _card(heading: str | None, parts: Iterable[Markup]) -> Markup:
    head = [tag("h2", heading)] if heading else []
    return tag("section", *head, *parts, class_="card data")


def _glance(found: Description) -> Iterator[Markup]:
    one = found.resource
    for part in (one.description or "").split("\n\n"):
        if part.strip():
            yield tag("p", text(part, longest=_LONGEST), class_="lead")
    tiles = {
        "entries": f"{one.entry_count:,}" if one.entry_count is not None else "",
        "variables": f"{len(one.variables):,}" if one.variables else "",
        "files": f"{one.file_count:,}" if one.file_count else "",
        "size": shown.size(one.byte_size) if one.byte_size is not None else "",
        "licence": text(one.license or "", longest=40),
        "version": text(one.version or "", longest=40),
    }
    yield tag("dl", *_pairs(tiles), class_="tiles")
    yield tag("dl", *_pairs(_plain(found)), class_="plain")


def _plain(found: Description) -> dict[str, str]:
    one = found.resource
    urls = (url for each in one.identifiers[:3] if (url := identifiers.url(each)))
    published = (one.date_published, "by" if one.publisher else None, one.publisher and one.publisher.name)
    people = [tag("bdi", text(each.name, longest=80)) for each in one.creators[:20]]
    return {
        "Identifier": join(map(link, urls), " "),
        "Made by": join(people, "; "),
        "Published": text(" ".join(part for part in published if part)),
        "Formats": text(", ".join(one.formats)),
        "Keywords": text(", ".join(one.keywords)),
        "To keep to": text(" ".join(one.usage_rules), longest=_LONGEST),
    }


def _pairs(told: dict[str, str]) -> Iterator[Markup]:
    return (tag("div", tag("dt", name), tag("dd", value)) for name, value in told.items() if value)


def _splits(found: Description) -> Iterator[Markup]:
    splits = found.resource.splits
    counts = [split.entry_count for split in splits]
    if all(count is not None for count in counts):
        yield shares([count or 0 for count in counts])
    guessed = {guess.subject for guess in found.guessed if guess.field == "files"}
    rows = []
    for place, split in enumerate(splits):
        said = split.description or ("by the names of its files" if split.name in guessed else "")
        digest = (split.digest or "").removeprefix("sha256:")[:16]
        rows.append(
            tag(
                "tr",
                tag("th", _key(place), text(split.name, longest=80), scope="row"),
                tag("td", f"{split.entry_count:,}" if split.entry_count is not None else "", class_="number"),
                tag("td", text(said)),
                tag("td", tag("code", text(digest))),
            )
        )
    yield _table(["Split", "Entries", "What it is", "Digest of its rows"], rows)
    for well, told in shown.compared(found.resource, found.overlaps):
        yield tag("p", text(f"{'✓' if well else '✗'} {told}"), class_="said" if well else "said bad")
    for one in found.resource.variables:
        yield from _balance(one, found)


def _balance(one: Variable, found: Description) -> Iterator[Markup]:
    """How much of each split each class of a label makes up."""
    stats = [each for each in found.stats if each.variable == one.name and each.by is None]
    values = stats[0].values if one.role == "label" and stats else ()
    if not values or len(values) > _MOST_CLASSES:
        return
    names = dict(one.classes)
    yield tag("h3", "Classes of ", tag("code", text(one.name, longest=80)))
    keys = [
        tag("span", _key(place), text(_called(value, names), longest=60)) for place, (value, _) in enumerate(values)
    ]
    yield tag("div", *keys, class_="legend-of")
    rows: list[Markup] = []
    for each in stats:
        counts = dict(each.values)
        rows += [
            tag("span", text(each.split or "all", longest=40)),
            shares([counts.get(value, 0) for value, _ in values]),
        ]
    yield tag("div", *rows, class_="balance")


def _called(value: str, names: dict[str, str]) -> str:
    return f"{value}: {names[value]}" if value in names else value


def _key(place: int) -> Markup:
    dot = tag("rect", class_=f"s{place % COLOURS}", width=10, height=10)
    return tag("svg", dot, class_="key", viewBox="0 0 10 10", aria_hidden="true")


def _table(heads: Sequence[str], rows: Iterable[Markup]) -> Markup:
    head = tag("thead", tag("tr", *(tag("th", name, scope="col", class_=_place(name)) for name in heads)))
    return tag("div", tag("table", head, tag("tbody", *rows)), class_="wide")


def _place(head: str) -> str | None:
    return "number" if head in ("Entries", "Size") else None


def _groups(found: Description) -> Iterator[Markup]:
    """A card for each group of variables; of very many the rest are only named."""
    whole = shown.whole(found)
    guesses = {guess.subject: guess.value for guess in found.guessed if guess.field == "role"}
    groups: dict[str | None, list[Variable]] = {}
    suggested = {guess.subject: guess.value for guess in found.guessed if guess.field == "group"}
    for one in found.resource.variables[:_MOST_VARIABLES]:
        groups.setdefault(one.group or suggested.get(one.name), []).append(one)
    for group, members in groups.items():
        heading = "Variables" if len(groups) == 1 else f"Variables: {group or 'others'}"
        yield _card(heading, (_variable(one, whole.get(one.name), guesses.get(one.name)) for one in members))
    rest = found.resource.variables[_MOST_VARIABLES:]
    if rest:
        names = join((tag("code", text(one.name, longest=80)) for one in rest), ", ")
        yield _card(f"{len(rest):,} more variables", [tag("details", tag("summary", "Their names"), tag("p", names))])


def _variable(one: Variable, stats: Statistics | None, guess: str | None) -> Markup:
    parts = [tag("h4", tag("code", text(one.name, longest=120))), tag("div", *_pills(one, guess), class_="pills")]
    if one.description:
        parts.append(tag("p", text(one.description, longest=_LONGEST), class_="meaning"))
    parts += [tag("p", line, class_="more") for line in _details(one)]
    numbers = tag("dl", *_numbers(stats), class_="counts-of") if stats else join([])
    picture = distribution(stats, dict(one.classes)) if stats else join([])
    return tag("div", tag("div", *parts), numbers, tag("div", picture), class_="variable")


def _pills(one: Variable, guess: str | None) -> Iterator[Markup]:
    yield tag("span", text(shown.shape(one), longest=60), class_="pill")
    if one.unit:
        yield tag("span", text("pure number" if one.unit == "1" else one.unit, longest=40), class_="pill")
    role = one.role or guess
    if role:
        guessed = " guess" if one.role is None else ""
        named = text(f"{role}, guessed" if guessed else role, longest=40)
        yield tag("span", named, class_=f"pill{f' {role}' if role in _ROLES else ''}{guessed}")


def _details(one: Variable) -> Iterator[Markup]:
    told = {
        "range": shown.range_of(one),
        "columns": one.columns,
        "filled up with": one.padding,
        "not known": one.missing,
        "counted by": one.count,
    }
    said = [f"{name}: {value}" for name, value in told.items() if value]
    if said:
        yield text(" · ".join(said))
    for each in one.meanings:
        what = ", ".join(part for part in (each.name, each.unit, each.description) if part)
        yield text(f"where {each.by} = {each.value}: {what}")


def _numbers(stats: Statistics) -> Iterator[Markup]:
    known = dict(stats.quantiles)
    rows = {
        "least": shown.number(stats.minimum),
        "median": shown.number(known.get(0.5)),
        "mean": _spread(stats.mean, stats.std),
        "of used": _spread(stats.padded.mean_used, stats.padded.std_used) if stats.padded else "",
        "greatest": shown.number(stats.maximum),
        "zero": _share(stats.zeros, stats.count),
        "lists of": f"{stats.lengths.least:,} to {stats.lengths.most:,}" if stats.lengths else "",
        "places used": f"{stats.padded.least:,} to {stats.padded.most:,}" if stats.padded else "",
    }
    yield from (item for name, value in rows.items() if value for item in (tag("dt", name), tag("dd", value)))
    odd = {"NaN": stats.nan, "infinite": stats.infinite, "null": stats.null, "not known": stats.missing or 0}
    for name, count in odd.items():
        if count:
            yield tag("dt", name)
            yield tag("dd", f"{count:,} ({_share(count, stats.count + stats.null)})", class_="odd")


def _spread(mean: float | None, std: float | None) -> str:
    return f"{shown.number(mean)} ± {shown.number(std)}" if mean is not None else ""


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if part and whole else ""


def _files(found: Description) -> Iterator[Markup]:
    every = found.resource.distributions
    rows = []
    for file in every[:_MOST_FILES]:
        entries = max((table.entry_count or 0 for table in file.tables), default=0)
        rows.append(
            tag(
                "tr",
                tag("th", tag("code", text(file.name, longest=120)), scope="row"),
                tag("td", shown.size(file.byte_size) if file.byte_size is not None else "", class_="number"),
                tag("td", f"{entries:,}" if file.tables else "", class_="number"),
                tag("td", text(file.media_type or "", longest=80)),
            )
        )
    yield _table(["File", "Size", "Entries", "Format"], rows)
    if len(every) > _MOST_FILES:
        yield tag("p", f"And {len(every) - _MOST_FILES:,} more.", class_="muted")
    for each in snippets(found.facts):
        lines = join(map(_line, each.code.splitlines()), "\n")
        yield tag("h3", f"Reading {each.format} with {', '.join(each.needs)}")
        yield tag("pre", tag("code", lines))


def _line(code: str) -> Markup:
    """A line of code with the blanks that it begins with, which a text would lose."""
    return join([Markup(" " * (len(code) - len(code.lstrip()))), text(code.lstrip(), longest=500)])


def _provenance(found: Description) -> Iterator[Markup]:
    one = found.resource
    if one.methodology:
        yield tag("p", text(one.methodology, longest=_LONGEST))
    rows = []
    for step in one.activities[:_MOST_FILES]:
        programs = ", ".join(" ".join(part for part in (each.name, each.version) if part) for each in step.software)
        cells = [step.description or "", programs, step.ended or step.started or ""]
        rows.append(tag("tr", tag("th", text(step.name), scope="row"), *(tag("td", text(cell)) for cell in cells)))
    if rows:
        yield _table(["Step", "What was done", "With", "When"], rows)
