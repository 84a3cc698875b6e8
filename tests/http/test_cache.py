"""What is kept on disk, for whom and for how long."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import Offline, Unreachable
from fairkit.http import Cache, Request, Response, Session, cache_folder
from fairkit.http.cache import Cached
from tests.http.web import Page, Visit, Web, cut_connection, says, scripted

Sessions = Callable[..., Session]
DAY = 86_400
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no permission bits")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept")


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_fresh_answer_is_not_asked_for_again(web: Web, session: Sessions, cache: Cache, clock: Clock) -> None:
    web.pages["/x"] = says(body=b"once", content_type="text/plain", set_cookie="crumb=1")
    first = session(cache=cache, clock=clock).get(f"{web.url}/x")
    clock.now += DAY - 1
    asking = session(cache=cache, clock=clock)
    second = asking.get(f"{web.url}/x#part")
    assert (second.body, second.status, second.from_cache) == (b"once", 200, True)
    assert second.retrieved_at == first.retrieved_at
    assert second.headers["content-type"] == "text/plain"
    assert "set-cookie" not in second.headers
    assert asking.requests == []
    assert not first.from_cache


def test_each_accept_has_an_answer_of_its_own(web: Web, session: Sessions, cache: Cache) -> None:
    web.pages["/x"] = lambda visit: visit.answer(body=visit.headers["accept"].encode())
    asking = session(cache=cache)
    kinds = ["text/html", "application/json", "text/html"]
    assert [asking.get(f"{web.url}/x", accept=kind).body.decode() for kind in kinds] == kinds
    assert len(asking.requests) == 2


def validated(visit: Visit) -> None:
    current = visit.headers["if-none-match"] == '"1"' and visit.headers["if-modified-since"] == "Tue"
    if current:
        visit.begin(304, x_seen="again")
    else:
        visit.answer(body=b"one", etag='"1"', last_modified="Tue")


def test_a_stale_answer_is_asked_about(web: Web, session: Sessions, cache: Cache, clock: Clock) -> None:
    web.pages["/x"] = validated
    asking = session(cache=cache, clock=clock)
    asking.get(f"{web.url}/x")
    clock.now += DAY + 1
    again = asking.get(f"{web.url}/x")
    assert (again.status, again.body, again.from_cache, again.headers["x-seen"]) == (200, b"one", True, "again")
    asking.get(f"{web.url}/x")
    assert len(asking.requests) == 2


def test_a_changed_answer_replaces_the_stale_one(web: Web, session: Sessions, cache: Cache, clock: Clock) -> None:
    web.pages["/x"] = scripted(says(body=b"old", etag='"1"'), says(body=b"new", etag='"2"'))
    asking = session(cache=cache, clock=clock)
    asking.get(f"{web.url}/x")
    clock.now += DAY + 1
    assert [asking.get(f"{web.url}/x").body for _ in range(2)] == [b"new", b"new"]
    assert cache.info().entries == 1


def test_a_stale_answer_behind_a_redirect_is_asked_about_there(
    web: Web, session: Sessions, cache: Cache, clock: Clock
) -> None:
    web.pages["/a"] = says(302, location="/x")
    web.pages["/x"] = validated
    asking = session(cache=cache, clock=clock)
    asking.get(f"{web.url}/a")
    clock.now += DAY + 1
    again = asking.get(f"{web.url}/a")
    assert (again.body, again.from_cache, again.history) == (b"one", True, (f"{web.url}/a",))
    assert [b"if-none-match" in head for head in web.heads] == [False, False, False, True]


@pytest.mark.parametrize("fault", [cut_connection, says(503)])
def test_a_stale_answer_does_not_hide_a_fault(
    web: Web, session: Sessions, cache: Cache, clock: Clock, fault: Page
) -> None:
    web.pages["/x"] = scripted(says(), fault)
    asking = session(cache=cache, clock=clock, retries=1)
    asking.get(f"{web.url}/x")
    clock.now += DAY + 1
    with pytest.raises(Unreachable):
        asking.get(f"{web.url}/x")
    assert session(cache=cache, clock=clock, offline=True).get(f"{web.url}/x").status == 200


def test_offline_takes_any_age(web: Web, session: Sessions, cache: Cache, clock: Clock) -> None:
    web.pages["/x"] = says(body=b"once")
    session(cache=cache, clock=clock).get(f"{web.url}/x")
    clock.now += 400 * DAY
    offline = session(cache=cache, clock=clock, offline=True)
    assert offline.get(f"{web.url}/x").body == b"once"
    with pytest.raises(Offline):
        offline.get(f"{web.url}/y")
    with pytest.raises(Offline):
        offline.head(f"{web.url}/x")
    assert len(web.heads) == 1


@pytest.mark.parametrize("status", [404, 410, 500])
def test_a_refusal_is_not_kept(web: Web, session: Sessions, cache: Cache, status: int) -> None:
    web.pages["/x"] = says(status)
    session(cache=cache).get(f"{web.url}/x")
    assert cache.info().entries == 0


def test_what_is_not_for_everybody_is_not_kept(web: Web, session: Sessions, cache: Cache) -> None:
    web.pages["/x"] = says()
    web.pages["/private"] = says(cache_control="max-age=1, No-Store")
    session(cache=cache, credentials={web.url: "Bearer hush"}).get(f"{web.url}/x")
    session(cache=cache).get(f"{web.url}/x?token=hush")
    session(cache=cache).get(f"{web.url}/private")
    session(cache=cache).head(f"{web.url}/x")
    session(cache=cache).send(Request("POST", f"{web.url}/x", {}))
    assert cache.info().entries == 0


def test_what_is_kept_is_not_told_to_somebody_with_a_credential(web: Web, session: Sessions, cache: Cache) -> None:
    web.pages["/x"] = lambda visit: visit.answer(body=str(visit.headers["authorization"]).encode())
    session(cache=cache).get(f"{web.url}/x")
    assert session(cache=cache, credentials={web.url: "Bearer me"}).get(f"{web.url}/x").body == b"Bearer me"


@pytest.mark.parametrize(
    "damage", [lambda text: b"", lambda text: text[:-1], lambda text: b"x" + text, lambda text: text + b"x"]
)
def test_a_damaged_entry_is_ignored_and_replaced(
    web: Web, session: Sessions, cache: Cache, damage: Callable[[bytes], bytes]
) -> None:
    web.pages["/x"] = says(body=b"whole")
    asking = session(cache=cache)
    asking.get(f"{web.url}/x")
    (entry,) = cache.folder.iterdir()
    entry.write_bytes(damage(entry.read_bytes()))
    assert [asking.get(f"{web.url}/x").body for _ in range(2)] == [b"whole", b"whole"]
    assert len(asking.requests) == 2


@posix
def test_only_the_user_may_read_it(web: Web, session: Sessions, cache: Cache) -> None:
    web.pages["/x"] = says()
    session(cache=cache).get(f"{web.url}/x")
    (entry,) = cache.folder.iterdir()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (cache.folder, entry)] == [0o700, 0o600]


def test_a_folder_that_cannot_be_made_keeps_nothing_and_harms_nothing(
    web: Web, session: Sessions, tmp_path: Path
) -> None:
    web.pages["/x"] = says(body=b"x")
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "kept")
    assert session(cache=cache).get(f"{web.url}/x").body == b"x"
    assert (cache.info().entries, cache.clear()) == (0, 0)


def answer(size: int) -> Cached:
    return Cached(Response(200, "https://a.example/", {}, os.urandom(size), ""), 0)


def asked(number: int) -> Request:
    return Request("GET", f"https://a.example/{number}", {})


def test_the_oldest_make_room(tmp_path: Path) -> None:
    cache = Cache(tmp_path, max_bytes=10_000)
    for number in range(6):
        cache.keep(asked(number), answer(3000))
        for entry in tmp_path.iterdir():
            os.utime(entry, ns=(0, entry.stat().st_mtime_ns - 10**9))
    cache.keep(asked(6), answer(20_000))
    assert [number for number in range(7) if cache.find(asked(number))] == [3, 4, 5]
    assert cache.info().bytes <= 10_000


def test_clearing_leaves_what_is_not_ours(cache: Cache) -> None:
    for number in range(3):
        cache.keep(asked(number), answer(10))
    (cache.folder / "thesis.tex").touch()
    (cache.folder / "fairkit-a1b2.tmp").touch()
    assert cache.info().entries == 3
    assert cache.clear() == 3
    assert [path.name for path in cache.folder.iterdir()] == ["thesis.tex"]


def test_several_threads_share_it(cache: Cache) -> None:
    def work() -> None:
        for number in range(40):
            cache.keep(asked(number % 5), answer(2000))
            found = cache.find(asked(number % 5))
            faults.extend([number] if found is None else [])

    faults: list[int] = []
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert cache.info().entries == 5


@pytest.mark.parametrize(
    ("platform", "settings", "folder"),
    [
        ("linux", {"FAIRKIT_CACHE": "/mine", "XDG_CACHE_HOME": "/xdg"}, "/mine"),
        ("linux", {"XDG_CACHE_HOME": "/xdg"}, "/xdg/fairkit"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "{home}/.cache/fairkit"),
        ("linux", {}, "{home}/.cache/fairkit"),
        ("darwin", {"XDG_CACHE_HOME": "/xdg"}, "{home}/Library/Caches/fairkit"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/fairkit/Cache"),
        ("win32", {}, "{home}/AppData/Local/fairkit/Cache"),
    ],
)
@posix
def test_the_folder_is_where_the_platform_keeps_caches(
    monkeypatch: pytest.MonkeyPatch, platform: str, settings: dict[str, Any], folder: str
) -> None:
    for name in ("FAIRKIT_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert str(cache_folder()) == folder.format(home=Path.home())
