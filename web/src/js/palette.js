// Search and commands: what the page itself offers at once, what the server finds a moment later. Paste an id to jump.
import { isComposing, labelOf, memory, on, say } from "./page.js";
import { send } from "./requests.js";

const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
const RECENT = "palette:recent";
let options = [];
let at = 0;
let asked = null;

export function openPalette() {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  input.select();
  show("");
  search(input.value);
}

on("click", "[data-palette-open]", openPalette);
on("click", "#palette", (event) => event.target === dialog && dialog.close());

let typing;
input?.addEventListener("input", (event) => {
  if (isComposing(event)) return;
  clearTimeout(typing);
  show(input.value);
  typing = setTimeout(() => search(input.value), 80);
});
input?.addEventListener("compositionend", () => input.dispatchEvent(new Event("input")));

const MOVES = { ArrowDown: () => at + 1, ArrowUp: () => at - 1, PageDown: () => at + 8, PageUp: () => at - 8, Home: () => 0, End: () => options.length - 1 };
input?.addEventListener("keydown", (event) => {
  if (isComposing(event)) return;
  if (event.key === "Enter" && options.length) run(options[at], event);
  else if (MOVES[event.key] && !(input.value && ["Home", "End"].includes(event.key))) choose(MOVES[event.key]());
  else return;
  event.preventDefault();
});

list?.addEventListener("click", (event) => {
  const element = event.target.closest("[role=option]");
  if (element) run(options[[...list.querySelectorAll("[role=option]")].indexOf(element)], event);
});

/** What the page offers: everything that has a key, and what was opened here last. */
function own(query) {
  const seen = new Map();
  for (const element of document.querySelectorAll("[data-key]")) {
    const title = labelOf(element);
    if (title && !seen.has(title)) seen.set(title, { title, keys: element.dataset.key, group: say("commands"), icon: element.querySelector("svg"), element });
  }
  const recent = (memory.get(RECENT) ?? []).map((option) => ({ ...option, group: say("recent") }));
  return [...(query ? [] : recent), ...seen.values()].filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));
}

function show(query, found = []) {
  const urls = new Set(found.map(({ url }) => url));
  render([...found, ...own(query.trim()).filter(({ url }) => !url || !urls.has(url))], query);
}

async function search(query) {
  const turn = (asked = {});
  status(say("searching"));
  const response = await send(`${dialog.dataset.paletteUrl}?q=${encodeURIComponent(query)}`, { method: "GET", headers: { Accept: "application/json" }, quiet: true });
  if (turn !== asked) return;
  if (!response) return status(say("search_failed"));
  show(query, await response.json());
  status(say("results", { n: options.length }));
}

const status = (text) => { dialog.querySelector("[data-palette-status]").textContent = text; };

function render(all, query) {
  options = all;
  let group = null;
  const nodes = all.flatMap((option, index) => {
    const heading = option.group && option.group !== group ? [div("palette-group", option.group)] : [];
    group = option.group;
    return [...heading, line(option, index)];
  });
  list.replaceChildren(...(nodes.length ? nodes : [div("palette-none", say("no_results", { query }))]));
  choose(0);
}

function div(name, text) {
  return Object.assign(document.createElement("div"), { className: name, textContent: text });
}

function line({ title, hint, keys, icon }, index) {
  const element = div("palette-option", "");
  element.setAttribute("role", "option");
  element.id = `option-${index}`;
  const svg = typeof icon === "string" ? document.querySelector(`[data-icon="${CSS.escape(icon)}"] svg`) : icon;
  if (svg) element.append(svg.cloneNode(true));
  element.append(Object.assign(document.createElement("span"), { textContent: title }));
  if (hint) element.append(Object.assign(document.createElement("span"), { className: "palette-hint", textContent: hint }));
  if (keys) element.append(caps(keys));
  return element;
}

function caps(keys) {
  const span = Object.assign(document.createElement("span"), { className: "palette-keys" });
  span.append(...keys.split(" ").map((key) => Object.assign(document.createElement("kbd"), { textContent: key.toUpperCase() })));
  return span;
}

function choose(next) {
  at = (next + options.length) % (options.length || 1);
  const elements = list.querySelectorAll("[role=option]");
  elements.forEach((element, index) => element.setAttribute("aria-selected", String(index === at)));
  elements[at]?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", elements[at]?.id ?? "");
}

async function run({ title, hint, url, icon, element, action, click }, event) {
  dialog.close();
  if (element) return element.click();
  if (click) return document.querySelector(click)?.click();
  if (action) return send(action.url, { method: action.method ?? "POST" });
  const recent = (memory.get(RECENT) ?? []).filter((other) => other.url !== url);
  memory.set(RECENT, [{ title, hint, url, icon: typeof icon === "string" ? icon : undefined }, ...recent].slice(0, 6));
  if (event.ctrlKey || event.metaKey) open(url, "_blank", "noopener");
  else location.href = url;
}
