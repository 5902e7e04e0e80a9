// Several people on one canvas: what changed is asked for every two seconds while the page is looked at. Nothing that
// is being typed is touched; a page that changed as a whole waits until the hand rests.
import htmx from "htmx.org";
import { isTyping } from "./page.js";
import { send } from "./requests.js";
import { board, countOf, isTable, noteOf, root, settle, wasRedrawn } from "./canvas_place.js";

const EVERY = 2_000;
let since = Number(board().dataset.since);
let asking = false;
let behind = false;

/** Ask once; `again` reads the whole board anew. */
export async function ask(again = false) {
  if (asking) return;
  asking = true;
  try {
    if (again || behind) return await renew();
    const response = await fetch(`${root.dataset.canvas}/changes?since=${since}`, { headers: { "HX-Request": "true" } });
    if (response.ok) await heed(await response.json());
  } catch { /* offline: the next round asks again */ } finally { asking = false; }
}

async function heed(news) {
  since = news.since;
  clock(news.ends, news.now);
  const shown = settle(news);
  dots(news);
  const other = !isTable() && news.count !== countOf();
  if (news.again || other || !shown) return renew();
  if (!wasRedrawn()) return;
  await part("reading");
  if (root.dataset.shape === "lanes" && board().querySelector("[data-note-figure]")) await relines();
}

/** The line over a lane is made of the numbers of its notes. */
async function relines() {
  const response = await send(`${root.dataset.canvas}?part=board`, { method: "GET", quiet: true });
  if (!response) return;
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  const drawn = (where) => [...where.querySelectorAll(".lane-line")].map((line) => line.textContent).join();
  if (drawn(template.content) !== drawn(board())) await renew();
}

/** While somebody types into a note the board is left alone; it is read anew afterwards. */
async function renew() {
  behind = Boolean(document.querySelector(".note-editor, .cell-input, .is-ghost")) || isTyping(document.activeElement) && isTable();
  if (behind) return;
  const typed = keep();
  if (await part("board")) bring(typed);
  since = Number(board().dataset.since);
  await part("together");
  tick();
  await part("reading");
}

const TARGETS = { board: "canvas-board", together: "canvas-together", reading: "canvas-reading" };

async function part(name) {
  const old = document.getElementById(TARGETS[name]);
  if (!old || (name === "reading" && !old.childElementCount)) return false;
  const response = await send(`${root.dataset.canvas}?part=${name}`, { method: "GET", quiet: true });
  if (!response) return false;
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  const fresh = template.content.querySelector(`#${TARGETS[name]}`);
  if (!fresh || (name === "reading" && fresh.innerHTML === old.dataset.told)) return false;
  const told = fresh.innerHTML;
  old.replaceWith(fresh);
  if (name === "reading") fresh.dataset.told = told;
  htmx.process(fresh);
  return true;
}

/** What stands in the boxes for new notes, where the cursor is, what is chosen, and how far one has scrolled. */
function keep() {
  const focus = document.activeElement;
  const wrap = board().querySelector(".lanes-wrap");
  return {
    texts: [...board().querySelectorAll("[data-note-add]")].map((form) => [keyOf(form), form.elements.text.value]).filter(([, text]) => text),
    adding: focus?.closest?.("[data-note-add]") ? keyOf(focus.form) : null,
    at: focus?.selectionStart,
    note: focus?.closest?.("[data-note]")?.id,
    chosen: [...board().querySelectorAll("[data-row-check]:checked")].map((check) => check.value),
    left: wrap?.scrollLeft, top: wrap?.scrollTop,
  };
}

const keyOf = (form) => `${form.elements.cell.value} ${form.elements.under.value}`;

function bring({ texts, adding, at, note, chosen, left, top }) {
  const forms = new Map([...board().querySelectorAll("[data-note-add]")].map((form) => [keyOf(form), form]));
  for (const [key, text] of texts) if (forms.has(key)) forms.get(key).elements.text.value = text;
  const box = forms.get(adding)?.elements.text;
  if (box) { box.focus({ preventScroll: true }); box.setSelectionRange(at, at); }
  else if (note) document.getElementById(note)?.querySelector("[data-row-link]")?.focus({ preventScroll: true });
  const bar = document.querySelector("[data-bulk]");
  for (const check of board().querySelectorAll("[data-row-check]")) {
    check.checked = chosen.includes(check.value);
    if (check.checked && bar?.id) check.setAttribute("form", bar.id);
  }
  Object.assign(board().querySelector(".lanes-wrap") ?? {}, { scrollLeft: left ?? 0, scrollTop: top ?? 0 });
}

/** The sums of dots, or only one's own while people vote. */
function dots({ votes, voting, dots: put, hidden }) {
  for (const button of board().querySelectorAll("[data-note-vote]")) {
    const [sum, mine] = votes[button.closest("[data-note]").dataset.note] ?? [null, false];
    button.querySelector("[data-dots]").textContent = sum || "";
    button.setAttribute("aria-pressed", String(mine));
  }
  const missing = Object.keys(votes).some((number) => noteOf(number) && !noteOf(number).querySelector("[data-note-vote]"));
  if (missing && !voting) behind = true;
  const shown = root.querySelector("[data-dots-put]");
  if (shown) shown.textContent = put;
  const others = root.querySelector("[data-hidden-notes] .num");
  if (others) others.textContent = hidden;
}

// The timer goes by the server's clock, so that it ends for all at the same moment.
let ends = 0;
let ahead = 0;

function clock(until, now) {
  ends = until ? Date.parse(until) : 0;
  if (now) ahead = Date.parse(now) - Date.now();
  tick();
}

function tick() {
  const timer = root.querySelector("[data-timer]");
  if (!timer) return;
  const left = Math.max(0, Math.round((ends - Date.now() - ahead) / 1000));
  timer.hidden = !ends;
  timer.querySelector("[data-left]").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  timer.querySelector("[data-over]").hidden = left > 0;
  timer.toggleAttribute("data-done", ends > 0 && left === 0);
}

const timer = root.querySelector("[data-timer]");
if (timer) clock(timer.dataset.ends, timer.dataset.now);
setInterval(tick, 1_000);
setInterval(() => !document.hidden && ask(), EVERY);
root.addEventListener("undone", () => ask());
document.addEventListener("visibilitychange", () => !document.hidden && ask());
