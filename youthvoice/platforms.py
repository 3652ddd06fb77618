"""The platforms that the settings hold credentials for, as channels. An account in each language, or none.

Only `app` calls this; it stands apart because it names every platform's classes. Each is imported when
it is set up: their libraries take seconds to load, and most processes need none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import SecretStr

from youthvoice import defaults
from youthvoice.channels import policies
from youthvoice.channels.base import Channel, Policy
from youthvoice.channels.metering import FreeMeter, Meter
from youthvoice.channels.waiting import Patience
from youthvoice.errors import BadInput, note
from youthvoice.flow.spending import StoredMeter
from youthvoice.model import LANGUAGES
from youthvoice.settings import PLATFORMS, PREFIX, Settings, listed
from youthvoice.store.engine import Store
from youthvoice.trust.keys import PublicKeys

NEEDED = {
    policies.X: (
        "handle",
        "consumer_key",
        "consumer_secret",
        "access_token",
        "access_token_secret",
    ),
    policies.BLUESKY: ("handle", "password"),
    policies.MASTODON: ("token",),
}
"""What an account of each platform cannot do without: the endings of its settings' names."""


class Platforms(NamedTuple):
    """The channels by name, and the monthly cap (US dollars) of each (channel, account) that costs."""

    channels: Mapping[str, Channel]
    caps: Mapping[tuple[str, str], float]


def value(settings: Settings, name: str) -> str:
    """A setting in plain text."""
    found = getattr(settings, name)
    return found.get_secret_value() if isinstance(found, SecretStr) else str(found)


def needed(platform: str) -> list[str]:
    """The names of the settings that a platform cannot do without."""
    server = ["mastodon_url"] if platform == policies.MASTODON else []
    return server + [
        f"{platform}_{language}_{ending}" for language in LANGUAGES for ending in NEEDED[platform]
    ]


def missing(settings: Settings, platform: str) -> list[str]:
    """The variables of a platform that are empty."""
    return [PREFIX + name.upper() for name in needed(platform) if not value(settings, name)]


def is_set_up(settings: Settings, platform: str) -> bool:
    """Whether a platform has its credentials in both languages.

    Raises `BadInput` where only some are there: half a channel would speak one language.
    """
    lacking = missing(settings, platform)
    if not lacking:
        return True
    if len(lacking) < len(needed(platform)):
        raise BadInput(
            note(
                "The channel %(name)s lacks settings: %(settings)s.",
                name=platform,
                settings=", ".join(lacking),
            ),
            note("Set all of them, for both languages, or none. docs/operators/ has the guides."),
        )
    return False


def build_platforms(settings: Settings, store: Store, keys: PublicKeys) -> Platforms:
    """Every platform that is set up."""
    channels: dict[str, Channel] = {}
    caps: dict[tuple[str, str], float] = {}
    for platform in PLATFORMS:
        if not is_set_up(settings, platform):
            if platform in listed(settings.live):
                raise BadInput(
                    note(
                        "The channel %(name)s is set live, but has no credentials.", name=platform
                    ),
                    note("docs/operators/ has a guide for each platform."),
                )
            continue
        channels[platform] = _BUILD[platform](_Wiring(settings, store, keys))
        if platform in defaults.prices(settings.home):
            caps |= {(platform, language): settings.x_monthly_cap for language in LANGUAGES}
    return Platforms(channels, caps)


class _Wiring(NamedTuple):
    settings: Settings
    store: Store
    keys: PublicKeys


def _policy(settings: Settings, platform: str) -> Policy:
    found = policies.policy(platform, settings.staff_readable_channels)
    assert found is not None
    return found


def _patience(settings: Settings) -> Patience:
    return Patience(settings.channel_patience)


def _meter(settings: Settings, store: Store, platform: str) -> Meter:
    prices = defaults.prices(settings.home).get(platform)
    if prices is None:
        return FreeMeter()
    return StoredMeter(store, platform, prices.price, settings.x_monthly_cap)


def _x(wiring: _Wiring) -> Channel:
    from youthvoice.channels.x.channel import XChannel
    from youthvoice.channels.x.client import XAccount

    settings = wiring.settings
    accounts = [
        XAccount(
            language,
            *(
                value(settings, f"x_{language}_{ending}")
                for ending in (*NEEDED[policies.X], "bearer_token")
            ),
        )
        for language in LANGUAGES
    ]
    return XChannel(
        accounts,
        wiring.keys.pseudonym,
        _meter(settings, wiring.store, policies.X),
        _policy(settings, policies.X),
        _patience(settings),
        settings.channel_timeout,
    )


def _bluesky(wiring: _Wiring) -> Channel:
    from youthvoice.channels.bluesky.channel import BlueskyChannel
    from youthvoice.channels.bluesky.client import BlueskyAccount

    settings = wiring.settings
    accounts = [
        BlueskyAccount(
            language,
            value(settings, f"bluesky_{language}_handle"),
            value(settings, f"bluesky_{language}_password"),
        )
        for language in LANGUAGES
    ]
    return BlueskyChannel(
        accounts,
        settings.bluesky_service,
        wiring.keys.pseudonym,
        _policy(settings, policies.BLUESKY),
        settings.keys_dir,
        _patience(settings),
        settings.channel_timeout,
    )


def _mastodon(wiring: _Wiring) -> Channel:
    from youthvoice.channels.mastodon.channel import MastodonChannel
    from youthvoice.channels.mastodon.client import MastodonAccount

    settings = wiring.settings
    accounts = [
        MastodonAccount(language, value(settings, f"mastodon_{language}_token"))
        for language in LANGUAGES
    ]
    return MastodonChannel(
        accounts,
        settings.mastodon_url,
        wiring.keys.pseudonym,
        _policy(settings, policies.MASTODON),
        settings.mastodon_visibility,
        _patience(settings),
        settings.channel_timeout,
    )


_BUILD = {policies.X: _x, policies.BLUESKY: _bluesky, policies.MASTODON: _mastodon}
