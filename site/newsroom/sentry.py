"""Errors told to a Sentry server: where in the program they were, and nothing of what they were about.

Words of drafts stand in messages of errors, in local variables, forms, queries and addresses. So an event is made of
what is named here, rather than freed of what is known to be delicate. The rest is in the log, on this machine, under
the same name of the request.
"""

import logging
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from .logs import NONE, request_id

OF_EVENT = ("environment", "event_id", "level", "logger", "platform", "release", "sdk", "server_name", "timestamp")
OF_ERROR = ("module", "type")
OF_FRAME = ("filename", "function", "in_app", "lineno", "module")


def begin(dsn: str, release: str) -> None:
    """Whatever ends a command, and each error of the log that has a traceback, as that of a failed request has. Django,
    its database and other hosts are not listened to."""
    sentry_sdk.init(
        dsn,
        release=release,
        default_integrations=False,
        integrations=[
            AtexitIntegration(lambda waiting, seconds: None),  # no words on standard error
            DedupeIntegration(),
            ExcepthookIntegration(always_run=True),
            LoggingIntegration(level=None, event_level=logging.ERROR),
        ],
        before_send=told,
        max_breadcrumbs=0,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        send_default_pii=False,
        auto_session_tracking=False,
        send_client_reports=False,
    )


def told(event: Any, hint: dict[str, Any]) -> Any:
    """The event, of what is named above; none where there is no traceback, since a line of the log is words alone."""
    errors = [error for error in event.get("exception", {}).get("values", ()) if error.get("stacktrace")]
    if not errors:
        return None
    name = request_id.get()
    return {
        **only(event, OF_EVENT),
        "exception": {"values": [error_of(error) for error in errors]},
        "tags": {} if name == NONE else {"request_id": name},
    }


def error_of(error: dict[str, Any]) -> dict[str, Any]:
    frames = [only(frame, OF_FRAME) for frame in error["stacktrace"]["frames"]]
    return {**only(error, OF_ERROR), "stacktrace": {"frames": frames}}


def only(found: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: found[name] for name in names if name in found}
