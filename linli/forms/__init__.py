"""Forms: one definition for the web, the counter, the telephone and paper.

Promises: a definition is read strictly and is a valid JSON Schema; every condition is worked out by the server, hidden
answers are dropped; what was published never changes; answers are sealed, and forgotten where nobody sends them.
Nouns: form (kind), version, filling, fact. Another app mounts a filling at its own address by `api.serve_filling`
and hears of its end by `FormSent`. Door: `api.py`.
"""
