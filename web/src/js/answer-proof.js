// A little work before the first click, so that a thousand false answers cost something. It is done while one reads;
// who is quicker waits a moment, and who runs no script is let in all the same.
import { sha256 } from "@noble/hashes/sha2.js";

const SLICE = 12; // milliseconds at a time, so that the page stays light under the finger
const PATIENCE = 6_000;

export async function prove(form) {
  const bits = Number(form.dataset.prove);
  const begun = performance.now();
  let pressed;
  const wait = (event) => { event.preventDefault(); pressed = event.submitter; pressed?.setAttribute("aria-busy", "true"); };
  form.addEventListener("submit", wait, { capture: true });
  form.elements.proof.value = await search(form.elements.ticket.value, bits, begun + PATIENCE);
  form.removeEventListener("submit", wait, { capture: true });
  if (pressed) form.requestSubmit(pressed);
}

async function search(ticket, bits, deadline) {
  const coder = new TextEncoder();
  for (let nonce = 0; ;) {
    const end = performance.now() + SLICE;
    while (performance.now() < end) {
      for (let n = 0; n < 100; n++, nonce++) {
        const found = sha256(coder.encode(`${ticket}:${nonce}`));
        if (new DataView(found.buffer, found.byteOffset).getUint32(0) >>> (32 - bits) === 0) return String(nonce);
      }
    }
    if (performance.now() > deadline) return "";
    await new Promise((resume) => setTimeout(resume));
  }
}
