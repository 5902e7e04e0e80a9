// The item beside its list. The address follows, Esc comes back, and the row it came from keeps its place.
import htmx from "htmx.org";
import { isPhone, isTyping, on } from "./page.js";
import { send } from "./requests.js";
import { clear } from "./selection.js";

const panel = document.getElementById("panel");
let row = null;
let latest = 0;
// Whether the entry of the history we are on shows the panel, and whether the list stood behind the one we came from.
let beside = false;
let kept = false;

on("click", "[data-panel-link]", (event, link) => {
  if (!panel || isPhone() || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  // On an item's own page there is no list to keep in place.
  if (document.querySelector("#main .sheet")) return;
  event.preventDefault();
  row = link.closest("[data-row]");
  open(link.href, { focus: event.detail === 0 });
});

async function open(url, { focus = false, push = true } = {}) {
  const turn = ++latest;
  panel.setAttribute("aria-busy", "true");
  const response = await send(url, { method: "GET", headers: { "X-Panel": "1" } });
  panel.removeAttribute("aria-busy");
  if (!response || turn !== latest) return;
  const arriving = !panel.childElementCount;
  fill(await response.text());
  panel.classList.toggle("is-arriving", arriving);
  if (push) remember(url);
  mark(url);
  if (focus) heading()?.focus();
}

function fill(html) {
  panel.innerHTML = html;
  panel.scrollTop = 0;
  htmx.process(panel);
}

function heading() {
  const title = panel.querySelector("h1, h2");
  title?.setAttribute("tabindex", "-1");
  return title;
}

/**
 * Walking from item to item replaces the address, so that Back leads to the list in one step.
 * htmx overwrites, at its next swap, the state of every entry that does not say `htmx`.
 */
function remember(url) {
  const state = { htmx: true, panel: url, list: history.state?.list ?? location.href };
  if (history.state?.panel) history.replaceState(state, "", url);
  else history.pushState(state, "", url);
  beside = true;
}

function mark(url) {
  document.querySelectorAll("[data-row][data-open]").forEach((other) => other.removeAttribute("data-open"));
  const path = url && new URL(url, location.href).pathname;
  const link = path && [...document.querySelectorAll("[data-row] [data-panel-link]")].find((each) => each.pathname === path);
  link?.closest("[data-row]").setAttribute("data-open", "");
}

function close() {
  const list = history.state?.list ?? panel.querySelector("[data-list-url]")?.dataset.listUrl;
  if (history.state?.panel) history.back();
  else if (list) history.pushState(null, "", list);
  empty();
}

function empty() {
  row ??= document.querySelector("[data-row][data-open]");
  panel.replaceChildren();
  mark(null);
  (row?.querySelector("[data-row-link]") ?? document.getElementById("main"))?.focus({ preventScroll: true });
  row = null;
}

on("click", "[data-panel-close]", (event) => {
  if (isPhone()) return;
  event.preventDefault();
  close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], [popover]:popover-open:not(.toasts)")) return;
  if (isTyping(event.target)) return event.target.blur();
  if (clear()) return;
  if (panel?.childElementCount && document.querySelector("[data-list]") && !isPhone()) close();
});

addEventListener("popstate", ({ state }) => {
  if (!panel) return;
  kept = beside || Boolean(state?.panel);
  beside = Boolean(state?.panel);
  if (state?.panel) open(state.panel, { push: false });
  else if (panel.childElementCount) empty();
});

// Without this the browser takes the focus away after going back.
window.navigation?.addEventListener("navigate", (event) => {
  if (panel && event.navigationType === "traverse" && event.canIntercept && event.destination.sameDocument) {
    event.intercept({ focusReset: "manual", scroll: "manual" });
  }
});

// The list behind the panel is still there: going back needs no reload of the page.
document.addEventListener("htmx:before:history:restore", (event) => {
  if (panel?.isConnected && kept) event.preventDefault();
});
