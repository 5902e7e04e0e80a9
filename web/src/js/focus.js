// A part of the page that is replaced under the keyboard hands the focus on, so that Tab goes on from there rather than from the top.
const REACHABLE = "summary, button, a[href]";
const TYPED = "input:not([type=hidden]), select, textarea";
const WRITTEN = "input:not([type]), input[type=text], textarea";

let held = null;

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const part = ctx.target;
  const at = document.activeElement;
  if (part?.id && at !== part && part.contains?.(at)) held = { part: part.id, same: nameOf(at), typing: Boolean(at.closest(".fact-row")) };
});

/** By what the same control is found again: the menu that it opens, its id, or what it is called in its form. */
function nameOf(element) {
  const opens = element.getAttribute("popovertarget") ?? element.closest("[popover]")?.id;
  if (opens) return `[popovertarget="${CSS.escape(opens)}"]`;
  if (element.id) return `#${CSS.escape(element.id)}`;
  return element.matches(WRITTEN) && element.name ? `${element.localName}[name="${CSS.escape(element.name)}"]` : "";
}

document.addEventListener("htmx:after:process", () => held && requestAnimationFrame(handOn));

function handOn() {
  const { part, same, typing } = held ?? {};
  held = null;
  const now = part && document.activeElement === document.body && document.getElementById(part);
  if (!now) return;
  const again = same ? now.querySelector(same) : null;
  const there = again?.checkVisibility() ? again : first(now, typing);
  ((isDone(there) && !typing && next(now, there)) || there)?.focus({ preventScroll: true });
}

/** A line that was sent lets go of the keyboard, unless one after the other is written in it. */
const isDone = (element) => element?.matches(WRITTEN) && !element.id && !element.hasAttribute("data-again");

const next = (part, field) => [...part.querySelectorAll(REACHABLE)].find((element) => field.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING && element.checkVisibility());

/** Nobody is put into a field who did not type: a single key would be written there rather than obeyed. */
const first = (part, typing) => [...part.querySelectorAll(typing ? `${TYPED}, ${REACHABLE}` : REACHABLE)].find((element) => element.checkVisibility());
