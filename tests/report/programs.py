"""What the reports for programs must stand: what strangers write, and a great many findings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fairkit.assess.assessment import Assessment
from fairkit.model.outcome import STATUSES

from .made import HOSTILE, made, row

NAMES = ("badge", "dqv", "ftr", "fuji", "gitlab", "junit", "sarif", "shields")
"""The reports that programs read."""

NASTY = [text for text, _ in HOSTILE] + [
    "",
    " ",
    "\x00\x01\x0b\x0c\x1f\x7f\x85",
    "\ufffe\uffff\ufdd0\U0001ffff",
    "\ud800 \udfff",
    "]]><![CDATA[ <!-- & &amp; &#0; &#x1f; ]]>",
    "<script>alert(1)</script><foreignObject/><svg onload='x()'>",
    "\"'`<>&\\/",
    "{0} {{1}} ${x} %s %(name)s {__class__}",
    "[a link](https://example.org) [another](1)",
    "::error::x%0A",
    'https://example.org/a b"<>^`{|}\\?q=é#f',
    "javascript:alert(1)",
    "file:///etc/passwd",
    "../../../etc/passwd",
    "/absolute/path with blanks.json",
    "C:\\Users\\me",
    "a:b#c?d%e",
    "_:blank",
    "@context",
    'doi:10.5555/<a>{b}|"c"',
    "x" * 100_000,
    "é" * 5_000,
    "\u202e" * 1_000,
    "😀" * 3_000,
    "\n".join("line" for _ in range(1_000)),
    # what browsers run, load or follow
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' autofocus x='",
    "</title></style></script></textarea><iframe src=//leak.example.org></iframe>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src onerror=alert(1)&gt;'>",
    "<base href=https://leak.example.org/><meta http-equiv=refresh content='0;url=https://leak.example.org'>",
    "--><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;<?xml-stylesheet href='https://leak.example.org'?>",
    'https://example.org@leak.example.org/" onclick="alert(1)',
    "JaVa\tScRiPt:alert(1)//https://example.org",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    # what Markdown and GitHub draw, mention or link
    "![x](https://leak.example.org/x.png) <https://leak.example.org> [x]: https://leak.example.org",
    "@octocat #1 GH-1 owner/name#1 www.example.org mail@example.org 0123456789abcdef0123456789abcdef01234567 $x^2$",
    "` `` ``` | a | b |\n|---|---|\n~~~\n# heading\n- [ ] task\n> quoted",
    # what the runner of a workflow obeys
    "\n::set-output name=verdict::pass\r\n::stop-commands::token\n##[error]x\n::add-mask::a",
    "%0A::warning file=a,line=1::x%0D%2C%3A",
    # what a spreadsheet or a shell would run
    '=HYPERLINK("https://leak.example.org","x")',
    "$(touch owned) `touch owned` ; touch owned | & > owned",
]
"""What strangers may write: controls, what XML, HTML, JSON-LD, URIs, SARIF, Markdown, runners and shells give a
meaning, and a lot of it."""


def hostile(text: str) -> Assessment:
    """An assessment in which the same text stands wherever a stranger or an edited file could put it."""
    proof = {"document": text, "pointer": f"/{text}", "line": 3, "value": [text, {text: text}]}
    words: dict[str, Any] = {
        "message": text,
        "title": text,
        "remedy": text,
        "suggestion": text,
        "evidence": [proof],
        "principle": text,
    }
    rows = [row(f"{text}{number}", status, points=0.5, **words) for number, status in enumerate(STATUSES)]
    whole = made(*rows, urls=[text], target=text, scores={"total": (0.1, 0.9), "R": (1, 1)}, evidence_digest=text)
    resource = whole.resource and replace(whole.resource, title=text, identifiers=(text, f"doi:{text}"), url=text)
    (document,) = whole.documents
    return replace(
        whole,
        resource=resource,
        checklist=replace(whole.checklist, id=text, version=text),
        documents=(replace(document, representation=text, media_type=text, sha256=text),),
        fairkit_version=text,
        assessed_at=text,
    )


def many(count: int) -> Assessment:
    """An assessment with as many findings, of every status but pass."""
    short = [status for status in STATUSES if status != "pass"]
    rows = [row(f"M{number}", short[number % len(short)], points=0.5) for number in range(count)]
    return made(*rows, scores={"total": (0.3, 0.5)})
