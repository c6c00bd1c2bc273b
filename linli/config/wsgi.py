"""The WSGI application that Granian serves: Django behind the page cache."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
application: Any = get_wsgi_application()

from django.conf import settings  # noqa: E402

from linli.common.overload import Door, Lanes  # noqa: E402
from linli.common.pagecache import Edge  # noqa: E402
from linli.design import busy, modes  # noqa: E402

# What renders at once in a worker, what is kept for emergencies beside it, and how many may wait; web.THREADS is more
# than all of them together.
SLOTS, RESERVE, SEATS = 4, 2, 32

door = Door(application, Lanes(SLOTS, RESERVE, SEATS), busy.busy) if settings.LINLI_SHEDDING else None
if settings.LINLI_PAGE_CACHE:
    application = Edge(application, modes.canonical, settings.LINLI_PAGE_CACHE << 20, door=door, with_note=busy.with_note)
elif door is not None:
    application = door

from linli.sites.front_door import FrontDoor  # noqa: E402

application = FrontDoor(application, door.aside) if door else FrontDoor(application)
