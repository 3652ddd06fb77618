"""Schools, teams, workplaces, shelters and other small organisations: a name beside a word that says its type.

Public bodies, large schools' boards and chains without a place single nobody out and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from youthvoice.model import Span
from youthvoice.nlp.pii.patterns.pattern import Pattern, plain, search
from youthvoice.nlp.pii.patterns.words import CAPITAL, ORDINARY, SENTENCE, some

_NO_START = (
    r"(?!(?:The|A|An|Aid|My|Our|Your|His|Her|Their|This|That|These|Those|Every|Each|No|In|At|On|I|Is|It|And|But|So|From|To|For|Of|If|"
    r"When|Where|Why|What|How|Who|Not|Like|Dear|We|He|She|They|You|Le|La|Les|Un|Une|Mon|Ma|Mes|Notre|Nos|Votre|Son|Sa|Ses|"
    r"Ce|Cette|Ces|De|Du|Des|Au|Aux|Et|Mais|On|Il|Elle|Je|Tu|Nous|Vous|Chez|Grade|Public|Catholic|Local|Middle|High|Secondary)\b)"
)
_FIRST = rf"(?:{CAPITAL}|(?-i:(?:[A-Z]\.){{1,4}})|(?-i:S(?:te?|T)\.))(?:['’]s?)?"
_TOKEN = rf"(?:{_FIRST}|\d{{1,2}}\b)"
_BY = r"(?:&|and|of the|of|for|du|de la|de l['’]|de|des|d['’]|à la|à|et|the|-) ?"
_RUN = rf"(?<![\w'’]){_NO_START}{_FIRST} (?:{_BY})?(?:{_TOKEN} (?:{_BY})?){{0,4}}"
_OF = r"(?:(?:de la|de l['’]|des|du|de|d['’]|à la|à l['’]|à|aux?|et|en|&) ?)"
_FOLLOWS = rf"(?:{_OF}){{0,2}}(?:(?-i:Ste?\.) ?)?{CAPITAL}(?:[ -](?:{_OF}){{0,2}}{CAPITAL}){{0,4}}"
_PLACE = rf"(?: (?:on|in|at|by|near|de|du|des|d['’]|à|sur|of) (?:the |la |le |les |l['’]|rue )*{CAPITAL}(?: {CAPITAL}){{0,2}}(?: bridge| plaza| mall)?)"
_PUBLIC = plain(
    r"\b(?:ministry|ministère|minist[eè]r\w*|children['’]?s aid|aide à l['’]enfance|camh|kids help|school board|conseil scolaire|legal aid|"
    r"aide juridique|police|parliament|parlement|queen['’]s park|ttc|go transit|city of|ville de|government|gouvernement|service ?ontario|"
    r"ontario works|supreme court|united nations|nations unies|house of commons|chambre des communes|human rights|white house|opera house|"
    r"full house|open house|raptors|leafs|senators|sénateurs|canadiens|jays|first nations?|"
    r"united states|états-unis|tim hortons|nouveau-brunswick|assemblée nationale|premières nations|every child|"
    r"youth wellness|jeunesse,? j['’]écoute|kids help phone|médecins|k-pop|port-au-prince|trois-rivi[eè]res|sault-s\w+-marie|centre-ville|nouvelle-écosse|terre-neuve|grande-bretagne|arabie-saoudite|google|city hall|food basics|club penguin|pizza hut|dance moms|netflix|instagram|tiktok|^(?:canada|ontario|québec|toronto|parti|summer school|high school|night school|new york|la saint-jean|saint-jean$)|party$)\b"
)


def _own(found: str) -> bool:
    """Whether what is named is no public body, no shout and no headline."""
    words = found.replace("-", " ").split()
    shouted = found.isupper() and len(words) > 1 and len(found) > 12
    return (
        not shouted
        and _PUBLIC.search(found) is None
        and not SENTENCE.intersection(map(str.lower, words))
    )


_SCHOOL = (
    r"(?-i:High School|High|Secondary School|Secondary|SECONDARY|Collegiate(?: Institute| Vocational(?: Institute)?| & Vocational)?|Vocational(?: School)?|"
    r"Academy|Elementary(?: School)?|Public School|Senior Public|Junior Public|Middle School|Catholic (?:High School|HS|SS|School|"
    r"Secondary(?: School)?|Elementary)|Alternative(?: School)?|Technical(?: School| Institute)?|Tech|Montessori|College|University|Polytechnic|"
    r"Christian School|(?:Adult |Alternative |Outdoor )?(?:Learning|Education) Cent(?:re|er)|Pre-?[Ss]chool|Day ?[Cc]are|Child ?[Cc]are(?: Cent(?:re|er))?|School|Intermediate|Composite|SS|S\.S\.|HS|H\.S\.|CHS|CSS|DSS|DHS|CI|C\.I\.|CVI|C\.V\.I\.|PS|P\.S\.)(?![\w])"
)
_SCHOOLED = plain(
    r"\b(?:grade|gr\.? ?\d|school|class(?:es)?|teachers?|principal|vp|students?|hallway|semester|homeroom|lunch|suspended|expelled)\b"
)
_SCHOOL_LOW = r"(?:secondary(?: school)?|collegiate|high(?: school)?|elementary|middle school|public school|academy|composite|ss|hs|ci|css|dss)"
_NO_SCHOOL = some("""
    school schools church work class college university uni bed sleep jail court therapy practice prom camp town heaven
    hell walmart mcdonalds mcdonald's tims rehab detox hospital emerg counselling counseling juvie juvenile summer night
    catholic public french english immersion local regular normal alternative adult online virtual middle high secondary
    elementary junior senior different grade another junior first second third europe india pakistan china mexico
    """)


def _school_word(found: str) -> bool:
    first = found.split()[0].strip(",.").lower()
    if found.isupper() and len(first) > 5:
        return False
    if first in _NO_SCHOOL or first.rstrip("s") in _NO_SCHOOL:
        return False
    # "De La Salle" begins with an ordinary word, "to my high school" is nothing else.
    return _own(found) and (first not in ORDINARY or (found[0].isupper() and " " in found))


def _named_school(found: str) -> bool:
    """Whether every word before the kind of school can be a name: "to fly out for high school" has none."""
    before = re.split(
        r"\s+(?=(?:secondary|collegiate|high|elementary|middle|public|academy|composite|ss|hs|ci|css|dss)\b)",
        found,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    return _school_word(found) and not any(
        word.lower() in ORDINARY | _NO_SCHOOL for word in before.split()
    )


SCHOOL = (
    Pattern("school", plain(rf"{_RUN}{_SCHOOL}"), 0.9, "name before the kind of school", check=_own, needs=("high", "second", "colleg", "vocation", "academy", "element", "public", "junior", "senior", "middle", "catholic", "altern", "tech", "montess", "univ", "polytech", "school", "interm", "compos", " ss", " s.s", " hs", " h.s", " chs", " css", " dss", " dhs", " ci", " c.i", " cvi", " c.v", " ps", " p.s", "learning", "education", "pre", " day", " child",)),
    Pattern("school", plain(rf"\b(?:at|to|from|attend|attends|attending|outside|near|@) ((?:[^\W\d_][\w'’.-]+ ){{1,3}}{_SCHOOL_LOW})\b"), 0.75, "name before the kind of school", 1, check=_named_school, needs=("second", "colleg", "high", "element", "school", "academy", "compos", " ss", " hs", " ci", " css", " dss",)),
    Pattern(
        "school",
        plain(
            rf"\b(?:école|ecole|collège|college|lycée|cégep|cegep|polyvalente|académie|externat|pensionnat|université|é\.?s\.?c?\.?)"
            rf"(?: (?:secondaire|catholique|publique|élémentaire|primaire|intermédiaire|privée|alternative|française|communautaire|des adultes|aux adultes|pour adultes|des métiers|de métiers|d['’]arts?|de danse|de musique|internationale|immersion))* {_FOLLOWS}"
        ),
        0.9,
        "name after the kind of school",
        check=_own,
        needs=("cole", "coll", "lyc", "gep", "poly", "académ", "externat", "pensionnat", "univ", "es", "é.s", "ésc",),
    ),
    Pattern("school", re.compile(r"(?<![\w'’])(?:St|Ste|Saint|Mother|Father)\.? (?!John['’]s|Patrick['’]s|Valentine['’]s|Nicholas)[A-Z]\w+['’]s(?! (?:Day|Hospital|Health|Feast|Eve))"), 0.6, "a saint’s school"),
    Pattern("school", plain(rf"\b(?:at|attend|attends|go to|goes to|à|to|from) ((?:st|ste|saint|sainte|mother|father|holy|our lady of|sacred|notre[ -]dame)\.?[ -][\w'’-]+(?:[ -]{CAPITAL})*)"), 0.8, "a saint’s name after “at”", 1, check=_own),
    Pattern(
        "school",
        plain(
            rf"\b(?:(?:i|we|she|he|they|who|sister|brother|cousin|friend) (?:go|goes|went) to|going to school at|attends?|attending|students? at|transferred (?:to|from)|enrolled (?:at|in)|"
            rf"graduat\w+ from|teache(?:r|s) at|principal (?:at|of)|v\.?p\.? (?:at|of)|expelled from|suspended from|dropped out of|grade \d{{1,2}} (?:student )?at|schools? (?:is called|is|called|named)|portable at|"
            rf"caf(?:eteria)? at|hallways? (?:at|of)) (?:the )?((?-i:[A-Z]{{2,5}})\b|{CAPITAL}(?:[ -]{CAPITAL}){{0,3}})"
        ),
        0.7,
        "after “go to”",
        1,
        check=_school_word,
        near=_SCHOOLED,
        needs=("go to", "goes to", "went to", "school", "attend", "student", "transferred", "enrolled", "graduat", "teache", "principal", "p.", "vp", "expelled", "suspended", "dropped", "grade", "portable", "caf", "hallway",),
    ),
    Pattern("school", plain(rf"\b(?:at|à|to|attend|from) ({CAPITAL}(?:[ -]{CAPITAL}){{0,3}}|(?-i:[A-Z]{{2,5}}))(?=,? (?:(?:in|en|im in|i['’]m in) )?(?:grade|gr\.? ?\d|\d{{1,2}}e\b|secondaire|sec ?\d))"), 0.75, "beside a grade", 1, check=_school_word, needs=("gr", "e ", "e,", "secondaire", "sec ", "sec1", "e",)),
    Pattern("school", plain(r"\b(?:i|we|she|he|they|sister|brother|who) (?:go|goes|went) to ([a-z][a-z'-]{2,20})(?= (?:and|in|but|too)\b|[,.])"), 0.6, "after “go to”, beside a grade", 1, check=_school_word, near=plain(r"\bgrade \d|\bgr ?\d|\bmy school\b|\bteachers?\b"), needs=("go to", "goes to", "went to",)),
    Pattern("school", re.compile(r"\b(?:uOttawa|UofT|U of T|uoft|UQAM|UQO|UdeM|TMU|OCAD ?U?|La Cité(?! de)|Collège Boréal)\b"), 0.7, "known short name of a school"),
    Pattern(
        "school",
        plain(
            rf"\b(?:direct(?:eur|rice)|élèves?|prof|secrétaire|registre|ascenseur|équipe(?: de \w{{3,20}})?|écoles?|cantine|cafétéria|concierge|surveillante?|conseil étudiant|"
            rf"robotique|histoire \w{{3,20}}|ma poly|mon école(?: (?:c['’]est|est))?|étudie|inscrite?|suspendue?|(?:en )?\d{{1,2}}e(?: année)?|comité \w{{3,20}})(?:,| :)? (?:à|de|d['’]|du|au)? ?({_FOLLOWS})"
        ),
        0.65,
        "après un mot de l’école",
        1,
        check=lambda found: _school_word(found.removeprefix("de ").removeprefix("à ")),
        needs=("direct", "lève", "prof", "secrétaire", "registre", "ascenseur", "équipe", "cole", "cantine", "caf", "concierge", "surveillant", "conseil", "robotique", "histoire", "poly", "étudie", "inscrit", "suspendu", "comité", "0e", "1e", "2e", "3e", "4e", "5e", "6e", "7e", "8e", "9e",),
    ),
    Pattern("school", re.compile(r"\b(?:[àÀ]|jusqu['’]à|chez|de) ([A-ZÀ-Ö][\w'’]+(?:-[\w'’]+){0,4}-[A-ZÀ-Ö][\w'’]+)"), 0.55, "name joined by a hyphen after “à”", 1, check=_own, unless=plain(r"\b(?:monsieur|madame|née?)\s*$")),
)  # fmt: skip

_AGE_GROUP = r"(?:U ?-?\d{1,2}|[Uu]nder ?\d{2}|bantam|midget|pee-?wee|atome|novice|juvénile|junior|senior|AAA?|BB|CC)"
_NO_TEAM = plain(
    r"^(?:états|united|nations|jeux|affaires|services|fêtes|jours|droits|premières|first|human|public|tim|special|grand|fraser|les|bahamas|"
    r"rights|games|affairs|olympics|schools|stories|reels|beatles|simpsons|philippines|netherlands|ministres|archives|great|lakes|rockies|"
    r"treats|trans|indigenous|black|french|english|catholics|muslims|jews|hortons|cris|ojibw\w+|franco\w+|québécois|canadiens|ontariens)\b"
    r"|\b(?:states|nations|games|rights|affairs|services|hortons|olympics|peoples?|lakes|works|awards|territories|days)$"
)


def _team(found: str) -> bool:
    return _own(found) and _NO_TEAM.search(found) is None


_SPORT = r"(?:hockey|soccer|basketball|basket|football|rugby|volleyball|volley|lacrosse|softball|baseball|ringette|ringuette|swim(?:ming)?|natation|track|wrestling|boxing|boxe|judo|karate|karaté|cheer(?:leading)?|dance|dodgeball|curling|skating|patinage|rowing|gymnastics|gymnastique|esports?|robotics|badminton|tennis)"

TEAM = (
    Pattern("team", plain(rf"(?<![\w'’])(?-i:{_NO_START}){CAPITAL}(?: {CAPITAL}){{0,3}} {_SPORT} (?:club|team|league|squad|association|academy)\b"), 0.8, "name before the kind of club", check=_own, needs=("club", "team", "league", "squad", "association", "academy")),
    Pattern("team", plain(rf"\b(?:team|squad|equipe|équipe(?: de \w+)?|{_SPORT} (?:club|league))(?:,| called| named| is| is called|:|,? s['’]appelle)? (?:the |les )?({_NO_START}{CAPITAL} {CAPITAL}(?: {CAPITAL}){{0,2}})"), 0.65, "after the kind of team", 1, check=_team, needs=("team", "squad", "quipe", "club", "league")),
    Pattern("team", plain(rf"\b(?:équipe (?:de \w+ )?|(?:hockey|soccer|baseball|ringuette|football|sport) mineur (?:de |du |des )?)(?:les )?{_FOLLOWS}(?: {_AGE_GROUP})?"), 0.75, "nom après le genre d’équipe", check=_own, needs=("équipe", "mineur")),
    Pattern("team", re.compile(rf"\b[Tt]he ({_NO_START}{CAPITAL}(?: {CAPITAL}){{0,2}} (?:[A-ZÀ-Þ]\w{{2,20}}s|Lynx|Moose|Wolfpack|Storm|Thunder|Lightning|Heat|Fury|Attack|Wild|Blaze|Crush|Impact|Geese|Fire))\b(?![ -][A-Z])(?: {_AGE_GROUP})?"), 0.7, "name of a team after “the”", 1, check=_team),
    Pattern("team", re.compile(rf"{_RUN}(?:[A-Z]\w+ )?{_AGE_GROUP}(?!\w)"), 0.8, "name before an age group", check=_team),
    Pattern("team", re.compile(rf"(?<![\w'’])(?:(?:FC|CS|AS|SC|CF)(?= [A-ZÀ-Þ][a-zà-ÿ])|Club de (?:lutte|hockey|soccer|nage|natation|basket|judo|boxe)|Équipe) {_FOLLOWS}(?: {_AGE_GROUP})?"), 0.85, "name of a club", check=_own),
    Pattern("team", re.compile(rf"{_RUN}(?:(?:Minor )?(?:Hockey|Soccer|Rugby|Swim|Basketball|Football|Lacrosse|Wrestling|Boxing|Track|Curling|Softball|Ringette|Volleyball) (?:Club|Team|Association)|[FS]C|Hockey|Athletics|United|City FC)\b"), 0.85, "name of a club", check=_own),
    Pattern("team", re.compile(rf"(?:(?<=[Ll]es )|(?<=[Dd]es )|(?<=[Aa]ux )|(?<=\()|(?<=mes )|(?<=nos )|(?<=\bLes ))([A-ZÀ-Þ]\w{{2,20}}[sx](?:(?: (?:de|d['’]|du|des)(?: ?la | ?l['’]| )?|-){_FOLLOWS}| {_AGE_GROUP})+(?: {_AGE_GROUP})*)"), 0.75, "nom d’équipe", 1, check=_team),
    Pattern("team", re.compile(rf"\b(Rouge et Or|Vert et Or|Bleu et Or)(?: (?:de|d['’]|du) ?{_FOLLOWS})?"), 0.75, "nom d’équipe"),
    Pattern("team", plain(rf"\b(?:(?:play(?:s|ed)? for|on|captain of|coach of|tryouts? for|joined|joue(?:r)? pour|coach des) (?:the |les )?)((?:{CAPITAL} ){{1,3}}(?-i:[A-Z]\w+))(?= (?:team|hockey|soccer|basketball|rugby|softball|lacrosse|volleyball))"), 0.7, "name of a team", 1, check=_team),
)  # fmt: skip

_CHAINS = some("""
    walmart mcdonald's mcdonalds mcdo mcd tims timmies tim horton's starbucks subway dollarama costco loblaws metro sobeys
    freshco nofrills food shoppers winners wendy's wendys kfc popeyes amazon uber skip doordash rona canadian giant dairy
    pizza esso petro shell a&w home best staples ikea td rbc scotiabank cibc bmo desjardins saq lcbo
    """)
_CHAIN = (
    r"(?:Walmart|Wal-Mart|McDonald['’]?s?|McDo|Tims?(?: Hortons?)?|Timmies|Starbucks|Subway|Dollarama|Costco|Loblaws|Metro|Sobeys|FreshCo|Freshmart|No Frills|"
    r"Food Basics|Shoppers|Winners|Wendy['’]?s|KFC|Popeyes|Canadian Tire|Giant Tiger|Dairy Queen|DQ|Pizza Pizza|Esso|Petro-?Can(?:ada)?|Shell|Ultramar|A&W|"
    r"Home Hardware|Home Depot|Valu-?[Mm]art|Independent|Foodland|Pharmaprix|Jean Coutu|Couche-Tard|Maxi|IGA|Provigo|Rona|Staples|Domino['’]?s|Mary Brown['’]?s|Harvey['’]?s|Circle K|Mac['’]?s|Northern|Northmart|Super C)"
)
_JOB = plain(
    r"\b(?:work(?:s|ed|ing)?|jobs?|shifts?|co-?op|boss|manager|cashier|hired|fired|clean(?:s|ing)?|placement|owner|owns|quit|employ\w+|intern\w*|tips|"
    r"schedul\w+|paid|pays?|cook(?:s|ing)?|server|dishwasher|wage|runs|picked|dude|at her job|apprentice|travail\w*|boss|patron(?:ne)?|gérante?|caissi[eè]re?|job|"
    r"emplo\w+|stage|commis|plonge\w*|salaire|paye)\b"
)


def _workplace(found: str) -> bool:
    words = found.lower().split()
    # A chain's name alone is everywhere; with a street or a town it is one place.
    words = words[1:] if words[0] == "the" and len(words) > 1 else words
    alone = len(words) <= 2 and words[0].strip(".,") in _CHAINS
    shouted = found.isalpha() and found.isupper() and len(found) > 3
    return (
        _own(found)
        and not shouted
        and not alone
        and (words[0] not in ORDINARY or (len(words) > 2 and found[0].isupper()))
    )


_LARGE = some(
    "toronto ottawa hamilton london mississauga brampton sudbury windsor kingston montréal montreal québec quebec gatineau vancouver ontario canada"
)


_ROAD = plain(r"\b(?:rue|chemin|ch|boulevard|boul|avenue|route|street|st|road|rd|ave|plaza|mall)\b")


def _somewhere_small(found: str) -> bool:
    return found.split()[-1].lower() not in _LARGE or _ROAD.search(found) is not None


WORKPLACE = (
    Pattern("workplace", re.compile(rf"\b{_CHAIN}{_PLACE}|\b{_CHAIN} (?:de la|du|des|de l['’]|de|au coin de|sur la|sur le|sur) ?(?:(?:rue|chemin|ch\.|boulevard|boul\.?|avenue|av\.?|route|centre|mail|carrefour|pont|parc|place|côte|rang|promenade)(?: (?:de la|du|des|de))? )?(?:[A-ZÀ-Þ][\w'’-]+|\d+)(?: [A-Z]\w+)*"), 0.8, "a chain and where it is", check=_somewhere_small),
    Pattern(
        "workplace",
        re.compile(
            rf"{_RUN}(?:Diner|Bakery|Greenhouses?|Farms?|Restaurant|Grill|Caf[eé]|Pizza|Pizzeria|Motors|Auto(?: Body)?|Salon|Spa|Barbers?|Dental|Supply|Catering|Sweets|Market|"
            r"Foods|Variety|Garage|Tavern|Pub|Inn|Motel|Hotel|Shawarma|Engines|Nursery|Landscaping|Roofing|Construction|Plumbing|Electric|Laundry|Cleaners|Grocery|Convenience|"
            rf"Pharmacy|Books|Hardware|Lumber|Florist|Nails|Bar|Kitchen|Buffet|Sushi|Creamery|Mushroom Farm|Nursing (?:Residence|Home)|Optical|Tires?|Towing|Bistro|Deli|Mart)\b{_PLACE}?"
        ),
        0.75,
        "name before the kind of business",
        check=_workplace,
    ),
    Pattern(
        "workplace",
        plain(
            rf"\b(?:resto|restaurant|casse[ -]croûte|dépanneur|marché|garage|épicerie|boulangerie|pharmacie|salon|pizzeria|ferme|boutique|café|bar|brasserie|cantine|scierie|quincaillerie|"
            rf"crèmerie|fromagerie|pâtisserie|hôtel|motel|auberge|traiteur|fleuriste|librairie|imprimerie|buanderie|poissonnerie|boucherie|clinique dentaire|friterie) (?:chez )?{_FOLLOWS}{_PLACE}?"
        ),
        0.75,
        "nom après le genre de commerce",
        check=_own,
        needs=("resto", "restaurant", "casse", "dépanneur", "marché", "garage", "épicerie", "boulangerie", "pharmacie", "salon", "pizzeria", "ferme", "boutique", "café", "bar", "brasserie", "cantine", "scierie", "quincaillerie", "crèmerie", "fromagerie", "pâtisserie", "hôtel", "motel", "auberge", "traiteur", "fleuriste", "librairie", "imprimerie", "buanderie", "poissonnerie", "boucherie", "clinique", "friterie",),
    ),
    Pattern("workplace", plain(rf"\b(?:at|for|quit|outside|runs|with|chez) ((?:(?-i:The) )?{_NO_START}{_FIRST}(?: (?:& |and |of )?{_TOKEN}){{0,4}}{_PLACE}?)"), 0.6, "after a word for work", 1, check=_workplace, near=_JOB),
    Pattern("workplace", plain(r"\b(?:work(?:s|ed|ing)?|job|hired|boss|shifts?) (?:at|for) ((?!(?:the|my|our|a|an|home|night|nights|school|all|least|this|that)\b)[^\W\d_][\w'’&-]+(?: [\w'’&-]+){0,2}? on [^\W\d_][\w'’-]+)"), 0.7, "after a word for work", 1, check=_workplace, needs=(" on ",)),
    Pattern("workplace", plain(rf"\b(?:travail\w*|bosse|boss|job|gérante?|patron(?:ne)?|plongeu\w+|caissi[eè]re?|serveu\w+|commis|stage|emploi|shifts?) (?:chez|au|à la|à l['’]|du|de chez) ({_FOLLOWS}{_PLACE}?)"), 0.75, "après un mot du travail", 1, check=_workplace, needs=("travail", "boss", "job", "gérant", "patron", "plongeu", "caissi", "serveu", "commis", "stage", "emploi", "shift",)),
    Pattern("workplace", plain(rf"\b(?:travail\w*|bosse\w*|boulot|job) pour ({CAPITAL}(?:[ -](?:{_OF}){{0,2}}{CAPITAL}){{1,4}})"), 0.7, "après « travailler pour »", 1, check=_workplace, needs=(" pour ",)),
    Pattern("workplace", re.compile(rf"\b(?:Toitures?|Rénovations?|Constructions?|Entreprises|Plomberie|Électricité|Transports?|Paysag\w+|Déneigement|Garderie|Nettoyage|Excavation|Pavage|Serres|Érablière|Vergers?|Atelier|Coiffure|Meubles|Imprimerie|Traiteur) {_FOLLOWS}"), 0.7, "nom après le genre d’entreprise", check=_own),
    Pattern("workplace", re.compile(rf"(?:\bchez|\bau) (Chez {_FOLLOWS})"), 0.8, "nom qui commence par Chez", 1),
    Pattern("workplace", re.compile(r"\bChez (?:[A-ZÀ-Þ][\w'’-]+)(?:[ -][A-ZÀ-Þ][\w'’-]+){0,3}"), 0.6, "nom qui commence par Chez", needs=("chez",)),
)  # fmt: skip

SHELTER = (
    Pattern(
        "shelter",
        re.compile(
            rf"{_RUN}(?:(?:Crisis |Safe |Transition |Recovery |Group |Youth |Treatment )?(?:House|Home|Shelter|Residence|Lodge|Haven|Nest|Hub|Landing Residence|Safe Beds|Beds)|"
            rf"(?:Youth|Crisis|Family|Newcomer|Health|Wellness|Women's|Drop-?[Ii]n|Resource|Recreation|Treatment|Healing) (?:Cent(?:re|er)|Clinic|Shelter|Residence|Hub)|"
            rf"Drop-?[Ii]n|Walk-?[Ii]n|Clinic|Place|Cottage|Manor|Refuge|Foyer|Hostel|Hospice)\b(?: for (?:Girls|Boys|Youth|Women|Families|Men))?"
        ),
        0.8,
        "name before the kind of shelter",
        check=_own,
    ),
    Pattern(
        "shelter",
        plain(
            rf"\b(?:maison|refuge|foyer|gîte|résidence|clinique|ymca|ywca|abri|hébergement|halte|oasis|transit[ -]jeunesse|pavillon|unité|centre (?:jeunesse|de crise|d['’]hébergement|de jour|d['’]accueil|de santé))"
            rf"(?: (?:de répit|d['’]hébergement|d['’]amitié|d['’]accueil|de transition|de jeunes|des jeunes|jeunesse|de crise|de groupe|pour femmes|des aînés et jeunes|de la famille))?[ -]{_FOLLOWS}(?: pour (?:jeunes|femmes|familles|hommes|filles|garçons))?"
        ),
        0.8,
        "nom après le genre de refuge",
        check=_own,
        needs=("maison", "refuge", "foyer", "gîte", "résidence", "clinique", "ymca", "ywca", "abri", "hébergement", "halte", "oasis", "transit", "pavillon", "unité", "centre",),
    ),
    Pattern("shelter", plain(rf"\b(?:shelter|group home|foster home|drop[ -]in|hub|youth centre|detox|rehab|residence)(?: called| named| is|,)? ({_NO_START}{CAPITAL}(?: {CAPITAL}){{0,2}})(?! (?:said|told|says|is|was))"), 0.6, "after the kind of shelter", 1, check=_own, needs=("shelter", "home", "drop", "hub", "centre", "detox", "rehab", "residence",)),
    Pattern("shelter", plain(rf"\b(?:stay(?:ing|ed)?|stuck|sleep(?:ing)?|slept|beds?|placed|sent|worker|staff|curfew|aged out|volunteer) (?:at|to|of|in) ({_NO_START}{CAPITAL}(?: {CAPITAL}){{0,2}} (?-i:House|Place|Lodge|Nest|Haven|Hub|Home|Inn|Landing|Gate|Lantern|Harbour))"), 0.75, "where somebody stays", 1, check=_own, needs=("house", "place", "lodge", "nest", "haven", "hub", "home", "inn", "landing", "gate", "lantern", "harbour",)),
)  # fmt: skip

ORGANISATION = (
    Pattern(
        "organisation",
        re.compile(
            rf"{_RUN}(?:(?:\w+ )?(?:Circle|Society|Choir|Neighbours|Committee|Crew|Collective|Club|Troupe|Ensemble|Band|Folk Group|Youth Group|Support Group|Scouts|Guides|Cadets|Brownies|"
            rf"Mosque|Masjid|Church|Temple|Gurdwara|Parish|Synagogue|Mandir|Chapel|Cathedral|Tabernacle|Ministries|Fellowship|Congregation|Legion|Hall|Friendship Cent(?:re|er)|Community Cent(?:re|er)|"
            rf"Community Association|Association|Alliance|Coalition|Network|Project|Guild|Co-op|Foundation|Federation|4-H|Singers|Drummers|Dancers|Drum Group|Squadron|Lodge|Pantry|Food Bank|Library)|youth choir|langar crew)\b"
        ),
        0.7,
        "name before the kind of group",
        check=_own,
    ),
    Pattern("organisation", re.compile(rf"\b(?:Masjid|Gurdwara(?: Sahib)?|Mandir|Beth|Beit|Temple|Sri|Shri|Sisters of|Mothers of|Daughters of|Sons of|Friends of|Knights of|Women of|Elders of)(?: the)? {CAPITAL}(?:[ -]{CAPITAL}){{0,4}}{_PLACE}?"), 0.8, "name of a community", check=_own),
    Pattern("organisation", re.compile(rf"\b(?:parish|church|mosque|temple|gurdwara|synagogue|congregation|choir),? (?:of |at |is )?({_NO_START}(?:St\.? )?{CAPITAL}(?:['’]s)?(?: {CAPITAL}(?:['’]s)?){{0,3}}{_PLACE}?)"), 0.7, "after the kind of community", 1, check=_own, needs=("parish", "church", "mosque", "temple", "gurdwara", "synagogue", "congregation", "choir",)),
    Pattern("organisation", re.compile(rf"\b(?:[Cc]hurch|[Pp]arish|youth group|choir|mosque|temple)\b[^\n.]{{0,20}}?\b(?:at|of) (St\.? {CAPITAL}(?:['’]s)?)"), 0.7, "saint’s name of a parish", 1, needs=("st.",)),
    Pattern(
        "organisation",
        plain(
            rf"\b(?:paroisse|mosquée|temple(?: sikh| hindou| bouddhiste)?|église|gurdwara|synagogue|chorale|club|cercle|comité|centre(?: communautaire| culturel| accueil| d['’]amitié)?|carrefour|patro|légion|fédération|association|société|"
            rf"troupe|ligue|camp|scouts|chevaliers|regroupement|coopérative|coop|popote|maison des jeunes|maison des aînés|banque alimentaire|fondation|conseil jeunesse|collectif|ensemble|cadets)"
            rf"(?: (?:optimiste|richelieu|lions|rotary|ados|jeunesse|jeunes|des femmes|des scouts|des jeunes|des parents|des mères|de danse|de théâtre|d['’]échecs|catholique|musulmane?|islamique|haïtienne?|africaine?|haïtien|acadien(?:ne)?|francophone|autochtone|somalien(?:ne)?|congolaise?|libanaise?|culturel|communautaire|sportif|des locataires|des aînés|des étudiants|des femmes|de quartier|(?:des|de) [^\W\d_]+ (?:de|du|d['’])(?= ?[A-ZÀ-Þ]))){{0,3}} (?:de la rue )?{_FOLLOWS}(?: pour jeunes)?"
        ),
        0.75,
        "nom après le genre de groupe",
        check=_own,
        needs=("paroisse", "mosquée", "temple", "église", "gurdwara", "synagogue", "chorale", "club", "cercle", "comité", "centre", "carrefour", "patro", "légion", "fédération", "association", "société", "troupe", "ligue", "camp", "scouts", "chevaliers", "regroupement", "coop", "popote", "maison", "banque", "fondation", "conseil", "collectif", "ensemble", "cadets",),
    ),
    Pattern("organisation", re.compile(rf"\b[Ll]es (?:Amie?s|Gardien(?:ne)?s|Voisine?s|Bénévoles) (?:de|d['’]|du|des|de la) ?(?:[^\W\d_]+ )?(?:(?:de|d['’]|du|des|de la) ?)?{_FOLLOWS}|\bLes (?:Voix|Amis|Amies|Filles|Femmes|Mères|Enfants|Gens|Jeunes|Scouts|Guides) (?:de|d['’]|du|des) ?{_FOLLOWS}|\bLa (?:Popote|Légion|Gang|Maison|Fabrique|Ruche|Source) (?:de|d['’]|du|des) ?{_FOLLOWS}"), 0.75, "nom d’un groupe", check=_own),
    Pattern("organisation", plain(rf"\b(?:circle|choir|band|collective|crew|(?:youth|support|drum|church|prayer|dance) group|chorale|groupe(?: de [^\W\d_]+)?|troupe|collectif)(?:,|:| called| named|,? appelée?)(?: the| les?| la)? ({_NO_START}{CAPITAL}(?: {CAPITAL}){{1,3}})"), 0.65, "after the kind of group", 1, check=_own, needs=("circle", "choir", "band", "collecti", "crew", "group", "chorale", "troupe")),
    Pattern("shelter", re.compile(rf"\bCentre {_FOLLOWS}(?: pour jeunes)?"), 0.7, "nom après Centre", check=_own),
)  # fmt: skip

_ALL = (*SCHOOL, *TEAM, *WORKPLACE, *SHELTER, *ORGANISATION)


def find(text: str) -> Iterator[Span]:
    """Every school, team, workplace, shelter and small organisation that `text` names with a word for its type."""
    return search(_ALL, text)
