"""Which adapter: `sms` and `email` of instance.json say so (docs/reference/gateways.md).

    {"adapter": "file"}                     demo only: a line in log/outgoing.log
    {"adapter": "console"}                  demo only: a line on the console
    {"adapter": "smtp", "host": …}          see smtp.py
    {"adapter": "http", "url": …}           see http.py
    {"adapter": "smpp", "host": …}          see smpp.py

Secrets are never in instance.json: it names files of secrets/.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from ..rules import Channel
from .local import ConsoleAdapter, FileAdapter
from .nowhere import NowhereAdapter
from .port import Adapter


def adapter_for(channel: Channel | str) -> Adapter:
    """A fresh adapter for the channel. An instance without a gateway gets one that is never available."""
    instance = settings.LINLI_INSTANCE
    options: dict[str, Any] = dict(instance.sms if channel == Channel.SMS else instance.email)
    name = options.pop("adapter", "file" if instance.is_demo else "")
    if name in ("file", "console"):
        if not instance.is_demo:
            return NowhereAdapter("the file and console gateways are for a demo: they write texts in clear")
        return FileAdapter() if name == "file" else ConsoleAdapter()
    if not name:
        return NowhereAdapter("no gateway is set")
    return _far(name, channel, options)


def _far(name: str, channel: Channel | str, options: dict[str, Any]) -> Adapter:
    """Those that leave the machine; loaded only where they are used."""
    try:
        if name == "smtp" and channel == Channel.EMAIL:
            from .smtp import SmtpAdapter

            return SmtpAdapter(**options)
        if name == "http" and channel == Channel.SMS:
            from .http import HttpAdapter

            return HttpAdapter(**options)
        if name == "smpp" and channel == Channel.SMS:
            from .smpp import SmppAdapter

            return SmppAdapter(**options)
    except (TypeError, ValueError, OSError) as error:
        return NowhereAdapter(f"the {name} gateway is set up wrongly: {error}")
    return NowhereAdapter(f"there is no gateway {name!r} for {channel}")
