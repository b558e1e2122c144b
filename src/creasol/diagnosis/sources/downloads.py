"""Files behind URLs, brought into the workspace: streamed, within limits, refusing what is not the web.

Who may give a URL is decided above (the command line and administrators). From the web site only public
addresses are reached: the address is checked on the connection itself, so a name that changes its mind
between two look-ups gains nothing. Redirections go to http and https alone.
"""

import http.client
import ipaddress
import re
import shutil
import socket
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from .refusals import BadInputError
from .workspace import Progress, Workspace

BLOCK = 1 << 20
LARGEST = 16 << 30
TIMEOUT = 30
AGENT = "creasol (import of open data)"


def fetched(space: Workspace, locations: Iterable[str | Path], *, public_only: bool = False) -> list[Path]:
    """Return local paths for ``locations``; those that are URLs are downloaded first.

    ``public_only`` refuses addresses of private networks. Raises `BadInputError` when a URL cannot be had.
    """
    return [_local(space, str(location), public_only=public_only) for location in locations]


def is_url(location: str) -> bool:
    """Tell a URL from a path."""
    return re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", location) is not None


def _local(space: Workspace, location: str, *, public_only: bool) -> Path:
    if not is_url(location):
        return Path(location)
    parts = urlsplit(location)
    if parts.scheme == "file" and not public_only:
        return Path(unquote(parts.path))
    if parts.scheme not in ("http", "https"):
        raise BadInputError(_("%(url)s: only http and https addresses are read") % {"url": location})
    return _download(space, location, public_only=public_only)


def _download(space: Workspace, url: str, *, public_only: bool) -> Path:
    opener = urllib.request.build_opener(WebOnly, _handler(public_only=public_only))
    opener.addheaders = [("User-Agent", AGENT)]
    try:
        with opener.open(url, timeout=TIMEOUT) as answer:
            expected = int(answer.headers.get("Content-Length") or 0)
            _check_size(space, url, expected)
            folder = space.folder / f"download-{len(list(space.folder.iterdir()))}"
            folder.mkdir()
            target = folder / _file_name(answer.url)
            passed = 0
            with target.open("wb") as file:
                while block := answer.read(BLOCK):
                    passed += len(block)
                    _check_size(space, url, passed)
                    file.write(block)
                    space.listener(
                        Progress("download", passed / expected if expected else 0, passed, "bytes")
                    )
    except urllib.error.HTTPError as error:
        raise BadInputError(
            _("%(url)s answers %(code)s %(reason)s")
            % {"url": url, "code": error.code, "reason": error.reason}
        ) from error
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise BadInputError(
            _("%(url)s cannot be reached: %(reason)s") % {"url": url, "reason": reason}
        ) from error
    if expected and passed < expected:
        raise BadInputError(
            _("%(url)s: the download was cut short at %(passed)s of %(expected)s bytes")
            % {"url": url, "passed": passed, "expected": expected}
        )
    return target


def _check_size(space: Workspace, url: str, size: int) -> None:
    if size > LARGEST:
        raise BadInputError(_("%(url)s is larger than %(limit)s bytes") % {"url": url, "limit": LARGEST})
    if size > shutil.disk_usage(space.folder).free:
        raise BadInputError(
            _("%(url)s: no room left on the disk for %(size)s bytes") % {"url": url, "size": size}
        )


def _file_name(url: str) -> str:
    """Return the last part of a URL as a file name: it tells the vintage."""
    return re.sub(r"[^\w.-]", "_", unquote(Path(urlsplit(url).path).name))[-100:] or "download"


class WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirections to the web alone."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # noqa: PLR0917 its caller's choice
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise BadInputError(
                _("%(url)s redirects to %(other)s, which is not a web address")
                % {"url": req.full_url, "other": newurl}
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class PublicConnection(http.client.HTTPConnection):
    """A connection that closes itself when the other end is on a private network."""

    def connect(self):
        super().connect()
        _refuse_private(self.sock)


class PublicSecureConnection(http.client.HTTPSConnection):
    def connect(self):
        super().connect()
        _refuse_private(self.sock)


def _refuse_private(sock: socket.socket) -> None:
    address = sock.getpeername()[0]
    if not ipaddress.ip_address(address.split("%")[0]).is_global:
        sock.close()
        raise OSError(_("%(address)s is not a public address") % {"address": address})


class PublicHandler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Opens http and https over connections that refuse private networks."""

    def http_open(self, req):
        return self.do_open(PublicConnection, req)

    def https_open(self, req):
        return self.do_open(PublicSecureConnection, req, context=self._context)


def _handler(*, public_only: bool) -> type[urllib.request.BaseHandler]:
    return PublicHandler if public_only else urllib.request.HTTPHandler
