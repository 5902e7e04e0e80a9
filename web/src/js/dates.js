// A date is typed as 2026-11-22, a moment as 2026-11-22 18:00, alike in every browser; the browser's own calendar stands beside it, one press away.
import { enhance, on } from "./page.js";

const WRITTEN = /^(\d{4})\s*[-./年]?\s*(\d{1,2})\s*[-./月]?\s*(\d{1,2})\s*日?(?:[T\s]\s*(\d{1,2})[:：点](\d{2})分?)?$/;

/** 20261122, 2026/11/2 and 2026年11月2日 mean what they say; anything else stays as typed, for the form to refuse. */
export function asDate(text) {
  const [, year, ...rest] = text.trim().match(WRITTEN) ?? [];
  if (!year) return text.trim();
  const [month, day, hour, minute] = rest.map((part) => part?.padStart(2, "0"));
  return `${year}-${month}-${day}${hour ? ` ${hour}:${minute}` : ""}`;
}

// Before anything else hears of the change, so that whatever is sent is the date.
on("change", "[data-date]", (event, input) => { input.value = asDate(input.value); }, { capture: true });

enhance("[data-date-open]", (button) => { button.hidden = !("showPicker" in HTMLInputElement.prototype); });

on("click", "[data-date-open]", (event, button) => {
  const [typed, calendar] = button.parentElement.querySelectorAll("input");
  calendar.value = asDate(typed.value).replace(" ", "T");
  calendar.showPicker();
});

on("change", "[data-date-calendar]", (event, calendar) => {
  event.stopPropagation();
  const typed = calendar.parentElement.querySelector("[data-date]");
  typed.value = asDate(calendar.value);
  for (const type of ["input", "change"]) typed.dispatchEvent(new Event(type, { bubbles: true }));
  typed.focus();
}, { capture: true });
