"""The pages that look at everything."""

from .desk import desk
from .public import home, search
from .site import about, accessibility, api_root, favicon, legal, open_data, privacy, robots, sitemap

__all__ = [
    "about",
    "accessibility",
    "api_root",
    "desk",
    "favicon",
    "home",
    "legal",
    "open_data",
    "privacy",
    "robots",
    "search",
    "sitemap",
]
