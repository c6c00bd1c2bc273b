"""Noting what is overdue: the step "pass" of the table for many clocks at once.

50,000 clocks that end at one moment take the ORM three seconds, nearly all of it in building rows; so here the
statements are written by hand, the same for both databases.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from linli.common import bus
from linli.common.bus import publish_many
from linli.events.calendar import DeadlinePassed

from ..models import Deadline, DeadlineEvent
from ..queries import LIVE
from ..rules import DEADLINE

BATCH = 5000
STATE = {DEADLINE.step(state, "pass") for state in LIVE}
# The states stand in the text, since SQLite takes a partial index only for what it reads there.
CLAIM = (
    "UPDATE {clocks} SET state = %s, passed_at = %s WHERE {live} AND id IN"
    " (SELECT id FROM {clocks} WHERE {live} AND due <= %s ORDER BY due LIMIT %s {lock})"
    " RETURNING id, subject_kind, subject_id, key"
)
REMEMBER = "INSERT INTO {events} (deadline_id, at, event, state) VALUES (%s, %s, 'pass', %s)"


def pass_due(now: datetime, *, batch: int = BATCH) -> int:
    """Note every clock whose time is over, the longest over first, a batch a transaction; how many.

    Claimed by one conditional update, with their history and events. Two that run at once share the rows; one that
    is killed leaves whole batches.
    """
    passed = 0
    while found := _pass_batch(now, batch):
        passed += found
    return passed


@transaction.atomic
def _pass_batch(now: datetime, batch: int) -> int:
    (state,) = STATE
    moment = connection.ops.adapt_datetimefield_value(now)
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    with connection.cursor() as cursor:
        live = f"state IN ({', '.join(f"'{one.value}'" for one in LIVE)})"
        claim = CLAIM.format(clocks=Deadline._meta.db_table, live=live, lock=lock)
        cursor.execute(claim, [state, moment, moment, batch])
        claimed: list[tuple[Any, ...]] = cursor.fetchall()
        if claimed:
            remember = REMEMBER.format(events=DeadlineEvent._meta.db_table)
            cursor.executemany(remember, [(row[0], moment, state) for row in claimed])
    if bus.subscribers(DeadlinePassed):
        key = Deadline._meta.pk.to_python
        publish_many((DeadlinePassed(key(pk), *subject) for pk, *subject in claimed), now=now)
    return len(claimed)
