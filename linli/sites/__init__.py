"""Sites: every street, community and compound has an address of its own, and so have its civic groups.

Promises: a place that everybody may see has its site from the same transaction on; an address once given leads there
for ever; whoever chose his community comes to it at `/`.
Nouns: site, address (slug), choice. Pages that stand in a site's frame extend `sites/page.html` and take their site
with `of_site`; lower and upper apps add to it by the slots `site.nav`, `site.main` and `site.aside`. Door: `api.py`.
"""
