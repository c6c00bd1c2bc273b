"""Pages of the site cluster that editors arrange: first pages, guides, the file library, a site's look.

Promises: Wagtail arranges, our own nouns publish; whoever may arrange what follows from posts alone; a process that
only shows pages never loads the editor; what one uploads goes through `linli.files`, whatever its use.
Nouns: home page, guide, library file, part (a block of a first page). The editor stands under `/studio/`
(`editor/`), the desks under `/desk/site/`. Door: `api.py`.
"""
