// A part of the page that is replaced under the keyboard hands the focus on, so that Tab goes on from there rather than from the top.
const REACHABLE = "summary, button, a[href]";
const TYPED = "input:not([type=hidden]), select, textarea";

let held = null;

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const part = ctx.target;
  const at = document.activeElement;
  if (part?.id && at !== part && part.contains?.(at)) held = { part: part.id, same: nameOf(at), typing: Boolean(at.closest(".fact-row")) };
});

/** By what the same control is found again: its id, or the menu that it opens. */
function nameOf(element) {
  const opens = element.getAttribute("popovertarget") ?? element.closest("[popover]")?.id;
  if (opens) return `[popovertarget="${CSS.escape(opens)}"]`;
  return element.id && `#${CSS.escape(element.id)}`;
}

document.addEventListener("htmx:after:process", () => held && requestAnimationFrame(handOn));

function handOn() {
  const { part, same, typing } = held ?? {};
  held = null;
  const now = part && document.activeElement === document.body && document.getElementById(part);
  if (!now) return;
  const again = same ? now.querySelector(same) : null;
  (again?.checkVisibility() ? again : first(now, typing))?.focus({ preventScroll: true });
}

/** Nobody is put into a field who did not type: a single key would be written there rather than obeyed. */
const first = (part, typing) => [...part.querySelectorAll(typing ? `${TYPED}, ${REACHABLE}` : REACHABLE)].find((element) => element.checkVisibility());
