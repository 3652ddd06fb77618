"""A voice from the anonymous form: no account, no time of day, nothing of the device."""

from __future__ import annotations

import secrets

from youthvoice.channels.policies import FORM
from youthvoice.errors import BadInput, Refused, note
from youthvoice.flow.campaigns import code_for
from youthvoice.flow.context import Context
from youthvoice.flow.receive import Received, receive
from youthvoice.model import RawContribution, TopicStatus
from youthvoice.nlp.normalise import normalise
from youthvoice.store import topics


def submit(
    context: Context, slug: str, question: int, text: str, campaign: str | None = None
) -> Received:
    """Take one anonymous message on a topic (`question` 0: the topic as a whole).

    `campaign` is the code of the postcard that led here; one that means nothing is left out.
    """
    if not normalise(text):
        raise BadInput(note("The field is empty. Write something, then send it."))
    if len(text) > context.settings.max_text:
        raise BadInput(
            note(
                "This is longer than %(most)s characters. Shorten it, or send it in two parts.",
                most=context.settings.max_text,
            )
        )
    with context.store.read() as tx:
        topic = topics.get(tx, slug)
    if topic.status != TopicStatus.OPEN:
        raise Refused(note("This consultation is not open now."))
    if not 0 <= question <= topic.questions:
        raise BadInput(note("There is no such question."))
    raw = RawContribution(
        channel=FORM,
        source_key=secrets.token_hex(16),
        text=text,
        day=context.settings.today().date(),
        question=question,
        campaign=code_for(context, campaign, topic),
    )
    return receive(context, topic.id, [raw])
