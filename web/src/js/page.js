// What every behaviour needs: attaching, delegated events, words in the reader's language.
const enhancers = [];

/** Calls attach(element) once for each element that matches, now and after every swap. */
export function enhance(selector, attach) {
  const seen = new WeakSet();
  const run = (root) => {
    for (const element of [root, ...root.querySelectorAll(selector)]) {
      if (!element.matches?.(selector) || seen.has(element)) continue;
      seen.add(element);
      attach(element);
    }
  };
  enhancers.push(run);
  run(document.body);
}

export function enhanceWithin(root) {
  enhancers.forEach((run) => run(root));
}

document.addEventListener("htmx:after:process", (event) => enhanceWithin(event.target));

/** Handles an event of any element that matches, wherever it appears. */
export function on(type, selector, handle, options) {
  document.addEventListener(type, (event) => {
    const element = event.target.closest?.(selector);
    if (element) handle(event, element);
  }, options);
}

const words = JSON.parse(document.getElementById("words")?.content.textContent || "{}");

/** The sentence for a key, its {placeholders} filled in. */
export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const isPhone = () => matchMedia("(width < 760px)").matches;
export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const isComposing = (event) => event.isComposing || event.keyCode === 229;
export const isTyping = (element) => Boolean(element?.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"));

/** What a button or link is called: as told, as read out, or as printed without its count and key. */
export function labelOf(element) {
  const told = element.dataset.keyLabel || element.ariaLabel;
  return told || (element.querySelector("span:not([class])") ?? element).textContent.trim();
}

/** Local storage that may be full, forbidden or empty. */
export const memory = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* a draft less */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing to drop */ } },
};
