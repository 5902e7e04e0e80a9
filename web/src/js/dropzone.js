// Files dropped or chosen: their names and sizes at once, and a plain word when one is too large.
import { on, say } from "./page.js";

on("dragover", "[data-dropzone]", (event, zone) => zone.classList.add("is-over"));
on("dragleave", "[data-dropzone]", (event, zone) => zone.classList.remove("is-over"));
on("drop", "[data-dropzone]", (event, zone) => zone.classList.remove("is-over"));

on("change", "[data-dropzone] input", (event, input) => {
  const zone = input.closest("[data-dropzone]");
  const limit = Number(zone.dataset.maxBytes) || Infinity;
  const status = zone.querySelector(".dropzone-files");
  const large = [...input.files].find((file) => file.size > limit);
  status.classList.toggle("dropzone-problem", Boolean(large));
  status.textContent = large ? say("too_large", { name: large.name, limit: size(limit) }) : list(input.files);
  if (large) input.value = "";
});

const list = (files) => [...files].map((file) => say("file", { name: file.name, size: size(file.size) })).join(" · ");

export function size(bytes) {
  const steps = [["megabyte", 1e6], ["kilobyte", 1e3], ["byte", 1]];
  const [unit, divisor] = steps.find(([, least]) => bytes >= least) ?? steps[2];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / divisor);
}
