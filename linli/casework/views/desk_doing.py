"""One act pressed at the desk, or one act on many cases; what was typed comes back with what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.states import UnknownTransition
from linli.people.api import Actor, Body, Post, needs, posts_of

from .. import desk_acts
from ..actions import desk, dispatching, work
from ..models import Case
from ..permissions import C, handles
from ..queries.desk import SHOWS
from ..rules.words import WORKING

# Which acts are offered on many cases at once, by list.
BULK = {"new": ("accept",), "give": ("dispatch",), "sign": ("holder",), "doing": ("holder",)}
MOST = 100


def _faster() -> str:
    return _("刚才同事先办了，请看下面现在的情况。您写的还在。")


def faster(request: HttpRequest) -> None:
    messages.info(request, _("刚才同事先办了，请看现在的情况。"))


def _render(request: HttpRequest, case: Case, doing: desk_acts.Doing, form: forms.Form, *, gone: bool = False) -> HttpResponse:
    return render(request, "casework/desk/act.html", {"case": case, "doing": doing, "form": form, "gone": gone, "multipart": form.is_multipart()})


def pressed(request: HttpRequest, case: Case, doing: desk_acts.Doing) -> HttpResponse:
    """The form of the act; posted, the act itself."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    given = {"case": case, "by": actor, "now": now}
    if request.method != "POST":
        return _render(request, case, doing, doing.form(**given))
    form = doing.form(request.POST, request.FILES, **given)
    if form.is_valid():
        try:
            desk_acts.carry_out(doing, case.pk, form.cleaned_data, by=actor, now=now)
        except NotAllowed:
            raise Http404 from None
        except UnknownTransition:
            form.add_error(None, _faster())
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, str(doing.said))
            row = Case.objects.select_related("place", "unit").get(pk=case.pk)
            return redirect("casework:case", case.pk) if handles(actor, row) else redirect("casework:cases")
    return _render(request, case, doing, form)


def too_late(request: HttpRequest, case: Case, doing: desk_acts.Doing) -> HttpResponse:
    """Somebody was faster: the words that were typed stand there still, to be copied."""
    form = doing.form(request.POST, request.FILES, case=case, by=request.actor, now=clock.now())  # type: ignore[attr-defined]
    form.add_error(None, _faster())
    return _render(request, case, doing, form, gone=True)


def posts(actor: Actor, now: datetime) -> list[Post]:
    """Colleagues of the acting body."""
    if actor.acting is None:
        return []
    return list(posts_of(Body.objects.get(pk=actor.acting.body_id), WORKING, clock.local_date(now)))


@require_POST
@needs(C.CASE_WORK)
def bulk(request: HttpRequest) -> HttpResponse:
    """Accept, dispatch to one unit, name a holder: each case with an outcome of its own, told at the end."""
    now, back = clock.now(), f"{reverse('casework:cases')}?{request.POST.get('back', '')}"
    verb = _verb(request)
    picked = _keys(request)
    if not picked:
        messages.error(request, _("先勾选几件"))
    elif verb is None:
        messages.error(request, _("先选单位或经办人，再按"))
    else:
        _each(request, picked, verb, now)
    return redirect(back if SHOWS.get(request.POST.get("show", "")) else reverse("casework:cases"))


def _keys(request: HttpRequest) -> list[UUID]:
    found = [key for text in request.POST.getlist("pick")[:MOST] if (key := _uuid(text)) is not None]
    return list(dict.fromkeys(found))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _verb(request: HttpRequest) -> Callable[..., Any] | None:
    do, unit, post = request.POST.get("do"), _uuid(request.POST.get("unit", "")), _uuid(request.POST.get("post", ""))
    if do == "accept":
        return desk.accept_case
    if do == "dispatch" and unit is not None:
        return lambda **kw: dispatching.dispatch_case(unit=unit, **kw)
    if do == "holder" and post is not None:
        return lambda **kw: work.delegate_case(post=post, **kw)
    return None


def _each(request: HttpRequest, picked: list[UUID], verb: Callable[..., Any], now: datetime) -> None:
    done, codes = 0, dict(Case.objects.filter(pk__in=picked).values_list("pk", "code"))
    for key in picked:
        try:
            verb(case=key, by=request.actor, now=now)  # type: ignore[attr-defined]
        except (NotAllowed, Case.DoesNotExist):
            messages.error(request, _("有一件不在您的台上了"))
        except UnknownTransition:
            messages.error(request, _("%(code)s：刚才同事先办了") % {"code": codes[key]})
        except UserError as error:
            messages.error(request, f"{codes[key]}：{error}")
        else:
            done += 1
    if done:
        messages.success(request, ngettext("办好 %(n)d 件", "办好 %(n)d 件", done) % {"n": done})
