"""Reading what is public: one table of resources gives the routes, checks what is asked, and writes the document."""
