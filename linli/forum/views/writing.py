"""Writing: a topic, a reply, an edit. One flow: pictures are kept first, then the form is asked, then one verb is called.

Every form has a draft behind it, saved by a button, by htmx while one types, and whenever the form comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.common import clock
from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.files.api import File

from ..actions.drafts import discard_draft, save_draft
from ..actions.pictures import drop_pictures, keep_pictures, kept_pictures
from ..actions.writing import PrivateFound
from ..forms.writing import WriteForm, signatures
from ..levels import standing_at
from ..models import Board, Draft
from ..queries.drafts import draft_at
from .common import actor_of, frame

Make = Callable[..., WriteForm]


@dataclass(frozen=True)
class Blank:
    """What a form of writing begins with, where it stands below posts."""

    key: UUID
    text: str
    to: int | None
    sign: Any
    draft: Draft | None


@dataclass
class Desk:
    """One form's flow: what it is about, how its form is made, what it does, where it leads."""

    request: HttpRequest
    board: Board
    at_what: str
    template: str
    make: Make
    act: Callable[[WriteForm], str]  # calls the verb; the address to go to then
    here: str  # the form's own address
    start: dict[str, Any] = field(default_factory=dict)
    key: UUID | None = None  # of a post that is there already
    context: dict[str, Any] = field(default_factory=dict)

    def answer(self) -> HttpResponse:
        return self._sent() if self.request.method == "POST" else self._show(self._fresh())

    def blank(self) -> Blank:
        """The form to stand on another page, with the draft that waits here; a form itself only where there is a choice."""
        draft, actor = self._draft(), actor_of(self.request)
        start = {"key": uuid7(), "text": "", "to": None, **self.start}
        if draft is not None:
            start = {"key": draft.key, "text": draft.text, "to": draft.reply_to or start["to"]}
        sign = self._form(None, [])["sign"] if len(signatures(actor, self.board)) > 1 else None
        return Blank(start["key"], start["text"], start["to"], sign, draft)

    def _draft(self) -> Draft | None:
        person = actor_of(self.request).person_id
        return draft_at(person, self.at_what) if person else None

    def _fresh(self) -> WriteForm:
        """With the draft that waits here, if any."""
        draft = self._draft()
        start = {"key": self.key or uuid7(), **self.start}
        there = self.key is not None or draft is not None  # else nothing can have been sent for it
        if draft is not None:
            start |= {
                "text": draft.text,
                "key": self.key or draft.key,
                "to": draft.reply_to or start.get("to"),
            }
            start |= {"title": draft.title} if draft.title else {}
            self.context["draft"] = draft
        form = self._form(None, self._kept(start["key"]) if there else [], start)
        form.draft = draft
        return form

    def _kept(self, key: UUID | None) -> list[File]:
        return kept_pictures(key, None if self.key else actor_of(self.request)) if key else []

    def _form(self, data: Any, kept: list[File], start: dict[str, Any] | None = None) -> WriteForm:
        return self.make(data, actor=actor_of(self.request), board=self.board, kept=kept, initial=start or {})

    def _sent(self) -> HttpResponse:
        do = self.request.POST.get("do", "")
        if do == "discard":
            return self._discard()
        key, trouble = self._key(), None
        if key is not None:
            try:
                self._take_pictures(key)
            except UserError as error:
                trouble = error
        data = self.request.POST.copy()
        kept = self._kept(key)
        for file in kept:
            data.setdefault(f"alt_{file.pk.hex}", file.alt)
        form = self._form(data, kept)
        valid = form.is_valid()
        if trouble is not None:
            form.add_error("pictures", str(trouble))
        if do == "draft":
            return self._keep(form, key)
        if do != "pictures" and valid and trouble is None:
            try:
                return redirect(self.act(form))
            except UserError as error:
                form.warned = isinstance(error, PrivateFound)
                form.add_error(error.field if error.field in form.fields else None, str(error))
        elif do == "pictures" and trouble is None:
            self.context["wants_pictures"] = True
            form = self._form(None, kept, {name: data.get(name) for name in form.fields if name in data})
        self._save(form, key)
        return self._show(form)

    def _key(self) -> UUID | None:
        if self.key is not None:
            return self.key
        try:
            return UUID(self.request.POST.get("key", ""))
        except ValueError:
            return None

    def _take_pictures(self, key: UUID) -> None:
        actor, post = actor_of(self.request), self.request.POST
        if any(name.startswith("drop_") for name in post):
            gone = [file.pk for file in self._kept(key) if post.get(f"drop_{file.pk.hex}")]
            drop_pictures(by=actor, key=key, files=gone)
        uploads = self.request.FILES.getlist("pictures")
        if uploads:
            keep_pictures(by=actor, key=key, uploads=uploads, alt=post.get("new_alt", ""), now=clock.now())

    def _save(self, form: WriteForm, key: UUID | None) -> Draft | None:
        typed = self.request.POST
        to = typed.get("to", "")
        return save_draft(
            by=actor_of(self.request), at_what=self.at_what, title=typed.get("title", ""), text=typed.get("text", ""),
            reply_to=int(to) if to.isdigit() and len(to) < 7 else None, key=key or uuid7(), now=clock.now(),
        )  # fmt: skip

    def _keep(self, form: WriteForm, key: UUID | None) -> HttpResponse:
        """Save for later. Asked by htmx only the small line is answered."""
        draft = self._save(form, key)
        if self.request.headers.get("HX-Request"):
            return render(self.request, "forum/writing/kept.html", {"draft": draft})
        messages.success(
            self.request, _("存好了，在哪台手机登录都能接着写") if draft else _("没有写什么，就没有存")
        )
        return redirect(self.here)

    def _discard(self) -> HttpResponse:
        draft = self._draft()
        if draft is not None:
            discard_draft(by=actor_of(self.request), draft=draft)
            messages.success(self.request, _("草稿扔掉了"))
        return redirect(self.here)

    def _show(self, form: WriteForm) -> HttpResponse:
        frame(self.request, self.board)
        standing = standing_at(actor_of(self.request), self.board, clock.now())
        context = {"form": form, "board": self.board, "here": self.here, "standing": standing, **self.context}
        return render(self.request, self.template, context)
