"""My account: who looked, a copy of everything, closing, and a second account of mine."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.common import audit, clock
from linli.common.errors import UserError
from linli.common.text import normalise_phone

from ..access import signed_in
from ..account_export import collect
from ..actions.account_close import close_account
from ..actions.merge import merge_accounts
from ..backends import person_of_phone
from ..codes import CodeGone, CodeProcess, Purpose
from ..forms.account import CloseForm, MergePhoneForm
from ..forms.signin import blame
from ..fresh import fresh
from ..middleware import has_second_factor
from ..models import Person
from ..queries.account import looks_at, own_deeds
from .account import code_step, me, own_actor, page


@signed_in
@require_safe
def looked(request: HttpRequest) -> HttpResponse:
    person = me(request)
    return render(request, "people/account/looked.html", {"looks": looks_at(person), "deeds": own_deeds(person)})


@signed_in
@require_safe
@fresh
def export(request: HttpRequest) -> HttpResponse:
    """A copy to read; the same as a file at `export_json`."""
    return render(request, "people/account/export.html", {"parts": collect(me(request))})


@signed_in
@require_safe
@fresh
def export_json(request: HttpRequest) -> HttpResponse:
    person, now = me(request), clock.now()
    audit.record(actor=own_actor(request), action="account.export", subject=person, about=person, now=now)
    data = {"made_at": now.isoformat(), "parts": {part.key: part.rows for part in collect(person)}}
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="linli-account.json"'
    return answer


@signed_in
@page
@fresh
def close(request: HttpRequest) -> HttpResponse:
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(person=me(request), by=own_actor(request), now=clock.now())
            logout(request)
            return render(request, "people/account/closed.html")
        except UserError as error:
            blame(form, error)
    return render(request, "people/account/close.html", {"form": form})


@signed_in
@page
@fresh
def merge(request: HttpRequest) -> HttpResponse:
    """A second account of mine, proved by a code to its number; whether it exists is told after the code alone."""
    form = MergePhoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            phone = normalise_phone(form.cleaned_data["to"])
            CodeProcess.start(request, Purpose.MERGE, phone, now=clock.now(), person=str(me(request).pk))
            return redirect("people:account_merge_code")
        except UserError as error:
            form.add_error("to", str(error))
    return render(request, "people/account/merge.html", {"form": form})


@signed_in
@page
@fresh
def merge_code(request: HttpRequest) -> HttpResponse:
    def merge_other(person: Person, process: CodeProcess) -> HttpResponse:
        other = person_of_phone(process.to)
        if other is None:
            raise CodeGone(_("这个号码没有账号，不用合并"))
        _refuse_guarded(other)
        merge_accounts(keep=person, drop=other, by=own_actor(request), now=clock.now())
        messages.success(request, _("合并好了，两个号码都能登录"))
        return redirect("people:account")

    return code_step(
        request, Purpose.MERGE, back="people:account_merge", template="people/account/merge_code.html", finish=merge_other
    )


def _refuse_guarded(other: Person) -> None:
    """A code alone does not open an account that an authenticator app or a post protects."""
    if has_second_factor(other) or other.posts.exists():
        raise CodeGone(_("那个账号有第二重验证或职务，请到社区服务站当面合并"))
