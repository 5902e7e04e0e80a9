// A passage selected in data-quotable can be marked as a quote, by the button that appears or by the key Q.
import htmx from "htmx.org";
import { isTyping, say } from "./page.js";

const HANDLES = 28;
let button = null;

document.addEventListener("selectionchange", () => {
  const passage = selected();
  if (!passage) return hide();
  button ??= makeButton();
  const at = passage.range.getBoundingClientRect();
  button.hidden = false;
  button.style.left = `${Math.max(8, at.left + scrollX + at.width / 2 - button.offsetWidth / 2)}px`;
  button.style.top = `${scrollY + (isBelow(at) ? at.bottom + (isTouched() ? HANDLES : 8) : at.top - button.offsetHeight - 8)}px`;
});

/** A finger's selection has the system's own menu above it, and its handles below. */
const isTouched = () => matchMedia("(pointer: coarse)").matches;
const isBelow = (at) => isTouched() || at.top - button.offsetHeight - 8 < 0;

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const home = range.startContainer;
  const source = (home.nodeType === Node.ELEMENT_NODE ? home : home.parentElement)?.closest("[data-quotable]");
  // A triple click ends at the beginning of the next block: only what lies inside the text is quoted.
  if (source && !source.contains(range.endContainer)) range.setEnd(source, source.childNodes.length);
  const text = range.toString();
  return source && text.trim() ? { source, range, text } : null;
}

function makeButton() {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button quote-button", textContent: say("quote") });
  made.addEventListener("pointerdown", (event) => event.preventDefault());
  made.addEventListener("click", mark);
  document.body.append(made);
  return made;
}

const hide = () => { if (button) button.hidden = true; };

/** Offsets count code points of the plain source, as the server does. */
function offsets({ source, range }) {
  const before = document.createRange();
  before.selectNodeContents(source);
  before.setEnd(range.startContainer, range.startOffset);
  const start = [...before.toString()].length;
  return { start, end: start + [...range.toString()].length };
}

function mark() {
  const passage = selected();
  if (!passage) return;
  const { quotable: url, quoteTarget: target } = passage.source.dataset;
  htmx.ajax("POST", url, { source: passage.source, target: target ?? passage.source, swap: target ? "innerHTML" : "none", values: { ...offsets(passage), text: passage.text } });
  getSelection().removeAllRanges();
}

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
  if (event.key === "q" && plain && document.documentElement.dataset.keys !== "off" && selected()) mark();
});
