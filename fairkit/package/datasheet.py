"""DATASHEET.md: what the data are, for people who come upon them: who made them and how, files, splits, variables.

It is made from what `describe` found and from nothing else; what nobody knows is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fairkit import atomic
from fairkit.errors import UsageError
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity
from fairkit.model.variable import Variable
from fairkit.report._gfm import code, text
from fairkit.vocab import identifiers

from . import _words_shown as shown
from .loading import snippets
from .words import Description, Statistics

__all__ = ["MARK", "NAME", "WORTH_KNOWING", "markdown", "write"]

NAME = "DATASHEET.md"
MARK = "<!-- Made by fairkit describe --datasheet: change fairkit.toml, and make it again. -->"
WORTH_KNOWING = ("leak", "overlap", "duplicates", "identical", "constant", "values", "range")
"""The kinds of findings that whoever uses the data must know of; the others are for those who make them."""
_MOST_FILES = 50
_MOST_STEPS = 20
_LONGEST = 4000


def write(root: str, found: Description, *, force: bool = False) -> Path:
    """Write the datasheet into a folder.

    Raises:
        UsageError: if there is one that somebody wrote by hand, unless by `force`; or if it cannot be written.
    """
    path = Path(root, NAME)
    if path.is_symlink():
        raise UsageError(f"{path} is a link, and is not written through", value=str(path), remedy="Remove the link.")
    try:
        hand = path.exists() and MARK not in path.read_text("utf-8", "replace")[:1000]
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", value=str(path)) from None
    if hand and not force:
        what = f"{path} was not made by fairkit, and stays as it is"
        raise UsageError(what, value=str(path), remedy="Give it another name, or take its place with --force.")
    atomic.write(path, markdown(found).encode())
    return path


def markdown(found: Description) -> str:
    """The datasheet in GitHub's Markdown; what strangers wrote stays text in it."""
    one = found.resource
    parts = [MARK, f"# {text(shown.title(found), longest=200)}"]
    parts += _paragraphs(one.description)
    parts += [_table(("", ""), _identity(found))]
    for heading, lines in (
        ("What to know before using them", _worth_knowing(found)),
        ("How to use them", _usage(found)),
        ("Files", _files(found)),
        ("Reading them", _reading(found)),
        ("Splits", _splits(found)),
        ("Classes", _classes(found)),
        ("Variables", _variables(found)),
        ("How they were made", _provenance(found)),
        ("How to cite them", _paragraphs(one.citation)),
    ):
        body = [line for line in lines if line]
        parts += [f"## {heading}", *body] if body else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _paragraphs(written: str | None) -> list[str]:
    return [text(part, longest=_LONGEST) for part in (written or "").split("\n\n") if part.strip()]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    every = list(rows)
    if not every:
        return ""
    lines = [heads, ["---"] * len(heads), *every]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _identity(found: Description) -> Iterator[tuple[str, str]]:
    one = found.resource
    told = {
        "Identifier": ", ".join(_identifier(each) for each in one.identifiers),
        "Version": text(one.version or ""),
        "Made by": "; ".join(_agent(each) for each in one.creators),
        "Published by": _agent(one.publisher) if one.publisher else "",
        "Published": text(one.date_published or ""),
        "Licence": text(one.license or ""),
        "Access": " ".join(filter(None, (_sentence(one.access), text(one.access_conditions or "")))),
        "Entries": f"{one.entry_count:,}" if one.entry_count is not None else "",
        "Size": _size(found),
        "Formats": text(", ".join(one.formats)),
        "Keywords": text(", ".join(one.keywords)),
        "Paid by": "; ".join(text(" ".join(filter(None, (g.funder.name, g.award)))) for g in one.funding if g.funder),
    }
    return ((f"**{name}**", value) for name, value in told.items() if value)


def _sentence(written: str | None) -> str:
    """A text that something follows."""
    told = text((written or "").strip())
    return told if not told or told[-1] in ".!?:;" else f"{told}."


def _size(found: Description) -> str:
    one = found.resource
    files = f" in {one.file_count:,} file{'' if one.file_count == 1 else 's'}" if one.file_count else ""
    return f"{shown.size(one.byte_size)}{files}" if one.byte_size is not None else ""


def _identifier(one: Identifier) -> str:
    url = identifiers.url(one)
    return f"<{url}>" if url and not set(url) & set("<> |`") else code(str(one))


def _agent(one: Agent) -> str:
    ids = [_identifier(each) for each in one.identifiers]
    homes = ", ".join(text(home.name) for home in one.affiliations)
    return " ".join([text(one.name), *(f"({each})" for each in ids), *([f"of {homes}"] if homes else [])])


def _worth_knowing(found: Description) -> Iterator[str]:
    lines = [f"- {text(each.text)}" for each in found.findings if each.kind in WORTH_KNOWING]
    yield "\n".join(lines)


def _usage(found: Description) -> Iterator[str]:
    one = found.resource
    yield from _paragraphs(one.usage)
    yield "\n".join(f"- {text(rule)}" for rule in one.usage_rules)
    if one.requirements:
        yield f"Needs {', '.join(code(each) for each in one.requirements)}."


def _files(found: Description) -> Iterator[str]:
    every = found.resource.distributions
    rows = []
    for file in every[:_MOST_FILES]:
        entries = max((table.entry_count or 0 for table in file.tables), default=0)
        size = shown.size(file.byte_size) if file.byte_size is not None else ""
        rows.append((code(file.name), size, f"{entries:,}" if file.tables else "", text(file.media_type or "")))
    yield _table(("File", "Size", "Entries", "Format"), rows)
    if len(every) > _MOST_FILES:
        yield f"And {len(every) - _MOST_FILES:,} more."


def _reading(found: Description) -> Iterator[str]:
    for each in snippets(found.facts):
        yield f"With {' and '.join(code(name) for name in each.needs)}:\n\n```python\n{each.code}```"


def _splits(found: Description) -> Iterator[str]:
    guessed = {guess.subject for guess in found.guessed if guess.field == "files"}
    rows = []
    for split in found.resource.splits:
        said = text(split.description or ("by the names of its files" if split.name in guessed else ""))
        count = f"{split.entry_count:,}" if split.entry_count is not None else ""
        rows.append((f"**{text(split.name)}**", count, _names(split.files), said, code(split.digest or "")))
    yield _table(("Split", "Entries", "Files", "What it is", "Digest of its rows"), rows)
    yield "\n".join(f"- {text(told)}" for _, told in shown.compared(found.resource, found.overlaps))


def _names(names: Sequence[str]) -> str:
    kept = ", ".join(code(name, longest=60) for name in names[:4])
    return f"{kept} and {len(names) - 4:,} more" if len(names) > 4 else kept


def _classes(found: Description) -> Iterator[str]:
    """How many entries there are of each class, in all and in each split."""
    splits = [split.name for split in found.resource.splits]
    for one in found.resource.variables:
        stats = {each.split: each for each in found.stats if each.variable == one.name and each.by is None}
        if one.role != "label" or None not in stats or not stats[None].values:
            continue
        heads = [f"{text(one.name)} = ", "Meaning", "In all", *(text(name) for name in splits if name in stats)]
        rows = []
        for value, name, count, share in shown.classes(one, stats[None]):
            parts = [_share(value, stats[split]) for split in splits if split in stats]
            rows.append((code(value), text(name), f"{count:,} ({share:.1%})", *parts))
        yield _table(heads, rows)


def _share(value: str, stats: Statistics) -> str:
    count = dict(stats.values).get(value, 0)
    return f"{count:,} ({count / (stats.count or 1):.1%})"


def _variables(found: Description) -> Iterator[str]:
    """A table for each group of variables, in the order in which the groups come."""
    whole = shown.whole(found)
    groups: dict[str | None, list[Variable]] = {}
    for one in found.resource.variables:
        groups.setdefault(one.group, []).append(one)
    for group, members in groups.items():
        if len(groups) > 1:
            yield f"### {text(group).capitalize()}" if group else "### Others"
        heads = ["Variable", "Type", "Unit", "Role", "Meaning", "Range"]
        rows = [_row(one, whole.get(one.name)) for one in members]
        counted = any(one.name in whole for one in members)
        yield _table([*heads, "Found"] if counted else heads, rows if counted else [row[:-1] for row in rows])
        for one in members:
            yield _meanings(one)


def _row(one: Variable, stats: Statistics | None) -> list[str]:
    details = [
        _sentence(one.description),
        f"Columns {code(one.columns)}." if one.columns else "",
        f"Filled up with {code(one.padding)}." if one.padding is not None else "",
        f"Not known: {code(one.missing)}." if one.missing is not None else "",
        f"Counted by {code(one.count)}." if one.count else "",
        "; ".join(f"{code(value)}: {text(name)}" for value, name in one.classes),
    ]
    return [
        code(one.name),
        code(shown.shape(one)),
        text(one.unit or ""),
        text(one.role or ""),
        " ".join(part for part in details if part),
        text(shown.range_of(one)),
        text(_found(stats)) if stats else "",
    ]


def _found(stats: Statistics) -> str:
    parts = []
    if stats.minimum is not None and stats.maximum is not None:
        parts.append(f"{shown.number(stats.minimum)} … {shown.number(stats.maximum)}")
        parts.append(f"mean {shown.number(stats.mean)}, std {shown.number(stats.std)}")
    if stats.nan:
        parts.append(f"{stats.nan:,} NaN")
    if stats.infinite:
        parts.append(f"{stats.infinite:,} infinite")
    if stats.missing:
        parts.append(f"{stats.missing:,} not known")
    if stats.null:
        parts.append(f"{stats.null:,} null")
    if stats.lengths:
        parts.append(f"lists of {stats.lengths.least:,} to {stats.lengths.most:,}")
    if stats.padded:
        parts.append(f"{stats.padded.least:,} to {stats.padded.most:,} places used, the rest {stats.padded.value}")
    return "; ".join(parts)


def _meanings(one: Variable) -> str:
    rows = [
        (code(f"{each.by} = {each.value}"), text(each.name or ""), text(each.unit or ""), text(each.description or ""))
        for each in one.meanings
    ]
    table = _table(("Where", "Called", "Unit", "Meaning"), rows)
    return f"What {code(one.name)} means depends on another variable:\n\n{table}" if table else ""


def _provenance(found: Description) -> Iterator[str]:
    one = found.resource
    yield from _paragraphs(one.methodology)
    yield "\n".join(f"{number}. {_step(step)}" for number, step in enumerate(one.activities[:_MOST_STEPS], 1))
    if len(one.activities) > _MOST_STEPS:
        yield f"And {len(one.activities) - _MOST_STEPS:,} more steps."
    if one.validation:
        yield "Checked:"
        yield from _paragraphs(one.validation)
    rows = []
    for link in one.relations:
        other = _identifier(link.identifier) if link.identifier else ""
        rows.append((text(link.type), " ".join(part for part in (text(link.title or ""), other) if part)))
    yield _table(("Related as", "To"), rows)


def _step(step: Activity) -> str:
    programs = ", ".join(text(" ".join(part for part in (each.name, each.version) if part)) for each in step.software)
    parts = [f"**{text(step.name)}**", text(step.description or ""), f"with {programs}" if programs else ""]
    when = step.ended or step.started
    return ", ".join(part for part in [*parts, text(when or "")] if part)
