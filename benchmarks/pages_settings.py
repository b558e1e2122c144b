"""The very settings of the site; only its addresses have two more."""

from creasol.settings import *  # noqa: F403

ROOT_URLCONF = "pages_urls"
