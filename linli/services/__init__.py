"""What offices do for people, item by item: who may have it, what to bring, where, how long, what it costs.

An item's text is a document; each publication is a version that the database never changes again. It asks calendar
for periods and opening hours, people for rights and bodies, sites for the frame of its pages.

A person's papers are given once, sealed, and shown to an office for one purpose and some days; each look is written down.

Nouns: item, version, situation, material; paper, share. Door: `api`.
"""
