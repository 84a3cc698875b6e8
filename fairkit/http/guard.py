"""Where a request may go: which URLs, which origins, which addresses.

The targets, and the links inside their metadata, are written by strangers; followed blindly they would let a stranger
speak to the machines behind our firewall (server-side request forgery, CWE-918).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from urllib.parse import SplitResult, urldefrag, urlsplit

from fairkit.errors import RefusedAddress, Unreachable, UsageError
from fairkit.http.message import Lasting
from fairkit.http.redact import redact

__all__ = ["check_addresses", "checked_url", "origin_of", "origin_of_host", "refusal", "resolve"]

_PORTS = {"http": 80, "https": 443}
_NETLOC = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{0,5})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_SHARED = ipaddress.ip_network("100.64.0.0/10")
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")  # some clouds keep the secrets of a machine here
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def origin_of(url: str) -> str:
    """The scheme, host and port that a credential or a trust belongs to, as in `https://zenodo.org`.

    The port is left out where it is the scheme's own. Raises UsageError for what is no http or https URL.
    """
    parts = _split(url)
    if parts is None or parts.hostname is None:
        shown = redact(url)
        raise UsageError(f"{shown!r} is no base URL", value=shown, remedy="Write it as in https://zenodo.org")
    return origin_of_host(parts.scheme, parts.hostname, parts.port)


def origin_of_host(scheme: str, host: str, port: int | None) -> str:
    """The origin of parts that are known already; an IPv6 `host` comes without its brackets."""
    name = f"[{host.lower()}]" if ":" in host else host.lower()
    return f"{scheme}://{name}" if port in (None, _PORTS.get(scheme)) else f"{scheme}://{name}:{port}"


def checked_url(url: str) -> str:
    """The URL as it will be sent, without its fragment; raises RefusedAddress for one that must not be sent."""
    text = url.strip()
    parts = _split(text)
    if parts is None or parts.hostname is None:
        raise _refused(url, "only http and https URLs with a plain host name are fetched")
    if _is_disguised(parts.hostname):
        raise _refused(url, "its host is an address in disguise")
    return urldefrag(text).url


def _split(url: str) -> SplitResult | None:
    """The parts, if every parser will read the same host in them (so no userinfo, backslash, or control character)."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a number that no port has
    except ValueError:
        return None
    plain = parts.scheme in _PORTS and _NETLOC.fullmatch(parts.netloc) and not _CONTROL.search(url)
    return parts if plain else None


def _is_disguised(host: str) -> bool:
    """Is it a decimal, hexadecimal, octal or shortened IPv4 address? Resolvers would read those as addresses."""
    if not _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return False
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return True
    return False


def resolve(host: str, port: int, *, shown: str) -> tuple[str, ...]:
    """Every address of the host. Raises Lasting if it has none, Unreachable if that could not be told."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as fault:
        passing = isinstance(fault, socket.gaierror) and fault.errno == socket.EAI_AGAIN
        kind = Unreachable if passing else Lasting
        raise kind(
            f"{shown} could not be reached: the host {host} was not found",
            value=shown,
            remedy="Check the name, and that this machine is online.",
        ) from None
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_addresses(addresses: Iterable[str], *, shown: str) -> None:
    """Raises RefusedAddress unless all of them are public: one private address among public ones is a trap."""
    for address in addresses:
        reason = refusal(address)
        if reason is not None:
            raise _refused(shown, f"it leads to {address}, {reason}")


def refusal(address: str) -> str | None:
    """Why a stranger may not send us to this address, or None if it is public.

    The ranges are those of the IANA special-purpose registries (RFC 6890), with what can hide an IPv4 address in an
    IPv6 one.
    """
    ip: Address = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6 and ip in _NAT64:
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)  # DNS64 networks reach every IPv4 host in this way
    if ip.version == 6 and (ip.ipv4_mapped or ip.sixtofour or ip.teredo):
        return "an IPv4 address inside an IPv6 one"
    if ip.version == 6 and ip.is_site_local:
        return "a site-local address"
    return next((f"a {name} address" for name, holds in _kinds(ip) if holds), None)


def _kinds(ip: Address) -> tuple[tuple[str, bool], ...]:
    return (
        ("unspecified", ip.is_unspecified),
        ("loopback", ip.is_loopback),
        ("link-local", ip.is_link_local),
        ("multicast", ip.is_multicast),
        ("shared (carrier-grade NAT)", ip.version == 4 and ip in _SHARED),
        ("reserved", ip.is_reserved or (ip.version == 4 and ip in _PROTOCOLS)),
        ("private", ip.is_private or not ip.is_global),
    )


def _refused(url: str, why: str) -> RefusedAddress:
    shown = redact(url)
    remedy = "If it is your own repository, configure its base URL."
    return RefusedAddress(f"{shown} is not fetched: {why}", value=shown, remedy=remedy)
