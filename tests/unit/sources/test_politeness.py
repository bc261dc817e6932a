import threading
from dataclasses import replace

import pytest

from pipeline.sources import Client, Limits
from pipeline.sources.errors import Failed, Refused
from pipeline.sources.politeness import Politeness
from tests.press import Press, answer


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def politeness(time: Time) -> Politeness:
    return Politeness(2.0, time.monotonic, time.sleep)


def take(politeness: Politeness, host: str, *, local: bool = False) -> None:
    with politeness.turn(host, f"http://{host}/", local=local):
        pass


def test_two_requests_to_a_host_are_a_pause_apart(politeness: Politeness, time: Time) -> None:
    for _ in range(3):
        take(politeness, "a.example")
    assert time.now == 4.0


def test_hosts_do_not_wait_for_each_other(politeness: Politeness, time: Time) -> None:
    for host in ("a.example", "b.example", "c.example"):
        take(politeness, host)
    assert time.now == 0.0


def test_a_local_host_is_not_spared(politeness: Politeness, time: Time) -> None:
    for _ in range(3):
        take(politeness, "127.0.0.1", local=True)
    assert time.now == 0.0


def test_one_host_is_asked_by_one_thread_at_a_time() -> None:
    politeness = Politeness(0.0, lambda: 0.0, lambda seconds: None)
    inside, most = 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal inside, most
        for _ in range(50):
            with politeness.turn("a.example", "http://a.example/", local=False):
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_crawl_delay_holds_if_it_is_longer_but_not_for_ever(politeness: Politeness, time: Time) -> None:
    for asked, waited in ((1.0, 2.0), (10.0, 10.0), (1e9, 30.0)):
        politeness.slow_down("a.example", asked)
        take(politeness, "a.example")
        before = time.now
        take(politeness, "a.example")
        assert time.now - before == waited


def test_a_resting_host_is_not_asked_and_others_are(politeness: Politeness, time: Time) -> None:
    politeness.rest("a.example", 120)
    with pytest.raises(Refused, match="host_resting"):
        take(politeness, "a.example")
    take(politeness, "b.example")
    time.now += 121
    take(politeness, "a.example")


def test_a_host_that_never_answers_is_left_alone_after_three_times(politeness: Politeness) -> None:
    for _ in range(2):
        politeness.failed("a.example")
    politeness.answered("a.example")
    for _ in range(2):
        politeness.failed("a.example")
    take(politeness, "a.example")
    politeness.failed("a.example")
    with pytest.raises(Refused, match="host_resting"):
        take(politeness, "a.example")


@pytest.fixture
def remote(limits: Limits, press: Press, monkeypatch: pytest.MonkeyPatch, time: Time) -> Client:
    """A client to whom the press is a host of the internet."""
    monkeypatch.setattr("pipeline.sources.network.is_allowed", lambda address, *, local: True)
    limits = replace(limits, host_delay=1.0)
    return Client(limits, resolver=lambda host, port: ["127.0.0.1"], sleep=time.sleep, monotonic=time.monotonic)


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_host_that_asks_for_a_pause_gets_it(remote: Client, press: Press, time: Time, status: str) -> None:
    press.pages["/"] = answer(status=status, Retry_After="120")
    assert remote.get(f"http://a.example:{press.port}/").status in {429, 503}
    time.now += 119
    with pytest.raises(Refused, match="host_resting"):
        remote.get(f"http://a.example:{press.port}/other")
    time.now += 2
    remote.get(f"http://a.example:{press.port}/other")
    assert press.paths() == ["/", "/other"]


@pytest.mark.parametrize(("status", "rests"), [("429 Too Many Requests", True), ("503 Service Unavailable", False)])
def test_without_a_time_to_wait_429_means_us_and_503_may_be_one_page(
    remote: Client, press: Press, status: str, *, rests: bool
) -> None:
    press.pages["/"] = answer(status=status)
    press.pages["/other"] = answer(b"x")
    remote.get(f"http://a.example:{press.port}/")
    if rests:
        with pytest.raises(Refused, match="host_resting"):
            remote.get(f"http://a.example:{press.port}/other")
    else:
        assert remote.get(f"http://a.example:{press.port}/other").status == 200


def test_a_dead_host_costs_three_deadlines_not_one_for_each_page(remote: Client) -> None:
    reasons = []
    for n in range(5):
        with pytest.raises((Failed, Refused)) as caught:
            remote.get(f"http://a.example:1/{n}")
        reasons.append(caught.value.reason)
    assert reasons == ["connect_failed"] * 3 + ["host_resting"] * 2


def test_requests_to_one_host_are_paced(remote: Client, press: Press, time: Time) -> None:
    press.pages["/"] = answer(b"x")
    for _ in range(3):
        remote.get(f"http://a.example:{press.port}/")
    assert time.now == 2.0
