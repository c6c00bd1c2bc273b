"""The real settings with two routes whose duration the tests choose."""

from linli.config.settings import *  # noqa: F403

ROOT_URLCONF = "linli.config.tests.serve_urls"
