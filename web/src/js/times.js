// "3 hours ago" in the reader's language, for a week; after that the date itself says more.
import { enhance } from "./page.js";

const { lang: language, dataset: { justNow } } = document.documentElement;
const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
const STEPS = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];
const WEEK = 7 * 86_400;
const shown = new Set();

enhance("time[data-relative]", (time) => {
  shown.add(time);
  write(time);
});

function write(time) {
  const seconds = (new Date(time.dateTime) - Date.now()) / 1000;
  if (Number.isNaN(seconds) || Math.abs(seconds) > WEEK) return;
  const [unit, length] = STEPS.find(([, least]) => Math.abs(seconds) >= least) ?? STEPS[3];
  time.textContent = unit === "second" ? justNow : spaced(format.format(Math.trunc(seconds / length), unit));
}

/** A space between Han and digits, as in everything else that is written here. */
function spaced(text) {
  return text.replace(/(\d)(?=\p{Script=Han})/gu, "$1 ");
}

setInterval(() => {
  for (const time of shown) {
    if (time.isConnected) write(time);
    else shown.delete(time);
  }
}, 60_000);
