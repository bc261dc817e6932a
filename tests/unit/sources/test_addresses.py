import socket

import pytest

from pipeline.sources.addresses import is_allowed, resolve

# The last column is what `ipaddress` says in Python 3.11, where it misleads (TRAPS.md 3).
FORBIDDEN = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",  # not is_private
    "0.0.0.0",
    "224.0.0.1",  # is_global
    "255.255.255.255",
    "192.88.99.1",  # is_global
    "240.0.0.1",
    "192.0.2.1",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",  # is_global
    "64:ff9b::7f00:1",  # is_global
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",  # is_global
    "2002:a9fe:a9fe::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo, inside it 127.0.0.1
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
    "not an address",
]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_addresses_of_this_machine_and_network_are_forbidden_in_every_disguise(address: str) -> None:
    assert not is_allowed(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.0.0.1", "192.168.7.7", "::ffff:127.0.0.1", "fd00::1"])
def test_a_local_feed_may_have_loopback_and_private_addresses(address: str) -> None:
    assert is_allowed(address, local=True)


@pytest.mark.parametrize("address", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "fe80::1", "64:ff9b::7f00:1"])
def test_even_a_local_feed_may_not_have_link_local_multicast_or_disguised_addresses(address: str) -> None:
    assert not is_allowed(address, local=True)


@pytest.mark.parametrize("spelling", ["2130706433", "0177.1", "127.1", "0x7f.1", "localhost"])
def test_every_spelling_of_loopback_resolves_to_a_forbidden_address(spelling: str) -> None:
    try:
        addresses = resolve(spelling, 80)
    except socket.gaierror:
        pytest.skip("this system's resolver doesn't know the spelling")
    assert addresses
    assert not any(is_allowed(address) for address in addresses)
