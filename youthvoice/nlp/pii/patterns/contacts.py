"""How somebody can be reached: e-mail, telephone, link, handle and names in games."""

from __future__ import annotations

import re
from collections.abc import Iterator

from youthvoice.model import Span
from youthvoice.nlp.pii.patterns import spelled
from youthvoice.nlp.pii.patterns.checks import digits
from youthvoice.nlp.pii.patterns.pattern import Pattern, plain, search
from youthvoice.nlp.pii.patterns.words import ORDINARY, some

# Endings that are no word of either language, so that a full stop without a space after it is no link.
_ENDINGS = (
    r"(?:com|ca|org|net|edu|gouv|gov|gg|ly|io|co|app|tv|info|xyz|dev|uk|fr|eu|biz|fm|ai|ee|quebec|qc|on\.ca|cc|gl|"
    r"exemple|example|invalid|localhost|ngo|ong|wiki|gc\.ca|link|click|website|email|chat|shop|pro|us|nz|ch|mx|ht|sn)"
)
# Endings that are words too ("lol.me", "hier.is"): links only with a path or a second dot.
_WORDY = (
    r"(?:me|to|be|is|it|in|so|la|de|club|live|site|online|page|blog|store|space|social|world|fun|art|news|media|"
    r"tech|design|school|team|games?|life|today|team|zone|group|org|gs|im|sh|st|do|am|at|pw|cat|bio|tel|name|one)"
)
_PROVIDERS = (
    r"(?:g ?mail|hotmail|outlook|yahoo|icloud|proton(?:mail)?|msn|videotron|sympatico|tutanota|tutamail|fastmail|"
    r"aol|cogeco)"
)
_AT = r"(?: ?[\[({<] ?(?:at|a|arobase|arobas|@) ?[\])}>] ?| (?:at|arobase|arobas|arrobas|arrobase|a commercial|at[ -]sign|@) )"
_DOT = r"(?: ?[\[({<] ?(?:dot|d0t|point|\.) ?[\])}>] ?| (?:dot|point) | ?\. ?)"
_JOIN = (
    rf"(?:{_DOT}| ?[_-] ?| (?:underscore|under score|tiret(?: bas)?|dash|hyphen|soulign[ée]|barre(?: basse)?|plus|trait d['’]union) |"
    r"(?<=\b\w) (?=\w\b))"
)
_PART = r"[\w+'’-]{1,40}"
_LOCAL = rf"(?<![\w.+%-]){_PART}(?:{_JOIN}{_PART}){{0,12}}"
_CA = (
    r"(?! (?:va|vas|fait|veut|me|te|nous|vous|m['’]|sert|prend|marche|serait|devrait|peut|dépend|suffit|coûte|"
    r"reste|arrive|donne|commence|se|ne|pas|aide|y|c['’]|aurait|a |change|finit|vient|pue|part)\b)"
)

EMAIL = (
    Pattern(
        "email",
        plain(r"(?<![\w.+%'’@-])[\w+%][\w.+%'’-]{0,63}+@[\w-]{1,63}+(?:\.[\w-]{1,63}){1,6}(?<!-)"),
        0.99,
        "form of an e-mail address",
        needs=("@",),
    ),
    Pattern(
        "email",
        plain(rf"(?<![\w.+%@-])[\w.+%'’-]{{1,64}}+(?: ?@ ?(?={_PROVIDERS}\b)| ?@ |@ ?)(?:{_PROVIDERS}\b(?: ?\. ?(?:com|ca|fr|net|org|me|co)\b)?|[\w-]{{1,63}} ?[.,] ?{_ENDINGS}\b)(?:\.[a-z]{{2,3}}\b)?"),
        0.96,
        "form of an e-mail address with spaces",
        needs=("@",),
    ),
    Pattern(
        "email",
        plain(rf"{_LOCAL} ?[\[({{<] ?(?:at|a|arobase|arobas|@) ?[\])}}>] ?[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,40}}){{1,4}}"),
        0.97,
        "e-mail address with “at” in brackets",
        needs=("(", "[", "{", "<",),
    ),
    Pattern(
        "email",
        plain(rf"{_LOCAL}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,40}}){{0,3}}{_DOT}(?:{_ENDINGS}|{_WORDY}|c ?o ?m|c ?a)\b"),
        0.96,
        "e-mail address in words",
        check=lambda found: _in_words(found),
    ),
    Pattern(
        "email",
        plain(rf"{_LOCAL}{_AT}{_PROVIDERS}(?:\.[a-z]{{2,3}}){{0,2}}\b"),
        0.9,
        "name at a known provider",
        check=lambda found: bool(re.search(r"[\d._@(\[]", found)),
        needs=("mail", "outlook", "yahoo", "icloud", "proton", "msn", "videotron", "sympatico", "tuta", "aol", "cogeco",),
    ),
    Pattern(
        "email",
        plain(rf"(?<![\w.]){_PART}{_AT}{_PROVIDERS}\b"),
        0.85,
        "name at a known provider after “e-mail”",
        near=plain(r"\b(?:e-?mail|courriel|adresse|mail|gmail|reach|contact|écri\w*)\b"),
        needs=("mail", "outlook", "yahoo", "icloud", "proton", "msn", "videotron", "sympatico", "tuta", "aol", "cogeco",),
    ),
)  # fmt: skip


_DOT_WORD = plain(r"\b(?:dot|d0t|point|arobas\w*|arrobas\w*)\b|[\[({<]|@")
_BY_AT = plain(r" (?:at|a commercial) ")


def _in_words(found: str) -> bool:
    # "the petition at change4.example.org" is a link: before a plain “at”, an address has a dot or a digit.
    local = _BY_AT.split(found)[0]
    return _DOT_WORD.search(found) is not None or re.search(r"[\d._]", local) is not None


_END = r"[^\s.,;:!?)\]»”\"'’…<>]"
URL = (
    Pattern(
        "url",
        plain(rf"(?<![a-z])(?:h(?:tt|xx)ps?\s?:\s?//\s?|ftp://|www\s?\.\s?)\S{{0,2000}}{_END}"),
        0.97,
        "form of a web address",
    ),
    Pattern(
        "url",
        plain(
            rf"(?<![\w.@+-])(?:[\w-]{{1,63}}+\.){{1,6}}{_ENDINGS}(?![\w-]|\.\w){_CA}(?::\d{{2,5}})?(?:[/?#]\S{{0,1000}}{_END}|/)?"
        ),
        0.95,
        "form of a web address",
    ),
    Pattern(
        "url",
        plain(
            rf"(?<![\w.@+-])(?:[\w-]{{1,63}}+\.){{1,6}}(?:{_ENDINGS}|{_WORDY}|[a-z]{{2,6}})/(?!\s)\S{{0,1000}}{_END}"
        ),
        0.95,
        "web address with a path",
        check=lambda found: len(found.split("/")[0].split(".")[-1]) >= 2 and not found[0].isdigit(),
    ),
    Pattern(
        "url",
        plain(rf"(?<![\w.@+-])(?:[\w-]{{2,63}}+\.){{2,6}}{_WORDY}\b(?!\.\w)"),
        0.9,
        "form of a web address",
    ),
    Pattern(
        "url",
        plain(
            rf"(?<![\w.@+-])(?!(?:the|a|au|ce|un|le|tel|quel|du|à|of)\b)[\w-]{{2,63}}(?: ?[\[(]?\b(?:dot|point|d0t)\b[\])]? ?[\w-]{{2,40}}){{0,3}}"
            rf"(?: ?[\[({{] ?(?:dot|point|d0t|\.) ?[\])}}] ?| (?:dot|d0t|point) ){_ENDINGS}\b{_CA}"
            r"(?: ?(?:/| slash | barre oblique | oblique ) ?[\w@./-]{1,80}(?<!\.)){0,4}"
        ),
        0.9,
        "web address in words",
        needs=("dot", "point", "d0t", "(.", "[.", "{.", " . ", "( .", "[ .", "{ .",),
    ),
    Pattern(
        "url",
        plain(r"(?<![\w.@+-])[\w-]{2,40} \. (?:com|ca|org|net|gg)\b(?: ?/ ?[\w-]{2,40})?|\bdiscord (?:invite|code)[ :]{1,2}(?-i:[A-Za-z]{0,10}[A-Z0-9]\w{3,12})\b"),
        0.85,
        "web address with spaces",
    ),
)  # fmt: skip

_SEP = r"[\s.\-–—/_*·•,]"
_GAP = rf"(?:{_SEP}|\(|\)){{0,3}}"
_EXT = r"(?:,? ?(?:x|ext\.?|extension|poste|post|#|p\.) ?#?\d{1,6}\b|/\d{2,4}\b)?"
_TOLD = plain(
    r"(?:\b(?:call|text|txt|phone|cell|cel|number|numbr|num|no|nos|tel|tél|fax|whatsapp|signal|viber|facetime|dial|ring|reach|"
    r"contact|landline|mobile|line|hmu|hit me up|texte[rz]?|textez|appel\w*|rejoin\w*|téléphone|telephone|cellulaire|"
    r"numéro|numero|ligne|fixe|joindre|bell|sms)\b|[☎📞📱])"
)


def _nanp(found: str) -> bool:
    number = digits(found)
    number = number[1:] if len(number) >= 11 and number[0] == "1" else number
    return number[0] not in "01" and number[3] not in "01"


PHONE = (
    Pattern(
        "phone",
        re.compile(r"(?<![\w$.,-])[2-9]\d\d([-.])\d{4}\1\d{3}(?!\d)"),
        0.9,
        "ten digits in odd groups",
    ),
    Pattern(
        "phone",
        plain(r"(?<!\w)\(?[2-9][\doil]{2}\)?[ .-]{1,2}[\doil]{3}[ .-]?[\doil]{4}(?!\w)"),
        0.9,
        "telephone number with O for 0",
        check=lambda found: len(digits(found)) >= 7,
    ),
    Pattern(
        "phone",
        re.compile(rf"(?<![\w$€])[2-9]{_SEP}{{1,3}}(?:\d{_SEP}{{1,3}}){{8}}\d(?!\d|[.,-]\d)"),
        0.85,
        "ten digits one by one",
        check=lambda found: _nanp(found) and digits(found) not in "01234567890123456789",
    ),
    Pattern(
        "phone",
        # 416-555-0123 and its kin: three, three, four (or the last four in twos), whatever stands between.
        plain(
            rf"(?<![\w$€])(?<!\d[.,-])(?:\+?1{_GAP})?\(?\d{{3}}\)?{_GAP}\d{{3}}{_GAP}\d{{2}}{_SEP}?\d{{2}}(?!\d|[.,-]\d|%){_EXT}"
        ),
        0.95,
        "form of a telephone number",
        check=_nanp,
    ),
    Pattern(
        "phone",
        plain(rf"(?<![\w$€])(?<!\d[.,-])(?:\+?1{_GAP})?\(?\d{{3}}\)?{_SEP}{{1,2}}(?:\d{_SEP}?){{6}}\d(?!\d|{_SEP}\d|%){_EXT}"),
        0.9,
        "area code and seven digits in odd groups",
        check=_nanp,
        near=_TOLD,
    ),
    Pattern(
        "phone",
        plain(rf"(?<![\w$€])(?:\+?1{_SEP})?(?:\d{_SEP}{{1,3}}){{9}}\d(?!\d|[.,-]\d)|(?<![\w$€])(?:\d{{2}}{_SEP}){{4}}\d{{2}}(?!\d)"),
        0.9,
        "ten digits one by one or in pairs",
        near=_TOLD,
    ),
    Pattern(
        "phone",
        re.compile(rf"(?<![\w$€.,-])\d{{3}}(?:[-–.]|(?: ?- ?))\d{{4}}(?![\d]|[.,-]\d){_EXT}"),
        0.9,
        "seven digits of a telephone number",
        check=lambda found: found[0] not in "01",
    ),
    Pattern(
        "phone",
        re.compile(rf"(?<![\w$€.,-])\d{{3}} ?\d{{4}}(?![\d]|[ .,-]\d){_EXT}"),
        0.85,
        "seven digits after a telling word",
        check=lambda found: found[0] not in "01",
        near=_TOLD,
    ),
    Pattern(
        "phone",
        plain(r"(?<![\w$])(?:\+?1[ .-]?)?\(?8(?:00|22|33|44|55|66|77|88)\)?[ .-]{1,2}[a-z0-9]{3}[ .-]?[a-z0-9]{4}\b|(?<![\w$])310[ .-][a-z0-9]{4}\b"),
        0.9,
        "toll-free number",
        check=lambda found: len(digits(found)) >= 3 and (found.upper() == found),
    ),
    Pattern(
        "phone",
        re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ .()/-]{0,2}\d){7,14}(?!\d)|(?<![\w$.,-])0[1-9](?:[ .-]?\d\d){4}(?![\d-])"),
        0.9,
        "international telephone number",
    ),
)  # fmt: skip

_NET = (
    r"(?:snap ?chats?|snaps?|insta(?:gram)?|ig|finsta|discord|disc|tik ?tok|tt|twitter|psn|play ?station|xbox(?: live)?|"
    r"gamer ?tags?|steam|roblox|rblx|minecraft|fortnite|epic(?: games)?|valorant|riot|twitch|telegram|kik|wattpad|"
    r"tumblr|reddit|be ?real|vsco|you ?tube|yt|facebook|fb|messenger|whatsapp|bluesky|bsky|threads|nintendo|"
    r"pinterest|soundcloud|spotify|activision|pseudo(?:nyme)?s?|user ?names?|handles?|screen ?names?)"
)
_LOGIN = (
    r"(?:user|account|acct|compte|alt|priv|usager|nom d['’](?:usager|utilisat(?:eur|rice))|identifiant|login|signal|"
    r"switch|cod|spam|dc|tele|mon @|my @)"
)
_SHORT = r"(?:sc|ign|line id|wechat|vsco|gt)"
_TAG = r"(?:name|user ?name|user|id|tag|gamer ?tag|handle|acc|account|acct|profile|profil|compte|pseudo|nom|perso|privé?|alt)"
_IS = (
    r"(?:is|are|was|c['’]est|c|est|it['’]?s|its|[=:→–—-]|as|au nom de|sous(?: le nom(?: de)?)?|under|named|called|"
    r"s['’]appelle|shes|she['’]s|hes|he['’]s|im|i['’]m|:)"
)
_QUOTE = r"[\s(«“\"'@]{0,3}"
# A name that is no ordinary word: a digit, an underscore, a number sign or a dot within it, and a letter.
_ODD = (
    r"(?!\d{1,4}(?:st|nd|rd|th|k|m|x|h|am|pm|hrs?|mins?|e|er|ère|ans|yrs?|gb|s)\b)"
    r"(?=[\w.#-]{0,30}[\d_#]|[\w-]{1,30}\.\w)(?=[\d._#-]{0,30}[^\W\d_])\w(?:[\w.#-]{0,38}[\w#])?"
)
_WORD = r"[^\W\d_][\w.-]{2,30}(?<![.-])"
_FOLLOW = (
    r"(?:(?:add|follow|find|dm|msg|message|hmu|hit me up|text|friend)(?: (?:me|us|her|him))?|"
    r"(?:ajoute[rz]?|add|suis|suivez|trouve[rz]?|écri[st]|écrivez|dm)[ -](?:moi|nous|la|le))"
)
_SAID_OF_ACCOUNTS = some("""
    public private hacked banned broken down deleted full locked empty blocked suspended disabled story stories server
    chat games game premium filter filters video videos post posts password streak streaks famous dumb boring toxic fun
    cool weird cringe messages message notifs dms settings user users username name handle score maps owned worth open
    closed evil brainrot tonight tomorrow yesterday privé privée publique piraté bloqué supprimé brisé plein vide fermé
    ouvert barré désactivé serveur groupe application app apps page pages profile profil drama addiction addicted trend
    nouveau nouvelle plate toxique dangereux demain snap snapchat insta instagram tiktok discord roblox youtube reddit
    gamertag username screenname pseudonyme account compte series one
    facebook twitter fortnite minecraft xbox reels memes meme followers comments comment feed trauma culture teens
    """)


def _no_word(found: str) -> bool:
    return found.lower().strip("._-'’") not in ORDINARY | _SAID_OF_ACCOUNTS


HANDLE = (
    Pattern(
        "handle",
        plain(r"(?<![\w@.])@(?!(?:tous|toutes|everyone|here|all|channel|tlm)\b)\w(?:[\w.-]{0,60}\w)?(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})?"),
        0.94,
        "begins with @",
        check=lambda found: len(found) > 2 and not found[1:].isdigit(),
        needs=("@",),
    ),
    Pattern("handle", plain(r"(?<![\w@.])@ (?=[a-z])(?=[\w.]{0,30}[\d_])(?![\w.+-]{1,64}@)[\w.]{2,40}\w"), 0.85, "@ and a name with digits", needs=("@",)),
    Pattern(
        "handle",
        plain(r"(?<![\w#@./])(?!(?:apt|app|unit|no|room|bus|route|box|rr|student|id|appt|lot|ticket|case|issue|section|suite|local|num)#)[^\W_][\w.-]{1,31}#\d{3,5}\b"),
        0.95,
        "name and number of Discord",
        needs=("#",),
    ),
    Pattern("handle", plain(r"\b(?:gamer ?tag|xbox(?: live)?|psn)(?:['’]?s)?(?: (?:is|name|:|=))*[: ]{1,2}([a-z][\w-]{2,14} \d{1,4})(?![\w$%]| (?:times|bucks|dollars|hours?|days?|years?|games?|fois|heures?|jours?))"), 0.8, "name in a game with a number", 1, check=lambda found: _no_word(found.split()[0])),
    Pattern("handle", plain(r"\bsw(?:-\d{4}){3}\b"), 0.95, "friend code of Nintendo", needs=("sw-",)),
    Pattern("handle", plain(rf"\b(?:snap|add|follow|message|dm|msg|find) (?:me|us) (?:at|@|as) @?({_ODD})"), 0.85, "where somebody can be added", 1),
    Pattern("handle", re.compile(r"(?<![\w/.])/?[uU]/[\w-]{3,20}\b"), 0.95, "user of Reddit", needs=("u/",)),
    Pattern(
        "handle",
        plain(r"(?<![\w@/.#?=&%+-])[^\W_][a-z0-9à-ÿ.-]{0,30}+_[\w.-]{0,38}[^\W_](?![\w@])"),
        0.8,
        "word with an underscore",
        check=lambda found: len(found) > 3 and any(sign.isalpha() for sign in found),
        needs=("_",),
    ),
    Pattern("handle", re.compile(r"(?<![\w@])(?:[xX]{2}|xX)_?\w{2,30}[xX]{2}\b"), 0.85, "name between X’s"),
    Pattern(
        "handle",
        plain(rf"(?<![\w@])(?:{_NET}|{_LOGIN}|{_SHORT})(?: {_TAG}){{0,2}}(?:['’]?s)?[\s:=(«“\"→,–—-]{{1,3}}(?:{_IS}[\s:=(«“\"]{{1,3}}){{0,3}}@?({_ODD})"),
        0.93,
        "follows the name of a network",
        1,
        needs=("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "_", "#", ".",),
    ),
    Pattern(
        "handle",
        plain(rf"(?<!\w)(?:my|mon|ma|mes|her|his|their|sa|son|leur|ur|votre|ton)(?: [a-z]{{2,8}})? {_NET}(?: {_TAG}){{0,2}} ?(?:is|c['’]est|c|est|it['’]?s|[:=→–—-]) ?{_QUOTE}({_WORD})"),
        0.94,
        "somebody’s name on a network",
        1,
        check=_no_word,
    ),
    Pattern(
        "handle",
        plain(rf"(?<![\w@])(?:{_NET}(?: {_TAG}){{0,2}}|{_LOGIN})(?: ?[:=→➡] ?|- |(?<=psn) |(?<=gamertag) ){_QUOTE}({_WORD})"),
        0.85,
        "name after a network",
        1,
        check=_no_word,
        needs=(":", "=", "→", "➡", "- ", "psn", "gamertag",),
    ),
    Pattern(
        "handle",
        plain(rf"(?<!\w){_FOLLOW} (?:on|sur|at|@) (?:(?:my|mon|ma) )?{_NET}(?: {_TAG})?(?:[\s,:=→–—-]{{1,3}}{_IS})?[\s,:=→–—-]{{1,3}}{_QUOTE}({_WORD})"),
        0.85,
        "where somebody can be added",
        1,
        check=_no_word,
    ),
    Pattern(
        "handle",
        plain(rf"(?<!\w){_FOLLOW}[\s:,]{{1,2}}{_QUOTE}({_WORD}) (?:on|sur) {_NET}\b"),
        0.85,
        "where somebody can be added",
        1,
        check=_no_word,
    ),
    Pattern("handle", plain(rf"(?<![\w@.])({_ODD})[\"”»')]? ?(?:\(|\[|on |sur |@ ?|, )(?:my |mon |le |the |his |her )?{_NET}\b"), 0.9, "followed by the name of a network", 1, needs=("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "_", "#", ".",)),
    Pattern(
        "handle",
        plain(rf"(?<!\w)(?:i['’]?m|i am|he['’]?s|she['’]?s|go(?:es)? by|known as|je suis|j['’]suis|chu|pseudo|nommé|called) {_QUOTE}({_WORD})[\"”»')]? (?:on|sur) {_NET}\b"),
        0.85,
        "called so on a network",
        1,
        check=_no_word,
    ),
)  # fmt: skip

_WORTH_EMAIL = plain(r"@|\bat\b|aroba|\(a\)|\[a\]|\ba commercial\b")
_WORTH_URL = plain(r"[.:]\S|\bdot\b|\bpoint\b|\(\.\)|\. (?:com|ca|org|net)\b|\bdiscord\b")


def find(text: str) -> Iterator[Span]:
    """Every e-mail address, link, telephone number and handle of `text`."""
    if _WORTH_EMAIL.search(text):
        yield from search(EMAIL, text)
    if _WORTH_URL.search(text):
        yield from search(URL, text)
    if any("0" <= sign <= "9" for sign in text):
        yield from search(PHONE, text)
    yield from spelled.find(text)
    yield from search(HANDLE, text)
