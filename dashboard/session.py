"""Who is looking, in which language, and what may they: asked again on every run of a page.

In demo mode a visible switch says which role you play. It works only where this machine alone can
reach the dashboard; anywhere else there are no staff pages until a sign-in is set up.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

import streamlit as st

from youthvoice import app as wiring
from youthvoice.demo.life import ALEX, MINISTRY, SACHA
from youthvoice.errors import YouthVoiceError
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Role
from youthvoice.settings import Settings
from youthvoice.strings import Translator

OPERATOR = Actor("Robin", Role.OPERATOR)
VISITOR = Actor("visitor", Role.VISITOR)
FORWARDED = ("forwarded", "via", "x-real-ip", "cf-", "x-forwarded-")
"""Beginnings of headers that only a proxy adds."""

DONE = "done"
SAID_SECONDS = 5.0


@dataclass
class Done:
    """What was done, in words, and when it was first shown (seconds of the monotonic clock)."""

    what: str
    since: float | None = None


class Persona(NamedTuple):
    """Somebody one can play in the demo: a message id, and who that is."""

    name: str
    actor: Actor


def personas(t: Translator) -> dict[str, Persona]:
    """Everybody one can play, by a short key."""
    return {
        "young": Persona(t("Young person"), VISITOR),
        "alex": Persona(t("Committee: Alex"), ALEX),
        "sacha": Persona(t("Committee: Sacha"), SACHA),
        "ministry": Persona(t("Ministry"), MINISTRY),
        "operator": Persona(t("Operator"), OPERATOR),
    }


@st.cache_resource
def context() -> Context:
    """Everything wired, once a process."""
    return wiring.build(Settings.from_env())


def language() -> str:
    """The language of the link, remembered while the page stays open (links lose it, sessions don't)."""
    given = st.query_params.get("lang")
    if given in ("en", "fr"):
        st.session_state["language"] = given
    return str(st.session_state.get("language", "en"))


def translator() -> Translator:
    """Says things in this session's language."""
    return Translator(language())


def is_loopback(name: str) -> bool:
    """Whether a host (with or without a port) is this machine itself."""
    host = name.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def may_play(settings: Settings, headers: Mapping[str, str]) -> bool:
    """Whether the role switch works here: demo, bound to loopback, asked by that name, no proxy."""
    lower = {name.lower(): value for name, value in headers.items()}
    return (
        settings.demo
        and is_loopback(settings.dashboard_host)
        and is_loopback(lower.get("host", ""))
        and not any(name.startswith(FORWARDED) for name in lower)
        # A public address that is not this machine's means a proxy, even one that adds no header.
        and all(
            is_loopback(urlsplit(address).hostname or "")
            for address in (settings.public_address, settings.dashboard_address)
        )
    )


def request_headers() -> Mapping[str, str]:
    """The headers of this session's request."""
    return dict(st.context.headers.items())


def actor() -> Actor:
    """Who acts, looked up again on every run."""
    if not may_play(context().settings, request_headers()):
        return VISITOR
    chosen = personas(translator()).get(str(st.session_state.get("persona", "young")))
    return chosen.actor if chosen else VISITOR


def require(role: Role) -> Actor:
    """The actor if they hold `role`; otherwise say so and stop the page."""
    now = actor()
    if now.role != role:
        st.error(translator()("This page is for another role."))
        st.stop()
    return now


def attempt(what: str, step: object) -> bool:
    """Do a step; show `what` if it worked, or the refusal in words. Whether it worked."""
    t = translator()
    try:
        step()  # type: ignore[operator]
    except YouthVoiceError as problem:
        following = f" {t.note(problem.next_step)}" if problem.next_step else ""
        st.error(t.note(problem.what) + following)
        return False
    st.session_state[DONE] = Done(what)
    return True


def show_done() -> None:
    """Say what was done, on this run of the page and on those that follow at once.

    A page runs again for many reasons (a field that loses its focus is one), and each run replaces
    what the run before it drew: said once only, a result could be gone before anybody had seen it.
    """
    done = st.session_state.get(DONE)
    if not isinstance(done, Done):
        return
    now = time.monotonic()
    if done.since is None:
        done.since = now
    if now - done.since > SAID_SECONDS:
        del st.session_state[DONE]
        return
    st.success(done.what)
