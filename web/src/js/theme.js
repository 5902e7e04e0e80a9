// Day, night, or as the system says: at once, and kept by the server when the button knows where.
import { on } from "./page.js";
import { send } from "./requests.js";

on("click", "[data-theme-set]", (event, button) => {
  const theme = button.dataset.themeSet;
  document.documentElement.dataset.theme = theme;
  for (const other of document.querySelectorAll("[data-theme-set]")) {
    other.setAttribute("aria-checked", String(other.dataset.themeSet === theme));
  }
  if (button.dataset.url) send(button.dataset.url, { body: { theme } });
});
