"""Questions with a duty to answer: who asks, who owes the answer and until when, what happens when nothing comes.

A question is put to an office of a place; a `Duty` says who owes the answer, a clock of `calendar` runs, and the ticker
raises what is overdue by one level. Every step is an append-only row from which the public figures can be computed anew.
It asks areas for places, people for rights and offices, calendar for clocks, sites for frames, files for pictures, and
tells by messaging. Doors: `api`, the pages `…/questions/`, the events of `linli.events.deliberation`.
"""
