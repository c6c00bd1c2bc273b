"""The pages of cases, as `pages.py` has those of everything else: each template once."""

from __future__ import annotations

from .page import PERSON, SITE, Page

HIS = f"SELECT id FROM linli_casework_case WHERE reporter_id = {PERSON.format('he')} AND state = 'call_back'"  # noqa: S608
PUBLIC = "SELECT id FROM linli_casework_case WHERE visibility = 'public' AND state = 'suspended'"
_AT = "desk_id = (SELECT id FROM linli_people_body WHERE name = '青砖里居委会')"
SECRET = f"SELECT id FROM linli_casework_case WHERE secrecy = 'confidential' AND {_AT}"  # noqa: S608
CASES = [
    Page("casework:start"),
    Page("casework:report", asked=SITE, shot="report"),
    Page("casework:receipt", "he", asked={"pk": HIS}),
    Page("casework:follow"),
    Page("casework:followed", "he", asked={"pk": HIS}, shot="case"),
    Page("casework:rate", "he", asked={"pk": HIS}),
    Page("casework:mine", "he"),
    Page("casework:public", asked=SITE, shot="cases"),
    Page("casework:public_case", asked={"pk": PUBLIC}),
    Page("casework:rates", given={"slug": "qingzhuanli"}, query="?rate=solved&part=all", shot="case-rates"),
    Page("casework:body_rates", asked={"pk": "SELECT id FROM linli_people_body WHERE name = '邻安物业'"}),
    Page("casework:spots", "shen"),
    Page("casework:spot_new", "shen"),
    Page("casework:spot_sheets", "shen"),
    Page("casework:look", "shen", asked={"pk": SECRET}),
    Page("casework:publish", "shen", asked={"pk": f"{PUBLIC} AND {_AT}"}),
]
