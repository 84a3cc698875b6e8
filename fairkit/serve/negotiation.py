"""Which form of a page is given to whoever asks: by media types, their quality and their profiles (RFC 9110, 6906)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

__all__ = ["Offer", "chosen", "prefers_json"]

_MOST = 64
"""Media ranges of a header that are looked at; browsers send eight."""
_BARE = re.compile(r'(;\s*profile\s*=\s*)([^\s";,]+)', re.IGNORECASE)
"""An address that is not quoted, as it ought to be; the specification of RO-Crate wrote it so."""
_QUALITY = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")


class Offer(NamedTuple):
    """A form that can be given; its profile is that of each version that begins with it, too."""

    name: str
    media_type: str
    profile: str | None = None


class _Range(NamedTuple):
    media_type: str
    profiles: frozenset[str]
    quality: float


def chosen(accept: str, offers: Sequence[Offer]) -> Offer | None:
    """The offer that an Accept header likes best; of those that it likes alike, the first.

    A profile that nobody offers is as good as none: there is no better answer than the type that was asked for.
    """
    ranges = list(_ranges(accept, offers))
    liked = [(_liking(offer, ranges), offer) for offer in offers]
    best = max((liking for liking, _ in liked), default=(0.0, 0))
    return next((offer for liking, offer in liked if liking == best), None) if best[0] > 0 else None


def prefers_json(accept: str) -> bool:
    """Whether somebody would rather have JSON, of any kind, than a page."""
    page = Offer("page", "text/html")
    ranges = list(_ranges(accept, [page]))
    json = max((one.quality for one in ranges if one.media_type.endswith(("/json", "+json"))), default=0.0)
    return json > _liking(page, ranges)[0]


def _ranges(accept: str, offers: Iterable[Offer]) -> Iterator[_Range]:
    from werkzeug.http import parse_list_header, parse_options_header

    for part in parse_list_header(accept)[:_MOST]:
        media_type, options = parse_options_header(_BARE.sub(r'\1"\2"', part))
        quality = options.get("q", "1").strip()
        if media_type and _QUALITY.fullmatch(quality):
            media_type = media_type.lower()
            asked = {_bare(each) for each in options.get("profile", "").split()}
            named = (_bare(one.profile) for one in offers if one.profile and one.media_type == media_type)
            known = frozenset(base for base in named if any(_is_of(each, base) for each in asked))
            yield _Range(media_type, known, float(quality))


def _liking(offer: Offer, ranges: Iterable[_Range]) -> tuple[float, int]:
    """The quality that the closest range gives an offer, and how close that is."""
    own = _bare(offer.profile) if offer.profile else None
    kind = offer.media_type.partition("/")[0]
    found = [(0, 0.0)]
    for one in ranges:
        if one.profiles:
            close = 4 if one.media_type == offer.media_type and own in one.profiles else 0
        else:
            close = {offer.media_type: 3, f"{kind}/*": 2, "*/*": 1}.get(one.media_type, 0)
        found.append((close, one.quality if close else 0.0))
    close, quality = max(found)
    return quality, close


def _bare(profile: str) -> str:
    """A profile without its scheme: many write http for https."""
    return re.sub(r"^https?://(www\.)?", "", profile.strip()).rstrip("/")


def _is_of(asked: str, base: str) -> bool:
    return asked == base or asked.startswith(f"{base}/")
