// Leave this page at once, and put the other one in its place in the history. The Escape key three times does it too.
"use strict";
{ // a room of its own: scripts of one page share their names
  const exit = document.getElementById("exit");
  let pressed = [];
  const leave = () => location.replace(exit.href);
  exit.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { pressed = []; return; }
    pressed = [...pressed.slice(-2), event.timeStamp];
    if (pressed.length === 3 && pressed[2] - pressed[0] < 2000) leave();
  });
  // Somebody who comes back to a page finds no words in it.
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) form.reset();
  });
}
