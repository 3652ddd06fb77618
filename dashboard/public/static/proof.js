// Has the proof of work computed beside the page. Without it (an old browser, no secure connection, a worker that
// gives no answer) the small question stays, or comes back.
"use strict";
{ // a room of its own: scripts of one page share their names
  const form = document.getElementById("send");
  const say = document.getElementById("status");
  const plain = document.getElementById("plain");
  const button = form.querySelector("[value=send]");
  let pressed = null;
  let wanted = false;
  function done(proof) {
    form.elements.proof.value = proof;
    say.textContent = form.dataset.ready;
    if (wanted) button.click();
  }
  function ask() {
    if (form.elements.proof.value) return;
    plain.hidden = false;
    say.textContent = "";
    wanted = false;
  }
  for (const one of form.querySelectorAll("button")) one.addEventListener("click", () => { pressed = one; });
  if (window.isSecureContext && window.crypto && window.crypto.subtle && window.Worker) {
    const worker = new Worker("/static/worker.js");
    plain.hidden = true;
    say.textContent = form.dataset.working;
    worker.addEventListener("message", (event) => (event.data ? done(event.data) : ask()));
    worker.addEventListener("error", ask);
    worker.postMessage(form.dataset.challenge);
    setTimeout(ask, 20000);
    form.addEventListener("submit", (event) => {
      const sends = !pressed || pressed === button;
      if (!sends || form.elements.proof.value || !plain.hidden) return;
      event.preventDefault();
      wanted = true;
    });
  }
}
