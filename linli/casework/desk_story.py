"""A case for who handles it: its clocks, its history with what is said among colleagues, its parts, its pictures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.design import dates
from linli.people.api import Actor

from . import desk_words
from .models import Case, CaseStep, Identity
from .permissions import is_desk, sees_name, works_on
from .rules.states import CaseState
from .rules.words import Moment, Secrecy, Visibility
from .themes import theme

TITLES: dict[str, Any] = {
    "submit": gettext_lazy("提交"), "part": gettext_lazy("%(body)s分出这一部分"), "accept": gettext_lazy("%(body)s受理"), "refuse": gettext_lazy("%(body)s没有受理"),
    "ask_more": gettext_lazy("%(body)s请反映人补充"), "respond": gettext_lazy("反映人补充了"), "lapse": gettext_lazy("没等到补充，接着办"),
    "answer_now": gettext_lazy("%(body)s直接答复"), "appeal": gettext_lazy("反映人申诉"), "transfer": gettext_lazy("转给%(to)s受理，期限不变"),
    "classify": gettext_lazy("%(body)s改了类别、急缓"), "dispatch": gettext_lazy("派给%(to)s"), "sign": gettext_lazy("%(body)s签收"),
    "auto_sign": gettext_lazy("到时间没签，自动签收"), "return": gettext_lazy("%(body)s退单"), "approve_return": gettext_lazy("%(body)s同意退单，重新派"),
    "reject_return": gettext_lazy("%(body)s没同意退单"), "adjudicate": gettext_lazy("%(body)s裁定由%(to)s办"), "contact": gettext_lazy("%(body)s联系了反映人"),
    "note": gettext_lazy("%(body)s：进展"), "consult": gettext_lazy("%(body)s请%(to)s给意见"), "delegate": gettext_lazy("%(body)s换了经办人"),
    "ask_extension": gettext_lazy("%(body)s申请延期"), "extend": gettext_lazy("%(body)s准了延期"), "deny_extension": gettext_lazy("%(body)s没准延期"),
    "suspend": gettext_lazy("%(body)s挂账"), "resume": gettext_lazy("接着办"), "reply": gettext_lazy("%(body)s回复，等审核"),
    "approve": gettext_lazy("%(body)s审过，发给反映人"), "reject": gettext_lazy("%(body)s退回再办"), "follow": gettext_lazy("领头的那件答复了，这件一起答复"),
    "attempt": gettext_lazy("%(body)s回访"), "close": gettext_lazy("办结"), "withdraw": gettext_lazy("撤回"), "reopen": gettext_lazy("要求重办"),
    "rate": gettext_lazy("反映人评价"), "group": gettext_lazy("和同样的事并在一组"), "ungroup": gettext_lazy("移出一组"), "alarm": gettext_lazy("期限提醒"),
    "move": gettext_lazy("放假调休，日期跟着变"), "archive": gettext_lazy("归档，联系方式抹掉了"), "expire": gettext_lazy("没写完，过期"),
}  # fmt: skip


def page(case: Case, actor: Actor, now: datetime) -> dict[str, Any]:
    """All that the page shows beside the case itself."""
    steps = list(case.steps.select_related("body", "to", "by").order_by("-pk"))
    named = sees_name(actor, case)
    identity = getattr(case, "identity", None) if named else None
    return {
        "marks": desk_words.marks(case, now), "where": desk_words.places([case])[case.place_id], "theme": theme(case.theme),
        "reporter": (case.reporter.display_name if case.reporter else getattr(identity, "name", "")) if named else "",
        "secret": "" if case.secrecy == Secrecy.NAMED else case.get_secrecy_display(),
        "may_publish": is_desk(actor, case) and case.visibility != Visibility.PRIVATE,
        "may_look": is_desk(actor, case) and case.secrecy != Secrecy.NAMED and Identity.objects.filter(case=case).exists(),
        "may_call": named and case.parent_id is None and (works_on(actor, case) or is_desk(actor, case)),
        "clocks": clocks(case, now), "timeline": [entry(step, now) for step in steps], "parts": list(case.children.select_related("unit").order_by("pk")),
        "alike": list(case.group.cases.exclude(pk=case.pk).order_by("pk")[:20]) if case.group and is_desk(actor, case) else [],
        "replies": list(case.replies.select_related("body", "by").order_by("-number")), "shots": shots(case),
    }  # fmt: skip


def clocks(case: Case, now: datetime) -> list[dict[str, str]]:
    """Each clock that runs, what it waits for, and how long there is."""
    open_ = [
        (_("答复反映人"), case.due if case.is_open else None), (_("单位办理"), case.unit_due if case.state == CaseState.SIGNED else None),
        (_("这一步"), case.stage_due), (_("联系反映人"), case.contact_due if case.contacted_at is None and case.state == CaseState.SIGNED else None),
    ]  # fmt: skip
    found = []
    for label, due in open_:
        if due is not None:
            words, kind = desk_words.left(due, now)
            found.append({"label": label, "value": f"{words} · {dates.moment_text(due, now)}", "kind": kind})
    if case.state == CaseState.SUSPENDED and case.review_on is not None:
        found.append({"label": _("复查"), "value": dates.day_text(case.review_on, now), "kind": ""})
    return found


def entry(step: CaseStep, now: datetime) -> dict[str, Any]:
    names = {"body": step.body.name if step.body else "", "to": step.to.name if step.to else ""}
    meta = [dates.moment_text(step.at, now)]
    if step.by is not None:
        meta.append(step.by.display_name)
    if step.result:
        meta.append(str(step.get_result_display()))
    if step.outcome:
        meta.append(f"{step.get_outcome_display()} {_('%(n)d 分') % {'n': step.stars or 0}}")
    if step.review_on is not None:
        meta.append(_("%(day)s复查") % {"day": dates.day_text(step.review_on, now)})
    texts = [step.told, _("内部：%(text)s") % {"text": step.inner} if step.inner else ""]
    bad = step.event in ("refuse", "auto_sign", "return", "reject", "alarm")
    return {"title": TITLES[step.event] % names, "state": "bad" if bad else "", "meta": meta, "text": "\n".join(filter(None, texts))}


def shots(case: Case) -> list[dict[str, Any]]:
    """The pictures with what they show; signatures and evidence too, this is a page of handlers."""
    rows = case.pictures.select_related("file").order_by("at", "pk")
    return [{"file": row.file, "caption": f"{Moment(row.moment).label} {row.file.alt}".strip()} for row in rows]
