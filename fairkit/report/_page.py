"""A page of HTML in one file that loads nothing, runs nothing and is safe to open.

A policy in the file itself lets the browser use its own style only, known by its hash: even what slipped through the
escaping could not run, load or send anything.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from ._html_style import STYLE
from ._markup import Markup, join, tag, text

__all__ = ["page"]


def page(
    heading: str,
    main: Iterable[Markup],
    foot: Iterable[Markup],
    *,
    title: str | None = None,
    style: str = STYLE,
    head: Iterable[Markup] = (),
    forms: str = "'none'",
) -> bytes:
    """The page under a heading; `title` is what the browser's tab says, the heading otherwise.

    `head` joins its head, and `forms` tells where its forms may be sent.
    """
    body = [
        tag("a", "Skip to the results", href="#results", class_="skip"),
        tag("header", tag("div", tag("p", "fairkit", class_="brand"), tag("h1", heading)), class_="top"),
        tag("main", *main, id="results"),
        tag("footer", *foot, class_="foot"),
    ]
    whole = join([_head(title or heading, style, head, forms), tag("body", join(body, "\n"))], "\n")
    return f"<!DOCTYPE html>\n{tag('html', whole, lang='en')}\n".encode()


def _head(title: str, style: str, more: Iterable[Markup], forms: str) -> Markup:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action {forms}"
    parts = [
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", text(f"{title} · fairkit", longest=120)),
        tag("style", Markup(style)),
        *more,
    ]
    return tag("head", join(parts, "\n"))
