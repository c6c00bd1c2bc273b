"""The pages of the desks of cases, as `pages.py` has those of everything else."""

from __future__ import annotations

from .page import Page

_AT = "SELECT c.id FROM linli_casework_case c JOIN linli_people_body b ON b.id = c.{} WHERE b.name = '{}' AND c.state = '{}' ORDER BY c.id DESC"
PAGES = [
    Page("casework:cases", "shen", shot="desk-cases"),
    Page("casework:case", "shen", asked={"pk": _AT.format("desk_id", "青砖里居委会", "signed")}, shot="desk-case"),
    Page("casework:act", "tang", asked={"pk": _AT.format("unit_id", "邻安物业", "signed")}, query="?do=picture"),
    Page("casework:desk_mine", "tang"),
    Page("casework:tables", "shen"),
    Page("casework:table_new", "shen"),
]
