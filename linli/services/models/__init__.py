from .item import Item, ItemStep, ItemVersion
from .paper import Paper, PaperShare, PaperVersion

__all__ = ["Item", "ItemStep", "ItemVersion", "Paper", "PaperShare", "PaperVersion"]
