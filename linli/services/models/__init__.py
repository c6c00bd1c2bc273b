from .item import Item, ItemStep, ItemVersion

__all__ = ["Item", "ItemStep", "ItemVersion"]
