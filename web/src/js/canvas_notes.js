// Writing on a canvas: Enter adds the next note, pasted lines become notes, E edits one where it lies.
import { isComposing, on } from "./page.js";
import { complain, send } from "./requests.js";
import { ask } from "./canvas_live.js";
import { linkOf, noteOf, numberOf, root, settle, urlOf } from "./canvas_place.js";

/** Send a change and show what came of it; null when it was refused, which has been said by then. */
export async function change(url, body, answers = []) {
  const response = await send(url, { body, answers });
  if (!response) return null;
  if (!response.ok) return refused(response);
  const answer = await response.json();
  if (!settle(answer)) await ask(true);
  return answer;
}

/** 409 of a move: somebody was faster, and the note is shown where it is. */
async function refused(response) {
  const { text, ...answer } = await response.json();
  complain(409, text);
  if (!settle(answer)) await ask(true);
  return null;
}

on("keydown", "[data-note-add] textarea", (event, box) => {
  if (event.key === "Escape") return box.blur();
  if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
  event.preventDefault();
  add(box.form, { text: box.value });
});

on("submit", "[data-note-add]", (event, form) => {
  event.preventDefault();
  add(form, { text: form.elements.text.value });
});

on("paste", "[data-note-add] textarea", (event, box) => {
  const rows = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").trim();
  if (!rows.includes("\n") || box.value.trim()) return;
  event.preventDefault();
  add(box.form, { rows });
});

/** The box is empty at once, for the next note; what is refused comes back into it. */
async function add(form, given) {
  const box = form.elements.text;
  if (!(given.rows ?? given.text).trim()) return;
  const typed = box.value;
  box.value = "";
  const { cell, under } = form.elements;
  const done = await change(form.action, { cell: cell.value, under: under.value, ...given });
  const now = form.isConnected ? box : document.querySelector(`[data-note-add] [name=cell][value="${CSS.escape(cell.value)}"]`)?.form.elements.text;
  if (done || !now) return now?.scrollIntoView({ block: "nearest" });
  now.value = [typed || given.rows, now.value].filter(Boolean).join("\n");
}

// A note below another: a box that leaves when it is left empty.
on("click", "[data-note-below]", (event, button) => {
  const note = button.closest("[data-note]");
  const first = root.querySelector("[data-note-add]");
  const form = first.cloneNode(true);
  Object.assign(form.elements.text, { value: "" });
  form.elements.cell.value = levelBelow(note);
  form.elements.under.value = numberOf(note);
  note.append(form);
  form.elements.text.focus();
  form.addEventListener("focusout", () => form.elements.text.value.trim() || form.remove());
});

function levelBelow(note) {
  const levels = [...document.querySelectorAll("#note-move [data-note-move]")].map((item) => item.dataset.noteMove);
  const own = note.dataset.place.split("~")[0];
  return levels[Math.min(levels.indexOf(own) + 1, levels.length - 1)];
}

on("click", "[data-note-edit]", (event, button) => edit(button.closest("[data-note]")));
on("dblclick", "[data-writable] .slip-paper", (event, slip) => event.target.closest("button, select, input, textarea") || edit(slip.parentElement));

/** The text becomes a box. Enter keeps it, Shift-Enter makes a line, Esc leaves it as it was. */
export async function edit(note) {
  if (!note || note.querySelector(":scope > .slip-paper > .note-editor")) return;
  const whole = await send(urlOf(note), { method: "GET" });
  if (!whole) return;
  const { text, version } = await whole.json();
  const box = Object.assign(document.createElement("textarea"), { value: text, className: "note-editor", ariaLabel: linkOf(note).textContent });
  note.querySelector(".slip-paper").prepend(box);
  note.toggleAttribute("data-editing", true);
  box.focus();
  box.select();
  listen(note, box, { text, version });
}

function listen(note, box, seen) {
  let busy = false;
  const leave = (focus) => {
    busy = true; // removing the box blurs it
    box.remove();
    note.toggleAttribute("data-editing", false);
    if (focus) linkOf(noteOf(numberOf(note)) ?? note)?.focus();
    ask();
  };
  const keep = async (focus) => {
    if (busy || !box.isConnected) return;
    if (box.value === seen.text) return leave(focus);
    busy = true;
    const response = await send(urlOf(note), { body: { text: box.value, version: seen.version }, answers: [409] });
    busy = false;
    if (response?.status === 409) { seen.version = ""; return complain(409, await response.text()); }
    if (!response) return;
    leave(focus);
    if (!settle(await response.json())) ask(true);
  };
  box.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    event.stopPropagation();
    if (event.key === "Escape") leave(true);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    keep(true);
  });
  box.addEventListener("blur", () => keep(false));
}

on("change", "[data-note-figure]", (event, select) => change(urlOf(select.closest("[data-note]"), `/figures/${select.dataset.noteFigure}`), { value: select.value }));
on("click", "[data-note-vote]", (event, button) => vote(button.closest("[data-note]")));
export const vote = async (note) => { if (await change(urlOf(note, "/vote"), {})) ask(); };

export async function remove(note) {
  const next = note.nextElementSibling ?? note.previousElementSibling;
  if (!(await change(urlOf(note, "/removal"), {}))) return;
  if (next?.matches("[data-note]")) linkOf(next)?.focus();
}
