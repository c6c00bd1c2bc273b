"""The pages of the desks of cases, as `pages.py` has those of everything else."""

from __future__ import annotations

from .page import Page

PAGES = [
    Page("casework:cases", "shen", shot="desk-cases"),
    Page("casework:desk_mine", "tang"),
    Page("casework:tables", "shen"),
    Page("casework:table_new", "shen"),
]
