"""Albums and reports of pictures: states and limits. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.states import Row, StateTable, register

TITLE, LEAD, ALT, REASON, PICTURES = 40, 200, 120, 120, 60


class AlbumState(models.TextChoices):
    SHOWN = "shown", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class ReportState(models.TextChoices):
    OPEN = "open", _("等处理")
    REMOVED = "removed", _("图片已撤下")
    KEPT = "kept", _("图片留着")


A, R = AlbumState, ReportState
ALBUM = register(
    StateTable(
        "album",
        A.SHOWN,
        [
            Row(A.SHOWN, "edit", A.SHOWN, "author | own office", effects=("show_album",)),
            Row(A.SHOWN, "withdraw", A.WITHDRAWN, "author | own office | moderator", effects=("hide_album", "tell_author")),
        ],
        final=[A.WITHDRAWN],
        states=A,
        says="An album of a place. Its pictures go with it.",
    )
)
REPORT = register(
    StateTable(
        "picture_report",
        R.OPEN,
        [
            Row(R.OPEN, "remove", R.REMOVED, "moderator", effects=("tell_reporter",)),
            Row(R.OPEN, "keep", R.KEPT, "moderator", effects=("tell_reporter",)),
        ],
        final=[R.REMOVED, R.KEPT],
        states=R,
        says="A report of a picture in an album, until somebody decides.",
    )
)


def in_order(keys: Sequence[UUID], wanted: Mapping[UUID, int]) -> list[UUID]:
    """The keys by the numbers typed beside them: what is moved stands there, what stood there makes room."""
    here = {key: nth for nth, key in enumerate(keys, 1)}

    def place(key: UUID) -> tuple[int, int, int]:
        nth = wanted.get(key, here[key])
        moved = (nth > here[key]) - (nth < here[key])
        return nth, moved, here[key]

    return sorted(keys, key=place)


def neighbours(keys: Sequence[UUID], key: UUID) -> tuple[UUID | None, UUID | None]:
    """What stands before and after; None at the ends."""
    at = keys.index(key)
    return (keys[at - 1] if at else None), (keys[at + 1] if at + 1 < len(keys) else None)
