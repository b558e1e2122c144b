"""A popular evening opens: 300 people register, 50 at a time, for 100 places; then its page under load.

    python benchmarks/registrations.py [--people 300] [--together 50] [--places 100] [--rounds 3] [--sqlite]

Two granian processes serve the example edition from PostgreSQL, as if for others: a worker runs apart and sends the
mails. Each person does what a browser does: opens the form, fills it in, sends it, is led to the page of the
registration. Counted are the forms sent, from the first byte of the question to the last of the answer: the decision
taken, the mail in the outbox. Then the public page of the evening against the bare page of 20 rows, in the same run.
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
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from pages import BARE, environment, load, serve  # noqa: E402  beside this file

from tests import database  # noqa: E402  starts PostgreSQL for the tests too

RATE, SLOWEST = 50, 1.0


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

    async def register(self, occasion: int, number: int, gate: asyncio.Semaphore) -> tuple[float, str]:
        """Register one person; return the seconds the form took to be answered, and what became of it."""
        async with gate:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            address = f"/s-inscrire/{occasion}/"
            _status, _place, form = await self.ask("GET", address)
            values = {
                "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1],
                "request_key": re.search(r'name="request_key" value="(\w+)"', form)[1],
                "size": "1",
                "first_name": f"Prénom{number}",
                "email": f"personne{number}@example.org",
                "notice": "2",
            }
            start = time.perf_counter()
            status, place, _page = await self.ask("POST", address, urlencode(values))
            seconds = time.perf_counter() - start
            outcome = "sent" if status == 302 else f"answered {status}"  # noqa: PLR2004
            if place:
                _status, _place, page = await self.ask("GET", place)
                outcome = "waiting" if "liste d’attente" in page else "registered"
            self.writer.close()
        return seconds, outcome


def register_all(
    port: int, occasion: int, people: int, together: int
) -> tuple[float, list[tuple[float, str]]]:
    """Let everybody register; return how long it took in all, and what each one met."""

    async def crowd() -> list[tuple[float, str]]:
        gate = asyncio.Semaphore(together)
        return await asyncio.gather(
            *(Browser(port).register(occasion, number, gate) for number in range(people))
        )

    start = time.perf_counter()
    met = asyncio.run(crowd())
    return time.perf_counter() - start, met


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
    print(
        f"{'round':<7}{'granted':>9}{'waiting':>9}{'seconds':>9}{'per s':>8}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}"
    )
    for number in range(1, options.rounds + 1):
        occasion, page = creasol(data, evening, "open", str(options.places), **database_url).split()
        seconds, met = client.apply(register_all, (port, int(occasion), options.people, options.together))
        granted, waiting = map(int, creasol(data, evening, "count", occasion, **database_url).split())
        times = sorted(time for time, _outcome in met)
        cuts = statistics.quantiles(times, n=100)
        rate = options.people / seconds
        print(
            f"{number:<7}{granted:>9}{waiting:>9}{seconds:>9.2f}{rate:>8.0f}",
            *(f"{1000 * value:>7.0f}" for value in (cuts[49], cuts[94], times[-1])),
        )
        told = Counter(outcome for _time, outcome in met)
        expected = {"registered": options.places, "waiting": options.people - options.places}
        reached &= (granted, waiting) == (options.places, options.people - options.places)
        reached &= told == expected and rate >= RATE and cuts[94] < SLOWEST
        if told != expected:
            print("What people met:", dict(told))
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
        variables["DATABASE_URL"] = database.start_postgresql(folder).replace("&pool=0", "")
    data = folder / "var"
    running = []
    try:
        creasol(data, "-m", "creasol", "prepare", **variables)
        running.append(serve(data, port, **variables))
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
