"""Why each table and each column exists, how long it is kept and who reads it.

The privacy impact assessment carries the tables of `document()`, and a test compares them:
`python -m youthvoice.store.purposes` prints them. A column without a purpose fails the test.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from youthvoice.store.tables import metadata


class Differs(NamedTuple):
    """Where a column is kept, or read, otherwise than its table. Empty: as the table."""

    retention: str = ""
    readers: str = ""


NOWHERE: Mapping[str, Differs] = MappingProxyType({})


class TablePurpose(NamedTuple):
    """A table: what it holds, how long, who reads it, and what each column is for.

    `personal`: whether it may tell something of somebody who wrote. `differs`: columns that are kept
    or read otherwise.
    """

    what: str
    retention: str
    readers: str
    personal: bool
    columns: Mapping[str, str]
    differs: Mapping[str, Differs] = NOWHERE


NO_END = "no end is set"
GONE = (
    "until it is withdrawn or deleted, or the operator’s schedule destroys its masked text; otherwise "
    "no end is set"
)
TEXT = (
    "until it is withdrawn, deleted or edited, or by the operator’s schedule: "
    "YOUTHVOICE_KEEP_MASKED_DAYS after the topic’s last day, or after the message’s own day where the "
    "topic is always open (default 0: no schedule; never where no text could be masked)"
)
ORIGINAL = (
    "90 days by default (YOUTHVOICE_KEEP_ORIGINALS_DAYS, looked at once a day); sooner if it is "
    "withdrawn, deleted or edited, or the operator’s schedule destroys its masked text"
)
REPLACED = "until it is computed again"
WITH_TOPIC = "no end is set: part of the public record"
DECIDED = "until a person decides, or it is withdrawn"
STAYS = "no end is set, also after a withdrawal"
STAYS_UNLESS_EDITED = "no end is set, also after a withdrawal; an edited post begins anew"

PROGRAM = "the program only"
STAFF = "committee, operators"
OPERATORS = "operators"
PUBLIC = "everybody, once the topic is approved"
ALL_MASKED = (
    "its writer with the receipt; committee; ministry and everybody once a person released it "
    "(channels whose rules allow it)"
)
COUNTED = (
    "everybody, as counts of at least 20 (YOUTHVOICE_MIN_CELL, if that is more), on “Who is heard”"
)
OPENED = (
    "moderator or safety officer with that role’s private key, for a reason, with an audit entry"
)

PURPOSES: dict[str, TablePurpose] = {
    "topic": TablePurpose(
        "A consultation topic: where it stands and who must answer.",
        WITH_TOPIC,
        PUBLIC,
        False,
        {
            "id": "number inside the database",
            "slug": "short public name, in addresses",
            "status": "where the topic stands",
            "ministry": "who must answer",
            "opens_on": "first day",
            "closes_on": "last day; the schedule of masked texts counts from it",
            "answer_due_on": "day by which the answer is due",
            "proposed_by": "name of the member who proposed it: a second person must approve",
            "standing": "whether it is always open and never posted",
            "positions": "the questions that ask whether somebody agrees",
        },
        {"proposed_by": Differs(NO_END, STAFF)},
    ),
    "topic_text": TablePurpose(
        "What a topic says in one language.",
        WITH_TOPIC,
        PUBLIC,
        False,
        {
            "topic_id": "which topic",
            "language": "English or French",
            "title": "title",
            "context": "why it is asked",
            "influence": "what the answers will influence",
            "hashtag": "word under which replies are found",
        },
    ),
    "question_text": TablePurpose(
        "A topic’s questions in one language.",
        WITH_TOPIC,
        PUBLIC,
        False,
        {
            "topic_id": "which topic",
            "position": "number of the question",
            "language": "English or French",
            "text": "the question",
        },
    ),
    "posting": TablePurpose(
        "The outbox: every post of the institution, written before it is sent, so that it goes out once.",
        NO_END,
        STAFF,
        False,
        {
            "id": "number, for a person who must look",
            "topic_id": "which topic",
            "part": "place in the thread",
            "channel": "which network",
            "language": "which account",
            "purpose": "consultation or answer",
            "status": "pending, sending, sent, may be out, failed",
            "text": "the institution’s own words",
            "external_id": "the platform’s id of the post; replies hang on it",
            "attempts": "how often it was tried; keeps two processes apart",
            "error": "code of the last failure",
            "not_before": "moment before which it is not tried again",
            "question": "which question it asks",
            "failures": "failures in a row",
            "looks": "how often the own timeline was looked at",
            "first_tried_at": "moment from which the own timeline is searched",
        },
        {
            "text": Differs(WITH_TOPIC, "everybody, once it is posted"),
            "external_id": Differs(WITH_TOPIC, "everybody, once it is posted"),
            "not_before": Differs("until the attempt is settled"),
            "first_tried_at": Differs("30 days, once the post is out or has failed"),
        },
    ),
    "collection": TablePurpose(
        "Where the collection of an account’s replies stands.",
        "until the channel is left",
        OPERATORS,
        False,
        {
            "channel": "which network",
            "account": "which account",
            "cursor": "where to go on: the newest id or hour read, as the platform counts; "
            "never a text or a handle",
            "last_run_at": "moment of the last turn",
            "last_complete_at": "moment of the last whole turn: is somebody too late?",
            "last_new": "how many were new",
            "empty_runs": "empty turns in a row",
            "gap_from": "since when replies may be missing",
            "began_at": "moment of the first turn",
        },
        {"cursor": Differs("until the next turn; the last one until the channel is left", PROGRAM)},
    ),
    "pause": TablePurpose(
        "A platform that asked to be left alone for a while.",
        "until the platform works again",
        OPERATORS,
        False,
        {
            "channel": "which network",
            "verb": "what waits",
            "since": "moment of the first refusal",
            "until": "moment after which it is tried again",
            "kind": "kind of refusal",
            "code": "code of the refusal, never the platform’s words",
            "times": "refusals in a row",
        },
    ),
    "charge": TablePurpose(
        "What calls to a platform cost, by day.",
        NO_END,
        STAFF,
        False,
        {
            "day": "day",
            "channel": "which network",
            "account": "which account",
            "operation": "what was paid for",
            "topic_id": "which topic; 0: shared",
            "calls": "how many calls",
            "units": "how many things were read or made",
            "micros": "millionths of a US dollar",
        },
    ),
    "campaign": TablePurpose(
        "Postcards, posters and workshops: a code that leads to a topic’s form.",
        NO_END,
        STAFF,
        False,
        {
            "code": "the printed code",
            "topic_id": "which topic",
            "name": "name of the campaign, given by staff",
            "made_on": "day",
            "made_by": "name of the member of staff who made it",
        },
        {"code": Differs("", "everybody who sees the card")},
    ),
    "contribution": TablePurpose(
        "One row a message. The row stays when the words are destroyed, so that totals stay true.",
        NO_END,
        "committee (on channels whose rules let staff read)",
        True,
        {
            "id": "random number; tells no order of arrival",
            "topic_id": "which topic",
            "question": "which question; 0: the topic as a whole",
            "channel": "form, file or network; totals by channel, and the channel’s rules",
            "source_key": "keyed hash of the source’s own id: taken once, also after a withdrawal",
            "ref": "the platform’s id of a public reply, to follow its deletion; empty for the form",
            "author_key": "keyed hash of the platform’s account id, to see whether several messages of "
            "one account together single its writer out; empty for the form",
            "own_text_key": "keyed hash of its own words; a random value after a withdrawal",
            "text_key": "keyed hash of the words (of its group’s first text): number of distinct texts",
            "day": "day it was written, never the time",
            "week": "Monday of that week, for totals",
            "language": "language found by the machine: masking, totals",
            "masked": "the words with names and numbers hidden, encrypted under `masked_key`",
            "spans": "what was hidden: place, kind, detector, score; never the hidden words",
            "risk_level": "1 to 5: who reads first",
            "risk_reasons": "names of the rules that fired (for example self-harm)",
            "status": "waiting, held, released, rejected, withdrawn",
            "hold": "why it is held",
            "model": "version of the machine that proposed",
            "has_decision": "whether a person decided: the machine no longer counts",
            "version": "keyed hash of an edited text’s version",
            "checked_on": "day on which the post was last seen on its platform",
            "check_by": "moment by which a requested deletion check is due",
            "campaign": "code of the postcard that led here",
            "pooled": "whether it still waits for its shuffled batch",
            "compared": "whether near-duplicates were looked for",
            "objected": "whether its writer called a theme wrong: not yet shown, or shown to reviewers",
            "replied": "whether its writer answered a question: not yet shown, or shown to reviewers",
            "objections": "themes that the writer called wrong",
            "uncounted": "whether it was rejected before it was withdrawn: totals go on without it",
            "shares": "share of its words in English, French and others: several languages in one message",
        },
        {
            "id": Differs("", "committee; ministry (its first eight characters)"),
            "source_key": Differs(STAYS, PROGRAM),
            "ref": Differs(GONE, PROGRAM),
            "author_key": Differs(GONE, PROGRAM),
            "text_key": Differs(STAYS, PROGRAM),
            "day": Differs(
                "", "committee; its writer with the receipt; ministry beside a text; totals"
            ),
            "masked": Differs(TEXT, ALL_MASKED),
            "spans": Differs(TEXT),
            "risk_level": Differs(STAYS),
            "risk_reasons": Differs(STAYS),
            "status": Differs("", "committee; its writer with the receipt"),
            "model": Differs("", PROGRAM),
            "has_decision": Differs("", PROGRAM),
            "version": Differs(GONE, PROGRAM),
            "checked_on": Differs("", PROGRAM),
            "check_by": Differs("until it was looked at, or it is deleted", PROGRAM),
            "campaign": Differs("", "staff, as a count of at least the smallest cell"),
            "pooled": Differs("", PROGRAM),
            "compared": Differs("", PROGRAM),
            "objected": Differs(f"{DECIDED}, or the committee asks its writer again"),
            "objections": Differs(
                f"{DECIDED}, or the operator’s schedule destroys its masked text"
            ),
            "uncounted": Differs(STAYS, PROGRAM),
            "shares": Differs(TEXT),
        },
    ),
    "masked_key": TablePurpose(
        "One key a message. It opens the masked text and the thread; destroying it destroys them.",
        TEXT,
        PROGRAM,
        True,
        {
            "contribution_id": "which message",
            "key": "256-bit key, in the same database; in a backup in a file of its own",
        },
    ),
    "sealed_original": TablePurpose(
        "The words as they were sent: of a message, of a writer’s answer in a thread, of a file’s row "
        "that was kept aside. Encrypted; sizes are padded.",
        ORIGINAL,
        OPENED,
        True,
        {
            "item_id": "which message, answer or row",
            "nonce": "number that the encryption needs",
            "ciphertext": "the encrypted words",
            "day": "day from which its end is counted",
        },
        {"item_id": Differs("", PROGRAM), "day": Differs("", PROGRAM)},
    ),
    "data_key": TablePurpose(
        "The key of each original, wrapped for the public key of a role.",
        ORIGINAL,
        OPENED,
        True,
        {
            "item_id": "which original",
            "role": "moderator or safety",
            "wrapped": "the key, sealed for that role",
            "pair": "for which of the role’s key pairs, so that rotation knows what is left",
        },
        {
            "item_id": Differs("", PROGRAM),
            "role": Differs("", OPERATORS),
            "pair": Differs("", OPERATORS),
        },
    ),
    "self_description": TablePurpose(
        "What a writer of the form chose to say of themselves. Every part may be left out. Not encrypted.",
        GONE,
        COUNTED,
        True,
        {
            "contribution_id": "which message",
            "age_band": "age in bands: is a group heard?",
            "region": "first three characters of a postal code, two where the area is rural",
            "first_language": "first language, of a short list",
            "groups": "groups of the operator’s list that the writer ticked",
        },
        {
            "contribution_id": Differs("", PROGRAM),
            "region": Differs("", f"{COUNTED}, by its first letter only"),
        },
    ),
    "heard_count": TablePurpose(
        "How many voices gave each answer of the form’s optional part. Only grows, a batch at a time.",
        STAYS,
        COUNTED,
        False,
        {
            "topic_id": "which topic",
            "part": "which part of the form: group, age, first language, district",
            "answer": "which answer",
            "messages": "how many voices gave it, withdrawn and rejected ones too",
        },
    ),
    "receipt": TablePurpose(
        "Which message a receipt belongs to. The code itself is nowhere.",
        f"{STAYS}: the page then says that it was withdrawn",
        PROGRAM,
        True,
        {
            "receipt_key": "keyed hash of the code",
            "contribution_id": "which message",
        },
    ),
    "thread_message": TablePurpose(
        "The committee’s questions to a writer, and the writer’s answers, masked.",
        TEXT,
        "committee; its writer with the receipt",
        True,
        {
            "id": "random number; a writer’s original is sealed under it",
            "contribution_id": "under which message",
            "position": "order in the thread",
            "author": "committee or writer",
            "actor": "name of the member who asked",
            "day": "day, never the time",
            "text": "the question, or the masked answer, encrypted under `masked_key`",
        },
        {"actor": Differs("", PROGRAM)},
    ),
    "likeness": TablePurpose(
        "A keyed signature of the first text of each group of nearly the same texts.",
        "until no message of its group can be read any more (withdrawn, deleted, edited, or destroyed "
        "by the operator’s schedule)",
        PROGRAM,
        True,
        {
            "topic_id": "compared inside a topic only",
            "text_key": "which text",
            "signature": "MinHash under a key of the installation; no words",
            "length": "letters and digits of the group’s first text",
        },
    ),
    "likeness_band": TablePurpose(
        "Parts of the signatures, to find a similar one fast.",
        "as `likeness`",
        PROGRAM,
        True,
        {
            "topic_id": "compared inside a topic only",
            "band": "keyed hash of a part of a signature",
            "text_key": "which text",
        },
    ),
    "proposed_theme": TablePurpose(
        "What the machine proposed.",
        f"until a newer version of the machine proposes, or the post is edited; {STAYS}",
        "committee; its writer with the receipt; totals",
        True,
        {
            "contribution_id": "which message",
            "theme": "theme of the codebook",
            "score": "how sure the machine was",
            "model": "which version",
            "sure": "whether it is sure enough to be counted; otherwise a person should look",
        },
    ),
    "proposed_label": TablePurpose(
        "The position and the feeling that the machine proposed: one of each kind a message.",
        f"until a newer version of the machine proposes, or the post is edited; {STAYS}",
        "committee; totals (no feeling of fewer than 20 messages)",
        True,
        {
            "contribution_id": "which message",
            "kind": "position or feeling",
            "value": "for example agrees, or negative",
            "score": "how sure the machine was",
            "sure": "whether it is sure enough to be counted; otherwise it counts as “not sure”",
            "model": "which version",
        },
    ),
    "decided_label": TablePurpose(
        "The position and the feeling that a person decided.",
        STAYS_UNLESS_EDITED,
        "committee; totals (no feeling of fewer than 20 messages)",
        True,
        {
            "contribution_id": "which message",
            "kind": "position or feeling",
            "value": "for example agrees, or negative",
        },
    ),
    "codebook": TablePurpose(
        "A version of a topic’s themes: a draft, or frozen once a second person has signed it off.",
        WITH_TOPIC,
        "committee; everybody once it is frozen",
        False,
        {
            "id": "number inside the database",
            "topic_id": "which topic",
            "version": "version, from 1",
            "status": "draft or frozen",
            "made_by": "name of the member who made it: a second person must sign it off",
            "made_on": "day it was made",
            "signed_by": "name of the member who signed it off",
            "signed_on": "day it was signed off",
        },
        {"made_by": Differs(NO_END, STAFF), "signed_by": Differs(NO_END, STAFF)},
    ),
    "codebook_theme": TablePurpose(
        "A theme of a version: what it means, and what not.",
        WITH_TOPIC,
        "committee; everybody once it is frozen",
        True,
        {
            "codebook_id": "which version of which topic’s themes",
            "theme": "short name that stays over versions",
            "position": "place in the list",
            "level": "1: one of the common themes; 2: the topic’s own",
            "parent": "under which common theme",
            "name": "name in both languages",
            "description": "what it means, in both languages",
            "examples": "what belongs there, in the committee’s words or masked words of messages",
            "not_meant": "what does not belong there, in both languages",
        },
        {
            "examples": Differs(
                "the committee’s words as the others; those of a message until it is withdrawn, deleted "
                "or edited, or the operator’s schedule destroys its masked text"
            )
        },
    ),
    "mapping": TablePurpose(
        "With which themes and which learned weights the machine reads a topic’s messages now.",
        "until a member of staff applies another",
        PROGRAM,
        False,
        {
            "topic_id": "which topic",
            "codebook_id": "which version of its themes",
            "model": "which version of the machine",
            "learned": "weights learned from what people said of messages: numbers, never words",
            "learned_from": "from how many messages they were learned",
            "applied_by": "name of the member who applied it",
            "applied_on": "day",
        },
        {"applied_by": Differs("", STAFF), "applied_on": Differs("", STAFF)},
    ),
    "coding": TablePurpose(
        "What one person said of one message, without seeing what the machine or others said: it measures "
        "the machine and teaches it.",
        "until it is withdrawn, deleted or edited, or the same person says otherwise",
        "committee, as counts and shares; the program",
        True,
        {
            "id": "random number",
            "contribution_id": "which message",
            "codebook_id": "with which version of the themes",
            "actor": "name of the member who said it: do two people agree?",
            "sample": "chosen by chance, to measure, or because it teaches most",
            "themes": "themes they chose",
            "labels": "position and feeling they chose",
            "proposed": "what the machine had proposed at that time, to measure it",
            "model": "which version had proposed",
            "coded_on": "day (of staff, not of the writer)",
        },
        {
            "id": Differs("", PROGRAM),
            "contribution_id": Differs("", PROGRAM),
            "actor": Differs("", "committee"),
        },
    ),
    "decided_theme": TablePurpose(
        "What a person decided.",
        STAYS_UNLESS_EDITED,
        "committee; its writer with the receipt; totals; everybody beside a released text",
        True,
        {
            "contribution_id": "which message",
            "theme": "theme of the codebook",
        },
    ),
    "decision": TablePurpose(
        "Each decision of a person, beside what the machine had proposed.",
        STAYS_UNLESS_EDITED,
        "committee",
        True,
        {
            "id": "number; the order of decisions",
            "contribution_id": "which message",
            "actor": "name of the member who decided",
            "status": "released, held or rejected",
            "themes": "themes they chose",
            "proposed": "what the machine had proposed, to measure it",
            "model": "which version proposed",
            "reason": "reason of a short list",
            "decided_at": "moment of the decision (of staff, not of the writer)",
            "read": "whether this very message was read, or only one that says nearly the same",
        },
        {
            "reason": Differs("", "committee; its writer with the receipt, if it was rejected"),
            "proposed": Differs("", PROGRAM),
            "model": Differs("", PROGRAM),
        },
    ),
    "span_correction": TablePurpose(
        "What people said of the masks: a place that was missed, or that is no identifier. Places, no words.",
        TEXT,
        "committee and operators, as counts; the program, to measure the masks",
        True,
        {
            "id": "random number",
            "contribution_id": "which message",
            "start": "first character of the place in the normalised original",
            "end": "character after its last one",
            "kind": "kind of identifier that it is, or was taken for",
            "verdict": "missed, or no identifier",
            "language": "language of the message: the figures are by language",
            "day": "day of the correction (of staff, not of the writer)",
            "actor": "name of the member who corrected",
            "detector": "which detector had taken it for an identifier",
            "score": "how sure that detector was",
            "model": "version of the machine at the last look before the correction",
        },
        {
            "id": Differs("", PROGRAM),
            "contribution_id": Differs("", PROGRAM),
            "start": Differs("", PROGRAM),
            "end": Differs("", PROGRAM),
            "kind": Differs("", PROGRAM),
            "day": Differs("", PROGRAM),
            "actor": Differs("", PROGRAM),
            "detector": Differs("", PROGRAM),
            "score": Differs("", PROGRAM),
            "model": Differs("", PROGRAM),
        },
    ),
    "response": TablePurpose(
        "A ministry’s answer in both languages.",
        WITH_TOPIC,
        "ministry, committee; everybody once it is published",
        False,
        {
            "id": "number",
            "topic_id": "which topic",
            "theme": "which theme it answers; empty: the topic",
            "kind": "doing, planned, studying, not now",
            "said": "what young people said, in the ministry’s words",
            "did": "what was decided",
            "reason": "why",
            "status": "draft, submitted, approved, published",
            "written_by": "name of who wrote it: a second person must approve",
            "decided_on": "day of the decision",
            "messages": "how many messages it answers; withheld where small",
            "texts": "from how many different texts; withheld where small",
        },
        {"written_by": Differs(NO_END, "ministry, committee")},
    ),
    "rollup": TablePurpose(
        "Totals that pages read. Small counts are withheld before they are stored.",
        REPLACED,
        "everybody",
        False,
        {
            "topic_id": "which topic",
            "slice": "which dimensions",
            "question": "question, or * for all",
            "theme": "theme, or *",
            "language": "language, or *",
            "channel": "channel, or *",
            "day": "day, or *",
            "week": "week, or *",
            "position": "position, or *",
            "feeling": "feeling, or *: never of fewer than 20 messages",
            "messages": "how many messages; empty: withheld",
            "texts": "how many distinct texts; empty: withheld",
        },
    ),
    "topic_total": TablePurpose(
        "The figures that head a topic. Exact here; pages withhold small ones.",
        REPLACED,
        "everybody, where it is at least the smallest cell",
        False,
        {
            "topic_id": "which topic",
            "messages": "how many messages count",
            "texts": "how many distinct texts",
            "waiting": "how many waited for a person when a total last changed",
            "held": "how many were held then",
            "released": "how many were released then",
            "rejected": "how many were rejected then",
            "withdrawn": "how many were withdrawn or deleted then",
            "computed_at": "moment of the last change of a total; a withdrawal alone changes none",
            "fingerprint": "hash of what totals depend on: compute again only if that changed",
        },
        {
            "waiting": Differs("", PROGRAM),
            "held": Differs("", PROGRAM),
            "rejected": Differs("", PROGRAM),
            "withdrawn": Differs("", PROGRAM),
            "computed_at": Differs("", PROGRAM),
            "fingerprint": Differs("", PROGRAM),
        },
    ),
    "kept_aside": TablePurpose(
        "Rows of an imported file that could not be taken. Their words are in `sealed_original`.",
        NO_END,
        STAFF,
        True,
        {
            "id": "number under which the row is sealed",
            "topic_id": "which topic",
            "row_key": "keyed hash of the row: kept once",
            "source": "name of the file",
            "line": "line in the file",
            "reason": "why it could not be taken",
        },
        {"row_key": Differs("", PROGRAM)},
    ),
    "job_run": TablePurpose(
        "Each turn of each job: done once, and how it ended.",
        "2 days if it went well, 22 days if it failed, was missed or never ended",
        OPERATORS,
        False,
        {
            "id": "number",
            "job": "which job",
            "slot": "moment it was due; unique, so each turn is done once",
            "runner": "machine and process",
            "status": "how it ended",
            "started_at": "moment of its start",
            "finished_at": "moment of its end",
            "counts": "how many of what; never a text or an id",
            "error": "kind of a failure, never its words",
        },
    ),
    "audit": TablePurpose(
        "Who did what to which thing, when and why; chained, so that a change is found.",
        NO_END,
        OPERATORS,
        True,
        {
            "id": "number without gaps",
            "at": "moment; a writer’s own withdrawal has no entry, only a count of all once a day",
            "actor": "name of the member of staff; the program’s for what it does by itself",
            "role": "as what they acted",
            "action": "what was done",
            "subject": "which thing, by its id, or how many; never a text",
            "reason": "reason of a short list",
            "commitment": "keyed hash of what must be provable but not readable here",
            "mac": "keyed hash over this entry and the one before",
        },
    ),
    "audit_head": TablePurpose(
        "How many audit entries there are, and the hash of the last.",
        "until the next entry",
        OPERATORS,
        False,
        {
            "id": "always 1",
            "entries": "how many",
            "mac": "hash of the last entry",
            "seal": "keyed hash over both",
        },
    ),
    "key_check": TablePurpose(
        "Tells whether the keys folder is the one that this database was made with.",
        STAYS,
        PROGRAM,
        False,
        {
            "name": "which secret",
            "value": "keyed hash of a fixed word",
        },
    ),
}
"""Every table of the database, in the words of the privacy impact assessment."""


def _section(name: str, columns: list[str], purpose: TablePurpose) -> list[str]:
    about = "yes" if purpose.personal else "no"
    lines = [
        f"### `{name}`",
        "",
        f"{purpose.what} May tell something of a writer: {about}.",
        "",
        "| column | purpose | kept | who reads it |",
        "|---|---|---|---|",
    ]
    for column in columns:
        differs = purpose.differs.get(column, Differs())
        kept, readers = differs.retention or purpose.retention, differs.readers or purpose.readers
        lines.append(f"| `{column}` | {purpose.columns[column]} | {kept} | {readers} |")
    return lines


def document() -> str:
    """The tables of the privacy impact assessment, in Markdown, in the order of the metadata."""
    sections = [
        "\n".join(_section(name, [column.name for column in table.columns], PURPOSES[name]))
        for name, table in metadata.tables.items()
    ]
    return "\n\n".join(sections)


if __name__ == "__main__":
    print(document())  # noqa: T201
