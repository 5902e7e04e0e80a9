// A table cell that becomes a field where it stands. Enter keeps and goes down, Tab keeps and goes on, Esc leaves it as it was.
import htmx from "htmx.org";
import { asDate } from "./dates.js";
import { isComposing, on } from "./page.js";
import { send } from "./requests.js";

on("click", "[data-edit-cell]", (event, button) => edit(button));

function edit(button) {
  const options = button.dataset.options ?? heading(button)?.dataset.options;
  const input = options ? choice(JSON.parse(options)) : field(button);
  input.className = "cell-input";
  input.ariaLabel = button.ariaLabel;
  input.value = button.dataset.value;
  input.style.inlineSize = `${Math.max(button.offsetWidth, 64)}px`; // as wide as before: no column moves
  button.hidden = true;
  button.after(input);
  input.focus();
  input.select?.();
  listen(input, button);
}

function field({ dataset }) {
  const input = document.createElement("input");
  if (dataset.type === "date") return Object.assign(input, { maxLength: 20 });
  return Object.assign(input, { type: dataset.type === "number" ? "text" : dataset.type, inputMode: dataset.type === "number" ? "decimal" : "" });
}

/** What a column offers is said once, in its heading. */
function heading(button) {
  return button.closest("table").tHead?.rows[0].cells[button.closest("td").cellIndex];
}

function choice(options) {
  const select = document.createElement("select");
  for (const [value, label] of options) select.add(new Option(label, value));
  return select;
}

function listen(input, button) {
  let left = false;
  const leave = (keep, next) => {
    if (left) return;
    left = true;
    finish(input, button, keep && input.value !== button.dataset.value, next);
  };
  input.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const next = { Enter: below, Tab: event.shiftKey ? before : beside, Escape: self }[event.key];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    leave(event.key !== "Escape", next);
  });
  input.addEventListener("blur", () => leave(true, null));
  if (input.matches("select")) input.addEventListener("change", () => leave(true, self));
}

const self = (button) => button;
const cells = (root) => [...root.querySelectorAll("[data-edit-cell]")];
const beside = (button, by = 1) => { const all = cells(button.closest("table")); return all[all.indexOf(button) + by]; };
const before = (button) => beside(button, -1);
const below = (button) => {
  const row = button.closest("tr");
  return cells(row.nextElementSibling ?? row)[cells(row).indexOf(button)];
};

async function finish(input, button, changed, next) {
  const target = next?.(button);
  const value = button.dataset.type === "date" ? asDate(input.value) : input.value;
  input.remove();
  button.hidden = false;
  if (target && next !== self && next !== below) edit(target);
  else target?.focus();
  if (changed) await save(button, value);
}

/** The answer is the new cell; nothing is shown as saved before the server said so. */
async function save(button, value) {
  button.setAttribute("aria-busy", "true");
  const response = await send(button.dataset.url, { body: { [button.dataset.name]: value } });
  button.removeAttribute("aria-busy");
  if (!response) return;
  const cell = button.closest("td");
  const held = cell.contains(document.activeElement);
  const fresh = document.createElement("template");
  fresh.innerHTML = await response.text();
  const next = fresh.content.querySelector("td");
  if (!next) return;
  cell.replaceWith(next);
  htmx.process(next);
  next.dispatchEvent(new CustomEvent("cell-saved", { bubbles: true }));
  if (held) next.querySelector("[data-edit-cell]")?.focus();
}
