"""Every page that a person can open, and one person who opens it.

A GET route that is neither here nor in `not_pages.toml` fails `test_registry.py`. Codes and numbers of the demo
world are asked from its database, so that nothing breaks when the demo is written anew.
"""

from __future__ import annotations

from linli.design.gallery import PAGES as GALLERY

from . import pages_cases, pages_cases_desk, pages_forms, pages_forum, pages_services
from . import reach as way
from .page import PERSON, SITE, Page

# Levels: linli.areas.api.Level; one compound and building of the reference pages.
COMPOUND = "SELECT id FROM linli_areas_area WHERE name = '纺机新村'"
BUILDING = (
    "SELECT b.id FROM linli_areas_area b JOIN linli_areas_area c ON b.parent_id = c.id "
    "WHERE c.name = '纺机新村' AND b.name LIKE '3%' LIMIT 1"
)
OWN_STAY = f"SELECT id FROM linli_people_residency WHERE person_id = {PERSON.format('he')} LIMIT 1"  # noqa: S608 - constants of this file
LEASE = f"SELECT id FROM linli_people_residency WHERE person_id = {PERSON.format('hu')} LIMIT 1"  # noqa: S608

COMMITTEE = "SELECT id FROM linli_people_body WHERE name = '青砖里居委会'"
POST = (
    "SELECT p.id FROM linli_people_post p JOIN linli_people_body b ON b.id = p.body_id "
    "WHERE b.name = '青砖里居委会' AND p.title = '干事' LIMIT 1"
)
RESIDENT = PERSON.format("he")[1:-1]

DESIGN = [
    Page("design:gallery", samples=True, shot="gallery"),
    *(Page("design:gallery_page", given={"page": page}, samples=True) for page in GALLERY if page != "index"),
    Page("", address="/no-such-page/", status=404),
]
SIGN_IN = [
    Page("account_login", shot="sign-in"),
    Page("account_confirm_login_code", reach=way.ask_for_a_code),
    Page("account_login_password"),
    Page("account_signup", reach=way.prove_a_new_number),
    Page("account_inactive"),
    Page("account_logout", "he"),
]
ACCOUNT = [
    Page("people:account", "he", shot="account"),
    Page("people:account_profile", "he"),
    Page("people:account_contact", "he"),
    Page("people:account_security", "he"),
    Page("people:account_looked", "he"),
    Page("people:account_export", "he"),
    Page("people:account_close", "he"),
    Page("people:account_merge", "he"),
    Page("people:account_children", "lu"),
    Page("people:account_child_add", "lu"),
]
RESIDENCY = [
    Page("people:residency", "he"),
    Page("people:claim", "lin"),
    Page("people:claim_home", "lin", reach=way.claim_as("owner")),
    Page("people:claim_place", "lin", reach=way.claim_as("works_here")),
    Page("people:claim_proof", "lin", reach=way.claim_a_workplace),
    Page("people:claim_check", "lin", reach=way.claim_to_the_check),
    Page("people:residency_one", "he", asked={"pk": OWN_STAY}),
    Page("people:residency_done", "he", asked={"pk": OWN_STAY}),
    Page("people:residency_end", "he", asked={"pk": OWN_STAY}),
    Page("people:residency_renew", "hu", asked={"pk": LEASE}),
    Page("people:home_code", given={"code": "123456789012"}),
]
PROOF = (
    "SELECT f.id FROM linli_files_file f JOIN linli_people_residency r ON r.id = replace(f.owner_id, '-', '') "
    "WHERE f.owner_kind = 'claim.proof' ORDER BY f.id LIMIT 1"
)
OWN_CLAIM = f"SELECT id FROM linli_people_residency WHERE state = 'claimed' AND person_id = {PERSON.format('miao')}"  # noqa: S608
DESKS = [
    Page("files:proofs", "miao", asked={"pk": OWN_CLAIM}),
    Page("files:proof", "shen", asked={"pk": PROOF}),
    Page("people:claims", "shen"),
    Page("people:claims_one", "shen", asked={"pk": OWN_CLAIM}),
    Page("people:counter", "shen"),
    Page("people:home_codes", "shen"),
    Page("people:home_codes_place", "shen", asked={"pk": BUILDING}),
    Page("people:roll", "shen"),
    Page("people:roll_upload", "shen", asked={"pk": COMPOUND}),
]
FACTORS = [
    Page("account_change_password", "he"),
    Page("mfa_list_webauthn", "he"),
    Page("mfa_activate_totp", "he"),
    Page("people:second_factor", "he"),
]
MANDATES = [
    Page("people:mandates", "zhou"),
    Page("people:mandate_give", "he"),
    Page("people:mandates_desk", "gu"),
    Page("people:acting", "song"),
]
PEOPLE = [
    Page("people:desk", "shen", shot="desk"),
    Page("people:people_desk", "shen"),
    Page("people:people_living", "shen"),
    Page("people:people_enrol", "shen"),
    *(Page(f"people:{name}", "shen", asked={"pk": RESIDENT}) for name in ("person", "person_card")),
    *(Page(f"people:{name}", "shen", asked={"pk": RESIDENT}) for name in ("person_phone", "person_merge")),
    Page("people:person_guardian", "shen", asked={"pk": RESIDENT}),
    Page("people:person_factor", "shen", asked={"pk": RESIDENT}),
    Page("people:audit", "fan"),
    Page("people:outbox", "tao"),
    Page("people:health", "tao"),
    Page("calendar:year", given={"year": 2026}),
    Page("calendar:rules", "limin"),
    Page("calendar:rules_place", "limin", asked={"pk": "SELECT id FROM linli_areas_area WHERE name = '柳渡街道'"}),
]
BODIES = [
    Page("people:body", asked={"pk": COMMITTEE}),
    Page("people:bodies", "limin"),
    Page("people:body_create", "limin"),
    *(
        Page(f"people:body_{name}", "limin", asked={"pk": COMMITTEE})
        for name in ("desk", "edit", "end", "merge", "move", "rename", "split")
    ),
    Page("people:post_appoint", "shen", asked={"pk": COMMITTEE}),
    Page("people:post_dismiss", "shen", asked={"pk": POST}),
]
HOME = f"SELECT area_id FROM linli_people_residency WHERE person_id = {PERSON.format('he')} LIMIT 1"  # noqa: S608 - constants of this file
COMMUNITY = "SELECT id FROM linli_areas_area WHERE name = '青砖里' AND level = 5"
PORTAL = [
    Page("portal:home", shot="home"),
    Page("portal:find", query="?q=纺机"),
    Page("portal:search", query="?q=纺机", shot="search"),
    Page("portal:search", query="?q=纺织新村"),
    Page("portal:search", query="?q=！？", status=400),
    Page("search:synonyms", "jiang"),
    Page("portal:phones"),
    Page("portal:place", asked={"pk": COMMUNITY}),
    Page("portal:place", "he", asked={"pk": COMPOUND}),
    Page("portal:place", "shen", asked={"pk": BUILDING}),
    Page("portal:chart", "shen", asked={"pk": BUILDING}, shot="building-chart"),
    Page("portal:homes", "shen", asked={"pk": COMPOUND}),
    Page("portal:place_edit", "limin", asked={"pk": COMPOUND}),
    Page("portal:home_edit", "shen", asked={"pk": HOME}),
    Page("portal:about"),
    Page("portal:privacy"),
    Page("portal:accessibility"),
]
LETTER = (
    "SELECT d.id FROM linli_messaging_delivery d JOIN linli_messaging_message m ON m.id = d.message_id "  # noqa: S608 - constants of this file
    f"WHERE d.channel = 'inbox' AND m.wants_ack AND d.person_id = {PERSON.format('he')} ORDER BY d.id LIMIT 1"
)
SENT = f"SELECT id FROM linli_messaging_message WHERE sent_by_id = {PERSON.format('shen')} ORDER BY id LIMIT 1"  # noqa: S608
MESSAGES = [
    Page("messaging:inbox", "he", shot="inbox"),
    Page("messaging:letter", "he", asked={"pk": LETTER}),
    Page("messaging:settings", "he"),
    Page("messaging:sent", "shen"),
    Page("messaging:compose", "shen"),
    Page("messaging:templates", "shen"),
    Page("messaging:receipts", "shen", asked={"pk": SENT}),
]
SITES = [
    Page("portal:streets"),
    Page("portal:site", asked=SITE, shot="site"),
    Page("portal:site", "he", asked={"slug": "SELECT slug FROM linli_sites_site WHERE slug = 'qingzhuanli'"}, shot="community-site"),
    Page("sites:mine", asked=SITE),
]
NOTICE = "SELECT id FROM linli_portal_notice WHERE state = '{}' AND title LIKE '{}%' ORDER BY id LIMIT 1"
BURST = {"pk": NOTICE.format("published", "柳渡路水管抢修")}
NOTICES = [
    Page("portal:notices", asked=SITE),
    Page("portal:notices", "he", asked=SITE, query="?when=past&kind=outage"),
    Page("portal:notice", asked=BURST, shot="notice"),
    Page("portal:notice", "he", asked={"pk": NOTICE.format("published", "3 幢单元门")}),
    Page("portal:notice", "hu", asked={"pk": NOTICE.format("corrected", "重阳")}),
    Page("portal:notice", "lin", asked={"pk": NOTICE.format("withdrawn", "旧家具")}, status=410),
    Page("portal:notices_desk", "shen", shot="notices-desk"),
    Page("portal:notice_new", "jiang", shot="notice-write"),
    Page("portal:notice_desk", "shen", asked={"pk": NOTICE.format("waiting", "居住证")}),
    Page("portal:notice_edit", "jiang", asked={"pk": NOTICE.format("draft", "年末邻里饭")}),
    Page("portal:notice_readers", "shen", asked=BURST),
]
COMMUNITY_SITE = {"slug": "SELECT slug FROM linli_sites_site WHERE slug = 'qingzhuanli'"}
STUDIO = [
    Page("studio:guides", asked=COMMUNITY_SITE),
    Page("studio:guide", given={"slug": "qingzhuanli", "page": "ban-ju-zhu-zheng"}, shot="guide"),
    Page("studio:files", asked=COMMUNITY_SITE),
    Page("studio:desk", "shen"),
    *(Page(f"studio:{name}", "jiang", asked=COMMUNITY_SITE) for name in ("desk_site", "look", "desk_files")),
    Page("portal:duty_desk", "jiang", asked=COMMUNITY_SITE),
    Page("portal:duty_one", "jiang", asked={"pk": "SELECT id FROM linli_portal_dutyline WHERE name = '沈玉兰'"}),
    Page("studio:arrange", "jiang", asked={"slug": "SELECT slug FROM linli_sites_site WHERE slug = 'shiqiaotou'"}),
]
EVENT = "SELECT id FROM linli_activities_event WHERE title LIKE '{}%' LIMIT 1"
SEWING, FULL, OFF = (EVENT.format(words) for words in ("旧衣改一改：缝纫", "手机挂号", "学用灭火器"))
TICKET = (
    f"SELECT s.code FROM linli_activities_signup s WHERE s.person_id = {PERSON.format('he')} "  # noqa: S608 - constants of this file
    f"AND s.event_id = ({SEWING}) LIMIT 1"
)
WAITING = f"SELECT code FROM linli_activities_signup WHERE state = 'waiting' AND event_id = ({FULL}) LIMIT 1"  # noqa: S608
EVENTS = [
    Page("activities:coming", asked=COMMUNITY_SITE),
    Page("activities:past", asked=COMMUNITY_SITE),
    Page("activities:event", asked={"pk": SEWING}, shot="event"),
    Page("activities:event", "he", asked={"pk": OFF}),
    Page("activities:join", "zhou", asked={"pk": SEWING}),
    Page("activities:leave", "he", asked={"pk": SEWING}),
    Page("activities:mine", "he"),
    Page("activities:ticket", "he", asked={"code": TICKET}, shot="ticket"),
    Page("activities:ticket", "shen", asked={"code": WAITING}),
    Page("activities:desk", "shen"),
    Page("activities:new", "jiang"),
    Page("activities:manage", "shen", asked={"pk": FULL}),
    Page("activities:edit", "shen", asked={"pk": FULL}),
    Page("activities:cancel", "shen", asked={"pk": FULL}),
    Page("activities:add", "shen", asked={"pk": FULL}),
    Page("activities:door", "shen", asked={"pk": FULL}),
]
_ASKED = "SELECT id FROM linli_deliberation_question WHERE title LIKE '{}%'"
LIFT, FENCE, FEES = ({"pk": _ASKED.format(words)} for words in ("加装电梯的分摊款", "电梯井施工", "物业费从"))
_PROPERTY = {"pk": "SELECT id FROM linli_people_body WHERE name = '邻安物业'"}
QUESTIONS = [
    Page("deliberation:questions", asked=SITE),
    Page("deliberation:unanswered", asked={"slug": "SELECT slug FROM linli_sites_site WHERE slug = 'liudu-subdistrict'"}, shot="unanswered"),
    Page("deliberation:question", asked=LIFT, shot="question"),
    Page("deliberation:question", "he", asked=FENCE),
    Page("deliberation:question", "lin", asked=pages_forum.HIDDEN_QUESTION),
    Page("deliberation:office", asked=_PROPERTY),
    Page("deliberation:new", "he", asked=SITE),
    Page("deliberation:new", "lin", asked=SITE),
    Page("deliberation:mine", "he"),
    Page("deliberation:sign", "zhou", asked=LIFT),
    Page("deliberation:rate", "he", asked=FENCE),
    Page("deliberation:contest", "he", asked=FENCE),
    Page("deliberation:withdraw", "he", asked=FEES),
    Page("deliberation:desk", "tang"),
    Page("deliberation:desk_one", "tang", asked=FEES),
    Page("deliberation:templates", "tang"),
    Page("deliberation:template_new", "tang"),
    Page("deliberation:template", "tang", asked={"pk": "SELECT id FROM linli_deliberation_answertemplate WHERE title = '账目在哪里看'"}),
    Page("deliberation:signatures", "shen"),
]
_POST = "SELECT id FROM linli_portal_blogpost WHERE title = '5 幢门口那盏灯，亮了'"
_DRAFT = f"SELECT id FROM linli_portal_blogpost WHERE state = 'draft' AND author_id = {PERSON.format('ding')}"  # noqa: S608
_ALBUM = "SELECT id FROM linli_portal_album WHERE title = '院子里的一天'"
_PICTURE = f"SELECT id FROM linli_portal_albumpicture WHERE nth = 2 AND album_id = ({_ALBUM})"  # noqa: S608
BLOG = [
    Page("portal:blog", asked=SITE),
    Page("portal:blog_post", asked={"pk": _POST}, shot="blog-post"),
    Page("portal:blog_history", asked={"pk": _POST}),
    Page("portal:blog_author", asked={"pk": _POST}),
    Page("portal:blog_mine", "ding"),
    Page("portal:blog_new", "ding", asked=SITE),
    Page("portal:blog_edit", "ding", asked={"pk": _DRAFT}),
    Page("portal:blog_withdraw", "shen", asked={"pk": _POST}),
    Page("portal:albums", asked=SITE),
    Page("portal:album", asked={"pk": _ALBUM}, shot="album"),
    Page("portal:album_picture", asked={"pk": _PICTURE}),
    Page("portal:album_new", "ding", asked=SITE),
    Page("portal:album_edit", "ding", asked={"pk": _ALBUM}),
    Page("portal:album_withdraw", "ding", asked={"pk": _ALBUM}),
    Page("portal:picture_report", "hu", asked={"pk": _PICTURE}),
    Page("portal:picture_reports", "shen"),
    Page("portal:picture_report_one", "shen", asked={"pk": "SELECT id FROM linli_portal_picturereport LIMIT 1"}),
]
GROUPS = [
    Page("sites:group_new", "he"),
    Page("sites:group_mine", "he"),
    Page("sites:group_desk", "shen"),
    Page("sites:group_one", "shen", asked={"pk": "SELECT id FROM linli_sites_groupapplication WHERE name = '树荫象棋角'"}),
    Page("sites:group", "shen", given={"slug": "fengren"}),
    Page("portal:site", given={"slug": "fengren"}),
]
SHOP = "SELECT id FROM linli_portal_directoryentry WHERE name = '苗师傅修理铺'"
DIRECTORY = [
    Page("portal:site_phones", asked=SITE, shot="phones"),
    Page("portal:site_phones", asked=SITE, query="?q=换煤气"),
    Page("portal:site_phones", asked=SITE, query="?q=潜水艇"),
    Page("portal:site_phones", asked=SITE, query="?q=！？", status=400),
    Page("portal:site_phones_plan", asked=SITE, shot="street-plan"),
    Page("portal:phone", asked={"pk": SHOP}),
    Page("portal:phone_wrong", asked={"pk": SHOP}),
    Page("portal:phone_wrong", asked={"pk": SHOP}, query="?thanks=1"),
    Page("portal:phones_desk", "gu"),
    Page("portal:phone_new", "gu"),
    Page("portal:phone_edit", "gu", asked={"pk": SHOP}),
    Page("portal:phones_import", "gu"),
]
DEMO = [Page("gateways:outbox")]
OPENAPI = [Page("openapi:interface"), Page("openapi:keys", "limin")]

PAGES: list[Page] = [
    *DESIGN,
    *PORTAL,
    *SIGN_IN,
    *ACCOUNT,
    *FACTORS,
    *RESIDENCY,
    *MANDATES,
    *DESKS,
    *PEOPLE,
    *BODIES,
    *MESSAGES,
    *SITES,
    *NOTICES,
    *STUDIO,
    *EVENTS,
    *QUESTIONS,
    *BLOG,
    *GROUPS,
    *DIRECTORY,
    *pages_forms.PAGES,
    *pages_forum.PAGES,
    *pages_services.PAGES,
    *OPENAPI,
    *pages_cases_desk.PAGES,
    *pages_cases.CASES,
    *DEMO,
]
