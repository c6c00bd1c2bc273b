"""People, the bodies they serve in, where they live, and what each may do.

Nouns: Person (the account), Identifier (phone, e-mail), Body, Post, Residency, HomeCode, RollEntry, Mandate,
Guardianship. Promises: roles follow from posts and residencies, deny by default, every look at sealed data
has a purpose and a row the person can see. Doors: api.py.
"""
