"""Everybody's copy of the groups that he asked for."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export

include_in_export("linli_sites.GroupApplication", _("申请过的小组站"), ["by"], ["name", "place", "purpose", "contact", "state", "at"])
leave_out_of_export("linli_sites.GroupEvent", "by", "who did it; the wish stands in the applicant's copy, a clerk's deed in his audit rows")
