"""Who signs in, how often it may be tried, with what, and what stands in the log of it.

- `models` holds the lines of the log, among which are the failures that are counted.
- `throttle` counts them, for every door that takes a password or a code; `doors` brings it to Django's and Wagtail's,
  `own_account` to what somebody changes of their own, `passwords` says which are taken.
- `factors` are what somebody has beside a password: `codes` of an app, `passkeys`; `views` asks for them.
- `sessions` are rows, which somebody sees and ends (`session_views`).
- `middleware` lets nobody in who has not given all of it; `asking` knows from where somebody asks.
- `rights` notes what administrators change, and `report` shows the log.
"""
