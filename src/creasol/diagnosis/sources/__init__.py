"""Official files, read where they lie by an embedded analytical engine (DuckDB), without the Django database.

`files` finds the tables in what was given (file, folder, zip), `downloads` fetches a URL, `workspace` holds
the engine, one module per source says which columns it needs and what it makes of them, `report` counts what
was used and refused.
"""
