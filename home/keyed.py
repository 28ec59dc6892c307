"""Addresses that let somebody in by themselves: what stands in them is for no log. Needs no Django."""

import logging
import re

KEYED = re.compile(r"(/password_reset/confirm/|/cms/calendar/(?!subscribe/))[^\s\"']+", re.IGNORECASE)
CALENDAR = re.compile(r"/cms/calendar/[^/]+\.ics")
"""What a calendar program asks by, without a session. deploy/nginx/newsroom.conf knows it, too."""


def without_keys(words: str) -> str:
    return KEYED.sub(r"\1…", words)


class KeylessFilter(logging.Filter):
    """For gunicorn, which writes addresses as they came."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if (kept := without_keys(said)) != said:
            record.msg, record.args = kept, ()
        return True
