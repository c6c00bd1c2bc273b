"""Faults done to a real server while people write: kill -9, power loss, broken and full disks, jumping clocks.

    world.py     a small invented world, built once
    server.py    `linli serve` over a copy of it, its processes and their deaths
    client.py    a browser without eyes: cookies, forms, answers
    writes.py    what people write, one class a kind; later apps add theirs
    load.py      they write in a loop and keep a book of what was acknowledged
    verdict.py   the book against the database, the outbox, the audit chain and the files
    faults.py    F1 to F5, each a function of the number of cycles
    report.py    the table and its JSON lines
"""
