"""Events of a place or a group: published by a body, signed up for by residents, checked in at the door.

Sign-ups are taken under the event's lock, so that its places are never given twice. It asks areas for places,
people for rights and residencies, sites for the frame of its pages, and tells by messaging.
"""
