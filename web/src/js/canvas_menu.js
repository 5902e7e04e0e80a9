// The menus that all notes share: they act on the note whose button opened them, or on the one under the cursor.
import htmx from "htmx.org";
import { currentRow } from "./cursor.js";
import { on } from "./page.js";
import { send } from "./requests.js";
import { place } from "./menus.js";
import { linkOf, noteOf, notesIn, numberOf, root, urlOf } from "./canvas_place.js";
import { change, edit, remove, vote } from "./canvas_notes.js";
import { move, step } from "./canvas_move.js";

let chosen = null;
const note = () => (chosen?.isConnected ? chosen : noteOf(numberOf(chosen)));
const atCursor = () => currentRow()?.closest("[data-note]");

on("click", '[data-note] [popovertarget="note-menu"]', (event, button) => {
  chosen = button.closest("[data-note]");
  for (const item of document.querySelectorAll("#note-menu [data-note-colour]")) item.setAttribute("aria-current", String(item.dataset.noteColour === (chosen.dataset.colour ?? "")));
  for (const item of document.querySelectorAll("#note-menu [data-note-href]")) item.href = urlOf(chosen, `/${item.dataset.noteHref}`);
  for (const item of document.querySelectorAll("#note-menu [data-note-lift]")) item.href = `${linkOf(chosen).href}/lift/${item.dataset.noteLift}`;
}, { capture: true });

// The right button opens the same menu where the note is.
on("contextmenu", "[data-writable] .slip-paper", (event, slip) => {
  if (event.target.closest("textarea, input, select") || getSelection().toString()) return;
  event.preventDefault();
  slip.querySelector('[popovertarget="note-menu"]').click();
});

const DO = {
  edit: () => edit(note()),
  open: () => { linkOf(note()).dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })); },
  move: () => offerPlaces(note()),
  evidence: () => showEvidence(note()),
  remove: () => remove(note()),
};

// The menu closes first: what is done may open another.
on("click", "[data-note-do]", (event, item) => {
  event.preventDefault();
  setTimeout(DO[item.dataset.noteDo]);
});
on("click", "[data-note-colour]", (event, item) => change(urlOf(note()), { colour: item.dataset.noteColour }));
on("click", "[data-note-move]", async (event, item) => {
  const list = root.querySelector(`[data-notes][data-cell="${CSS.escape(item.dataset.noteMove)}"]`);
  const number = numberOf(chosen);
  await move(note(), { cell: item.dataset.noteMove, under: "", after: numberOf(notesIn(list).at(-1)) });
  linkOf(noteOf(number))?.focus();
});
on("click", "[data-note-parent]", (event, item) => move(note(), { under: item.dataset.noteParent }));

function offerPlaces(one) {
  if (!one) return;
  chosen = one;
  const menu = document.getElementById("note-move");
  for (const item of menu.querySelectorAll("[data-note-move]")) item.setAttribute("aria-checked", String(item.dataset.noteMove === one.dataset.place.split("~")[0]));
  menu.querySelector("[data-note-parents]")?.replaceChildren(...parents(one));
  menu.showPopover();
  place(menu, one);
}

/** What it could hang under: every note of the tree that is not below it. */
function parents(one) {
  return [...root.querySelectorAll("[data-note]")].filter((other) => !one.contains(other)).map((other) => {
    const item = document.createElement("button");
    Object.assign(item, { type: "button", className: "menu-item", tabIndex: -1 });
    item.setAttribute("role", "menuitem");
    item.dataset.noteParent = numberOf(other);
    item.append(Object.assign(document.createElement("span"), { textContent: linkOf(other).textContent.slice(0, 80) }));
    return item;
  });
}

const KEYS = {
  add: () => (atCursor()?.closest(".cell") ?? root).querySelector(".note-input")?.focus(),
  move: () => offerPlaces(atCursor()),
  evidence: () => showEvidence(atCursor()),
  vote: () => { const dot = atCursor()?.querySelector("[data-note-vote]:enabled"); if (dot) vote(atCursor()); },
  remove: () => { const one = atCursor(); if (one) remove(one); },
  right: () => { const one = atCursor(); if (one) step(one, "Right"); },
};
on("click", "[data-canvas-key]", (event, button) => KEYS[button.dataset.canvasKey]());

// A click chooses a note, two edit it; Enter and the menu open it. Who only reads opens it by a click.
on("click", "[data-writable] a.slip-text", (event, link) => {
  if (!event.detail || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  link.focus();
}, { capture: true });

on("click", "[data-note-evidence]", (event, button) => showEvidence(button.closest("[data-note]")));
on("change", "[data-cited-canvas]", (event, select) => showEvidence(note(), `?canvas=${select.value}`));

async function showEvidence(one, query = "") {
  if (!one) return;
  chosen = one;
  const dialog = document.getElementById("note-evidence");
  const response = dialog && (await send(urlOf(one, `/evidence${query}`), { method: "GET" }));
  if (!response) return;
  const body = dialog.querySelector("[data-evidence-body]");
  body.innerHTML = await response.text();
  htmx.process(body);
  if (!dialog.open) dialog.showModal();
}

on("submit", "[data-evidence-form]", async (event, form) => {
  event.preventDefault();
  if (!(await change(form.action, new FormData(form)))) return;
  form.matches(":has([name=target], [name=ids])") ? document.getElementById("note-evidence").close() : showEvidence(note());
});
