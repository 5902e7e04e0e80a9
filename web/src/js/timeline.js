// Bars over days: put where they belong, moved and resized by mouse, finger or arrows, saved with the version seen.
// A day is a number, counted in UTC and never turned into a moment, so no zone can shift it.
import { enhance, on, say } from "./page.js";
import { send } from "./requests.js";

const DAY = 86_400_000;
const numberOf = (day) => Date.parse(`${day}T00:00:00Z`) / DAY;
const dayOf = (number) => new Date(number * DAY).toISOString().slice(0, 10);
const PATIENCE = 700; // keys pressed in a row are one change

enhance("[data-gantt]", (gantt) => {
  put(gantt, { span: gantt.dataset.span, today: gantt.dataset.today });
  gantt.querySelectorAll("[data-at]").forEach((one) => put(one, { at: one.dataset.at, days: one.dataset.days }));
  toToday(gantt);
});

function put(element, values) {
  for (const [name, value] of Object.entries(values)) element.style.setProperty(`--${name}`, value);
}

function toToday(gantt) {
  const names = gantt.querySelector(".gantt-corner").offsetWidth;
  gantt.scrollLeft = gantt.dataset.today * widthOfDay(gantt) - (gantt.clientWidth - names) / 3;
}

on("click", "[data-to-today]", () => document.querySelectorAll("[data-gantt]").forEach(toToday));

function widthOfDay(gantt) {
  return gantt.querySelector(".gantt-scale").offsetWidth / Number(gantt.dataset.span);
}

const ganttOf = (bar) => bar.closest("[data-gantt]");
const daysOf = ({ dataset: { from, to } }) => ({ from, to });

/** The bar's days, moved as a whole or at one end; an end that is open stays open, and no bar ends before it begins. */
function shifted({ from, to }, part, by) {
  const start = from && numberOf(from);
  const end = to && numberOf(to);
  if (part === "start") return { from: dayOf(Math.min((start || end) + by, end || Infinity)), to };
  if (part === "end") return { from, to: dayOf(Math.max((end || start) + by, start || -Infinity)) };
  return { from: from && dayOf(start + by), to: to && dayOf(end + by) };
}

function draw(bar, days) {
  const first = numberOf(ganttOf(bar).dataset.first);
  const start = numberOf(days.from || days.to);
  const end = numberOf(days.to || days.from);
  Object.assign(bar.dataset, days);
  put(bar, { at: start - first, days: end - start + 1 });
  bar.querySelector(".gantt-days").textContent = `${days.from || "…"} – ${days.to || "…"}`;
}

const pending = new WeakMap();

/** Draw at once, save when the hand rests; what the server refuses goes back to where it stood. */
function change(bar, days, wait) {
  const waiting = pending.get(bar);
  clearTimeout(waiting?.timer);
  const before = waiting?.before ?? daysOf(bar);
  draw(bar, days);
  pending.set(bar, { before, timer: setTimeout(() => save(bar), wait) });
}

function takeBack(bar) {
  const waiting = pending.get(bar);
  if (!waiting) return false;
  clearTimeout(waiting.timer);
  pending.delete(bar);
  draw(bar, waiting.before);
  return true;
}

/** One save at a time: a second one must not take the first for somebody else's change. */
async function save(bar) {
  if (bar.ariaBusy) return void Object.assign(pending.get(bar), { timer: setTimeout(() => save(bar), PATIENCE) });
  const { before } = pending.get(bar) ?? {};
  pending.delete(bar);
  if (!before || (before.from === bar.dataset.from && before.to === bar.dataset.to)) return;
  bar.setAttribute("aria-busy", "true");
  const done = await send(bar.dataset.url, { body: { ...daysOf(bar), version: bar.dataset.version } });
  bar.removeAttribute("aria-busy");
  if (!done) return draw(bar, before);
  const { version, ...days } = await done.json();
  bar.dataset.version = version;
  if (pending.has(bar)) return void Object.assign(pending.get(bar), { before: days });
  draw(bar, days);
  bar.setAttribute("aria-label", say("bar", { ref: bar.dataset.ref, from: days.from || "…", to: days.to || "…" }));
}

on("keydown", "[data-bar][data-url]", (event, bar) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (event.key === "Escape" && takeBack(bar)) event.preventDefault();
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  change(bar, shifted(daysOf(bar), event.shiftKey ? "end" : "all", step), PATIENCE);
  bar.scrollIntoView({ block: "nearest", inline: "nearest" });
});

on("focusout", "[data-bar]", (event, bar) => {
  if (!pending.has(bar)) return;
  clearTimeout(pending.get(bar).timer);
  save(bar);
});

const EDGE = 8;
let carried = null;

on("pointerdown", "[data-bar][data-url]", (event, bar) => {
  if (event.button || !event.isPrimary) return;
  const { left, right, width } = bar.getBoundingClientRect();
  const edge = Math.min(EDGE, width / 4);
  const part = event.clientX < left + edge ? "start" : event.clientX > right - edge ? "end" : "all";
  carried = { bar, part, x: event.clientX, days: daysOf(bar), moved: false };
  bar.setPointerCapture(event.pointerId);
});

on("pointermove", "[data-bar]", (event, bar) => {
  if (carried?.bar !== bar) return;
  const by = Math.round((event.clientX - carried.x) / widthOfDay(ganttOf(bar)));
  if (!carried.moved && Math.abs(event.clientX - carried.x) < 4) return;
  carried.moved = true;
  bar.classList.add("is-moving");
  draw(bar, shifted(carried.days, carried.part, by));
});

function drop(event, bar) {
  if (carried?.bar !== bar) return;
  const { days, moved } = carried;
  carried = null;
  bar.classList.remove("is-moving");
  if (!moved) return;
  if (event.type === "pointercancel") return draw(bar, days);
  bar.addEventListener("click", (click) => click.preventDefault(), { once: true });
  pending.set(bar, { before: days });
  save(bar);
}
on("pointerup", "[data-bar]", drop);
on("pointercancel", "[data-bar]", drop);
