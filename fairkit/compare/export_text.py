"""What exports lose, as text: a block for each form, in the order of how bad it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fairkit.report import Style
from fairkit.report._harmless import harmless

from .export_loss import Export, How, Loss

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

__all__ = ["render"]

_WORDS: dict[How, tuple[str, str, str]] = {
    "changed": ("!", "bold red", "changed"),
    "lost": ("✗", "red", "lost"),
    "poorer": ("◐", "yellow", "poorer"),
    "no-place": ("–", "dim", "no place for"),
}


def render(exports: Sequence[Export], *, style: Style) -> bytes:
    """How many fields each form keeps, and what it does not."""
    from rich.padding import Padding

    from fairkit.report._console import drawn

    blocks: list[RenderableType] = []
    for export in exports:
        blocks += [_head(export), *(Padding(line, (0, 0, 0, 2)) for line in _lines(export.losses or ()))]
    return drawn(blocks, style=style)


def _head(export: Export) -> Text:
    from rich.text import Text

    losses = export.losses or ()
    told = export.told or 0
    kept = told - len(losses)
    words = f"keeps all {told} fields" if not losses else f"keeps {kept} of {told} fields whole"
    return Text.assemble((export.form, "bold"), f"  {words}", (f"  ({export.title})", "dim"))


def _lines(losses: Sequence[Loss]) -> Iterator[Text]:
    from rich.text import Text

    for how, (mark, colour, words) in _WORDS.items():
        every = [loss for loss in losses if loss.how == how]
        bare = [_field(loss) for loss in every if not loss.why]
        for loss in every:
            if loss.why:
                yield Text.assemble((f"{mark} {_field(loss)} {words}: ", colour), harmless(loss.why, longest=400))
        if bare:
            yield Text.assemble((f"{mark} {words}: ", colour), ", ".join(bare))


def _field(loss: Loss) -> str:
    return loss.field.replace("_", " ")
