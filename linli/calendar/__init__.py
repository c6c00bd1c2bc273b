"""Working days, deadlines and opening hours: dated tables of days off and make-up days, periods as versioned rules of a place,
and the clocks that run under them.

Nouns: day table, deadline rule, deadline, hours. Door: `api`.
"""
