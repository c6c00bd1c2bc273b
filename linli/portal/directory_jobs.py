"""Once a week the keepers hear how many of their numbers nobody has verified for half a year."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.common import clock, ticker
from linli.messaging.api import Channel, Group, Template, register, tell
from linli.people.api import BodyPlace, Post

from .directory_permissions import KEEPERS
from .directory_queries import overdue
from .models import DirectoryEntry

MONDAY, FROM_HOUR = 0, 9

STALE = register(
    Template(
        key="directory.stale",
        group=Group.DUTY,
        title=_("%(n)s 个电话半年没核对了"),
        text=_("您管的电话簿里有 %(n)s 条超过 180 天没核对。打一遍，没错就按“核对过”。"),
        sms=_("电话簿有 %(n)s 条半年没核对，登录后打开“电话簿”。"),
        channels=(Channel.EMAIL,),
        link="portal:phones_desk",
        link_label=_("打开电话簿"),
        sample={"n": 4},
    )
)


@ticker.every(hours=1)
def remind_keepers(now: datetime) -> None:
    """On Mondays from nine; whoever has been told this week is not told again."""
    here = now.astimezone(clock.SHANGHAI)
    if here.weekday() != MONDAY or here.hour < FROM_HOUR:
        return
    year, week, _day = here.isocalendar()
    for person, n in overdue_by_keeper(now).items():
        tell(template=STALE.key, key=f"directory.stale:{person}:{year}-{week}", person=person, context={"n": n}, now=now)


def overdue_by_keeper(now: datetime) -> Counter[Any]:
    """How many entries each person in a keeping post has to verify: those of the nearest place that has keepers."""
    today = clock.local_date(now)
    late = DirectoryEntry.objects.standing().filter(overdue(today)).values_list("place__path", flat=True)
    paths = Counter(late)
    if not paths:
        return Counter()
    posts = Post.objects.held_on(today).filter(role__in=KEEPERS)
    acting = BodyPlace.objects.filter(body__in=posts.values("body"), until=None)
    keepers: dict[str, set[Any]] = {}
    of_body: dict[Any, set[Any]] = {}
    for body, person in posts.values_list("body_id", "person_id"):
        of_body.setdefault(body, set()).add(person)
    for body, path in acting.values_list("body_id", "area__path"):
        keepers.setdefault(path, set()).update(of_body[body])
    found: Counter[Any] = Counter()
    for path, n in paths.items():
        nearest = max((own for own in keepers if path.startswith(own)), key=len, default="")
        for person in keepers.get(nearest, ()):
            found[person] += n
    return found
