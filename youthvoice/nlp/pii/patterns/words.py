"""Pieces that several families share: what a name looks like, months, numbers in words, ordinary words."""

from __future__ import annotations

from collections.abc import Mapping


def some(words: str) -> frozenset[str]:
    """The words of a text, which has any space between them."""
    return frozenset(words.split())


UPPER = "A-ZÀ-ÖØ-Þ"
CAPITAL = rf"(?-i:[{UPPER}][\w&-]{{0,30}}+(?:['’](?!s\b)[\w-]{{0,30}}+){{0,3}}+(?<!-))"
"""A word that begins with a capital, to be used where capitals may be ignored around it; no 's at its end."""
LINK = r"(?:(?:de la|de l['’]|de|du|des|d['’]|la|le|les|l['’]|à la|à|aux|au|en|et|of the|of|the|and|&|von|van|bin|al|el) ?)"
"""Small words inside a name of a place or an institution."""

MONTH_NUMBER: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv", "february feb février fevrier févr fevr fév fev", "march mar mars",
            "april apr avril avr", "may mai", "june jun juin", "july jul juillet juil", "august aug août aout",
            "september sept sep septembre", "october oct octobre", "november nov novembre",
            "december dec décembre decembre déc",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
"""The months and their usual short forms in both languages."""
MONTH = rf"(?:{'|'.join(sorted(MONTH_NUMBER, key=len, reverse=True))})\.?"

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_UNS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_DIZAINES = (
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "septante",
    "octante",
    "nonante",
)
NUMBER_WORDS: Mapping[str, int] = {
    **{word: value for value, word in enumerate(_ONES.split())},
    **{word: value for value, word in enumerate(_UNS.split())},
    **{
        word: 20 + 10 * step
        for step, word in enumerate(_TENS)
    },
    **{
        word: 20 + 10 * step
        for step, word in enumerate(_DIZAINES)
    },
    "o": 0, "oh": 0, "zero": 0, "une": 1, "fourty": 40, "quatre-vingts": 80, "quatre-vingt": 80,
    "niner": 9, "vingts": 20, "ô": 0,
}  # fmt: skip
"""Numbers in words and their values; hundreds and doubles are read where numbers are put together."""

ORDINARY = some("""
    a about above actually after again against ago ain ain't all almost along already also although always am an and
    annoying another any anybody anymore anyone anything anyway are aren't around arrived as ask asked asks at away
    back bad barely based basically be became because been before being best better between big bit both boy bro
    broke brought bruh but buddy bus busy by call called calls came can can't cannot cant car care clinic club come
    comes could couldn't cried cries cuz dad day days dead dear deserves did didn't didnt died dies different disabled
    do does doesn't doesnt doing don't done dont down dropped during dude each either else en even ever every everybody
    everyone everything failed family far fell felt few fine first for forgot found friend friends from fully gay
    gave get gets getting girl give gives go goes going gone gonna good got gotta grade great group groups grew guy had
    half happy hard has hasn't hate hated hates have haven't having he he's hello help helped helping helps her here
    hers hey hi him his home honestly house how however huge i i'm i've if ill im in indigenous inside instead into
    is isn't isnt it it's its i'll job jr just keep keeps kept kid kids kind kinda kms knew know knows last late later
    least leave leaves left legit less let lets life like liked likes literally live lived lives living lol lonely
    look looked looking looks lost lot lots love loved loves made mainly make makes making man many may maybe me mean
    means men met might mine mom moms more most moved moves much mum must my myself need needed needs never new next
    nice no nobody non none nor not nothing now of off often oh ok okay old older on once one ones only or other
    others our out outside over own parents part paid pays people person play played plays please pretty probably
    put quit quite ran rather really right said same sat saw say saying says school seems sees sent she she's should
    shouldn't shows sick side since sis sister sleeps small so some somebody someone something sometimes son soon
    sorry speaks spent st still stopped stuff such suffers supposed sure take takes taking talk talks tbh teacher
    tell telling tells than thank thanks that that's thats the their them then there there's these they they're
    theyre thing things think thinks this those though thought three through till tired to today told tonight too took
    totally tried tries trying turned two u under until up ur us use used uses usually very wait waited waits walks
    wanna want wanted wants was wasn't watched way we week well went were weren't what when where which while who
    whole whose why will with without woke women won't wont word work worked worker workers works worse would wouldn't
    wrote yeah year years yelled yes yet you young your yours yourself youth white black brown trans queer straight
    native asian muslim jewish autistic deaf blind homeless broke pregnant hungry
    serious scared sad mad angry depressed anxious anxiety stressed exhausted literally currently writing born glad
    afraid afraid applying asking confused disappointed done fed grateful guessing hoping hungry interested joking
    kidding lucky originally proud ready sick speaking student tryna unemployed worried wondering excited aware against
    à ah ai aime aimait aimerait ainsi ait alors ami amie amis ans apprend après arrive arrêté as assez attend au aucun
    aujourd'hui aurait aussi autant autre autres aux avait avant avec avez avoir avons ayant a beaucoup bein ben bien
    bon bonne bonjour bref c c'est ça ca car ce cela celle celui ces cet cette ceux chaque chez chose chu comme comment
    contre crie côté d d'abord dans de déjà demande depuis dernier dernière des deux devait devant devrait dit dire
    disait doit donc donne dont dort du dû elle elles en encore enfin entre envoie es essaie est et était étaient été
    être eu eux fait faire fallait famille faut fille fini fois font francophone g gai genre gens grand grande grosse
    habite hier hôpital ici il ils j j'ai jamais je jeune jeunes jour jours juste l la là laisse le les leur leurs
    lui m m'a m'ont ma mais malade manque me même mes met mieux moi moins mon monde mort morte moyen n n'a n'est ne né
    née ni niaise noir noire non nos notre nous on ont ou où oui par parce parfois parle parlait part partie pas passe
    paye pendant pense perdu personne peu peur peut peuvent pis plus pour pourquoi pourrait prend presque préfère puis
    pk pkoi pcq qu'elle qu'il qu'on quand que quel quelle quelqu'un quelque qui quoi quitté r reçoit reste rester rien
    s s'est s'appelle sa sais sait sans se sera serait ses seul seule si soeur sœur son sont sort souvent suis sur
    surtout t'a ta tellement temps te tes toi ton toujours tous tout toute toutes travail travaille travaillait très
    trop trouve tu un une va vais vas vers veut vient vit vivait vivre voit vont votre vous vraiment vu y étudie
    étudiante étudiant aîné ainée aînée cadet cadette tanné tannée fatigué fatiguée triste content contente fâché
    fâchée capable correct fier fière seulement sérieux sérieuse désolé désolée écœuré écœurée autochtone immigrant
    immigrante réfugié réfugiée québécois québécoise ontarien ontarienne anglo franco trans queer née élève ado
    monsieur madame mme mr ms mrs miss dr prof coach quelquun kelkun ke ki koi po tt tlm mdr stp svp jsp tkt askip
    qqn qqun genre vrm vraiment clairement franchement honnêtement personnellement
    clair claire clairement google still bless simply tomorrow
    crazy stupid dumb dramatic cringe weird lazy paranoid naive optimistic pessimistic sensitive old-fashioned asap anytime
    whatever pareil pareille partout impossible possible important importante différent différente facile difficile
    écrit écrite mentionné confidentiel confidentielle difficult easy spelled misspelled wrong anonymous secret hidden
    super nul nulle drôle bizarre plate poche cool chill game down correcte okay dac motivé motivée
    monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
    toronto ottawa hamilton london mississauga brampton sudbury windsor kingston montréal montreal québec quebec
    gatineau vancouver ontario canada god allah jesus
    """)
"""Words that follow “my friend”, “im”, “my snap is” and are no name. Compared in lower case."""

FAMILY_NAMES = some(
    "young brown black white best long small love man king grand petit short will may st le la de du des al ali son"
)
"""Words of `ORDINARY` that are family names or parts of them."""
SENTENCE = some(
    "when who why how is are do does ends starts your their with without according than because if mais je suis"
)
"""Words that no name of an institution has within it, however many capitals a headline has."""
