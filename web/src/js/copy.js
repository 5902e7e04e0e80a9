// Copies a text or an address; works on plain http too, where browsers withhold the clipboard.
import { on, say } from "./page.js";
import { toast } from "./toasts.js";

on("click", "[data-copy]", async (event, button) => {
  const text = button.dataset.copy.startsWith("/") ? new URL(button.dataset.copy, location.href).href : button.dataset.copy;
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copyBySelection(text);
  toast({ text: say("copied"), tone: "success" });
});

function copyBySelection(text) {
  const area = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
