// The survey builder: every change is kept by itself, one after the other; answers replace parts of the page by their id.
import htmx from "htmx.org";
import { on } from "./page.js";
import { complain, send } from "./requests.js";

const PAUSE = 700;
const LARGEST = 5 * 1024 * 1024 - 10_000;
const builder = () => document.querySelector("[data-builder]");
let queue = Promise.resolve();
let waiting = null; // the form that was changed and not sent yet, and its timer

/** After a pause in typing, or at once, what stands in the form is kept. */
export function later(form, pause = PAUSE) {
  if (waiting) clearTimeout(waiting.timer);
  if (waiting && waiting.form !== form) keep(waiting.form);
  waiting = { form, timer: setTimeout(() => keep(form), pause) };
}

/** One save after the other: each knows the version that the one before it made. */
export function keep(form, extra = {}) {
  if (waiting?.form === form) { clearTimeout(waiting.timer); waiting = null; }
  queue = queue.then(() => post(form, extra)).catch((error) => { console.error(error); complain(0); });
  return queue;
}

async function post(form, extra) {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  if (length(body) > LARGEST) return status("large");
  status("saving");
  form.dataset.saving = "";
  const response = await send(form.action, { body, answers: [409, 422] });
  delete form.dataset.saving;
  if (!response) return status("failed");
  take(new DOMParser().parseFromString(await response.text(), "text/html"));
}

/** About what travels: the server takes no more than this of anything but files. */
const length = (body) => [...body.values()].reduce((sum, value) => sum + (typeof value === "string" ? new Blob([value]).size : 0), 0);

function status(name) {
  const line = document.getElementById("saved");
  if (!line) return;
  line.textContent = line.dataset[name];
  line.dataset.tone = name === "saving" ? "" : "bad";
}

/** Each part of the answer takes the place of the one with its id; what is being typed meanwhile stays. */
function take(answer) {
  const version = answer.getElementById("draft-version")?.value;
  const at = answer.getElementById("editor");
  for (const part of answer.querySelectorAll("#saved, #not-saved, #problems, #editor, #outline, li[data-question], [data-translation]")) {
    if (part.parentElement.closest("#editor, #outline") || isElsewhere(part)) continue;
    replace(document.getElementById(part.id), part);
  }
  if (version) document.querySelectorAll("[data-version]").forEach((input) => { input.value = version; });
  markShown();
  if (at) arrived(at);
}

/** Problems of a part that was left meanwhile are not those of the part that is shown. */
const isElsewhere = (part) => part.id === "problems" && part.dataset.part !== document.getElementById("editor")?.dataset.part;

function replace(old, fresh) {
  if (!old) return;
  const typed = old.contains(document.activeElement) ? snapshot(document.activeElement) : null;
  const scroll = old.scrollTop;
  old.replaceWith(fresh);
  htmx.process(fresh);
  fresh.scrollTop = scroll;
  if (typed) bringBack(fresh, typed);
}

const snapshot = (field) => ({ name: field.name, value: field.value, place: field.selectionStart, kind: field.type, label: field.ariaLabel });

function bringBack(root, typed) {
  const field = typed.name && typed.name !== "do" ? root.querySelector(`[name="${CSS.escape(typed.name)}"]:not([type=hidden])`) : null;
  if (!field) return;
  field.focus({ preventScroll: true });
  if (!/^(text|textarea|url|search)$/.test(typed.kind)) return;
  if (field.value !== typed.value) { field.value = typed.value; later(field.form); }
  field.setSelectionRange(typed.place, typed.place);
}

function arrived(editor) {
  if (editor.dataset.url) history.replaceState(history.state, "", editor.dataset.url);
  const name = CSS.escape(editor.dataset.focus);
  if (name) editor.querySelector(`[name="${name}"], fieldset[id="${name}"] select`)?.focus();
}

on("input", "[data-autosave]", (event, form) => {
  if (!event.target.matches("[data-quiet], [data-do], [name=place]")) later(form);
});

on("change", "[data-autosave]", (event, form) => {
  const { target } = event;
  if (target.matches("[data-do]")) keep(form, { do: target.dataset.do });
  else if (target.matches("[data-refresh]")) keep(form, { do: "refresh" });
  else if (!target.matches("[data-quiet], [name=place]")) later(form, 60);
});

// A button says what is to be done; without scripts the browser sends the very same form.
on("submit", "form[data-build]", (event, form) => {
  event.preventDefault();
  const { submitter } = event;
  submitter?.closest("[popover]")?.hidePopover?.();
  if (waiting && waiting.form !== form) keep(waiting.form);
  keep(form, submitter?.name ? { [submitter.name]: submitter.value } : {});
});

// Before the part that is shown gives way to another one, what was typed into it is sent.
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement?.closest?.("[data-builder]") && waiting) keep(waiting.form);
});
document.addEventListener("htmx:after:swap", () => {
  markShown();
  if (innerWidth < 760 && builder()) document.getElementById("editor")?.scrollIntoView({ block: "start" });
});

/** The outline shows which part is being edited, whatever an answer that came late believes. */
function markShown() {
  const shown = document.getElementById("editor")?.dataset.part;
  if (!shown) return;
  document.querySelectorAll("[data-now-at]").forEach((input) => { input.value = shown; });
  for (const link of document.querySelectorAll("#outline [data-at]")) {
    if (link.dataset.at === shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

addEventListener("pagehide", () => waiting && navigator.sendBeacon(waiting.form.action, new FormData(waiting.form)));
