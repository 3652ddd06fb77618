"""What the codes of channels' failures mean, in words; message ids of the catalogue."""

from __future__ import annotations

from youthvoice.errors import mark

CODES = {
    "our_cap": mark("our own monthly cap is reached"),
    "no_price": mark("this call has no price in the price list"),
    "credits": mark("the platform’s credits are used up"),
    "usage_cap": mark("the platform’s monthly cap is reached"),
    "rate_limit": mark("the platform asks us to wait"),
    "unauthorized": mark("the credentials are wrong or were revoked"),
    "AuthenticationRequired": mark("the credentials are wrong or were revoked"),
    "AuthMissing": mark("the credentials are wrong or were revoked"),
    "AccountDeactivated": mark("the account is deactivated"),
    "ExpiredToken": mark("the session is over"),
    "InvalidToken": mark("the session is over"),
    "account_locked": mark("the account is locked or suspended"),
    "not_permitted": mark("the credentials may not do this"),
    "other_account": mark("the credentials belong to another account"),
    "not_told": mark("the platform does not tell"),
    "read-write": mark("reading and posting"),
    "read": mark("reading only"),
    "no_write": mark("the token may not post"),
    "no_bot": mark("mark the account as automated in its settings"),
    "inactive": mark("the account is deactivated"),
    "reply_refused": mark("the platform refuses a reply here"),
    "parent_gone": mark("the post it answers is gone"),
    "duplicate": mark("the platform says it is out already"),
    "other_record": mark("something else is posted under this key"),
    "timeout": mark("no answer came in time"),
    "server_error": mark("the platform had an error"),
    "network": mark("the platform could not be reached"),
    "not_reached": mark("the platform could not be reached"),
    "failed_inside": mark("something we did not foresee; look into the log"),
    "odd_answer": mark("the answer made no sense"),
    "timeline_too_long": mark("our timeline is too long to look through"),
    "cannot_be_looked_up": mark("this platform cannot be asked"),
    "forbidden": mark("the platform refuses this post"),
    "bad_request": mark("the platform does not understand the request"),
    "not_found": mark("the platform does not know it"),
    "fields_refused": mark("the platform has renamed what we ask for"),
    "gone": mark("it is gone"),
}


def meaning(code: str) -> str:
    """What a code means; a code without words stands for itself."""
    return CODES.get(code, code)
