// Single keys. Anything with data-key is clicked by its key; the table below holds the rest. Quiet while typing or composing.
import { tinykeys } from "tinykeys";
import { isComposing, isTyping, labelOf, on, say } from "./page.js";
import { hop, markRow, openRow, pressInRow, step } from "./cursor.js";
import { openPalette } from "./palette.js";

const EVERYWHERE = [
  { keys: "$mod+k", shown: "Ctrl+K", word: "key_palette", run: openPalette, always: true },
  { keys: "/", word: "key_search", run: openPalette },
];
const IN_LISTS = [
  { keys: "j", word: "key_move", shown: "J K", run: () => step(1) },
  { keys: "k", run: () => step(-1) },
  { keys: "h", run: () => hop(-1) },
  { keys: "l", run: () => hop(1) },
  { keys: "x", word: "key_select", run: () => markRow(false) },
  { keys: "Shift+X", word: "key_range", run: () => markRow(true) },
  { keys: "Enter", word: "key_open", run: openRow },
  { keys: "e", word: "key_edit", run: () => pressInRow("e") },
];

const singleKeysOn = () => document.documentElement.dataset.keys !== "off";
const modal = () => document.querySelector("dialog[open], [data-menu-sheet]:popover-open");

function ignore(event) {
  return isComposing(event) || ((event.ctrlKey || event.metaKey || event.altKey) ? false : !singleKeysOn() || isTyping(event.target) || Boolean(modal()));
}

/** "?" needs Shift on most keyboards and not on all. */
const binding = (keys) => keys.split(" ").map((key) => (/^[^a-z0-9]$/i.test(key) ? `[Shift]+${key}` : key)).join(" ");

function table() {
  const map = {};
  for (const element of document.querySelectorAll("[data-row-key]")) map[element.dataset.rowKey] = () => pressInRow(element.dataset.rowKey);
  for (const { keys, run } of [...IN_LISTS, ...EVERYWHERE]) if (run) map[keys.startsWith("$") ? keys : binding(keys)] = run;
  for (const element of document.querySelectorAll("[data-key]")) map[binding(element.dataset.key)] ??= () => press(element.dataset.key);
  return Object.fromEntries(Object.entries(map).map(([keys, run]) => [keys, (event) => act(event, run)]));
}

function act(event, run) {
  if (run(event) !== false) event.preventDefault();
}

/** Click the element that has the key now; a hidden one (in a closed menu) is clicked all the same. */
function press(key) {
  const element = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].at(-1);
  if (!element) return false;
  if (element.matches("input, textarea")) return element.focus();
  element.click();
}

let unbind = () => {};
function bind() {
  unbind();
  unbind = tinykeys(window, table(), { ignore });
}
bind();
document.addEventListener("htmx:after:process", bind);

// The list of all keys, read off the page when it is asked for
on("click", "[data-keys-help]", () => {
  document.querySelector("[data-keys-list]").replaceChildren(
    group("keys_everywhere", [...named(EVERYWHERE), ["[", say("key_nav")], ["Esc", say("key_back")], ...declared(".nav [data-key]")]),
    group("keys_list", named(IN_LISTS)),
    group("keys_here", [...declared("[data-key]:not(.nav *, [data-nav-toggle])"), ...declared("[data-row-key]")]),
  );
  document.getElementById("keys").showModal();
});

const named = (list) => list.filter(({ word }) => word).map(({ keys, shown, word }) => [shown ?? keys, say(word)]);

function declared(selector) {
  const rows = [...document.querySelectorAll(selector)].map((element) => [element.dataset.key ?? element.dataset.rowKey, labelOf(element)]);
  return [...new Map(rows.filter(([, label]) => label))];
}

function group(word, rows) {
  const section = document.createElement("section");
  if (!rows.length) return section;
  const list = document.createElement("dl");
  for (const [keys, label] of rows) list.append(row(keys, label));
  section.append(Object.assign(document.createElement("h3"), { textContent: say(word) }), list);
  return section;
}

function row(keys, label) {
  const line = document.createElement("div");
  const value = document.createElement("dd");
  for (const key of keys.split(/[ +](?=.)/)) value.append(Object.assign(document.createElement("kbd"), { textContent: key.length === 1 ? key.toUpperCase() : key }));
  line.append(Object.assign(document.createElement("dt"), { textContent: label }), value);
  return line;
}
