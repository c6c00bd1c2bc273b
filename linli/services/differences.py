"""What is different between two versions of an item, line by line, as it is read on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .content import Content
from .rules import Audience, LifeEvent, Result, Special
from .words import facts, how, small_print, step_text, whence


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


def changes(old: Content | None, new: Content) -> list[Change]:
    """Line by line, in the order of the page; what is only in the old one at the end."""
    before, after = dict(lines(old)) if old else {}, dict(lines(new))
    keys = [*after, *(key for key in before if key not in after)]
    return [
        Change(key, before.get(key, ""), after.get(key, ""))
        for key in keys
        if before.get(key, "") != after.get(key, "")
    ]


def lines(content: Content) -> Iterator[tuple[str, str]]:
    """Everything that a version says, each line with a label of its own."""
    yield _("名称"), content.name
    yield _("一句话说明"), content.lead
    yield _("也叫"), _("、").join(content.also)
    yield _("给谁办"), _("、").join(str(Audience(one).label) for one in content.audiences)
    yield _("人生大事"), _("、").join(str(LifeEvent(one).label) for one in content.events)
    for row in (*facts(content), *small_print(content)):
        yield row["label"], row["value"]
    yield _("办好了拿到"), content.result_name
    yield _("办好了给什么"), str(Result(content.result).label)
    yield _("可以代办"), _("可以") if content.errand else _("不可以")
    yield _("可以上门"), _("可以") if content.home_visit else _("不可以")
    yield _("窗口"), content.counter
    yield _("几处受理"), str(len(content.offices))
    yield _("咨询电话"), content.ask_phone
    yield _("投诉电话"), content.complain_phone
    yield from _rows(content)


def _rows(content: Content) -> Iterator[tuple[str, str]]:
    for n, condition in enumerate(content.conditions, 1):
        yield _("条件 %(n)d") % {"n": n}, " ".join([condition.text, *condition.when])
    for amount in content.amounts:
        yield _("标准：%(name)s") % {"name": amount.who}, amount.what
    for question in content.questions:
        yield _("问题：%(name)s") % {"name": question.text}, "／".join(question.choices)
    for row in content.materials:
        yield (
            _("材料：%(name)s") % {"name": row.name},
            " ".join(filter(None, [how(row), whence(row), *row.when])),
        )
    for n, step in enumerate(content.steps, 1):
        yield (
            _("第 %(n)d 步") % {"n": n},
            " ".join(
                filter(
                    None,
                    [
                        step.name,
                        step.special and str(Special(step.special).label),
                        step_text(step),
                        *step.when,
                    ],
                )
            ),
        )
    for basis in content.bases:
        yield (
            _("依据：%(name)s") % {"name": basis.name},
            " ".join(filter(None, [basis.article, basis.since, basis.until])),
        )
    for faq in content.faqs:
        yield _("常问：%(name)s") % {"name": faq.question}, faq.answer
