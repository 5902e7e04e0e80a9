// Charts are drawn by a part of their own, fetched when the first of them comes near the screen.
import { enhance } from "./page.js";

enhance("[data-chart]", (chart) => {
  new IntersectionObserver(async ([{ isIntersecting }], observer) => {
    if (!isIntersecting) return;
    observer.disconnect();
    (await import("./chart/chart.js")).draw(chart);
  }, { rootMargin: "300px" }).observe(chart);
});
