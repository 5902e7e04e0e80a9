// The survey builder by hand: lines of answers by key, several pasted at once, earlier answers put into a text, parts dragged.
import { keep, later } from "./builder.js";
import { enhance, isCalm, isComposing, on } from "./page.js";

on("keydown", "[data-line]", (event, field) => {
  if (isComposing(event)) return;
  const press = pressed(event, field);
  if (!press) return;
  event.preventDefault();
  keep(field.form, { do: press });
});

function pressed({ key, altKey }, field) {
  const { line } = field.dataset;
  if (key === "Enter") return `add:${line}`;
  if (key === "Backspace" && field.value === "") return `remove:${line}`;
  if (altKey && key === "ArrowUp") return `shift:${line}.up`;
  if (altKey && key === "ArrowDown") return `shift:${line}.down`;
  return null;
}

on("paste", "[data-line]", (event, field) => {
  const lines = event.clipboardData.getData("text/plain").trim();
  if (!lines.includes("\n")) return;
  event.preventDefault();
  keep(field.form, { do: `paste:${field.dataset.line}`, lines });
});

// An earlier answer is put into the text where one was typing.
let typedIn = null;
on("focusin", ".ask textarea, .ask input", (event, field) => { typedIn = field; });
on("click", "[data-pipe]", (event, item) => {
  const field = typedIn?.isConnected ? typedIn : document.querySelector(".ask-text");
  field.setRangeText(item.dataset.pipe, field.selectionStart, field.selectionEnd, "end");
  field.focus();
  later(field.form, 60);
});

// Dragging; the menu of each part has the same by key.
const drags = { animation: isCalm() ? 0 : 150, delay: 180, delayOnTouchOnly: true, ghostClass: "is-ghost" };

enhance("[data-lines]", async (lines) => {
  const { default: Sortable } = await import("sortablejs");
  Sortable.create(lines, { ...drags, handle: "[data-grip]", onEnd: () => later(lines.closest("form"), 60) });
});

enhance("[data-outline]", async (outline) => {
  const { default: Sortable } = await import("sortablejs");
  for (const list of outline.querySelectorAll("[data-outline-list]")) {
    Sortable.create(list, { ...drags, group: "questions", draggable: "[data-question]", onEnd: ({ item }) => moved(outline, item) });
  }
  Sortable.create(outline.querySelector("[data-outline-pages]"), {
    ...drags, draggable: "[data-page]", handle: "h2",
    onEnd: ({ item }) => arrange(outline, { do: "drag-page", id: item.dataset.page, before: item.nextElementSibling?.dataset.page ?? "" }),
  });
});

function moved(outline, item) {
  arrange(outline, { do: "drag", id: item.dataset.question, page: item.closest("[data-page]").dataset.page, before: item.nextElementSibling?.dataset.question ?? "" });
}

function arrange(outline, what) {
  keep(outline.querySelector("form"), what);
}
