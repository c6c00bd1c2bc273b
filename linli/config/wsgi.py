"""The WSGI application that Granian serves: Django behind the page cache."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
application: Any = get_wsgi_application()

from django.conf import settings  # noqa: E402

if settings.LINLI_PAGE_CACHE:
    from linli.common.pagecache import Edge
    from linli.design import modes

    application = Edge(application, modes.canonical, settings.LINLI_PAGE_CACHE << 20)

from linli.sites.front_door import FrontDoor  # noqa: E402

application = FrontDoor(application)
