// One chart on its page: drawn, redrawn when width or theme change, walked by key, saved as a picture.
import { on } from "../page.js";
import { save } from "./save.js";
import { shown } from "./shown.js";
import { palette } from "./theme.js";
import { walk } from "./walk.js";

const charts = new Map();

export function draw(figure) {
  const spec = JSON.parse(figure.querySelector("template").content.textContent);
  const chart = { figure, spec, host: figure.querySelector("[data-chart-host]"), width: 0 };
  charts.set(figure, chart);
  walk(chart);
  render(chart);
  new ResizeObserver(() => { if (chart.host.clientWidth !== chart.width) render(chart); }).observe(chart.host);
}

async function render(chart, theme) {
  chart.view?.finalize();
  chart.width = chart.host.clientWidth;
  if (!chart.width) return;
  chart.view = await shown(chart.spec, palette(chart.figure, theme), chart.width, chart.host);
  chart.figure.dataset.drawn = "";
  chart.figure.dispatchEvent(new CustomEvent("chart:drawn"));
}

function renderAll(theme) {
  for (const [figure, chart] of charts) {
    if (figure.isConnected) render(chart, theme);
    else { chart.view?.finalize(); charts.delete(figure); }
  }
}

new MutationObserver(() => renderAll()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => renderAll());
addEventListener("beforeprint", () => renderAll("light"));
addEventListener("afterprint", () => renderAll());

on("click", "[data-chart-save]", (event, button) => {
  const chart = charts.get(button.closest("[data-chart]"));
  if (chart) save(chart, button.dataset.chartSave);
});
