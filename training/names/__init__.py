"""How the tagger of names was trained: `python -m training.names` does it again.

Data: Broad Twitter Corpus sections a, b, e, g, h and WNUT-17 train and development (both CC BY 4.0, kept
outside this repository) and the texts in `training/texts` (written for this). Half of every kind of text
is shown in lower case; names are exchanged for others from open lists. docs/models/tagger.md is its card.
"""
