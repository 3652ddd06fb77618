"""Sixty invented messages on mentoring, thirty in each language, on six things: for codebooks and mappings."""

from __future__ import annotations

SAID: dict[str, dict[str, tuple[str, ...]]] = {
    "bus": {
        "en": (
            "there is no bus after six so I can't get to the program",
            "the bus takes an hour and a half each way just to see my mentor",
            "no bus on weekends where I live, my mom has to drive me",
            "I missed three meetings because the bus never came",
            "pay for our bus tickets, the ride costs more than my lunch",
        ),
        "fr": (
            "il n'y a pas d'autobus après 18 h alors je ne peux pas venir au programme",
            "l'autobus prend une heure et demie pour aller voir ma mentore",
            "pas d'autobus la fin de semaine chez nous, ma mère doit me conduire",
            "j'ai manqué trois rencontres parce que l'autobus n'est jamais passé",
            "payez nos billets d'autobus, le trajet coûte plus cher que mon dîner",
        ),
    },
    "waiting": {
        "en": (
            "I was on the waiting list for eleven months before I got a mentor",
            "the waiting list is so long that people just give up",
            "still waiting, nobody ever called me back about a match",
            "two years on a waiting list and then I was too old for it",
            "tell us how long the waiting list is when we sign up",
        ),
        "fr": (
            "j'ai été onze mois sur la liste d'attente avant d'avoir un mentor",
            "la liste d'attente est tellement longue que le monde abandonne",
            "j'attends encore, personne ne m'a jamais rappelé pour un jumelage",
            "deux ans sur une liste d'attente et après j'étais trop vieux",
            "dites-nous combien de temps dure la liste d'attente quand on s'inscrit",
        ),
    },
    "listening": {
        "en": (
            "a good mentor listens and does not judge you",
            "she just listens to me without telling me what to do",
            "you need somebody who listens when nobody at home does",
            "my mentor never judges me, even when I mess up",
            "someone I can trust, who listens before giving advice",
        ),
        "fr": (
            "un bon mentor écoute et ne te juge pas",
            "elle m'écoute sans me dire quoi faire",
            "il faut quelqu'un qui écoute quand personne à la maison ne le fait",
            "ma mentore ne me juge jamais, même quand je fais des erreurs",
            "quelqu'un en qui j'ai confiance et qui écoute avant de donner des conseils",
        ),
    },
    "jobs": {
        "en": (
            "he helped me write my resume and I got my first job",
            "my mentor practised the job interview with me",
            "I want a mentor who works in the trades and can get me a summer job",
            "she showed me how to look for a job and what a boss expects",
            "because of my mentor I have a part time job at the hardware store",
        ),
        "fr": (
            "il m'a aidé à écrire mon cv et j'ai eu mon premier emploi",
            "ma mentore a pratiqué l'entrevue d'emploi avec moi",
            "je veux un mentor qui travaille dans les métiers et qui m'aide à trouver un emploi d'été",
            "elle m'a montré comment chercher un emploi et ce qu'un patron attend",
            "grâce à mon mentor j'ai un emploi à temps partiel à la quincaillerie",
        ),
    },
    "like me": {
        "en": (
            "none of the mentors look like me, I want a Black mentor",
            "I'd like a mentor from my own culture who knows what racism feels like",
            "it helps when your mentor is an immigrant too and speaks your language",
            "more Indigenous mentors please, we need people from our own culture",
            "my mentor shares my culture so I never have to explain racism to her",
        ),
        "fr": (
            "aucun mentor ne me ressemble, je voudrais une mentore noire",
            "j'aimerais un mentor de ma propre culture qui sait ce qu'est le racisme",
            "ça aide quand ta mentore est immigrante aussi et parle ta langue",
            "plus de mentors autochtones svp, il nous faut des gens de notre culture",
            "ma mentore partage ma culture alors je n'ai jamais à lui expliquer le racisme",
        ),
    },
    "online": {
        "en": (
            "let us meet online, video calls are easier for me",
            "online meetings don't work, my internet is too slow",
            "we talk online every week because she lives far away",
            "an app to text your mentor would be better than video calls",
            "I hate video calls, meeting online feels fake",
        ),
        "fr": (
            "laissez-nous nous voir en ligne, les appels vidéo c'est plus facile pour moi",
            "les rencontres en ligne ne marchent pas, mon internet est trop lent",
            "on se parle en ligne chaque semaine parce qu'elle habite loin",
            "une appli pour texter ton mentor serait mieux que les appels vidéo",
            "je déteste les appels vidéo, se voir en ligne ça sonne faux",
        ),
    },
}

EVERY = tuple(text for languages in SAID.values() for texts in languages.values() for text in texts)
THING = {text: thing for thing, langs in SAID.items() for texts in langs.values() for text in texts}
LANGUAGE = {
    text: language for langs in SAID.values() for language, texts in langs.items() for text in texts
}
