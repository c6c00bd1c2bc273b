"""The door of service items and of people's papers."""

from .actions.items import create_item, publish_item, save_draft, verify_item, withdraw_item
from .actions.papers import Facts as PaperFacts
from .actions.papers import give_paper, note_look, share_paper
from .content import Amount, Basis, Condition, Content, Faq, Material, Question, Step, needed
from .models import Item, ItemVersion
from .permissions import V
from .queries.items import items_of, public_item
from .rules import (
    Audience,
    Depth,
    Form,
    ItemState,
    Kind,
    Level,
    LifeEvent,
    Pace,
    Result,
    Scheme,
    Source,
    Special,
)

__all__ = [
    "Amount", "Audience", "Basis", "Condition", "Content", "Depth", "Faq", "Form", "Item", "ItemState", "ItemVersion", "Kind",
    "Level", "LifeEvent", "Material", "Pace", "PaperFacts", "Question", "Result", "Scheme", "Source", "Special", "Step", "V", "create_item",
    "give_paper", "items_of", "needed", "note_look", "public_item", "publish_item", "save_draft", "share_paper", "verify_item", "withdraw_item",
]  # fmt: skip
