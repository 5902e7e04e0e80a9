// Marks that stand for something can be reached by key and by pointer; what they say shows beside them.
import { on } from "../page.js";

export function walk({ figure }) {
  figure.addEventListener("chart:drawn", () => prepare(figure));
}

/** Only one mark is a stop of the Tab key; arrows go on from there. What vega says of itself in English is left out. */
function prepare(figure) {
  const host = figure.querySelector("[data-chart-host]");
  host.setAttribute("role", "group");
  host.setAttribute("aria-label", figure.dataset.title);
  for (const part of [host, ...host.querySelectorAll("[aria-roledescription]")]) part.removeAttribute("aria-roledescription");
  for (const group of host.querySelectorAll("[role='graphics-object']")) group.removeAttribute("role");
  marksOf(figure).forEach((mark, place) => {
    mark.setAttribute("role", "img");
    mark.setAttribute("data-mark", "");
    mark.setAttribute("tabindex", place ? "-1" : "0");
  });
  hide(figure);
}

function marksOf(figure) {
  return [...figure.querySelectorAll("[data-chart-host] .role-mark [aria-label]")].filter((mark) => mark.__data__?.datum?.tip);
}

function show(figure, mark) {
  const tip = figure.querySelector("[data-chart-tip]");
  const [box, field] = [mark.getBoundingClientRect(), figure.querySelector("[data-chart-host]").getBoundingClientRect()];
  tip.textContent = mark.__data__.datum.tip;
  tip.hidden = false;
  const left = box.left - field.left + box.width / 2 - tip.offsetWidth / 2;
  tip.style.left = `${Math.max(0, Math.min(left, field.width - tip.offsetWidth))}px`;
  tip.style.top = `${box.top - field.top - tip.offsetHeight - 8}px`;
}

function hide(figure) {
  figure.querySelector("[data-chart-tip]").hidden = true;
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function step(event, mark) {
  const marks = marksOf(mark.closest("[data-chart]"));
  const place = event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : marks.indexOf(mark) + STEPS[event.key];
  const next = marks[Math.max(0, Math.min(marks.length - 1, place))];
  event.preventDefault();
  mark.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

function follow(mark) {
  const { url } = mark.__data__.datum;
  if (url) location.assign(url);
}

on("focusin", "[data-mark]", (event, mark) => show(mark.closest("[data-chart]"), mark));
on("focusout", "[data-mark]", (event, mark) => hide(mark.closest("[data-chart]")));
on("pointerover", "[data-mark]", (event, mark) => show(mark.closest("[data-chart]"), mark));
on("pointerout", "[data-mark]", (event, mark) => hide(mark.closest("[data-chart]")));
on("click", "[data-mark]", (event, mark) => follow(mark));
on("keydown", "[data-mark]", (event, mark) => {
  if (event.key in STEPS || event.key === "Home" || event.key === "End") step(event, mark);
  else if (event.key === "Enter") follow(mark);
  else if (event.key === "Escape") hide(mark.closest("[data-chart]"));
});
