"""Whatever changes, readers get what would be rendered anew from the database alone.

    python tests/clock.py tests/stored/run.py [--only KIND ...] [--without RECEIVER_OR_TABLE]

`changes` names every kind of change that alters public pages, each made through the product's own functions; after each
of them every public address is asked twice: as readers ask, through everything that is kept anywhere, and in a process
that keeps nothing. Two different answers are a stale page. Whatever comes to be kept, and each new model, goes in here
first.
"""
