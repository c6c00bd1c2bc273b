"""The pages of forms, as `pages.py` has those of everything else."""

from __future__ import annotations

from .page import PERSON, Page

PARKING = {"pk": "SELECT id FROM linli_forms_formkind WHERE key = 'parking-views'"}
ALLOWANCE = {"pk": "SELECT id FROM linli_forms_formkind WHERE key = 'old-age-allowance'"}
BEGUN = {"pk": f"SELECT id FROM linli_forms_filling WHERE state = 'begun' AND person_id = {PERSON.format('hu')}"}  # noqa: S608 - constants of this file
DONE = {"pk": f"SELECT id FROM linli_forms_filling WHERE state = 'sent' AND person_id = {PERSON.format('zhou')}"}  # noqa: S608
TYPED = "SELECT id FROM linli_forms_filling WHERE state = 'begun' AND channel = '{}' ORDER BY begun_at"
CAME = {
    "pk": "SELECT f.id FROM linli_forms_filling f JOIN linli_forms_formversion v ON v.id = f.version_id "
    "JOIN linli_forms_formkind k ON k.id = v.kind_id WHERE k.key = 'old-age-allowance' AND f.state = 'sent' ORDER BY f.sent_at"
}

PAGES = [
    Page("forms:start", given={"slug": "parking-views"}, shot="form-start"),
    Page("forms:paper", given={"slug": "residence-permit"}, shot="form-paper"),
    Page("forms:fill", "hu", asked=BEGUN, query="?page=home", shot="form-page"),
    Page("forms:fill", "hu", asked=BEGUN, query="?page=family"),
    Page("forms:fill", "hu", asked=BEGUN, query="?page=later"),
    Page("forms:fill", "zhou", asked=DONE),
    Page("forms:resume", given={"token": "nothing"}, status=404),
    Page("forms:mine", "hu"),
    Page("forms:counter", "gu"),
    Page("forms:typing", "gu", asked=ALLOWANCE),
    Page("forms:typed", "gu", asked={"pk": TYPED.format("counter")}, shot="form-counter"),
    Page("forms:typed", "gu", asked={"pk": TYPED.format("phone")}, query="?phone", shot="form-phone"),
    Page("forms:desk", "fang"),
    Page("forms:new", "fang"),
    Page("forms:one", "fang", asked=PARKING),
    Page("forms:edit", "fang", asked=PARKING, shot="form-editor"),
    Page("forms:step", "fang", asked=PARKING, query="?step=night"),
    Page("forms:field", "fang", asked=PARKING, query="?field=parks"),
    Page("forms:preview", "fang", asked=PARKING, query="?as=phone"),
    Page("forms:publish", "fang", asked=PARKING),
    Page("forms:withdraw", "fang", asked=PARKING),
    Page("forms:shape", "fang", asked=PARKING),
    Page("forms:import", "fang", asked=PARKING),
    Page("forms:results", "fang", asked=PARKING, shot="form-results"),
    Page("forms:result", "limin", asked=CAME),
    Page("forms:export", "fang", asked=PARKING),
]
