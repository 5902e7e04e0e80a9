// The cursor of a list: the focused row, so that the keyboard, the eye and a screen reader agree on where one is.
import { isTyping, on } from "./page.js";

const lists = () => [...document.querySelectorAll("[data-list]")].filter((list) => list.checkVisibility());
const rowsOf = (list) => [...list.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
let last = null;

export function currentRow() {
  const row = document.activeElement?.closest("[data-row]") ?? last;
  return row?.isConnected ? row : null;
}

function goTo(row) {
  if (!row) return;
  (row.querySelector("[data-row-link]") ?? row.querySelector("a, button, input"))?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

/** Next or previous row; the first one when there is no cursor yet. */
export function step(by) {
  const row = currentRow();
  const scope = row?.closest("[data-column]") ?? row?.closest("[data-list]") ?? lists()[0];
  if (!scope) return false;
  const rows = rowsOf(scope);
  goTo(row && document.activeElement.closest("[data-row]") ? rows[rows.indexOf(row) + by] : row ?? rows[0]);
}

/** The row at the same height in the next column of a board. */
export function hop(by) {
  const column = currentRow()?.closest("[data-column]");
  if (!column) return false;
  const columns = [...column.closest("[data-list]").querySelectorAll("[data-column]")];
  const height = rowsOf(column).indexOf(currentRow());
  for (let at = columns.indexOf(column) + by; columns[at]; at += by) {
    const rows = rowsOf(columns[at]);
    if (rows.length) return goTo(rows[Math.min(height, rows.length - 1)]);
  }
}

export function markRow(range) {
  const check = currentRow()?.querySelector("[data-row-check]");
  if (!check) return false;
  check.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: range }));
}

/** Enter is the browser's own on a focused row; this is for a cursor that lost the focus. */
export function openRow() {
  if (document.activeElement !== document.body) return false;
  currentRow()?.querySelector("[data-row-link]")?.click();
}

/** Click what the row offers for a key; without any, E opens the row. */
export function pressInRow(key) {
  const row = currentRow();
  const target = row?.querySelector(`[data-row-key="${CSS.escape(key)}"]`) ?? (key === "e" ? row?.querySelector("[data-row-link], [data-edit-cell]") : null);
  if (target) return target.click();
  const elsewhere = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!elsewhere) return false;
  elsewhere.click();
}

on("focusin", "[data-row]", (event, row) => {
  document.querySelectorAll("[data-cursor]").forEach((other) => other.removeAttribute("data-cursor"));
  row.setAttribute("data-cursor", "");
  last = row;
});

const ARROWS = { ArrowDown: 1, ArrowUp: -1 };
on("keydown", "[data-row]", (event) => {
  if (!ARROWS[event.key] || isTyping(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  step(ARROWS[event.key]);
});
