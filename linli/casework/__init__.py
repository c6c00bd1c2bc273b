"""Requests, complaints and suggestions: every case has one code, one clock and one history, whoever handles it.

Nouns: Case (what was reported), CaseStep (its append-only history), Assignment (who was to do it, never overwritten),
Reply, Extension, CallAttempt, CaseGroup (alike cases, each with its own reporter), Identity (a reporter's name, sealed).
Promises: the reporter's clock starts at the submission, survives every return and transfer and pauses only while we wait
for him; a unit signs, or time signs for it; the third return is impossible; a confidential reporter is seen by nobody of
the unit complained of, and every look at him is logged with its purpose. Doors: `api`, events in `linli.events.casework`.
"""
