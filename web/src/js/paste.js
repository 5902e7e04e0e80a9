// Several rows pasted from a spreadsheet into a quick add become a preview, not one long title.
import htmx from "htmx.org";
import { on } from "./page.js";

on("paste", "[data-paste-rows]", (event, input) => {
  const rows = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  if (!rows.includes("\n")) return;
  event.preventDefault();
  htmx.ajax("POST", input.dataset.pasteRows, { source: input, target: input.dataset.pasteTarget ?? "#panel", swap: "innerHTML", values: { rows } });
});
