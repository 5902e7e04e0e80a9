// The page's tokens as colours that also a file outside the page understands.
import plain from "./look.json";

const TOKENS = ["paper", "raised", "text", "muted", "faint", "line", "line-strong", "sea", "sea-fill", "leaf", "amber", "coral",
  "chart-rust", "chart-moss", "chart-plum", "chart-slate", "chart-sand"];

const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });

/** Each token as [red, green, blue], as the page shows it now or as it is in `theme`. */
export function palette(figure, theme) {
  const probe = document.createElement("i");
  if (theme) probe.dataset.theme = theme;
  figure.append(probe);
  const found = {};
  for (const token of TOKENS) {
    probe.style.color = `var(--${token})`;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    found[token] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }
  probe.remove();
  return found;
}

const hex = (rgb) => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** "$sea" is a token, "$sea/40" forty per cent of it over the paper. */
export function colour(name, colours) {
  const [token, share = 100] = name.slice(1).split("/");
  return hex(colours[token].map((part, place) => (part * share + colours.paper[place] * (100 - share)) / 100));
}

/** The specification with every name of a token replaced. */
export function painted(value, colours) {
  if (typeof value === "string") return /^\$[a-z-]+(\/\d+)?$/.test(value) ? colour(value, colours) : value;
  if (Array.isArray(value)) return value.map((one) => painted(one, colours));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, painted(one, colours)]));
}

export const look = (colours, font) => ({ ...painted(plain, colours), font });
