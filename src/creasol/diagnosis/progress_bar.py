"""A progress bar on a terminal, for imports and surveys."""

from collections.abc import Callable
from time import monotonic
from typing import TextIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .sources.workspace import Progress

BAR = 30
DRAWN_EVERY = 0.1
STEPS = {
    "download": gettext_lazy("download"),
    "unpack": gettext_lazy("unpacking"),
    "read": gettext_lazy("reading"),
    "establishments": gettext_lazy("establishments"),
    "units": gettext_lazy("legal units"),
    "join": gettext_lazy("joining"),
    "write": gettext_lazy("writing"),
    "survey": gettext_lazy("survey"),
}


class Bar:
    """A progress bar on a terminal: step, part done, rows per second, time left."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic):
        self.stream, self.clock = stream, clock
        self.started = self.step_started = clock()
        self.step, self.drawn = "", 0.0

    def __call__(self, progress: Progress) -> None:
        now = self.clock()
        if progress.step != self.step:
            self.step, self.step_started = progress.step, now
        elif now - self.drawn < DRAWN_EVERY and progress.done < 1:
            return
        self.drawn = now
        done = min(1.0, progress.done)
        filled = round(BAR * done)
        speed = progress.passed / max(now - self.step_started, 0.001)
        drawing = "█" * filled + "·" * (BAR - filled)
        text = f"{STEPS[progress.step]} {drawing} {done:4.0%} {self.rate(progress, speed)}"
        if done > 0.02 and now - self.started > 1:  # noqa: PLR2004 too early to tell before
            left = round((now - self.started) / done * (1 - done))
            text += "  " + _("%(minutes)d:%(seconds)02d left") % {"minutes": left // 60, "seconds": left % 60}
        self.stream.write("\r\x1b[2K" + text)
        self.stream.flush()

    @staticmethod
    def rate(progress: Progress, speed: float) -> str:
        if progress.unit == "bytes":
            return _("%(speed).1f MB/s") % {"speed": speed / 1e6}
        if progress.unit == "communes":
            return _("%(speed)s communes/s") % {"speed": grouped(round(speed))}
        return _("%(speed)s rows/s") % {"speed": grouped(round(speed))}

    def clear(self) -> None:
        self.stream.write("\r\x1b[2K")
        self.stream.flush()


def grouped(count: int) -> str:
    """Return a number with thin spaces between its thousands."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
