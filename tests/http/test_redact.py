"""What is taken out of messages, and what is left in."""

from __future__ import annotations

import string
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.http import redact
from fairkit.http.redact import secrets_in

# The secret is of letters that stand nowhere else in what is built around it.
SECRETS = st.text("ĸŋß" + "%+'\";,@!)" + string.digits, min_size=1).map(lambda text: f"QZ{text}QZ")
NAMES = [
    *("access_token", "token", "TOKEN", "api_key", "apikey", "api-key", "key", "signature", "sig", "password"),
    *("client_secret", "code", "auth", "jwt", "X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token"),
    *("X-Goog-Signature", "AWSAccessKeyId"),
]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://me:hush@a.example/x", "https://***@a.example/x"),
        ("https://me:h@sh@a.example/x", "https://***@a.example/x"),
        ("https://a.example/?q=open&token=hush&page=2", "https://a.example/?q=open&token=***&page=2"),
        ("https://a.example/#access_token=hush", "https://a.example/#access_token=***"),
        ("see https://a.example/@user for more", "see https://a.example/@user for more"),
        ("https://a.example/?keyword=open&monkey=1", "https://a.example/?keyword=open&monkey=1"),
        ("no URL at all", "no URL at all"),
    ],
)
def test_secrets_are_hidden_and_the_rest_is_not(text: str, shown: str) -> None:
    assert redact(text) == shown


@given(secret=SECRETS, name=st.sampled_from(NAMES), before=st.sampled_from(["?", "?q=1&", "?a;", "#"]))
def test_no_parameter_that_grants_access_survives(secret: str, name: str, before: str) -> None:
    value = secret.replace("&", "").replace("#", "")
    assert "QZ" not in redact(f"cannot read https://a.example/x{before}{name}={value}&page=2 today")


@given(secret=SECRETS)
def test_no_userinfo_survives(secret: str) -> None:
    assert "QZ" not in redact(f"cannot read https://me:{secret}@a.example/x")


@given(secret=SECRETS, around=st.text())
def test_no_known_secret_survives(secret: str, around: str) -> None:
    text = f"{around}{secret}{around}{quote(secret, safe='')}{around}"
    assert "QZ" not in redact(text, secrets=[secret, ""]).replace(around, "")


@given(st.text())
def test_redacting_twice_is_redacting_once(text: str) -> None:
    assert redact(redact(text)) == redact(text)


def test_a_strangers_long_url_costs_no_time() -> None:
    for piece in ("?", ";token", "&a", "//", "//@", "?token="):
        assert redact(piece * 100_000).startswith(piece[0])


@pytest.mark.parametrize(
    ("header", "secrets"), [("Bearer hush", ("Bearer hush", "hush")), ("hush", ("hush",)), ("", ())]
)
def test_a_header_has_its_secret_after_the_scheme(header: str, secrets: tuple[str, ...]) -> None:
    assert secrets_in(header) == secrets
