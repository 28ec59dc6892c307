"""Search that finds Chinese: one analyser for what is indexed and what is typed, on SQLite and PostgreSQL alike."""
