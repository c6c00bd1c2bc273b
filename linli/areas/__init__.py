"""Places: district → street → community → compound → building → entrance → home.

Promises: a place's path holds the keys of its ancestors and is compared by whole segments; official codes are
attributes that may change; nothing is deleted, it ends and may have successors. Province and city are context.
Doors: api.py.
"""
