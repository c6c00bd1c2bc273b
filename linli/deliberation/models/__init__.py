from .answer import Answer, AnswerTemplate
from .duty import Duty
from .question import NumberRange, Question, QuestionStep
from .signature import JointRule, Signature

__all__ = [
    "Answer",
    "AnswerTemplate",
    "Duty",
    "JointRule",
    "NumberRange",
    "Question",
    "QuestionStep",
    "Signature",
]
