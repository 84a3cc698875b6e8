"""Protocols of URLs."""

from __future__ import annotations

import pytest

from fairkit.vocab import protocols


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("https://example.org/x", "https"),
        ("HTTP://example.org", "http"),
        ("root://eospublic.cern.ch//eos/x.root", "root"),
        ("git+ssh://host/x", "git+ssh"),
        ("gsiftp://host/x", "gsiftp"),
        ("/record/12102", None),
        ("doi:10.1000/1", None),
        ("", None),
    ],
)
def test_a_url_has_a_protocol(url: str, scheme: str | None) -> None:
    found = protocols.of_url(url)
    assert (found and found.scheme) == scheme


@pytest.mark.parametrize(
    ("scheme", "is_open", "authentication", "network"),
    [
        ("https", True, True, True),
        ("root", True, True, True),
        ("git", True, False, True),
        ("s3", False, True, True),
        ("file", True, False, False),
    ],
)
def test_protocols_differ(scheme: str, is_open: bool, authentication: bool, network: bool) -> None:
    found = protocols.find(scheme)
    assert found is not None
    assert (found.open, found.authentication, found.network) == (is_open, authentication, network)
