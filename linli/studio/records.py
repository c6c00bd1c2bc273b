"""Why what Wagtail notes of its editors is in nobody's copy of his data: it is work for an office."""

from linli.people.api import leave_out_of_export

_WORK = "work done for an office in a post; the deed stands in the clerk's own audit rows"
_OFF = "a part of Wagtail that is switched off: no row is ever written"
for _page in ("linli_studio.HomePage", "linli_studio.GuidePage", "wagtailcore.Page"):
    for _field in ("owner", "locked_by"):
        leave_out_of_export(_page, _field, _WORK)
for _model, _field in (
    ("wagtailcore.Revision", "user"), ("wagtailcore.PageLogEntry", "user"), ("wagtailcore.ModelLogEntry", "user"),
    ("wagtailcore.TaskState", "finished_by"), ("wagtailcore.WorkflowState", "requested_by"),
    ("wagtailadmin.EditingSession", "user"), ("wagtailadmin.FormState", "user"),
):  # fmt: skip
    leave_out_of_export(_model, _field, _WORK)
for _model, _field in (
    ("wagtailcore.APIToken", "user"), ("wagtailcore.Comment", "user"), ("wagtailcore.Comment", "resolved_by"),
    ("wagtailcore.CommentReply", "user"), ("wagtailcore.PageSubscription", "user"),
    ("wagtailcore.UploadedFile", "uploaded_by_user"), ("wagtailusers.UserProfile", "user"),
):  # fmt: skip
    leave_out_of_export(_model, _field, _OFF)
leave_out_of_export("linli_studio.Editor", "merged_into", "another name of the person himself, who is in his copy")
