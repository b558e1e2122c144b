"""The public pages under load, against an empty view and a bare page of 20 rows served the same way in the same run.

    python benchmarks/pages.py [--seconds 5] [--connections 16] [--cache FOLDER]

Two granian processes serve the example edition; a client in a process of its own asks one address after another over
connections that it keeps. Then each page is made without the page cache: its time and its number of queries.
Goals: at least the bare page's throughput, and the 99th percentile of the answers under 5 times their median.
"""

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).parent.parent
CACHE = ROOT / "var" / "benchmarks"
PROCESSES, THREADS = 2, 4
EMPTY, BARE = "/bench/empty/", "/bench/bare/"
PAGES = {
    "home": "/",
    "territory": "/territoires/couronne-sud-2011/",
    "diagnosis": "/territoires/couronne-sud-2011/diagnostic/",
    "commune": "/communes/59560/",
    "search": "/recherche/?q=seclin",
    "edition": "/editions/couronne-sud-2011/",
    "directory": "/annuaire/",
}
GOALS = ("home", "territory", "diagnosis")


def environment(data: Path, **more: str) -> dict[str, str]:
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT / "benchmarks")))
    return (
        os.environ
        | {"CREASOL_DATA": str(data), "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "pages_settings"}
        | more
    )


def serve(data: Path, port: int, *, threads: int = THREADS, **more: str) -> subprocess.Popen:
    """Start the server and wait until it answers; ``more`` are variables of its environment."""
    command = ["granian", "--interface", "wsgi", "--workers", PROCESSES, "--blocking-threads", threads]
    command += ["--host", "127.0.0.1", "--port", port, "--log-level", "warning", "creasol.wsgi:application"]
    server = subprocess.Popen([sys.executable, "-m", *map(str, command)], env=environment(data, **more))
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{EMPTY}", timeout=2).close()
        except urllib.error.HTTPError as error:
            server.kill()
            raise SystemExit(f"The server answers {error.code}: empty {data} and try again.") from None
        except OSError:
            time.sleep(0.1)
        else:
            return server
    server.kill()
    raise SystemExit("The server does not answer.")


async def ask(port: int, address: str, until: float, times: list[float]) -> None:
    """Ask one address again and again over one connection, and note how long each answer took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    question = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    while time.perf_counter() < until:
        start = time.perf_counter()
        writer.write(question)
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head[:20]:
            raise SystemExit(f"{address}: {head[:80]!r}")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        times.append(time.perf_counter() - start)
    writer.close()


async def ask_together(port: int, address: str, connections: int, seconds: float) -> list[float]:
    times: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(ask(port, address, until, times) for _ in range(connections)))
    return times


def load(port: int, address: str, connections: int, seconds: float) -> tuple[float, float, float]:
    """Return requests per second, and the median and 99th percentile of the answers in milliseconds."""
    asyncio.run(ask_together(port, address, connections, min(1, seconds)))
    times = asyncio.run(ask_together(port, address, connections, seconds))
    cuts = statistics.quantiles(times, n=100)
    return len(times) / seconds, cuts[49] * 1000, cuts[98] * 1000


def alone(address: str) -> tuple[float, int]:
    """Return the median milliseconds and the number of queries of a page made anew, in this process."""
    from django.db import connection  # noqa: PLC0415 the settings are read in the process that measures
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client, times = Client(headers={"host": "127.0.0.1"}), []
    for _ in range(12):
        start = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return statistics.median(times[2:]) * 1000, len(queries)


def measure_alone() -> None:
    import django  # noqa: PLC0415

    django.setup()
    print(f"\n{'made anew':<12}{'ms':>9}{'queries':>9}")
    for name, address in {"bare": BARE, **PAGES}.items():
        milliseconds, queries = alone(address)
        print(f"{name:<12}{milliseconds:>9.1f}{queries:>9}")


def measure_under_load(port: int, connections: int, seconds: float) -> bool:
    """Print the table; return whether the goals are reached."""
    reached = True
    print(
        f"{'under load':<12}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'p99/p50':>9}{'x empty':>9}{'x bare':>9}"
    )
    client = get_context("spawn").Pool(1)
    rates: dict[str, float] = {}
    for name, address in {"empty": EMPTY, "bare": BARE, **PAGES}.items():
        rate, median, slowest = client.apply(load, (port, address, connections, seconds))
        rates[name] = rate
        ratios = [rate / rates[other] if other in rates else 1 for other in ("empty", "bare")]
        print(
            f"{name:<12}{rate:>9.0f}",
            *(f"{value:>8.2f}" for value in (median, slowest, slowest / median, *ratios)),
        )
        if name in GOALS:
            reached &= ratios[1] >= 1 and slowest < 5 * median
    client.terminate()
    return reached


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument(
        "--cache", type=Path, default=CACHE, help="folder of the measured site (default: %(default)s)"
    )
    options = parser.parse_args()
    data = options.cache / "pages"
    data.mkdir(parents=True, exist_ok=True)
    prepared = environment(data, DJANGO_SETTINGS_MODULE="creasol.settings")
    subprocess.run([sys.executable, "-m", "creasol", "prepare"], env=prepared, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = serve(data, port)
    try:
        reached = measure_under_load(port, options.connections, options.seconds)
    finally:
        server.terminate()
        server.wait(20)
    os.environ.update(environment(data, CREASOL_PAGE_CACHE="0"))
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]
    measure_alone()
    print(f"\nGoals {'reached' if reached else 'NOT reached'}: {', '.join(GOALS)}.")
    return not reached


if __name__ == "__main__":
    sys.exit(main())
