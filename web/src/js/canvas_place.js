// Where notes lie in the page: a fragment from the server is put into its list, in the order of the ranks.
import htmx from "htmx.org";
import { enhanceWithin } from "./page.js";

export const root = document.querySelector("[data-canvas]");
export const board = () => document.getElementById("canvas-board");
export const noteOf = (number) => document.getElementById(`note-${number}`);
export const numberOf = (note) => note?.dataset.note ?? "";
export const urlOf = (note, more = "") => `${root.dataset.canvas}/notes/${numberOf(note)}${more}`;
export const linkOf = (note) => note.querySelector("[data-row-link]");
export const isTable = () => root.dataset.shape === "plot";

const told = new WeakMap();
let redrawn = false;

/** Whether a note was drawn anew since this was asked last. */
export function wasRedrawn() {
  const was = redrawn;
  redrawn = false;
  return was;
}

const editorIn = (note) => note.querySelector(":scope > .slip-paper .note-editor");
const nested = (note) => note.querySelector(":scope > [data-notes]");

/** Put the rows of an answer where they belong; twice, as a note may come before the one it hangs under.
 *  False when the page has no place for one of them and had better be read anew. */
export function settle({ notes = [], gone = [] }) {
  if (isTable()) return notes.length + gone.length === 0;
  if (gone.some((number) => noteOf(number)?.querySelector("[data-note]"))) return false;
  gone.forEach((number) => noteOf(number)?.remove());
  const found = [...notes, ...notes.filter(({ under }) => under)].every(put);
  recount();
  return found;
}

function put(row) {
  const old = noteOf(row.number);
  const list = listOf(row);
  if (!list) return false;
  const same = old && (told.get(old) === row.html || editorIn(old));
  if (same && old.parentElement === list && inOrder(old)) return true;
  const held = old?.querySelector(":scope > .slip-paper")?.contains(document.activeElement) && !editorIn(old);
  const note = same ? old : fresh(row, old);
  if (old && old !== note) old.remove();
  list.insertBefore(note, following(list, note) ?? restOf(list));
  if (held) linkOf(note)?.focus({ preventScroll: true });
  return true;
}

function fresh(row, old) {
  const template = document.createElement("template");
  template.innerHTML = row.html;
  const note = template.content.firstElementChild;
  const below = old && nested(old);
  if (below) nested(note) ? nested(note).replaceWith(below) : note.querySelector(":scope > .slip-paper").after(below);
  told.set(note, row.html);
  redrawn = true;
  const check = old?.querySelector(":scope > .slip-paper [data-row-check]");
  if (check?.checked) note.querySelector("[data-row-check]").checked = true;
  htmx.process(note);
  enhanceWithin(note);
  return note;
}

function listOf({ number, cell, under }) {
  const above = under && under !== number && noteOf(under);
  if (above) return nested(above) ?? hang(above);
  const lists = [...board().querySelectorAll("[data-notes][data-cell]")];
  const own = lists.find((list) => list.dataset.cell === cell) ?? (root.dataset.shape === "tree" ? lists[0] : null);
  return own ?? board().querySelector("[data-apart]");
}

/** The first note that is hung under another makes the list that the others join. */
function hang(note) {
  const list = document.createElement("ul");
  list.className = "notes";
  Object.assign(list.dataset, { notes: "", under: numberOf(note) });
  note.querySelector(":scope > .slip-paper").after(list);
  enhanceWithin(note);
  return list;
}

const before = (one, other) => one.dataset.rank < other.dataset.rank || (one.dataset.rank === other.dataset.rank && Number(numberOf(one)) < Number(numberOf(other)));
const following = (list, note) => [...list.children].find((other) => other !== note && other.matches("[data-note]") && before(note, other)) ?? null;
const inOrder = (note) => (following(note.parentElement, note) ?? restOf(note.parentElement)) === note.nextElementSibling;

/** The line for the next note ends each list; the last note comes before it. */
export const restOf = (list) => list.querySelector(":scope > .cell-rest");
export const notesIn = (list) => (list ? [...list.children].filter((one) => one.matches("[data-note]")) : []);

/** The figures in the heads of the cells and over the canvas. */
export function recount() {
  for (const count of board().querySelectorAll("[data-cell-count]")) {
    const n = count.closest(".cell").querySelectorAll("[data-notes][data-cell] > [data-note]").length;
    const limit = Number(count.parentElement.dataset.limit) || Infinity;
    count.textContent = n;
    count.parentElement.toggleAttribute("data-over", n > limit);
  }
  const sums = { note: "[data-note]", evidence: '[data-mark="evidence"]', opinion: '[data-mark="opinion"]' };
  for (const [name, selector] of Object.entries(sums)) {
    const sum = root.querySelector(`[data-sum="${name}"]`);
    if (sum) sum.textContent = board().querySelectorAll(selector).length;
  }
}

export const countOf = () => board().querySelectorAll("[data-note]").length;
