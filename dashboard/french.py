"""The few words that Streamlit itself writes in English only, replaced in the browser on French pages.

The pairs are data; the script walks what is added to the page and replaces whole texts and labels.
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

PATH = "/dashboard/french.js"

WORDS = {
    "Choose an option": "Choisissez",
    "Choose options": "Choisissez",
    "No results": "Aucun résultat",
    "No options to select": "Rien à choisir",
    "Select all": "Tout choisir",
    "Clear all": "Tout enlever",
    "Clear value": "Effacer",
    "open": "ouvrir",
    "Open": "Ouvrir",
    "Running...": "En cours…",
    "Stop": "Arrêter",
    "Show chart menu": "Menu du graphique",
    "Fullscreen": "Plein écran",
    "Close fullscreen": "Quitter le plein écran",
    "Show/hide columns": "Colonnes",
    "Download as CSV": "Télécharger en CSV",
    "Search": "Chercher",
    "View fullscreen": "Plein écran",
    "Link to heading": "Lien vers ce titre",
    "Skip to main content": "Aller au contenu",
    "Main menu": "Menu principal",
    "Connecting": "Connexion",
    "CONNECTING": "CONNEXION",
    "Connection error": "Erreur de connexion",
    "Page not found": "Cette page n’existe pas",
    "Expand sidebar": "Ouvrir le menu",
    "Collapse sidebar": "Fermer le menu",
    "Open sidebar": "Ouvrir le menu",
    "Close sidebar": "Fermer le menu",
    "Close": "Fermer",
    "Settings": "Réglages",
    "Print": "Imprimer",
    "Rerun": "Actualiser",
    "Press Enter to apply": "Entrée pour appliquer",
    "Press Enter to submit form": "Entrée pour envoyer",
    "(required)": "(obligatoire)",
}

_SCRIPT = """
(function () {
  var words = %s;
  var labels = ["aria-label", "title", "placeholder", "alt"];
  function turn(node) {
    if (node.nodeType === 3) {
      var text = node.nodeValue.trim();
      if (Object.prototype.hasOwnProperty.call(words, text)) {
        node.nodeValue = node.nodeValue.replace(text, words[text]);
      }
      return;
    }
    if (node.nodeType !== 1 || /^(SCRIPT|STYLE|TEXTAREA)$/.test(node.tagName)) { return; }
    labels.forEach(function (name) {
      var value = node.getAttribute(name);
      if (value && Object.prototype.hasOwnProperty.call(words, value.trim())) {
        node.setAttribute(name, words[value.trim()]);
      }
    });
    for (var i = 0; i < node.childNodes.length; i++) { turn(node.childNodes[i]); }
  }
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.type === "attributes" || change.type === "characterData") { turn(change.target); }
      change.addedNodes.forEach(turn);
    });
  }).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: labels
  });
  turn(document.documentElement);
})();
"""


def script(_request: Request) -> Response:
    """The script, served from our own address."""
    return Response(
        _SCRIPT % json.dumps(WORDS, ensure_ascii=False), media_type="text/javascript; charset=utf-8"
    )
