"""Every page that a person can open, and one person who opens it.

A GET route that is neither here nor in `not_pages.toml` fails `test_registry.py`. Codes and numbers of the demo
world are asked from its database, so that nothing breaks when the demo is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from playwright.sync_api import Page as Tab

from linli.design.gallery import PAGES as GALLERY
from tools.browser.world import World

from . import reach as way


@dataclass(frozen=True)
class Page:
    """A route, who opens it (a demo persona, or nobody), and where its parameters come from.

    `given` fixes parameters; `asked` maps a parameter to a query whose first value is taken; `reach` does what has
    to be done before the page opens at all.
    """

    route: str
    by: str = ""
    given: dict[str, object] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    query: str = ""
    status: int = 200
    address: str = ""
    reach: Callable[[Tab], None] | None = None
    samples: bool = False  # shows components that lead nowhere
    shot: str = ""  # name of its pictures in docs/screens, for the main pages

    def __str__(self) -> str:
        extra = "-".join(str(value) for value in self.given.values())
        return "-".join(filter(None, [self.route or self.address, extra, self.query, self.by]))

    def path(self, world: World) -> str:
        """The address in this world."""
        if self.address:
            return self.address
        values = dict(self.given)
        for name, query in self.asked.items():
            rows = world.rows(query)
            assert rows, f"the demo world has nothing for {self.route}: {query}"
            values[name] = _parameter(rows[0][0])
        return reverse(self.route, kwargs=values) + self.query


def _parameter(value: object) -> object:
    """SQLite keeps a UUID as 32 hexadecimal digits; addresses have its hyphens."""
    return UUID(value) if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32}", value) else value


# Levels: linli.areas.api.Level; one compound and building of the reference pages.
COMPOUND = "SELECT id FROM linli_areas_area WHERE name = '纺机新村'"
BUILDING = (
    "SELECT b.id FROM linli_areas_area b JOIN linli_areas_area c ON b.parent_id = c.id "
    "WHERE c.name = '纺机新村' AND b.name LIKE '3%' LIMIT 1"
)
PERSON = "(SELECT id FROM linli_people_person WHERE demo_key = '{}')"
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
    Page("people:claim", "lin", shot="claim"),
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
    Page("people:claims", "shen", shot="claims-desk"),
    Page("people:claims_one", "shen", asked={"pk": OWN_CLAIM}),
    Page("people:counter", "shen"),
    Page("people:home_codes", "shen"),
    Page("people:home_codes_place", "shen", asked={"pk": BUILDING}, shot="home-codes"),
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
    Page("people:mandates", "zhou", shot="mandates"),
    Page("people:mandate_give", "he"),
    Page("people:mandates_desk", "gu"),
    Page("people:acting", "song"),
]
PEOPLE = [
    Page("people:desk", "shen", shot="desk"),
    Page("people:people_desk", "shen", shot="people-desk"),
    Page("people:people_living", "shen"),
    Page("people:people_enrol", "shen"),
    *(Page(f"people:{name}", "shen", asked={"pk": RESIDENT}) for name in ("person", "person_card")),
    *(Page(f"people:{name}", "shen", asked={"pk": RESIDENT}) for name in ("person_phone", "person_merge")),
    Page("people:person_guardian", "shen", asked={"pk": RESIDENT}),
    Page("people:person_factor", "shen", asked={"pk": RESIDENT}),
    Page("people:audit", "fan", shot="audit"),
    Page("people:outbox", "tao"),
    Page("people:health", "tao"),
    Page("calendar:year", given={"year": 2026}, shot="calendar"),
    Page("calendar:rules", "limin"),
    Page("calendar:rules_place", "limin", asked={"pk": "SELECT id FROM linli_areas_area WHERE name = '柳渡街道'"}),
]
BODIES = [
    Page("people:body", asked={"pk": COMMITTEE}, shot="body"),
    Page("people:bodies", "limin", shot="bodies"),
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
    Page("portal:place", asked={"pk": COMMUNITY}, shot="community"),
    Page("portal:place", "he", asked={"pk": COMPOUND}, shot="compound"),
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
    Page("messaging:receipts", "shen", asked={"pk": SENT}, shot="receipts"),
]
SITE = {"slug": "SELECT slug FROM linli_sites_site WHERE slug = 'fangji-xincun'"}
SITES = [
    Page("portal:streets"),
    Page("portal:site", asked=SITE, shot="site"),
    Page("portal:site", "he", asked={"slug": "SELECT slug FROM linli_sites_site WHERE slug = 'qingzhuanli'"}, shot="community-site"),
    Page("sites:mine", asked=SITE),
]
NOTICE = "SELECT id FROM linli_portal_notice WHERE state = '{}' AND title LIKE '{}%' ORDER BY id LIMIT 1"
BURST = {"pk": NOTICE.format("published", "柳渡路水管抢修")}
NOTICES = [
    Page("portal:notices", asked=SITE, shot="notices"),
    Page("portal:notices", "he", asked=SITE, query="?when=past&kind=outage"),
    Page("portal:notice", asked=BURST, shot="notice"),
    Page("portal:notice", "he", asked={"pk": NOTICE.format("published", "3 幢单元门")}),
    Page("portal:notice", "hu", asked={"pk": NOTICE.format("corrected", "重阳")}),
    Page("portal:notice", "lin", asked={"pk": NOTICE.format("withdrawn", "旧家具")}, status=410),
    Page("portal:notices_desk", "shen", shot="notices-desk"),
    Page("portal:notice_new", "jiang", shot="notice-write"),
    Page("portal:notice_desk", "shen", asked={"pk": NOTICE.format("waiting", "居住证")}, shot="notice-check"),
    Page("portal:notice_edit", "jiang", asked={"pk": NOTICE.format("draft", "年末邻里饭")}),
    Page("portal:notice_readers", "shen", asked=BURST),
]
COMMUNITY_SITE = {"slug": "SELECT slug FROM linli_sites_site WHERE slug = 'qingzhuanli'"}
STUDIO = [
    Page("studio:guides", asked=COMMUNITY_SITE, shot="guides"),
    Page("studio:guide", given={"slug": "qingzhuanli", "page": "ban-ju-zhu-zheng"}, shot="guide"),
    Page("studio:files", asked=COMMUNITY_SITE),
    Page("studio:desk", "shen"),
    *(Page(f"studio:{name}", "jiang", asked=COMMUNITY_SITE) for name in ("desk_site", "look", "desk_files")),
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
    Page("activities:coming", asked=COMMUNITY_SITE, shot="events"),
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
    Page("activities:manage", "shen", asked={"pk": FULL}, shot="event-desk"),
    Page("activities:edit", "shen", asked={"pk": FULL}),
    Page("activities:cancel", "shen", asked={"pk": FULL}),
    Page("activities:add", "shen", asked={"pk": FULL}),
    Page("activities:door", "shen", asked={"pk": FULL}),
]
_ASKED = "SELECT id FROM linli_deliberation_question WHERE title LIKE '{}%'"
LIFT, FENCE, FEES = ({"pk": _ASKED.format(words)} for words in ("加装电梯的分摊款", "电梯井施工", "物业费从"))
_PROPERTY = {"pk": "SELECT id FROM linli_people_body WHERE name = '邻安物业'"}
QUESTIONS = [
    Page("deliberation:questions", asked=SITE, shot="questions"),
    Page("deliberation:unanswered", asked={"slug": "SELECT slug FROM linli_sites_site WHERE slug = 'liudu-subdistrict'"}, shot="unanswered"),
    Page("deliberation:question", asked=LIFT, shot="question"),
    Page("deliberation:question", "he", asked=FENCE),
    Page("deliberation:office", asked=_PROPERTY, shot="office"),
    Page("deliberation:new", "he", asked=SITE, shot="ask"),
    Page("deliberation:new", "lin", asked=SITE),
    Page("deliberation:mine", "he"),
    Page("deliberation:sign", "zhou", asked=LIFT),
    Page("deliberation:rate", "he", asked=FENCE),
    Page("deliberation:contest", "he", asked=FENCE),
    Page("deliberation:withdraw", "he", asked=FEES),
    Page("deliberation:desk", "tang", shot="questions-desk"),
    Page("deliberation:desk_one", "tang", asked=FEES, shot="question-desk"),
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
    Page("portal:blog", asked=SITE, shot="blog"),
    Page("portal:blog_post", asked={"pk": _POST}, shot="blog-post"),
    Page("portal:blog_history", asked={"pk": _POST}),
    Page("portal:blog_author", asked={"pk": _POST}),
    Page("portal:blog_mine", "ding"),
    Page("portal:blog_new", "ding", asked=SITE, shot="blog-write"),
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
    Page("sites:group_new", "he", shot="group-new"),
    Page("sites:group_mine", "he"),
    Page("sites:group_desk", "shen", shot="group-desk"),
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
    Page("portal:phone", asked={"pk": SHOP}, shot="phone"),
    Page("portal:phone_wrong", asked={"pk": SHOP}),
    Page("portal:phone_wrong", asked={"pk": SHOP}, query="?thanks=1"),
    Page("portal:phones_desk", "gu", shot="phones-desk"),
    Page("portal:phone_new", "gu"),
    Page("portal:phone_edit", "gu", asked={"pk": SHOP}),
    Page("portal:phones_import", "gu"),
]
LAMP = "SELECT id FROM linli_forum_topic WHERE title LIKE '5 幢北侧的步道晚上太黑%'"
HOME_BOARD = "SELECT id FROM linli_forum_board WHERE name = '纺机新村' AND theme = ''"
OWN_WORDS = f"SELECT id FROM linli_forum_post WHERE author_id = {PERSON.format('he')} AND state = 'shown' AND body_id IS NULL AND topic_id IN (SELECT id FROM linli_forum_topic WHERE closed_at IS NULL AND merged_into_id IS NULL AND state = 'shown') ORDER BY id DESC"  # noqa: S608
FORUM = [
    Page("forum:boards", asked=SITE, shot="forum"),
    Page("forum:board", "he", asked={"pk": HOME_BOARD}, shot="board"),
    Page("forum:topic", asked={"pk": LAMP}, shot="topic"),
    Page("forum:topic", "he", asked={"pk": LAMP}),
    Page("forum:topic_new", "he", asked={"pk": HOME_BOARD}, shot="topic-write"),
    Page("forum:topic_new", "lin", asked={"pk": HOME_BOARD}),
    Page("forum:reply", "tang", asked={"pk": LAMP}, query="?to=1&quote"),
    Page("forum:history", asked={"pk": "SELECT p.id FROM linli_forum_post p JOIN linli_forum_topic t ON t.id = p.topic_id JOIN linli_forum_board b ON b.id = t.board_id WHERE p.edited_at IS NOT NULL AND p.state = 'shown' AND t.state = 'shown' AND b.reads = 'public'"}),
    Page("forum:edit", "he", asked={"pk": OWN_WORDS}),
    Page("forum:drafts", "he"),
    Page("forum:boards_desk", "shen"),
    Page("forum:board_new", "shen", asked=SITE),
    Page("forum:board_shape", "shen", asked={"pk": HOME_BOARD}),
]
OPEN_REPORT = "SELECT post_id FROM linli_forum_report WHERE state = 'open' ORDER BY id DESC"
OPEN_APPEAL = "SELECT id FROM linli_forum_appeal WHERE state = 'lodged' AND tier = 2"
OTHERS_WORDS = f"SELECT id FROM linli_forum_post WHERE topic_id = ({LAMP}) AND number = 1"  # noqa: S608
HUS_ACT = f"SELECT id FROM linli_forum_act WHERE person_id = {PERSON.format('hu')} AND kind = 'warn' ORDER BY id DESC"  # noqa: S608
COMPOUND_HOME = {"pk": "SELECT id FROM linli_areas_area WHERE name = '纺机新村'"}
MODERATION = [
    Page("forum:rules", given={"slug": "qingzhuanli"}, shot="rules-of-speech"),
    Page("forum:rules_edit", "fang", asked=SITE),
    Page("forum:log", asked=SITE, shot="moderation-log"),
    Page("forum:act", "hu", asked={"pk": HUS_ACT}),
    Page("forum:appeal", "hu", asked={"pk": HUS_ACT}),
    Page("forum:report", "he", asked={"pk": OTHERS_WORDS}),
    Page("forum:desk", "shen", shot="desk-forum"),
    Page("forum:desk_post", "shen", asked={"pk": OPEN_REPORT}, query="?do=hide"),
    Page("forum:desk_topic", "shen", asked={"pk": LAMP}, query="?do=slow"),
    Page("forum:erase", "limin", asked={"pk": OPEN_REPORT}),
    Page("forum:appeals", "limin"),
    Page("forum:decide", "limin", asked={"pk": OPEN_APPEAL}),
    Page("forum:shaping", "shen"),
    Page("forum:words", "fang", asked=COMPOUND_HOME),
    Page("forum:limits", "fang", asked=COMPOUND_HOME),
]
HOME_POLL = (
    "SELECT l.id FROM linli_forum_poll l JOIN linli_forum_post p ON p.id = l.post_id JOIN linli_forum_topic t ON t.id = p.topic_id "  # noqa: S608
    f"WHERE t.board_id = ({HOME_BOARD}) AND p.state = 'shown' ORDER BY l.ends_at DESC"
)
READING = [
    Page("forum:for_you", "he", shot="for-you"),
    Page("forum:near", "he", shot="near-you"),
    Page("forum:following", "he"),
    Page("forum:mine", "he"),
    Page("forum:tags", asked=SITE),
    Page("forum:tagged", given={"slug": "qingzhuanli", "word": "停车"}),
    Page("forum:follow_topic", "he", asked={"pk": LAMP}),
    Page("forum:react", "hu", asked={"pk": OTHERS_WORDS}, query="?kind=agree"),
    Page("forum:solves", "tang", asked={"pk": OTHERS_WORDS}),
    Page("forum:poll", "he", asked={"pk": HOME_POLL}, shot="poll"),
    Page("forum:poll_new", "he", asked={"pk": OWN_WORDS}),
    Page("forum:poll_close", "shen", asked={"pk": HOME_POLL}),
    Page("forum:topic_for_other", "shen", asked={"pk": HOME_BOARD}),
]
DEMO = [Page("gateways:outbox")]
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
    *FORUM,
    *MODERATION,
    *READING,
    *DEMO,
]
