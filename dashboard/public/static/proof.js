// Has the proof of work computed beside the page. Without it (an old browser, no secure connection) the small question stays.
"use strict";
const form = document.getElementById("send");
const say = document.getElementById("status");
const plain = document.getElementById("plain");
let wanted = false;
function done(proof) {
  form.elements.proof.value = proof;
  say.textContent = form.dataset.ready;
  if (wanted) form.requestSubmit(form.querySelector("[value=send]"));
}
function ask() { plain.hidden = false; say.textContent = ""; wanted = false; }
if (globalThis.isSecureContext && globalThis.crypto?.subtle && globalThis.Worker) {
  const worker = new Worker("/static/worker.js");
  plain.hidden = true;
  say.textContent = form.dataset.working;
  worker.addEventListener("message", (event) => (event.data ? done(event.data) : ask()));
  worker.addEventListener("error", ask);
  worker.postMessage(form.dataset.challenge);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "send" || form.elements.proof.value || !plain.hidden) return;
    event.preventDefault();
    wanted = true;
  });
}
