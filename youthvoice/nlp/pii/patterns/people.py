"""Names that something announces: "my name is", a title, a relation, a signature, a hashtag.

Names without an announcement are the work of the other detectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from youthvoice.model import Span
from youthvoice.nlp.pii.patterns.pattern import Pattern, plain, search
from youthvoice.nlp.pii.patterns.words import FAMILY_NAMES, MONTH_NUMBER, ORDINARY, UPPER, some

_INITIALS = rf"(?-i:[{UPPER}](?:\.-?[{UPPER}]){{0,3}}\.)"
_CAP = rf"(?-i:[{UPPER}](?:[\w-]|['’](?!s\b)\w){{0,40}}+(?<!-))"
_PARTICLE = r"(?:(?:de la|de|du|da|dos|van|von|der|den|al|el|bin|ibn|ben|bint|la|le|abu|o['’]|st\.|san)[ -])"
_FULL = rf"(?:{_INITIALS}|{_CAP})(?: (?:{_INITIALS}|{_PARTICLE}?{_CAP})){{0,3}}"
_LOW = r"[^\W\d_](?:[\w-]|['’](?!s\b)\w){1,24}+(?<!-)"
_NAME = rf"({_FULL}|{_LOW}(?: {_CAP}){{0,2}})"
"""A name with capitals, of up to four parts, or one word without."""
_QUOTE = r"[\"“«'‘]? ?"

_PEOPLE_NOT = some("""
    english french anglais français francophone anglophone christmas easter noël mother father mom dad maman papa
    grandma grandpa canadian canadienne canadien indigenous anishinaabe cree mohawk métis inuit haitian haïtien haïtienne
    somali tamil sikh muslim christian catholic jewish hindu indian pakistani chinese korean filipino syrian ukrainian
    métisse acadien acadienne punjabi nigerian jamaican black white brown asian latina latino arab arabe hijabi
    premier minister ministre prime ministry ministère principal vp doctor psy school police service services internet
    nobody somebody anyone everyone personne doug ford trudeau carney snap insta tiktok discord
    """)
# Endings of English verbs and adjectives; names with them are listed. Only for words without a capital.
_ENDS = re.compile(r"(?:ing|ed|ly|ful|less|ness|ment|tion|ables?|ives?|n't|nt|'[a-z]+|’[a-z]+)$")
_ENDS_ANYWAY = some(
    "ahmed mohamed mohammed muhammed hamed sayed syed javed naveed waheed majed fred ted jared alfred ned emily kelly sally molly "
    "lily holly billy polly carly dolly willy sterling ming jing ling ying qing bing harding manning fleming kimberly "
    "raymond edmond desmond benoit benoît drummond judit edit clement vincent laurent florent kent brent grant trent lent constant quentin millicent clive olive wally tilly nelly"
)


_ENDS_IN_S = some(
    "james chris thomas lucas nicolas alexis marcus francis jess alexis louis denis yves gilles georges jacques charles "
    "idris younes yunus anas ilyas elias matthias mathis travis dennis iris doris agnes frances lois phyllis tess jules "
    "carlos luis jesus marcos andres ines lourdes mercedes dolores moses ross wes gus russ curtis otis silas jonas "
    "tobias nicholas mathias loris boris alanis janis artemis inès anaïs thaïs loïs maïs"
)
_FRENCH_VERB = re.compile(r"(?:end|ond|ait|aient|ient|oit|urt|aît|rit|dit|git|issent)$")
_RELATIVES = some(
    "friend friends cousins sisters brothers kids parents dad mom mum aunt uncle worker person guy girl boy member members leader "
    "separate bought read caught taught sang ate slept gave drove wore beat cut hit hurt lent kicked dying pays "
    "registrar president secretary chair lit note crie rit boit fume conduit écrit lave aime adore déteste cherche pleure "
    "arrive mange lance lâche chante danse gagne trouve frappe texte appelle check garde rentre rend dessine étudie joue ramasse "
    "skip chill capote snappe quitte change aide donne montre touche raconte cuisine tombe compte oublie refuse manage ment "
    "back front group crew squad situation thing stuff number place job house text texts name names account phone bus "
    "also alone ever often fully barely literally basically et ou ni comme if then once after before during per"
)


def _name(found: str) -> bool:
    """Whether what is announced can be a name: no ordinary word, none of the words in `_PEOPLE_NOT`."""
    first = re.split(r"[\s]", found)[0]
    word = first.lower().strip(".'’")
    if word in _PEOPLE_NOT or (word in MONTH_NUMBER and first.islower()):
        return False
    if any(part.lower() in ORDINARY - FAMILY_NAMES for part in found.split()[1:]):
        return False
    if found.isupper() and len(found) > 4:
        return word not in ORDINARY
    if word in ORDINARY and not (first[0].isupper() and " " in found):
        return word in ("will", "may", "grace", "hope") and first[0].isupper()
    return first[0].isupper() or word in _ENDS_ANYWAY or _ENDS.search(word) is None


def _name_or_capital(found: str) -> bool:
    # In capitals throughout it is a shout or an abbreviation.
    return (
        found[0].isupper()
        and not (found.replace(" ", "").isalpha() and found.isupper())
        and _name(found)
    )


_OFFICES = some(
    "speaker president minister premier monday tuesday wednesday thursday friday saturday sunday universe chair mayor chancellor justice commissioner secretary registrar ministre premier "
    "président présidente maire mairesse juge commissaire trustee principal"
)


def _titled(found: str) -> bool:
    """Whether what follows a title can be a name: with a capital even an ordinary word is one ("agent Côté")."""
    word = found.split()[0].lower()
    shouted = found.replace(" ", "").isalpha() and found.isupper() and len(found) > 3
    return word not in _PEOPLE_NOT | _OFFICES and not shouted


def _low_name(found: str) -> bool:
    """Whether a word without a capital after a relation can be a name: nearly every verb ends with s."""
    word = found.lower()
    if word.endswith("s") and word not in _ENDS_IN_S:
        return False
    if _FRENCH_VERB.search(word) and word not in _ENDS_ANYWAY:
        return False
    return word not in _RELATIVES | _OFFICES and _name(found)


_NAMED = (
    r"(?:(?:my|his|her|their|the|our|whose|real|full|legal|first|last|given|middle|old|dead|new|and) ?name['’]?s?(?: is|was|:| =)?|(?:my|his|her|their) names|name['’]?s|names?(?: is|:)|"
    r"named|a ?k ?a|goes by|go by|(?:everyone|everybody|people|they|friends|mom|we) calls? (?:me|him|her|them)|(?<!to )(?<!please )call (?:me|him|her)|called (?:me|him|her)|"
    r"je m['’]appell?e|j?m['’]?appell?e|jmappel+e|m['’]appell?ent|s['’]appell?e(?:nt|ait)?|appell?(?:ez|e)[ -](?:moi|la|le)(?:[- ]la)?|appelons[ -]l[ae]|(?:mon|son|ton|leur|votre|vrai|le|pré)?(?: |\b)(?:vrai |petit |ancien |nouveau )?"
    r"(?:nom|prénom|prenom|surnom)(?: complet| de famille| légal)?(?: est| c['’]est| c(?!\w)| ?:)|nommée?|surnommée?|prénommée?|dénommée?|du nom de|au nom de|"
    r"moi,? (?:c['’]est(?!-)|c(?![\w'’])|cest)|se nomme|me nomme|répond au nom de|mi nombre es|me llamo)"
)
_NOT_VERB = r"(?!(?:is|was|will be|are|has)\b)"

_RELATION = (
    r"(?:best ?friend|bestie|bff|friend|buddy|pal|homie|roommate|roomie|housemate|classmate|teammate|sister|sis|lil sis|brother|lil bro|bro|twin|half[- ]?sister|half[- ]?brother|"
    r"step ?(?:mom|dad|father|mother|brother|sister|son)|foster (?:mom|dad|mother|father|brother|sister|parent)|mom|mum|mother|dad|father|mama|papa|nan|nana|nanna|gran|granny|grandma|grandmother|"
    r"grandpa|grandfather|grampa|kokum|kookum|mooshum|mushum|nokomis|mishomis|zaidy|zaide|bubbe|teta|jiddo|lola|lolo|abuela|abuelo|vovó|nonna|nonno|aunt|auntie|aunty|uncle|unc|cousin|cuz|niece|nephew|"
    r"daughter|son|kid|baby|boyfriend|girlfriend|bf|gf|ex|partner|crush|wife|husband|fiancée?|worker|social worker|caseworker|case worker|counsell?or|therapist|psychologist|mentor|tutor|teacher|"
    r"coach|principal|vp|boss|manager|supervisor|landlord|super|bus driver|driver|neighbou?r|nurse|doctor|lawyer|probation officer|youth worker|guardian|captain|goalie|elder|pastor|imam)"
)
_LIEN = (
    r"(?:amie?|meilleure? amie?|best|bestie|pote|chum|blonde|copine|copain|ex|coloc|colocataire|frère|frere|ptit frère|p['’]?tit[e]? (?:frère|s[oœ]e?ur)|petit[e]? (?:frère|s[oœ]e?ur)|grand[e]? (?:frère|s[oœ]e?ur)|"
    r"s(?:oe|œ)ur|demi[- ](?:frère|s(?:oe|œ)ur)|cousine?|tante|matante|oncle|mononcle|mère|mere|père|pere|maman|papa|beau[- ]père|belle[- ]mère|beau[- ]frère|belle[- ]s(?:oe|œ)ur|grand[- ]?mère|grand[- ]?père|"
    r"grand[- ]?maman|grand[- ]?papa|mamie|mami|papi|pépère|mémère|kokum|mushum|nièce|neveu|fille|fils|bébé|jumeau|jumelle|mentore?|tuteur|tutrice|prof|professeure?|enseignante?|coach|entraîneure?|"
    r"directeur|directrice|patronne?|boss|gérante?|proprio|propriétaire|voisine?|médecin|psy|infirmière|infirmier|avocate?|intervenante?|éducatrice|éducateur|travailleuse(?: sociale)?|travailleur(?: social)?|ts|"
    r"chauffeur|chauffeuse|filleule?|parrain|marraine|conjointe?|mari|femme)"
)
_TITLE = (
    r"(?:Mrs?|Ms|Mx|Miss|Mister|Missus|Dr|Drs|Doctor|Docteure?|Prof|Professor|Professeure?|Coach|Coachs|Madame|Mme|Mlle|Mademoiselle|Monsieur|Me|Officer|Constable|Cst|Const|Sgt|Sergeant|Sergent|"
    r"Agente?|Principal|Pastor|Pasteur|Imam|Elder|Aîné|Aînée|Chief|Sister|Brother|Father|Père|Soeur|Sœur|Rabbi|Nurse|Judge|Auntie|Aunty|Aunt|Uncle|Tante|Tantie|Matante|Oncle|Mononcle|Tonton|Onc['’]|"
    r"Kokum|Kookum|Mushum|Nana|Nanna|Granny|Grandma|Grandpa|Mamie|Mami|Papi|Pépère|Mémère|Papa|Maman|Baba|Dada|Dadi|Nani|Amo|Amma|Pani|Dona|Do[nñ]a|Tío|Tía|Tio|Tia|Lola|Lolo|Teta|Cuz|Cousin|Bhai|Didi|Caretaker|Captain)"
)

_CHAINED = r"(?:, (?:and |et )?| and | et | & | pis | n | ou | or )"

PEOPLE = (
    Pattern("name", plain(rf"(?<![\w]){_NAMED}(?!\w) ?{_QUOTE}{_NOT_VERB}{_NAME}"), 0.93, "announced as a name", 1, check=_name, needs=("name", "call", "goes", "go", "appel", "nom", "moi", "llamo", "aka", "a k", "ak a",)),
    Pattern("name", plain(rf"\b(?:this is|it['’]?s(?: me)?|its(?: me)?|hi,? its|hey,? its|c['’]est(?: moi)?|ici|here is|chu|j['’]?suis|je suis|i['’]?m|i am|im|who is|is called|love,|xoxo|signed(?: by)?|sincerely|regards|thanks|thank you|merci|signée?(?: par)?|(?<=\s)[-–—~]|"
                    rf"attn:?|c/o|ask for|demandez(?: à)?|respect à|bravo(?: à)?|bravo|shout ?out(?: to)?|rip|r\.i\.p\.?|rest in peace|dm|text|call|appelez|appelle|texte|contact(?:ez)?|thx|ty|salut|allo|hey|hi|hello|yo|dear|cher|chère)[:,]? {_QUOTE}({_FULL})(?=[\s.,;:!?)\"'”»’]|$)(?!['’]s (?:a|an|the|not)\b)"), 0.6, "introduced or greeted", 1, check=_name_or_capital),
    Pattern("name", plain(rf"\b(?:hi|hey|hello|yo|salut|allo|bonjour)? ?(?:im|i['’]m|chu|jsuis|it['’]?s|its) (?:lil |little |big |ti |just |really )?({_LOW})(?= (?:and i\b|from\b|here\b|btw|,)|, (?:im|i['’]m|\d\d|grade|from)|,? et j)"), 0.6, "introduced", 1, check=_name),
    Pattern("name", plain(rf"(?:^|[.!?\n] ?|\b(?:hi|hey|hello|salut|allo|bonjour|yo)[,!]? )({_FULL}) (?:here|ici)\b"), 0.8, "introduced", 1, check=_name_or_capital),
    Pattern("name", plain(rf"\b(?:my|his|her|their|our|ur|your|the|a|lil|little|big|old|older|younger|baby|best|{{'s}}) (?:\w+ )?{_RELATION},? (?:named |called |is |)?{_QUOTE}({_FULL})".replace("|{'s}", "")), 0.8, "follows a relation", 1, check=_name_or_capital),
    Pattern("name", plain(rf"\b(?:my|his|her|their|our)(?: (?:best|little|lil|big|older|younger|old|baby|foster|twin|step|half|late|only|good|close|poor))? {_RELATION} ({_LOW})"), 0.6, "follows a relation", 1, check=_low_name),
    Pattern("name", plain(rf"\b(?:mon|ma|mes|son|sa|notre|nos|leur|une|un|le|la|l['’]|ton|ta|d['’]|de) ?(?:(?:petite?|p['’]?tite?|grande?|meilleure?|vieux|vieille|ancienn?e?|nouvelle|nouveau|jeune|bonne?|pauvre|autre) )?{_LIEN},? (?:qui s['’]appelle )?{_QUOTE}({_FULL})"), 0.8, "suit un lien", 1, check=_name_or_capital),
    Pattern("name", plain(rf"\b(?:mon|ma|son|sa)(?: (?:petite?|p['’]?tite?|grande?|meilleure?|best))? {_LIEN} ({_LOW})(?=[\s,.!?]|$)"), 0.55, "suit un lien", 1, check=_low_name),
    Pattern("name", re.compile(rf"\b(?:(?:[Mm]rs?|[Mm]s|[Mm]x|[Dd]rs?|[Pp]rof|[Cc]st|[Cc]onst|[Ss]gt|[Mm]me|[Mm]lle)\. ?|(?:{_TITLE}|{_TITLE.lower().replace('miss|', '')}) )(?:(?:bhai|big|lil) )?({_FULL})"), 0.85, "follows a title", 1, check=_titled),
    Pattern("name", re.compile(rf"(?<![\w.])M\. ({_FULL})"), 0.85, "suit un titre", 1, check=_titled),
    Pattern("name", plain(rf"(?<!the )(?<!le )(?<!la )(?<!un )\b(?:mr|mrs|ms|mme|mlle|madame|monsieur|dr|coach|auntie|aunty|uncle|tonton|matante|constable|officer)\b\.? ({_LOW})(?=[\s,.!?']|$)"), 0.65, "follows a title", 1, check=_low_name, needs=("mr", "ms", "mme", "mlle", "madame", "monsieur", "dr", "coach", "aunt", "uncle", "tonton", "matante", "constable", "officer",)),
    Pattern("name", plain(r"\b(?:my|mon|ma|une)? ?(?:friend|pal|amie?|kid)\b(?: \(appelons-l[ae])? ((?-i:[A-Z](?:\.[ -]?[A-Z])*\.?))(?![\w'’])"), 0.75, "an initial after a relation", 1, check=lambda found: found != "I", needs=("friend", "pal", "ami", "kid",)),
    Pattern("name", re.compile(r"(?<![\w.])([A-Z]\.-?[A-Z]\.)(?= (?:said|is|was|told|et|est|a|has|and|keeps|if|se)\b|[,;]| [a-z])(?! (?:no|#|box))"), 0.6, "two initials", 1, check=lambda found: found not in ("U.S.", "U.K.", "R.R.", "P.O.", "C.P.", "I.D.", "B.C.", "N.B.", "P.M.", "A.M.", "T.V.", "C.I.", "S.S.", "H.S.", "É.U.", "D.C.", "P.S.", "O.K.", "N.S.", "R.I.")),
    Pattern("name", re.compile(rf"(?<![\w])([{UPPER}][a-zà-ÿ]+(?:[-'’][{UPPER}]?[a-zà-ÿ]+)? [{UPPER}]\.)(?=[\s,;:!?)]|$)"), 0.7, "name and initial", 1, check=_name_or_capital),
    Pattern("name", plain(rf"(?:(?:^|(?<=\s))(?:-|–|—|~) ?|\b(?:signed|signée?|love|sincerely|bye from|xo+)(?: by| par)?[ ,:\n]+)({_FULL}|{_LOW})[\s.!🙏❤💔]*\Z"), 0.65, "signature", 1, check=_name),
    Pattern("name", plain(rf"(?:^|[.!?\n,] ?)(?:(?:merci|thanks|thank you|cordialement|regards|bye|from|bisous)[ ,!.\n]+)({_FULL})[\s.!]*\Z"), 0.65, "signature", 1, check=_name_or_capital),
    Pattern("name", plain(rf"\b(?:told|asked|said to|met|ask|tell|with|avec|cest|c['’]est|c|said|named|remember|miss|love|dit|à|pour|chez|and|et|pis|moi et|me and|&|,) ({_FULL})(?= (?:qui|who|said|says|told|dit|and i|et moi|pis moi|keeps|got|a dit)\b)"), 0.6, "who does something", 1, check=_name_or_capital),
    Pattern("name", plain(rf"\b(?:moi et|moi pis|me and|me n|me &) ({_FULL})"), 0.75, "beside the writer", 1, check=_name_or_capital),
    Pattern("name", plain(rf"(?<![\w-])(?<!\ba )(?<!\bthe )({_FULL}) (?:et moi|pis moi|and me|and i)\b"), 0.75, "beside the writer", 1, check=_name_or_capital),
)  # fmt: skip

_TAGS = (
    r"(?:justice(?:for|pour|4)|team|rip|r\.i\.p|free|prayfor|prayersfor|pray4|jesuis|jesuisavec|noussommes|solidaritéavec|solidariteavec|solidarityfor|solidarity|liberez|libérez|freeour|restinpeace|inmemoryof|"
    r"remember|remembering|sayhisname|sayhername|bringhome|bringback|find|missing|ripto|standwith|iamwith|supportfor|support|soutienà|soutiena|soutienpour|soutien|fly(?:high)?|longlive|ll|happybirthday|bonnefete|bonnefête|avec|for|pour|adieu|merci|mercià|mercia|bravo|weare|save|help|welove|onaime)"
)
_NO_TAG = some("""
    palestine gaza ukraine canada ontario québec quebec life love change all everyone kids youth us them tous jeunes school schools students
    transit bus mentalhealth mentalhealthmatters health housing water climate planet teachers healthcare care trees earth free day now
    speech lunch food peace justice matters black blacklives lives noires franco francophonie francos charlie lgbt lgbtq pride trans work
    home ourwater ourschools ourkids green earth nature forests bees animals dogs cats ourfuture future environment canadian sport sports
    period periods womens women girls men boys immigrants refugees ontarians northern north rural sommes summer spirit canadagoose ed
    """)


def _tagged(found: str) -> bool:
    if re.match(r"the(?!a|o|r)|our|your|nos|notre|lesjeunes|leséc|all|every|us\b", found.lower()):
        return False
    return found.lower() not in _NO_TAG | ORDINARY and not found.isdigit()


TAG = (
    Pattern("name", plain(rf"#_?{_TAGS}_?([^\W\d_][^\W_]{{2,40}})(?!\w)"), 0.8, "name in a hashtag", 1, check=_tagged),
    Pattern("name", plain(r"#([^\W\d_]{3,30}?)_?(?:forever|strong|4ever|4life|pourtoujours|foreverinourhearts|inourhearts)\b"), 0.75, "name in a hashtag", 1, check=_tagged),
)  # fmt: skip


def find(text: str) -> Iterator[Span]:
    """Every name of `text` that is announced, and those inside hashtags like `#justicefor…`."""
    yield from search(PEOPLE, text)
    if "#" in text:
        yield from search(TAG, text)
