"""What every app stands on: time, ids, text, sealed columns, audit, slots, states, the ticker.

Promises: `clock.now()` is the only reader of time; a sealed column never shows its text to the
database; an audit row can be neither changed nor removed unseen.
"""
