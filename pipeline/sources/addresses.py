"""Which addresses may be connected to. Resolved addresses are judged, never spellings.

`getaddrinfo` turns `2130706433`, `0177.1`, `127。0。0。1` and `①②⑦.0.0.1` all into 127.0.0.1, so a rule about
how a host is written always has a hole.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""Gives every address of a host as text; raises OSError when there is none."""

# Prefixes whose addresses carry an IPv4 address inside. `ipaddress` calls several of them global (TRAPS.md 3).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_COMPATIBLE = ipaddress.IPv6Network("::/96")  # RFC 4291, 2.5.5.1
_RELAY_6TO4 = ipaddress.IPv4Network("192.88.99.0/24")  # RFC 7526: deprecated relay anycast
# What `local = true` opens: loopback, RFC 1918 and unique local addresses. Not link-local, where metadata services are.
_LOCAL = tuple(
    ipaddress.ip_network(text)
    for text in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)


def resolve(host: str, port: int) -> list[str]:
    """Every address that the system's resolver gives for a host, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def is_allowed(text: str, *, local: bool = False) -> bool:
    """Whether an address, given as text, may be connected to: a public one, or with `local` one of this network."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if local and _is_local(address):
        return True
    return all(_is_public(each) for each in _faces(address))


def _is_local(address: Address) -> bool:
    plain = getattr(address, "ipv4_mapped", None) or address
    return any(plain.version == net.version and plain in net for net in _LOCAL)


def _is_public(address: Address) -> bool:
    if address.version == 4 and address in _RELAY_6TO4:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _faces(address: Address) -> list[Address]:
    """The address itself and every IPv4 address that a translator on the way would make of it."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped is not None or address in _NAT64:
        # NAT64 is how an IPv6-only host reaches the public IPv4 internet: the inner address alone decides.
        return [low]
    inner = [low] if address in _COMPATIBLE else [address.sixtofour, *(address.teredo or ())]
    return [address, *(each for each in inner if each is not None)]
