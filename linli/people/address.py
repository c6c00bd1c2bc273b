"""Where a request comes from, for budgets alone: never stored in clear, never logged."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address; of IPv6 the /64 that one household gets.

    X-Forwarded-For is believed only from as many proxies as LINLI_PROXIES says, counted from its end.
    """
    text = request.META.get("REMOTE_ADDR") or ""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if 0 < settings.LINLI_PROXIES <= len(hops):
        text = hops[-settings.LINLI_PROXIES]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.IPv6Network(f"{address}/64", strict=False).network_address)
    return str(address)
