// Notes go elsewhere by mouse, by finger, by Alt and the arrows, or by the menu. The server hears where the note was
// seen: had somebody else moved it meanwhile, it is shown where they put it.
import { enhance, isCalm, isTyping, on, say } from "./page.js";
import { board, linkOf, noteOf, notesIn, numberOf, restOf, root, urlOf } from "./canvas_place.js";
import { change } from "./canvas_notes.js";
import { ask } from "./canvas_live.js";

const near = (note, side) => { const other = note[side]; return other?.matches("[data-note]") ? other : null; };

if ("writable" in root.dataset) enhance("[data-notes]", async (list) => {
  const { default: Sortable } = await import("sortablejs");
  Sortable.create(list, {
    group: "canvas",
    draggable: "[data-note]",
    filter: "button, select, textarea, input, .note-figure",
    preventOnFilter: false,
    animation: isCalm() ? 0 : 150,
    fallbackOnBody: true,
    swapThreshold: 0.65,
    emptyInsertThreshold: 16,
    delay: 180,
    delayOnTouchOnly: true,
    touchStartThreshold: 4,
    ghostClass: "is-ghost",
    dragClass: "is-dragged",
    onEnd: ({ item, from, to, oldDraggableIndex, newDraggableIndex }) => (from !== to || oldDraggableIndex !== newDraggableIndex) && dropped(item, from, oldDraggableIndex),
  });
});

async function dropped(note, from, index) {
  const list = note.parentElement;
  const ends = { after: numberOf(near(note, "previousElementSibling")), before: numberOf(near(note, "nextElementSibling")) };
  // A tree's first list holds every level: a note that is dropped there keeps its own.
  const cell = "tree" in list.dataset ? note.dataset.place.split("~")[0] : list.dataset.cell ?? "";
  if (await move(note, { cell, under: list.dataset.under ?? "", ...ends })) return;
  if (note.isConnected && note.parentElement === list) from.insertBefore(note, notesIn(from).filter((one) => one !== note)[index] ?? restOf(from));
  ask();
}

/** True when it lies there now. */
export async function move(note, where) {
  note.setAttribute("aria-busy", "true");
  const done = await change(urlOf(note, "/place"), { ...where, seen: note.dataset.place }, [409]);
  note.removeAttribute("aria-busy");
  if (done) announce(noteOf(numberOf(note)));
  return Boolean(done);
}

/** Said to those who do not see the note move. */
function announce(note) {
  const column = note?.closest("[data-column]");
  const spoken = document.querySelector("[data-spoken]");
  if (!column || !spoken) return;
  const name = column.ariaLabel ?? column.querySelector("h2")?.textContent ?? "";
  const place = notesIn(note.parentElement).indexOf(note) + 1;
  spoken.textContent = say("moved", { card: linkOf(note).textContent.slice(0, 60), column: name, place });
}

on("keydown", "[data-writable] [data-note]", (event) => {
  const note = event.target.closest("[data-note]");
  if (!event.altKey || isTyping(event.target) || !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  event.stopPropagation();
  step(note, event.key.slice(5));
}, { capture: true });

/** Up and down within a list; left and right into the places beside it, in a tree out of the branch and into one. */
export async function step(note, way) {
  const where = way === "Up" || way === "Down" ? along(note, way === "Up") : beside(note, way === "Right" ? 1 : -1);
  if (where && (await move(note, where))) linkOf(noteOf(numberOf(note)))?.focus();
}

function along(note, up) {
  const over = near(note, up ? "previousElementSibling" : "nextElementSibling");
  if (!over) return null;
  const beyond = near(over, up ? "previousElementSibling" : "nextElementSibling");
  const list = note.parentElement.dataset;
  const place = "tree" in list || !list.cell ? note.dataset.place.split("~")[0] : list.cell;
  return { cell: place, under: list.under ?? "", after: numberOf(up ? beyond : over), before: numberOf(up ? over : beyond) };
}

function beside(note, by) {
  if (root.dataset.shape === "tree") return branch(note, by);
  const lists = [...board().querySelectorAll("[data-notes][data-cell]")];
  const list = lists[lists.indexOf(note.closest("[data-notes][data-cell]")) + by];
  return list && { cell: list.dataset.cell, under: "", after: numberOf(notesIn(list).at(-1)) };
}

function branch(note, by) {
  const above = note.parentElement.closest("[data-note]");
  if (by < 0) return above && { cell: note.dataset.place.split("~")[0], under: numberOf(above.parentElement.closest("[data-note]")), after: numberOf(above) };
  const sibling = near(note, "previousElementSibling");
  return sibling && { under: numberOf(sibling), after: numberOf(notesIn(sibling.querySelector(":scope > [data-notes]")).at(-1)) };
}
