"""What the frame of every page needs to know."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation

from linli.common import clock, slots
from linli.design import modes, views

NAMES = {"zh-hans": "中文"}  # data: each language names itself, and briefly


def shell(request) -> dict[str, object]:
    """Modes, the time, this instance, the other language."""
    chosen = getattr(request, "modes", None) or modes.Modes()
    here = views.safe_path(request.get_full_path()) if request.method == "GET" else request.path
    return {
        "modes": chosen,
        "now": clock.now(),
        "site": settings.LINLI_INSTANCE,
        "here": here,
        "other_languages": lambda: _other_languages(chosen.lang, here),  # asked for in parts that are kept
    }


def _other_languages(current: str, here: str) -> list[dict[str, str]]:
    """The languages one may change to, each named in itself."""
    return [
        {
            "code": "zh-Hans" if code == "zh-hans" else code,
            "label": NAMES.get(code) or translation.get_language_info(code)["name_local"],
            "url": f"{slots.url('design:modes')}?{urlencode({'lang': code, 'next': here})}",
        }
        for code in modes.languages()
        if code != current
    ]
