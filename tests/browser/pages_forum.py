"""The pages of the forum, as `pages.py` has those of everything else."""

from __future__ import annotations

from .page import PERSON, SITE, Page

LAMP = "SELECT id FROM linli_forum_topic WHERE title LIKE '5 幢北侧的步道晚上太黑%'"
HOME_BOARD = "SELECT id FROM linli_forum_board WHERE name = '纺机新村' AND theme = ''"
OWN_WORDS = f"SELECT id FROM linli_forum_post WHERE author_id = {PERSON.format('he')} AND state = 'shown' AND body_id IS NULL AND topic_id IN (SELECT id FROM linli_forum_topic WHERE closed_at IS NULL AND merged_into_id IS NULL AND state = 'shown') ORDER BY id DESC"  # noqa: S608
FORUM = [
    Page("forum:boards", asked=SITE, shot="forum"),
    Page("forum:board", "he", asked={"pk": HOME_BOARD}, shot="board"),
    Page("forum:topic", asked={"pk": LAMP}, shot="topic"),
    Page("forum:topic", "he", asked={"pk": LAMP}),
    Page("forum:topic_new", "he", asked={"pk": HOME_BOARD}),
    Page("forum:topic_new", "lin", asked={"pk": HOME_BOARD}),
    Page("forum:reply", "tang", asked={"pk": LAMP}, query="?to=1&quote"),
    Page("forum:history", asked={"pk": "SELECT p.id FROM linli_forum_post p JOIN linli_forum_topic t ON t.id = p.topic_id JOIN linli_forum_board b ON b.id = t.board_id WHERE p.edited_at IS NOT NULL AND p.state = 'shown' AND t.state = 'shown' AND b.reads = 'public'"}),
    Page("forum:edit", "he", asked={"pk": OWN_WORDS}),
    Page("forum:drafts", "he"),
    Page("forum:boards_desk", "shen"),
    Page("forum:board_new", "shen", asked=SITE),
    Page("forum:board_shape", "shen", asked={"pk": HOME_BOARD}),
]
HIDDEN_QUESTION = {"pk": "SELECT id FROM linli_deliberation_question WHERE hidden_at IS NOT NULL"}
OPEN_REPORT = "SELECT post_id FROM linli_forum_report WHERE state = 'open' ORDER BY id DESC"
OPEN_APPEAL = "SELECT id FROM linli_forum_appeal WHERE state = 'lodged' AND tier = 2"
OTHERS_WORDS = f"SELECT id FROM linli_forum_post WHERE topic_id = ({LAMP}) AND number = 1"  # noqa: S608
HUS_ACT = f"SELECT id FROM linli_forum_act WHERE person_id = {PERSON.format('hu')} AND kind = 'warn' ORDER BY id DESC"  # noqa: S608
COMPOUND_HOME = {"pk": "SELECT id FROM linli_areas_area WHERE name = '纺机新村'"}
MODERATION = [
    Page("forum:rules", given={"slug": "qingzhuanli"}),
    Page("forum:rules_edit", "fang", asked=SITE),
    Page("forum:log", asked=SITE),
    Page("forum:act", "hu", asked={"pk": HUS_ACT}),
    Page("forum:appeal", "hu", asked={"pk": HUS_ACT}),
    Page("forum:report", "he", asked={"pk": OTHERS_WORDS}),
    Page("forum:desk", "shen"),
    Page("forum:desk_post", "shen", asked={"pk": OPEN_REPORT}, query="?do=hide"),
    Page("forum:desk_topic", "shen", asked={"pk": LAMP}, query="?do=slow"),
    Page("forum:desk_thing", "shen", asked=HIDDEN_QUESTION, query="?do=restore"),
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
    Page("forum:near", "he"),
    Page("forum:following", "he"),
    Page("forum:mine", "he"),
    Page("forum:tags", asked=SITE),
    Page("forum:tagged", given={"slug": "qingzhuanli", "word": "停车"}),
    Page("forum:follow_topic", "he", asked={"pk": LAMP}),
    Page("forum:react", "hu", asked={"pk": OTHERS_WORDS}, query="?kind=agree"),
    Page("forum:solves", "tang", asked={"pk": OTHERS_WORDS}),
    Page("forum:poll", "he", asked={"pk": HOME_POLL}),
    Page("forum:poll_new", "he", asked={"pk": OWN_WORDS}),
    Page("forum:poll_close", "shen", asked={"pk": HOME_POLL}),
    Page("forum:topic_for_other", "shen", asked={"pk": HOME_BOARD}),
]

PAGES = [*FORUM, *MODERATION, *READING]
