// Copy and print; both are there only where they work.
"use strict";
{ // a room of its own: scripts of one page share their names
  for (const row of document.querySelectorAll(".needs-script")) row.hidden = false;
  const copy = document.getElementById("copy");
  const code = document.getElementById("code").textContent.trim();
  if (copy && navigator.clipboard) {
    copy.addEventListener("click", async () => {
      let said = copy.dataset.done;
      try { await navigator.clipboard.writeText(code); } catch { said = copy.dataset.failed; }
      document.getElementById("copied").textContent = said;
    });
  } else if (copy) {
    copy.hidden = true;
  }
  document.getElementById("print").addEventListener("click", () => print());
}
