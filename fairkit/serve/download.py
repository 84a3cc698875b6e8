"""Handing out a stored file, whole or a part of it, in little memory however large it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote

from fairkit.errors import UnreadableDocument
from fairkit.ocfl.storage import Content

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

__all__ = ["download"]

_CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.ASCII | re.IGNORECASE)
_UNSAFE = re.compile(r"[^ !#-\[\]-~]")
"""What a name in quotes may not have: anything but printable ASCII, quotes and backslashes."""
_UNQUOTED = "!#$&+-.^_`|~"


def download(request: Request, content: Content, *, name: str, media_type: str) -> Response:
    """The answer to a request for a file: 200, 206 for a part of it, 304 or 412 by its digest.

    Several ranges at once are answered with the whole file, as RFC 9110 allows.

    Raises:
        UnreadableDocument: if the file is not there any more, or has another size than it was stored with.
        RequestedRangeNotSatisfiable: if the part lies behind its end.
    """
    from werkzeug.wrappers import Response

    _check(content)
    response = Response(content_type=media_type)
    response.set_etag(content.digest)
    response.headers["Content-Disposition"] = _disposition(name)
    response.headers["Accept-Ranges"] = "bytes"
    whole = {key: value for key, value in request.environ.items() if key != "HTTP_RANGE"}
    response.make_conditional(whole)
    if response.status_code != 200:
        return response
    same = request.headers.get("If-Range", response.headers["ETag"]) == response.headers["ETag"]
    part = _part(request.headers.get("Range", ""), content.size) if same else None
    begin, end = part or (0, content.size)
    if part:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {begin}-{end - 1}/{content.size}"
    response.content_length = end - begin
    if request.method != "HEAD":
        response.response = _body(request.environ, content.path, begin, end - begin)
        response.direct_passthrough = True
    return response


def _part(header: str, size: int) -> tuple[int, int] | None:
    """Where a part begins and ends; None for all of the file.

    Raises:
        RequestedRangeNotSatisfiable: if nothing of it lies in the file.
    """
    from werkzeug.exceptions import RequestedRangeNotSatisfiable

    found = _RANGE.fullmatch(header)
    if found is None or not any(found.groups()) or not size:
        return None
    first, last = found.groups()
    begin = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if begin >= end:
        raise RequestedRangeNotSatisfiable(size)
    return begin, end


def _check(content: Content) -> None:
    try:
        size = os.stat(content.path).st_size
    except OSError as error:
        what = f"{content.path} cannot be read: {error.strerror}"
        raise UnreadableDocument(what, value=content.path, remedy="Restore it from a copy.") from None
    if size != content.size:
        what = f"{content.path} has {size:,} bytes, and was stored with {content.size:,}"
        raise UnreadableDocument(what, value=content.path, remedy="Somebody changed it: restore it from a copy.")


def _body(environ: dict[str, Any], path: str, begin: int, size: int) -> Any:
    """What the server sends: it reads from where the file stands, as many bytes as the answer says that it has."""
    file = open(path, "rb")  # noqa: SIM115 - whoever sends it closes it
    file.seek(begin)
    wrapper = environ.get("wsgi.file_wrapper")  # it keeps no thread waiting for a slow reader
    return wrapper(file, _CHUNK) if wrapper else _Part(file, size)


class _Part:
    """The next `size` bytes of a file."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size = file, size

    def __iter__(self) -> Iterator[bytes]:
        while self._size and (chunk := self._file.read(min(_CHUNK, self._size))):
            self._size -= len(chunk)
            yield chunk

    def close(self) -> None:
        self._file.close()


def _disposition(name: str) -> str:
    """That a browser is to keep it, and under which name (RFC 6266)."""
    plain = _UNSAFE.sub("_", name)
    more = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe=_UNQUOTED)}"
    return f'attachment; filename="{plain}"{more}'
