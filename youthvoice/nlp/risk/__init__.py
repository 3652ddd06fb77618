"""The risk of one message on the social-media risk scale (1 routine to 5 imminent), raised by rules."""

from youthvoice.nlp.risk.rules import HOLD_FROM as HOLD_FROM
from youthvoice.nlp.risk.rules import RiskRules as RiskRules
