"""The door of questions."""

from .actions.answering import answer_question, contest_answer, rate_answer
from .actions.asking import Words, ask_question, withdraw_question
from .actions.handling import (
    assign_question,
    pause_question,
    resume_question,
    say_progress,
    transfer_question,
)
from .actions.signing import sign_question
from .actions.time import close_settled, escalate_overdue, lapse_gathering
from .clocks import kind_for, open_clock
from .models import Answer, Duty, Question
from .permissions import D, may_answer, may_ask, may_see
from .queries.figures import Figures, of_office, recompute
from .queries.questions import counts
from .queries.questions import for_feed as questions_of_site
from .rules import QuestionState, Solved, Theme, Visibility

__all__ = [
    "Answer", "D", "Duty", "Figures", "Question", "QuestionState", "Solved", "Theme", "Visibility", "Words", "answer_question",
    "ask_question", "assign_question", "close_settled", "contest_answer", "counts", "escalate_overdue", "kind_for", "lapse_gathering",
    "may_answer", "may_ask", "may_see", "of_office", "open_clock", "pause_question", "questions_of_site", "rate_answer", "recompute", "resume_question",
    "say_progress", "sign_question", "transfer_question", "withdraw_question",
]  # fmt: skip
