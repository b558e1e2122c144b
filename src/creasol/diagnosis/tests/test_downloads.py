import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from creasol.diagnosis.sources import downloads
from creasol.diagnosis.sources.downloads import fetched, is_url
from creasol.diagnosis.sources.refusals import BadInputError

from .files import engine

pytestmark = pytest.mark.usefixtures("in_english")

ANSWERS = {
    "/data/populations_2023.csv": (200, {}, b"a;b\n1;2\n"),
    "/moved": (302, {"Location": "/data/populations_2023.csv"}, b""),
    "/to-a-file": (302, {"Location": "file:///etc/hostname"}, b""),
    "/to-ftp": (302, {"Location": "ftp://example.org/a.csv"}, b""),
    "/for-ever": (302, {"Location": "/for-ever"}, b""),
    "/cut": (200, {"Content-Length": "100"}, b"a;b\n"),
}


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        code, headers, body = ANSWERS.get(self.path, (404, {}, b""))
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextmanager
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def download(folder, url, **options):
    with engine(folder) as space:
        (path,) = fetched(space, [url], **options)
        return path.name, path.read_bytes()


def test_a_file_comes_under_its_own_name(tmp_path):
    with site() as address:
        assert download(tmp_path, f"{address}/data/populations_2023.csv") == (
            "populations_2023.csv",
            b"a;b\n1;2\n",
        )
        assert download(tmp_path, f"{address}/moved") == ("populations_2023.csv", b"a;b\n1;2\n")


def test_paths_and_file_addresses_stay_where_they_are(tmp_path):
    (tmp_path / "é a.csv").write_text("a;b\n")
    with engine(tmp_path) as space:
        assert fetched(space, [tmp_path / "x.csv"]) == [tmp_path / "x.csv"]
        assert fetched(space, [(tmp_path / "é a.csv").as_uri()]) == [tmp_path / "é a.csv"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/nothing", "answers 404 Not Found"),
        ("/to-a-file", "file:///etc/hostname.* is not allowed"),
        ("/to-ftp", "redirects to ftp://example.org/a.csv, which is not a web address"),
        ("/for-ever", "redirect"),
        ("/cut", "cut short at 4 of 100 bytes"),
    ],
)
def test_what_the_site_does_wrong_is_said(tmp_path, path, message):
    with site() as address, pytest.raises(BadInputError, match=message):
        download(tmp_path, address + path)


@pytest.mark.parametrize("url", ["ftp://example.org/a.csv", "gopher://example.org/", "data://text"])
def test_only_the_web_is_read(tmp_path, url):
    with pytest.raises(BadInputError, match="only http and https"):
        download(tmp_path, url)


def test_nobody_at_the_address(tmp_path):
    with site() as address:
        pass
    with pytest.raises(BadInputError, match="cannot be reached: "):
        download(tmp_path, f"{address}/a.csv")


def test_private_networks_are_out_of_reach_of_the_web_site(tmp_path):
    with site() as address:
        for url in (
            f"{address}/data/populations_2023.csv",
            f"{address.replace('127.0.0.1', 'localhost')}/moved",
        ):
            with pytest.raises(BadInputError, match="is not a public address"):
                download(tmp_path, url, public_only=True)
    with pytest.raises(BadInputError, match="only http and https"):
        download(tmp_path, "file:///etc/hostname", public_only=True)


def test_sizes_are_limited(tmp_path, monkeypatch):
    monkeypatch.setattr(downloads, "LARGEST", 5)
    with site() as address, pytest.raises(BadInputError, match="larger than 5 bytes"):
        download(tmp_path, f"{address}/data/populations_2023.csv")


@pytest.mark.parametrize(
    ("location", "answer"),
    [("https://a.fr/x", True), ("file:///x", True), ("/x/y.csv", False), ("C:\\x", False), ("x.csv", False)],
)
def test_urls_and_paths_are_told_apart(location, answer):
    assert is_url(location) == answer
