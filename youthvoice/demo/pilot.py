"""The demo's topics: the pilot of March 2017 (youth mentoring), and the first public one, proposed."""

from __future__ import annotations

from datetime import date, timedelta

from youthvoice.model import Topic, TopicStatus, TopicText

OPEN_FOR = timedelta(days=30)
ANSWER_WITHIN = timedelta(days=60)


def mentoring(opens_on: date, proposed_by: str) -> Topic:
    """The pilot topic: youth mentoring, four questions."""
    return Topic(
        slug="mentoring",
        status=TopicStatus.PROPOSED,
        ministry="children-youth",
        opens_on=opens_on,
        closes_on=opens_on + OPEN_FOR,
        answer_due_on=opens_on + ANSWER_WITHIN,
        proposed_by=proposed_by,
        texts={
            "en": TopicText(
                title="Somebody in your corner: what makes mentoring work?",
                context=(
                    "A mentor is somebody a bit further along who has your back: at school, at "
                    "work, in life. Ontario pays for mentoring programs, but not everybody gets a "
                    "mentor, and not every match works."
                ),
                influence=(
                    "What you say shapes the rules for mentoring money next year: who gets it, "
                    "what mentors must learn first, and where programs open."
                ),
                hashtag="OnMentoring",
                questions=(
                    "What makes a good mentor?",
                    "What difference has a mentor made for you, or could one make?",
                    "What makes it hard to find a mentor, or to keep one?",
                    "If you ran mentoring programs, what would you change first?",
                ),
            ),
            "fr": TopicText(
                title="Quelqu’un dans ton coin : qu’est-ce qui fait un bon mentorat?",
                context=(
                    "Un mentor ou une mentore, c’est quelqu’un d’un peu plus avancé qui t’appuie : "
                    "à l’école, au travail, dans la vie. L’Ontario finance des programmes de "
                    "mentorat, mais tout le monde n’y a pas accès, et ça ne marche pas toujours."
                ),
                influence=(
                    "Ce que tu dis va guider les règles du financement du mentorat l’an prochain : "
                    "qui le reçoit, ce que les mentors doivent d’abord apprendre, et où les "
                    "programmes ouvrent."
                ),
                hashtag="OnMentorat",
                questions=(
                    "Qu’est-ce qui fait un bon mentor ou une bonne mentore?",
                    "Qu’est-ce que le mentorat a changé pour toi, ou pourrait changer?",
                    "Qu’est-ce qui complique la recherche d’un mentor, ou fait qu’on le perd?",
                    "Si c’était toi qui dirigeais les programmes, que changerais-tu en premier?",
                ),
            ),
        },
    )


def post_secondary(opens_on: date, proposed_by: str) -> Topic:
    """The first public topic of October 2017: access to post-secondary education."""
    return Topic(
        slug="pse-access",
        status=TopicStatus.PROPOSED,
        ministry="advanced-education",
        opens_on=opens_on,
        closes_on=opens_on + OPEN_FOR,
        answer_due_on=opens_on + ANSWER_WITHIN,
        proposed_by=proposed_by,
        texts={
            "en": TopicText(
                title="After high school: what stands in the way?",
                context=(
                    "College, university, an apprenticeship: after high school there are many "
                    "doors, and some of them are harder to open for some of us."
                ),
                influence=(
                    "What you say shapes how financial aid and campus supports change next year."
                ),
                hashtag="OnPSEaccess",
                questions=(
                    "What would make it easier to go on studying or training after high school?",
                    "What do you wish you had known sooner?",
                    "Who helped you decide, and who should have?",
                ),
            ),
            "fr": TopicText(
                title="Après le secondaire : qu’est-ce qui bloque le chemin?",
                context=(
                    "Collège, université, apprentissage : après le secondaire, il y a beaucoup de "
                    "portes, et certaines sont plus difficiles à ouvrir pour certains d’entre nous."
                ),
                influence=(
                    "Ce que tu dis va guider les changements à l’aide financière et aux services "
                    "sur les campus l’an prochain."
                ),
                hashtag="OnAccesEPS",
                questions=(
                    "Qu’est-ce qui aiderait à continuer ses études ou une formation après le "
                    "secondaire?",
                    "Qu’est-ce que tu aurais aimé savoir plus tôt?",
                    "Qui t’a aidé à choisir, et qui aurait dû le faire?",
                ),
            ),
        },
    )
