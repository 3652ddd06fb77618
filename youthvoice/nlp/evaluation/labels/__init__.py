"""How well language, sentiment, themes and risk are read: labelled sets in, shares with intervals out."""
