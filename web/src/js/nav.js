// The left column: shown or hidden, its rooms folded or open, a sheet on phones.
import { enhance, memory, on } from "./page.js";

const root = document.documentElement;
const YEAR = 365 * 24 * 3600;

on("click", "[data-nav-toggle]", () => {
  const closed = root.dataset.nav !== "closed";
  root.dataset.nav = closed ? "closed" : "open";
  document.cookie = `nav=${root.dataset.nav}; path=/; max-age=${YEAR}; samesite=lax`;
});

on("click", "[data-menu-toggle]", (event, button) => {
  const open = root.dataset.menu !== "open";
  root.dataset.menu = open ? "open" : "closed";
  button.setAttribute("aria-expanded", String(open));
});

enhance("details[data-remember]", (details) => {
  const key = `open:${details.dataset.remember}`;
  const known = memory.get(key);
  if (known !== null && !details.querySelector("[aria-current]")) details.open = known;
  details.addEventListener("toggle", () => memory.set(key, details.open));
});
