// From a specification to a view. Expressions are interpreted, since the content policy allows no code made of text.
import { parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import { look, painted } from "./theme.js";

export const FONT = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif';

// vega-lite tells, at every chart whose height follows its rows, that its height follows its rows.
const QUIET = { level: () => QUIET, error: (...told) => { throw new Error(told.join(" ")); }, warn: () => QUIET, info: () => QUIET, debug: () => QUIET };

/** Draws into `host`, or nowhere when there is none; `width` is that of the whole picture. Gives a promise of the view. */
export function shown(spec, colours, width, host, font = FONT) {
  const whole = { ...painted(fitted(spec, width), colours), width, autosize: { type: "fit-x", contains: "padding" }, config: look(colours, font) };
  const view = new View(parse(compile(whole, { logger: QUIET }).spec, null, { ast: true }), { expr: expressionInterpreter, renderer: host ? "svg" : "none" });
  if (host) view.tooltip(() => {}).initialize(host);
  return view.runAsync();
}

/** On a narrow page the names of rows take at most two fifths of it, and a legend has fewer columns. */
function fitted(spec, width) {
  const most = Math.max(90, Math.round(width * 0.4));
  const least = { labelLimit: most, columns: Math.max(1, Math.floor(width / 160)) };
  return JSON.parse(JSON.stringify(spec), (key, value) => (key in least ? Math.min(value, least[key]) : value));
}
