"""Errors as JSON lines to the console and to log/linli.log; no request line is logged, since addresses may hold
what people looked for. See linli.common.logs."""

from .base import LINLI_DATA, LINLI_INSTANCE

_HANDLERS = ["console"] if LINLI_INSTANCE.kind == "none" else ["console", "file"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "console": {"class": "linli.common.logs.ConsoleHandler"},
        "file": {"class": "linli.common.logs.SharedFile", "path": str(LINLI_DATA / "log" / "linli.log")},
    },
    "root": {"handlers": _HANDLERS, "level": "WARNING"},
    "loggers": {
        # Django's own lines quote addresses: they come through our formatters alone.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.security": {"level": "WARNING"},
        "linli": {"level": "INFO"},
    },
}
