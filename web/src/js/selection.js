// Selected rows and the bar that acts on them: click, Shift for a range, all rows shown, or all that match the filter.
import { enhance, on, say } from "./page.js";

let anchor = null;
const checksOf = (list) => [...list.querySelectorAll("[data-row-check]")];
const barOf = (list) => document.querySelector(`[data-bulk="${CSS.escape(list.id)}"]`) ?? document.querySelector("[data-bulk]");

on("click", "[data-row-check]", (event, check) => {
  const list = check.closest("[data-list]");
  if (event.shiftKey && anchor?.isConnected) selectBetween(checksOf(list), check);
  anchor = check;
  refresh(list);
});

function selectBetween(checks, check) {
  const [from, to] = [checks.indexOf(anchor), checks.indexOf(check)].sort((a, b) => a - b);
  for (const each of checks.slice(Math.max(from, 0), to + 1)) each.checked = check.checked;
}

on("change", "[data-check-all]", (event, all) => {
  const list = all.closest("[data-list]");
  for (const check of checksOf(list)) check.checked = all.checked;
  refresh(list);
});

function refresh(list) {
  const checks = checksOf(list);
  const chosen = checks.filter((check) => check.checked);
  for (const check of checks) check.closest("[data-row]").toggleAttribute("data-selected", check.checked);
  list.classList.toggle("is-selecting", chosen.length > 0 || "selecting" in list.dataset);
  const all = list.querySelector("[data-check-all]");
  if (all) Object.assign(all, { checked: chosen.length === checks.length, indeterminate: chosen.length > 0 && chosen.length < checks.length });
  show(barOf(list), chosen);
}

/** The checked boxes belong to the bar's form, so that whatever it sends carries their ids. */
function show(bar, chosen) {
  if (!bar) return;
  bar.id ||= `bulk-${bar.dataset.bulk}`;
  for (const check of chosen) check.setAttribute("form", bar.id);
  bar.hidden = chosen.length === 0;
  bar.querySelector("[data-bulk-all-value]").value = "";
  bar.querySelector("[data-bulk-count]").textContent = say("selected", { n: chosen.length });
  bar.querySelector("[data-bulk-all]")?.toggleAttribute("hidden", false);
}

on("click", "[data-bulk-all]", (event, button) => {
  const bar = button.closest("[data-bulk]");
  bar.querySelector("[data-bulk-all-value]").value = "1";
  bar.querySelector("[data-bulk-count]").textContent = say("all_selected", { n: button.dataset.bulkAll });
  button.hidden = true;
  for (const row of document.querySelectorAll("[data-list] [data-row]")) row.toggleAttribute("data-selected", true);
});

on("click", "[data-bulk-clear]", (event, button) => clear(button.closest("[data-bulk]")));

/** True when there was something to clear. */
export function clear(bar = document.querySelector("[data-bulk]:not([hidden])")) {
  if (!bar) return false;
  document.querySelectorAll(`[data-row-check][form="${CSS.escape(bar.id)}"]`).forEach((check) => { check.checked = false; });
  bar.hidden = true;
  document.querySelectorAll("[data-list]").forEach((list) => { delete list.dataset.selecting; refresh(list); });
  return true;
}

// On a phone the boxes stand aside until they are asked for.
on("click", "[data-select-rows]", () => {
  for (const list of document.querySelectorAll("[data-list]")) {
    list.toggleAttribute("data-selecting");
    refresh(list);
    checksOf(list)[0]?.focus();
  }
});

enhance("[data-list]", (list) => checksOf(list).some((check) => check.checked) && refresh(list));
