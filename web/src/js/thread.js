// The thread line is walked with the arrow keys; Esc puts a station's list away.
import { on } from "./page.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

on("keydown", "[data-station]", (event, station) => {
  if (event.key === "Escape" && !station.parentElement.hasAttribute("data-quiet")) {
    event.preventDefault();
    station.parentElement.setAttribute("data-quiet", "");
  }
  if (!STEPS[event.key]) return;
  event.preventDefault();
  const stations = [...station.closest("[data-thread]").querySelectorAll("[data-station]")];
  stations[stations.indexOf(station) + STEPS[event.key]]?.focus();
});

const loud = (event, item) => item.contains(event.relatedTarget) || item.removeAttribute("data-quiet");
on("focusout", "[data-thread] li", loud);
on("pointerout", "[data-thread] li", loud);
