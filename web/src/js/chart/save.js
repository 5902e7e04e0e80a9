// A chart as a file: by day, on its paper, with its title; the fonts named are those that hold Chinese glyphs.
import { FONT, shown } from "./shown.js";
import { colour, palette } from "./theme.js";

const WIDTH = 800;
// Programs outside the browser know no system-ui: they take the first font here that they have.
const OUTSIDE = `"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "Segoe UI", Helvetica, Arial, sans-serif`;

export async function save(chart, kind) {
  const { title, subtitle, name } = chart.figure.dataset;
  const colours = palette(chart.figure, "light");
  const spec = { ...chart.spec, background: colour("$raised", colours), padding: 20, title: { text: title, subtitle: subtitle || [] } };
  const view = await shown(spec, colours, WIDTH, null, kind === "svg" ? OUTSIDE : FONT);
  const file = kind === "svg" ? svgFile(await view.toSVG()) : await pngFile(view);
  view.finalize();
  hand(file, `${name || "chart"}.${kind}`);
}

const svgFile = (text) => new Blob([text], { type: "image/svg+xml" });

async function pngFile(view) {
  const canvas = await view.toCanvas(2);
  return new Promise((give) => canvas.toBlob(give, "image/png"));
}

function hand(file, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
