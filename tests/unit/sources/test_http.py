import gzip
import socket
import time
from dataclasses import replace

import httpx
import pytest

from pipeline.sources import Client, Limits, redirects
from pipeline.sources.errors import Failed, Refused
from pipeline.sources.http import Client as HttpClient
from pipeline.sources.responses import Response
from tests.press import Press, answer, drip, endless, running_press


def get(client: HttpClient, press: Press, path: str = "/", **options: object) -> Response:
    return client.get(press.url + path, local_authority=f"127.0.0.1:{press.port}", **options)  # type: ignore[arg-type]


def test_a_response_is_returned_as_received_and_decoded(client: Client, press: Press) -> None:
    wire = gzip.compress(b"hello")
    press.pages["/"] = answer(wire, Content_Encoding="gzip", X_Odd="Kept As Is")
    response = get(client, press)
    assert (response.status, response.wire, response.body, response.fault) == (200, wire, b"hello", None)
    assert response.header("x-odd") == "Kept As Is"


def test_a_request_says_who_asks_and_nothing_more(client: Client, press: Press) -> None:
    press.pages["/"] = answer(b"x", Set_Cookie="id=1")
    get(client, press)
    get(client, press)
    sent = press.requests[1].headers
    assert set(sent) == {"host", "user-agent", "accept", "accept-encoding"}
    assert sent["user-agent"].startswith("stancewire/")


def test_a_proxy_named_in_the_environment_is_ignored(
    client: Client, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    press.pages["/"] = answer(b"x")
    assert get(client, press).status == 200


# --- time and bytes ----------------------------------------------------------


def test_a_drip_of_one_byte_is_ended_by_the_total_deadline(client: Client, press: Press) -> None:
    press.pages["/"] = drip(answer(b"x" * 100), seconds=0.1)
    started = time.monotonic()
    with pytest.raises(Failed, match="timeout_total"):
        get(client, press)
    assert time.monotonic() - started < 2.5


def test_a_dripping_body_is_ended_and_what_came_is_kept(client: Client, press: Press) -> None:
    whole = answer(b"x" * 100)

    def send(connection: socket.socket) -> None:
        connection.sendall(whole[:-100])
        drip(whole[-100:], 0.1)(connection)  # type: ignore[operator]

    press.pages["/"] = send
    response = get(client, press)
    assert response.fault == "timeout_total"
    assert 5 < len(response.wire) < 30


def test_a_black_hole_is_ended_by_the_total_deadline(press: Press, limits: Limits) -> None:
    press.pages["/"] = lambda connection: time.sleep(1.5)
    with pytest.raises(Failed, match="timeout_total"):
        get(Client(replace(limits, total_timeout=0.5)), press)


def test_a_stalled_tls_handshake_is_ended(press: Press, limits: Limits) -> None:
    client = Client(replace(limits, connect_timeout=0.4))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        started = time.monotonic()
        with pytest.raises(Failed, match="timeout_connect"):
            client.get(f"https://127.0.0.1:{port}/", local_authority=f"127.0.0.1:{port}")
        assert time.monotonic() - started < 1.5


def test_an_endless_chunked_body_is_cut_at_the_cap(press: Press, limits: Limits) -> None:
    client = Client(replace(limits, max_wire_bytes=100_000))
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    press.pages["/"] = endless(head, b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
    response = get(client, press)
    assert (response.fault, len(response.wire)) == ("too_large", 100_000)


def test_endless_headers_are_refused(client: Client, press: Press) -> None:
    press.pages["/"] = endless(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 1000 + b"\r\n")
    with pytest.raises(Failed, match="protocol_error"):
        get(client, press)


def test_a_bomb_is_too_large(press: Press, limits: Limits) -> None:
    client = Client(replace(limits, max_body_bytes=1 << 20))
    press.pages["/"] = answer(gzip.compress(bytes(16 << 20)), Content_Encoding="gzip")
    response = get(client, press)
    assert (response.fault, len(response.body)) == ("too_large", 1 << 20)


def test_a_double_gzip_is_refused(client: Client, press: Press) -> None:
    press.pages["/"] = answer(gzip.compress(gzip.compress(b"x")), Content_Encoding="gzip, gzip")
    assert get(client, press).fault == "bad_encoding"


@pytest.mark.parametrize(
    "wire",
    [
        answer(b"half", Content_Length="8"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nnonsense\r\n",
    ],
    ids=["content-length", "chunk cut off", "chunk broken"],
)
def test_half_a_body_is_truncated_and_kept(client: Client, press: Press, wire: bytes) -> None:
    press.pages["/"] = wire
    response = get(client, press)
    assert (response.fault, response.wire) == ("truncated", b"half")


@pytest.mark.parametrize("wire", [b"nonsense\r\n\r\n", b"HTTP/9.9 abc\r\n\r\n", b"", b"SSH-2.0-x\r\n"])
def test_what_is_not_http_is_a_protocol_error(client: Client, press: Press, wire: bytes) -> None:
    press.pages["/"] = wire
    with pytest.raises(Failed, match="protocol_error"):
        get(client, press)


# --- addresses ---------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0177.1", "127.1", "localhost", "127。0。0。1", "①②⑦.0.0.1"]
)
def test_loopback_is_refused_in_every_spelling_and_never_connected_to(client: Client, press: Press, host: str) -> None:
    with pytest.raises((Refused, Failed)) as caught:
        client.get(f"http://{host}:{press.port}/")
    assert caught.value.reason in {"address_refused", "dns_failed", "url_refused"}
    assert press.connections == 0


def test_a_name_with_one_public_and_one_private_address_is_refused(limits: Limits, press: Press) -> None:
    client = Client(limits, resolver=lambda host, port: ["93.184.215.14", "::1"])
    with pytest.raises(Refused, match="address_refused"):
        client.get(f"http://two-faced.example:{press.port}/")


def test_a_name_is_resolved_once_and_the_judged_address_is_dialled(limits: Limits, press: Press) -> None:
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    client = Client(limits, resolver=lambda host, port: next(answers))
    press.pages["/"] = answer(b"x")
    url = f"http://press.example:{press.port}"
    assert client.get(url + "/", local_authority=f"press.example:{press.port}").body == b"x"
    assert press.requests[0].headers["host"] == f"press.example:{press.port}"
    with pytest.raises(Refused, match="address_refused"):  # rebound: judged again, since it is resolved again
        client.get(url + "/", local_authority=f"press.example:{press.port}")
    assert press.connections == 1


def test_local_means_one_host_and_port_not_the_whole_machine(client: Client, press: Press) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.2)
        with pytest.raises(Refused, match="address_refused"):
            client.get(f"http://127.0.0.1:{other.getsockname()[1]}/", local_authority=f"127.0.0.1:{press.port}")
        with pytest.raises(TimeoutError):
            other.accept()


def test_a_name_without_address_fails(limits: Limits) -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise OSError("unknown")

    with pytest.raises(Failed, match="dns_failed"):
        Client(limits, resolver=nobody).get("http://nowhere.example/")


def test_a_resolver_that_hangs_is_left_behind(limits: Limits) -> None:
    def hanging(host: str, port: int) -> list[str]:
        time.sleep(1)
        return ["127.0.0.1"]

    with pytest.raises(Failed, match="dns_failed"):
        Client(replace(limits, connect_timeout=0.2), resolver=hanging).get("http://slow.example/")


def test_a_closed_port_is_connect_failed(client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(Failed, match="connect_failed"):
        client.get(f"http://127.0.0.1:{port}/", local_authority=f"127.0.0.1:{port}")


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://a.example/", "http:///x", "not a url", "", "http://[::1"]
)
def test_only_http_and_https_are_asked(client: Client, url: str) -> None:
    with pytest.raises(Refused, match="url_refused"):
        client.get(url)


# --- redirects ---------------------------------------------------------------


def moved(location: str, status: str = "302 Found") -> bytes:
    return answer(status=status, Location=location)


def test_a_redirect_is_followed_and_recorded(client: Client, press: Press) -> None:
    press.pages["/"] = moved("/b", "301 Moved Permanently")
    press.pages["/b"] = answer(b"x")
    response = get(client, press)
    assert (response.url, response.final_url) == (press.url + "/", press.url + "/b")
    assert [(hop.status, hop.to) for hop in response.redirects] == [(301, press.url + "/b")]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("", "redirect_without_location"),
        ("file:///etc/hostname", "redirect_scheme"),
        ("data:text/html,x", "redirect_scheme"),
        ("javascript:alert(1)", "redirect_scheme"),
        ("http://[::1", "redirect_malformed"),
        ("/", "redirect_loop"),
        ("http://127.0.0.1:1/", "address_refused"),
        ("http://169.254.169.254/latest/meta-data", "address_refused"),
        ("http://[::ffff:127.0.0.1]/", "address_refused"),
        ("http://[64:ff9b::a9fe:a9fe]/", "address_refused"),
    ],
)
def test_bad_redirects_are_refused_with_their_own_reason(
    client: Client, press: Press, location: str, reason: str
) -> None:
    press.pages["/"] = moved(location)
    with pytest.raises(Refused) as caught:
        get(client, press)
    assert caught.value.reason == reason
    assert press.connections == 1


def test_a_location_split_by_line_breaks_is_no_location(client: Client, press: Press) -> None:
    press.pages["/"] = b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\tSet-Cookie: a\x01b\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises((Refused, Failed)) as caught:
        get(client, press)
    assert caught.value.reason in {"redirect_malformed", "protocol_error"}


def test_thirty_hops_are_too_many(client: Client, press: Press) -> None:
    for n in range(30):
        press.pages[f"/{n}"] = moved(f"/{n + 1}")
    with pytest.raises(Refused, match="too_many_redirects"):
        get(client, press, "/0")
    assert press.connections == 6


def test_the_deadline_holds_for_all_hops_together(press: Press, limits: Limits) -> None:
    def slowly(n: int) -> object:
        def send(connection: socket.socket) -> None:
            time.sleep(0.3)
            connection.sendall(moved(f"/{n + 1}"))

        return send

    for n in range(6):
        press.pages[f"/{n}"] = slowly(n)  # type: ignore[assignment]
    with pytest.raises(Failed, match="timeout_total"):
        get(Client(replace(limits, total_timeout=0.7)), press, "/0")


def test_conditions_go_to_the_first_address_only(client: Client, press: Press) -> None:
    press.pages["/"] = moved("/b")
    press.pages["/b"] = answer(b"x")
    get(client, press, headers={"If-None-Match": '"a"'})
    assert ["if-none-match" in request.headers for request in press.requests] == [True, False]


# --- credentials -------------------------------------------------------------


def test_credentials_go_to_their_host_and_are_shown_nowhere(limits: Limits, press: Press) -> None:
    client = Client(limits, resolver=lambda host, port: ["127.0.0.1"])
    press.pages["/"] = moved("/same")
    press.pages["/same"] = answer(b"x")
    response = client.get(
        f"http://user:secret@press.example:{press.port}/", local_authority=f"press.example:{press.port}"
    )
    assert [request.headers.get("authorization") for request in press.requests] == ["Basic dXNlcjpzZWNyZXQ="] * 2
    assert "secret" not in repr(response)


def test_credentials_do_not_follow_to_another_host(limits: Limits, press: Press) -> None:
    client = Client(limits, resolver=lambda host, port: ["127.0.0.1"])
    with running_press() as other:
        press.pages["/"] = moved(f"http://other.example:{other.port}/")
        other.pages["/"] = answer(b"x")
        # Only what is local may be dialled here, so that the second host has to be it, and the first is skipped.
        hop = redirects.target(httpx.URL("http://u:secret@press.example/"), 302, [("Location", f"{other.url}/")])
        assert hop is not None
        client.get(str(hop), local_authority=f"127.0.0.1:{other.port}")
    assert "authorization" not in other.requests[0].headers


def test_credentials_are_in_no_error(client: Client, press: Press) -> None:
    with pytest.raises(Refused) as caught:
        client.get(f"http://user:secret@127.0.0.1:{press.port}/")
    assert "secret" not in str(caught.value)
