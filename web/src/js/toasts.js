// Short messages with an Undo. They stay at least ten seconds, wait while one looks at them, and errors wait until closed.
import { on } from "./page.js";

const TIME = 10_000;
const shelf = document.getElementById("toasts");
const timers = new WeakMap();

export function toast({ text, tone = "info", undo }) {
  const template = document.querySelector(`template[data-toast-template="${tone}"]`) ?? document.querySelector("template[data-toast-template]");
  if (!template || !text) return;
  const element = template.content.firstElementChild.cloneNode(true);
  element.querySelector(".toast-text").textContent = text;
  if (tone === "error") shelf.querySelectorAll(`[data-tone="error"]`).forEach((other) => other.querySelector(".toast-text").textContent === text && other.remove());
  const button = element.querySelector("[data-undo]");
  if (undo) button.dataset.undo = undo;
  else button.remove();
  shelf.append(element);
}

// Whatever lands on the shelf, from here or from the server, is shown and timed.
function arrive(element) {
  showAbove();
  if (element.dataset.tone !== "error") start(element);
}

/** Opening the shelf again lifts it above a dialog that was opened meanwhile. */
function showAbove() {
  if (shelf.matches(":popover-open")) shelf.hidePopover();
  shelf.showPopover();
}

function start(element) {
  clearTimeout(timers.get(element));
  timers.set(element, setTimeout(() => leave(element), TIME));
}

export function leave(element) {
  element.remove();
  if (!shelf.childElementCount && shelf.matches(":popover-open")) shelf.hidePopover();
}

if (shelf) {
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.matches?.("[data-toast]")) arrive(node);
  }).observe(shelf, { childList: true });
  shelf.querySelectorAll("[data-toast]").forEach(arrive);
}

const hold = (event, element) => clearTimeout(timers.get(element));
const release = (event, element) => element.dataset.tone !== "error" && !element.contains(event.relatedTarget) && start(element);
on("pointerover", "[data-toast]", hold);
on("focusin", "[data-toast]", hold);
on("pointerout", "[data-toast]", release);
on("focusout", "[data-toast]", release);

on("click", "[data-dismiss]", (event, button) => {
  const element = button.closest("[data-toast], .banner");
  if (element?.matches("[data-toast]")) leave(element);
  else element?.remove();
});

// Servers speak through HX-Trigger: {"toast": {"text", "tone", "undo"}}
document.addEventListener("toast", ({ detail }) => toast(typeof detail.value === "string" ? { text: detail.value } : detail));

