"""A popular evening opens: 300 people register, 50 at a time, for 100 places; then its page under load.

    python benchmarks/registrations.py [--people 300] [--together 50] [--places 100] [--rounds 3] [--sqlite]

Two granian processes of two threads serve the example edition from PostgreSQL, as if for others: a worker runs apart and
sends the mails. Each person does what a browser does: opens the form, fills it in, sends it when the others do, is led to
the page of the registration. A form is timed from the first byte of the question to the last of the answer: the decision
taken, the mail in the outbox. A journey is all three pages. Then the public page of the evening against the bare page of
20 rows, in the same run.
Goals: as many places granted as there are, 50 registrations a second, 95 % of them answered in under a second; the page
at least as fast as the bare page.
"""

import argparse
import asyncio
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from pages import BARE, environment, load, serve  # noqa: E402  beside this file

from tests import database  # noqa: E402  starts PostgreSQL for the tests too

RATE, SLOWEST = 50, 1.0
THREADS = (
    2  # of each process: where all wait for one lock, more threads than processors only hold each other up
)
WARMING = 40  # people who register before anything is measured: the server has been running for a while


class Browser:
    """One connection that is kept open, and the cookie of the forms."""

    def __init__(self, port: int):
        self.port, self.cookie = port, ""

    async def ask(self, method: str, path: str, body: str = "") -> tuple[int, str, str]:
        """Return the status, the address led to, and the page."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Length: {len(body)}\r\n"
        head += f"Cookie: csrftoken={self.cookie}\r\n" if self.cookie else ""
        head += "Content-Type: application/x-www-form-urlencoded\r\n" if body else ""
        self.writer.write(f"{head}\r\n{body}".encode())
        answer = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)content-length:\s*(\d+)", answer)
        page = (await self.reader.readexactly(int(length[1]))).decode() if length else ""
        if cookie := re.search(r"(?i)set-cookie:\s*csrftoken=(\w+)", answer):
            self.cookie = cookie[1]
        place = re.search(r"(?i)location:\s*(\S+)", answer)
        return int(answer.split()[1]), place[1] if place else "", page

    async def open_form(self, occasion: int, number: int) -> None:
        """Open the form as somebody does, and fill it in."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.address = f"/s-inscrire/{occasion}/"
        _status, _place, form = await self.ask("GET", self.address)
        self.answers = {
            "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1],
            "request_key": re.search(r'name="request_key" value="(\w+)"', form)[1],
            "size": "1",
            "first_name": f"Prénom{number}",
            "email": f"personne{number}@example.org",
            "notice": "2",
        }

    async def send_form(self) -> None:
        """Send the form, and note how many seconds its answer took."""
        start = time.perf_counter()
        self.status, self.place, _page = await self.ask("POST", self.address, urlencode(self.answers))
        self.seconds = time.perf_counter() - start

    async def see(self) -> None:
        """Look at the page one was led to: registered, or waiting."""
        self.outcome = f"answered {self.status}"
        if self.place:
            _status, _place, page = await self.ask("GET", self.place)
            self.outcome = "waiting" if "liste d’attente" in page else "registered"
        self.writer.close()


@dataclass(frozen=True)
class Rush:
    """What a crowd met: seconds in all, seconds while forms were sent, seconds of each form, outcomes."""

    whole: float
    sending: float
    times: list[float]
    outcomes: Counter


def register_all(port: int, occasion: int, people: int, together: int) -> Rush:
    """Let everybody open the form, send it, and see what became of it: so many at a time."""
    browsers = [Browser(port) for _ in range(people)]

    async def all_of(doing: Iterable[Coroutine]) -> float:
        gate = asyncio.Semaphore(together)

        async def one(what: Coroutine) -> None:
            async with gate:
                await what

        start = time.perf_counter()
        await asyncio.gather(*map(one, doing))
        return time.perf_counter() - start

    async def crowd() -> tuple[float, float, float]:
        opening = await all_of(browser.open_form(occasion, number) for number, browser in enumerate(browsers))
        sending = await all_of(browser.send_form() for browser in browsers)
        return opening, sending, await all_of(browser.see() for browser in browsers)

    opening, sending, seeing = asyncio.run(crowd())
    return Rush(
        whole=opening + sending + seeing,
        sending=sending,
        times=sorted(browser.seconds for browser in browsers),
        outcomes=Counter(browser.outcome for browser in browsers),
    )


def creasol(data: Path, *arguments: str, **more: str) -> str:
    """Run a command, or a script beside this file, on the measured site; return what it prints."""
    known = environment(data, DJANGO_SETTINGS_MODULE="creasol.settings", **more)
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=known, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(data: Path, port: int, options: argparse.Namespace, database_url: dict[str, str]) -> bool:
    """Print a line for each round and the table of pages; return whether the goals are reached."""
    evening = str(ROOT / "benchmarks" / "popular_evening.py")
    client = get_context("spawn").Pool(1)
    reached, page = True, ""
    head = f"{'round':<7}{'granted':>9}{'waiting':>9}{'forms/s':>9}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}"
    print(f"{head}{'journeys/s':>12}")
    occasion, _page = creasol(data, evening, "open", str(WARMING), **database_url).split()
    client.apply(register_all, (port, int(occasion), WARMING, options.together))
    for number in range(1, options.rounds + 1):
        occasion, page = creasol(data, evening, "open", str(options.places), **database_url).split()
        rush = client.apply(register_all, (port, int(occasion), options.people, options.together))
        granted, waiting = map(int, creasol(data, evening, "count", occasion, **database_url).split())
        cuts = statistics.quantiles(rush.times, n=100)
        rate = options.people / rush.sending
        print(
            f"{number:<7}{granted:>9}{waiting:>9}{rate:>9.0f}",
            *(f"{1000 * value:>7.0f}" for value in (cuts[49], cuts[94], rush.times[-1])),
            f"{options.people / rush.whole:>11.0f}",
        )
        expected = {"registered": options.places, "waiting": options.people - options.places}
        reached &= (granted, waiting) == (options.places, options.people - options.places)
        reached &= rush.outcomes == expected and rate >= RATE and cuts[94] < SLOWEST
        if rush.outcomes != expected:
            print("What people met:", dict(rush.outcomes))
    rates = {}
    for name, address in {"bare": BARE, "evening": page}.items():
        rates[name], median, slowest = client.apply(load, (port, address, 16, options.seconds))
        print(
            f"{name:<12}{rates[name]:>9.0f} req/s{median:>9.2f}{slowest:>9.2f} ms   x bare {rates[name] / rates['bare']:.2f}"
        )
    client.terminate()
    return reached and rates["evening"] >= rates["bare"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--together", type=int, default=50)
    parser.add_argument("--places", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--sqlite", action="store_true", help="on SQLite, as a small site runs")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="creasol-bench-"))
    folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    variables = {"CREASOL_EMBEDDED_WORKER": "0"}
    if not options.sqlite:
        variables["DATABASE_URL"] = database.start_postgresql(folder, durable=True).replace("&pool=0", "")
    data = folder / "var"
    running = []
    try:
        creasol(data, "-m", "creasol", "prepare", **variables)
        running.append(serve(data, port, threads=THREADS, **variables))
        known = environment(data, DJANGO_SETTINGS_MODULE="creasol.settings", **variables)
        running.append(subprocess.Popen([sys.executable, "-m", "creasol", "worker"], env=known))
        reached = measure(data, port, options, variables)
    finally:
        for process in running:
            process.terminate()
            process.wait(20)
        database.pytest_unconfigure()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\nGoals {'reached' if reached else 'NOT reached'}.")
    return not reached


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    sys.exit(main())
