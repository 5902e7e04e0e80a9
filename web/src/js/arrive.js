// Whoever follows a link to a part of an item means to fill it in: what is folded there opens, and its first field is ready.
// Words to be quoted are selected where they stand; the form for typing them stays folded.
import { on } from "./page.js";

const TYPED = ":is(input:not([type=hidden], [type=date]), select, textarea):not(:disabled)";

function arrive() {
  const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!part?.matches(".sheet-section, .fact-row")) return;
  const fold = part.closest("details") ?? part.querySelector(`details:not(.quote-by-key):has(${TYPED})`);
  if (fold) fold.open = true;
  const field = (part.matches(".fact-row") ? part : fold)?.querySelector(TYPED);
  field?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", arrive);
on("click", "a[href*='#']", (event, link) => link.href === location.href && arrive());
if (location.hash) addEventListener("load", () => setTimeout(arrive));
