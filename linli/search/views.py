"""The desk of synonyms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import needs

from .actions.synonyms import save_group
from .forms import GroupForm
from .permissions import P
from .queries import synonym_groups


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.SYNONYMS_EDIT)
def synonyms(request: HttpRequest) -> HttpResponse:
    """All groups, and the form of a new one or of the one chosen."""
    groups = [{"id": group, "words": words, "text": _("，").join(words)} for group, words in synonym_groups()]
    actor = request.actor  # type: ignore[attr-defined]
    gone = request.POST.get("group", "") if "remove" in request.POST else ""
    if gone.isascii() and gone.isdigit() and len(gone) < 9:
        save_group(group=int(gone), text="", by=actor, now=clock.now())
        messages.success(request, _("删掉了。"))
        return redirect("search:synonyms")
    if request.method == "POST":
        form = GroupForm(request.POST)
        if form.is_valid():
            try:
                save_group(group=form.cleaned_data["group"], text=form.cleaned_data["words"], by=actor, now=clock.now())
                messages.success(request, _("保存好了，马上生效。"))
                return redirect("search:synonyms")
            except UserError as error:
                form.add_error(error.field, str(error))
    else:
        chosen = next((one for one in groups if str(one["id"]) == request.GET.get("group")), None)
        form = GroupForm(initial={"group": chosen["id"], "words": chosen["text"]} if chosen else None)
    return render(request, "search/synonyms.html", {"groups": groups, "form": form})
