"""Who asks for what gets which form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.serve.negotiation import Offer, chosen, prefers_json

OFFERS = [
    Offer("page", "text/html"),
    Offer("schema-org", "application/ld+json"),
    Offer("crate", "application/ld+json", "https://w3id.org/ro/crate"),
    Offer("croissant", "application/ld+json", "http://mlcommons.org/croissant"),
    Offer("turtle", "text/turtle", "http://data.europa.eu/r5r/"),
    Offer("linkset", "application/linkset+json"),
    Offer("text", "application/linkset"),
]
CRATE = "https://w3id.org/ro/crate"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("*/*", "page"),
        ("text/*", "page"),
        ("application/*", "schema-org"),
        ("application/ld+json", "schema-org"),
        ("APPLICATION/LD+JSON", "schema-org"),
        (f'application/ld+json;profile="{CRATE}"', "crate"),
        (f"application/ld+json;profile={CRATE}", "crate"),
        (f"application/ld+json; Profile={CRATE} ;q=0.5, text/html;q=0.4", "crate"),
        (f'application/ld+json;profile="{CRATE}/1.2"', "crate"),
        ('application/ld+json;profile="http://w3id.org/ro/crate/"', "crate"),
        (f'application/ld+json;profile="http://www.w3.org/ns/json-ld#flattened {CRATE}"', "crate"),
        ('application/ld+json;profile="https://w3id.org/ro/crates"', "schema-org"),
        ('application/ld+json;profile="http://mlcommons.org/croissant/1.0"', "croissant"),
        ('application/ld+json;profile="http://mlcommons.org/croissant/1.1"', "croissant"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "schema-org"),
        ('application/ld+json;profile="https://schema.org/"', "schema-org"),
        (f'application/ld+json;profile="{CRATE}";q=0.3, application/ld+json;q=0.9', "schema-org"),
        (f'application/ld+json;profile="{CRATE}", application/ld+json;q=0.9', "crate"),
        (f'application/ld+json;profile="{CRATE}";q=0, application/ld+json', "schema-org"),
        (f'text/turtle;profile="{CRATE}"', "turtle"),
        ("text/turtle, text/html;q=0.9", "turtle"),
        ("application/linkset+json, application/linkset;q=0.9", "linkset"),
        ("application/linkset", "text"),
        ("text/html;q=0.9,*/*;q=0.8", "page"),
        ("application/ld+json, */*", "schema-org"),
        ("application/ld+json;q=0.2, */*;q=0.1", "schema-org"),
        ("application/zip", None),
        ("text/html;q=0", None),
        ("application/ld+json;q=2", None),
        ("", None),
        (";;;,,", None),
        ('"', None),
    ],
)
def test_the_closest_form_is_given(accept: str, name: str | None) -> None:
    found = chosen(accept, OFFERS)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("accept", "wants"),
    [
        ("application/json", True),
        ("application/ld+json, */*;q=0.1", True),
        ("application/problem+json;q=0.5, text/html;q=0.4", True),
        ("*/*", False),
        ("text/html,application/json", False),
        ("application/json;q=0", False),
        ("", False),
    ],
)
def test_a_machine_is_known_by_what_it_likes(accept: str, *, wants: bool) -> None:
    assert prefers_json(accept) is wants


@given(st.text(alphabet='ap/*;,="q.01 profile\\\t+\u00e9', max_size=200))
def test_any_header_is_understood_or_passed_over(accept: str) -> None:
    assert chosen(accept, OFFERS) in (*OFFERS, None)
    assert prefers_json(accept) in (True, False)


@pytest.mark.parametrize(
    "accept", ["a/b," * 50_000, "a/b;" * 50_000, '"' * 100_000, "text/html;profile=" + "x" * 200_000]
)
def test_a_long_header_takes_no_long_time(accept: str) -> None:
    assert chosen(accept, OFFERS) in (None, OFFERS[0])
