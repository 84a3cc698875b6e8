"""Settings: base URLs and the time that is written into results."""

from __future__ import annotations

import pytest

from fairkit import settings
from fairkit.errors import UsageError


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("http://127.0.0.1:8000/api", "http://127.0.0.1:8000"),
        ("https://portal.example/x/api/", "https://portal.example/x"),
        ("  ", "https://opendata.cern.ch"),
    ],
)
def test_a_base_url_is_taken_with_or_without_api(monkeypatch: pytest.MonkeyPatch, written: str, base: str) -> None:
    monkeypatch.setenv("FAIRKIT_CERN_OPEN_DATA_URL", written)
    assert settings.base_url("cern-open-data") == base


@pytest.mark.parametrize(
    "written",
    ["opendata.cern.ch", "file:///etc/passwd", "http://", "ftp://x.example", "http://[", "http://x.example:99999"],
)
def test_what_is_no_http_url_is_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("FAIRKIT_DOI_URL", written)
    with pytest.raises(UsageError, match="FAIRKIT_DOI_URL is not an http"):
        settings.base_url("doi")


def test_only_what_the_user_has_set_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.trusted() == []
    monkeypatch.setenv("FAIRKIT_DOI_URL", "http://127.0.0.1:9")
    assert settings.trusted() == ["http://127.0.0.1:9"]
    monkeypatch.setenv("FAIRKIT_TRUSTED_URLS", " http://10.0.0.1:80 ,, https://portal.example")
    assert settings.trusted() == ["http://127.0.0.1:9", "http://10.0.0.1:80", "https://portal.example"]
    monkeypatch.setenv("FAIRKIT_TRUSTED_URLS", "10.0.0.1")
    with pytest.raises(UsageError, match="FAIRKIT_TRUSTED_URLS is not an http"):
        settings.trusted()


def test_the_time_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763700000")
    assert settings.now() == "2025-11-21T04:40:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        settings.now()


@pytest.mark.parametrize("written", ["ftp://user:s3cr3t@x.example", "https://user:s3cr3t@x.example", "//user:s3cr3t@x"])
def test_a_password_in_a_setting_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("FAIRKIT_DOI_URL", written)
    with pytest.raises(UsageError) as caught:
        settings.base_url("doi")
    assert "s3cr3t" not in f"{caught.value} {caught.value.value}"
