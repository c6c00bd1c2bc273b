"""Writing a notice, and the steps from hand to hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.files.api import delete_file, store_upload
from linli.people.api import needs

from .. import notice_access as access
from ..actions import notices as verbs
from ..models import Notice
from ..notice_desk_queries import writable_sites
from ..notice_forms import NoticeForm
from ..notice_queries import OWNER, files_of
from ..notice_small_forms import ReasonForm
from ..permissions import N
from .notices_desk import actor_of, one, show


@needs(N.NOTICE_WRITE, groups=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _write(request, None)


@needs(N.NOTICE_WRITE, groups=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = one(request, pk)
    if not access.is_issuers(actor_of(request), row):
        raise Http404
    if not access.may_edit(actor_of(request), row):
        messages.warning(
            request,
            _("这条现在不能改，先取回来。")
            if row.writer_id == actor_of(request).person_id
            else _("只有写的人能改。"),
        )
        return redirect("portal:notice_desk", row.pk)
    return _write(request, row)


def _write(request: HttpRequest, row: Notice | None) -> HttpResponse:
    """The form; what was sent is kept whatever is wrong with it, pictures too."""
    actor, posted = actor_of(request), request.method == "POST"
    sites = writable_sites(actor)
    hand_over = posted and request.POST.get("do") == "submit"
    data = {"data": request.POST, "files": request.FILES} if posted else {}
    form = NoticeForm(actor=actor, sites=sites, notice=row, asks=hand_over, **data)
    if posted and sites:
        done = _save(request, form, row, hand_over=hand_over)
        if done is not None:
            return done
    key = _key(request, row)
    context = {
        "form": form, "notice": row, "sites": sites, "kept": files_of(key) if key else [],
        "issuer": actor.acting.body_name if actor.acting else "",
    }  # fmt: skip
    return render(request, "portal/notices/write.html", context)


def _key(request: HttpRequest, row: Notice | None) -> UUID | None:
    """The key under which the files of this form lie: the draft's, or the one that the form was given."""
    if row is not None:
        return row.pk
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    there = Notice.objects.filter(pk=key).first()
    return key if there is None or access.may_edit(actor_of(request), there) else None


def _save(
    request: HttpRequest, form: NoticeForm, row: Notice | None, *, hand_over: bool
) -> HttpResponse | None:
    """Keep the files first, so that a mistake elsewhere loses none; then the words. None where something is wrong."""
    valid = form.is_valid()
    key = _key(request, row)
    if key is None:
        if "key" in form.cleaned_data:
            raise Http404  # somebody else's
        return None
    _keep_files(request, form, key)
    if not valid or form.errors:
        return None
    actor, now = actor_of(request), clock.now()
    try:
        notice = verbs.write_notice(by=actor, key=key, words=form.words(), now=now)
        if hand_over:
            verbs.submit_notice(by=actor, pk=notice.pk, now=now)
    except NotAllowed:
        raise Http404 from None
    except UserError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
    messages.success(
        request, _("交去核了。核过的人和时间都会记在这里。") if hand_over else _("存下了，还没有交去核。")
    )
    return redirect("portal:notice_desk", notice.pk)


def _keep_files(request: HttpRequest, form: NoticeForm, key: UUID) -> None:
    gone = set(request.POST.getlist("gone"))
    for file in files_of(key):
        if str(file.pk) in gone:
            delete_file(file=file)
    for uploaded in request.FILES.getlist("attached"):
        name = str(uploaded.name or "")[:30]
        once = f"{key.hex}:{name[:20]}:{uploaded.size}"[:80]
        try:
            store_upload(
                uploaded,
                owner=(OWNER, key),
                by=actor_of(request),
                purpose="notice",
                now=clock.now(),
                once=once,
            )
        except UserError as error:
            form.add_error("attached", f"{name}：{error}")  # data


def _step(
    request: HttpRequest, row: Notice, form: ReasonForm, verb: Any, **given: Any
) -> HttpResponse | None:
    """Take a step. None where it was taken; else the page that says why not."""
    try:
        verb(by=actor_of(request), pk=row.pk, now=clock.now(), **given)
    except NotAllowed:
        raise Http404 from None
    except UserError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return show(request, one(request, row.pk), form=form)
    return None


@needs(N.NOTICE_CHECK)
@require_POST
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Vouch for it, or give it back."""
    row = one(request, pk)
    if not access.looks_after(actor_of(request), row):
        raise Http404
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, row, form=form)
    version, back = form.cleaned_data["version"] or 0, request.POST.get("do") == "return"
    if back:
        wrong = _step(
            request, row, form, verbs.return_notice, version=version, reason=form.cleaned_data["reason"]
        )
    else:
        wrong = _step(request, row, form, verbs.check_notice, version=version)
    if wrong is not None:
        return wrong
    after = one(request, pk)
    if back:
        messages.success(request, _("退回给%(who)s了") % {"who": row.writer.display_name})
    elif after.published_at:
        messages.success(request, _("核过了，已经发布"))
    else:
        messages.success(request, _("核过了，到时间自己发布"))
    return redirect("portal:notice_desk", pk)


@needs(N.NOTICE_WRITE, groups=True)
@require_POST
def step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What its writers do with it: hand over, take back, throw away, correct."""
    row, form = one(request, pk), ReasonForm(request.POST)
    if not access.is_issuers(actor_of(request), row):
        raise Http404
    form.is_valid()
    do = request.POST.get("do", "")
    if do == "correct":
        return _correct(request, row, form)
    verb = {"take_back": verbs.take_back, "drop": verbs.drop_notice}.get(do)
    if verb is None:
        return show(request, row)
    said = {"take_back": _("取回来了，改好再交"), "drop": _("扔掉了")}[do]
    wrong = _step(request, row, form, verb)
    if wrong is not None:
        return wrong
    messages.success(request, said)
    return redirect("portal:notice_edit" if do == "take_back" else "portal:notice_desk", pk)


def _correct(request: HttpRequest, row: Notice, form: ReasonForm) -> HttpResponse:
    try:
        new = verbs.correct_notice(by=actor_of(request), pk=row.pk, key=uuid4(), now=clock.now())
    except NotAllowed:
        raise Http404 from None
    except UserError as error:
        form.add_error(None, str(error))
        return show(request, one(request, row.pk), form=form)
    messages.success(request, _("改好交去核。更正发布以后，原来的文字还看得到。"))
    return redirect("portal:notice_edit", new.pk)


@needs(N.NOTICE_DESK, groups=True)
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it off, with a reason that everybody reads."""
    row, form = one(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, row, form=form)
    wrong = _step(request, row, form, verbs.withdraw_notice, reason=form.cleaned_data["reason"])
    if wrong is not None:
        return wrong
    messages.success(request, _("撤下了，来看的人会看到为什么"))
    return redirect("portal:notice_desk", pk)
