"""Readers' pages as files, which the web server sends without asking Python, and which are never old.

- `recording` notes what an answer was made of, as the database was asked for it: rows and lists, called tags.
- `changes` sees what is written, whoever writes it: it shuts the doors before the commit, so that what depends on the
  rows is neither there nor stored, and opens them after it.
- `store` keeps the files, `tables` what is known of them: which tags each has, and what has changed when.
- `nodes` tells other machines that share the database, and waits for them; `follower` is what hears it there.
- `following` is the register of the tables that both know. What has read any other table is never stored, so a table
  that is forgotten there costs speed, never the truth.

Off without FRONT_DIR. docs/decisions/0008 says why it is as it is, docs/operators.md how it is run.
"""
