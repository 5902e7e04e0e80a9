// Dialogs: opened by data-open, closed by data-close; data-confirm asks before a button or link does what it does.
import { on, say } from "./page.js";

on("click", "[data-open]", (event, button) => {
  event.preventDefault();
  const dialog = document.getElementById(button.dataset.open);
  dialog?.showModal();
  toType(dialog)?.focus();
});

/** Whoever opens a dialog means to fill it in: the browser would rather begin with the button that closes it. */
const toType = (dialog) => dialog?.querySelector("[autofocus]") ?? dialog?.querySelector(".dialog-body :is(input:not([type=hidden]), select, textarea):not(:disabled)");

on("click", "[data-close]", (event, button) => button.closest("dialog")?.close());

/** Asks in a dialog of our own; resolves to true or false. */
export function ask(text, verb = say("confirm"), tone = "danger-fill") {
  const dialog = document.querySelector("template[data-confirm-template]").content.firstElementChild.cloneNode(true);
  dialog.querySelector("[data-question]").textContent = text;
  dialog.querySelector("[data-yes] span").textContent = verb;
  dialog.querySelector("[data-yes]").dataset.tone = tone;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.querySelector("[data-yes]").addEventListener("click", () => dialog.close("yes"));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

let confirmed = null;

/** What builds up is asked in its own colour; all else as what cannot be lightly undone. */
const toneOf = ({ dataset: { tone } }) => (tone === "primary" ? tone : undefined);

on("click", "[data-confirm]", async (event, element) => {
  if (confirmed === element) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(element.dataset.confirm, element.dataset.confirmVerb, toneOf(element)))) return;
  confirmed = element;
  element.click();
  confirmed = null;
}, { capture: true });

document.addEventListener("htmx:confirm", (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail;
  event.preventDefault();
  ask(ctx.confirm, ctx.sourceElement.dataset.confirmVerb).then((yes) => (yes ? issueRequest() : dropRequest()));
});
