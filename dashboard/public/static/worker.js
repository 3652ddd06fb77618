// Tries one number after the other until the derived key begins as the challenge asks (PBKDF2, in the browser's own code).
"use strict";
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (array) => Array.from(array, (one) => one.toString(16).padStart(2, "0")).join("");
async function solve(challenge) {
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
  const view = new DataView(password.buffer);
  const settings = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  for (let counter = 0; counter < 1e6; counter += 1) {
    view.setUint32(password.length - 4, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(new Uint8Array(await crypto.subtle.deriveBits(settings, key, keyLength * 8)));
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
  return null;
}
addEventListener("message", async (event) => {
  try {
    const challenge = JSON.parse(event.data);
    const solution = await solve(challenge);
    postMessage(solution && btoa(JSON.stringify({ challenge, solution })));
  } catch {
    postMessage(null);
  }
});
