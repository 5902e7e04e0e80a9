// "@" in a text area offers people; arrows choose, Enter or Tab takes, Esc lets be.
import { enhance, isComposing } from "./page.js";
import { send } from "./requests.js";

enhance("textarea[data-mention-url]", (area) => {
  const box = area.after(list(area)) ?? area.nextElementSibling;
  const state = { area, box, at: 0, people: [] };
  area.addEventListener("input", (event) => isComposing(event) || look(state));
  area.addEventListener("compositionend", () => look(state));
  area.addEventListener("keydown", (event) => steer(event, state));
  area.addEventListener("blur", () => close(state));
  box.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take(state, [...box.children].indexOf(event.target.closest("[role=option]")));
  });
});

function list(area) {
  const box = document.createElement("div");
  Object.assign(box, { className: "menu mentions", id: `${area.id || area.name}-people`, hidden: true });
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "@");
  area.setAttribute("aria-controls", box.id);
  area.setAttribute("aria-autocomplete", "list");
  return box;
}

// Chinese puts no space before the "@"; behind a Latin letter or a digit it is an address being typed.
const started = ({ value, selectionEnd }) => value.slice(0, selectionEnd).match(/(?<![\w.+@-])@([^\s@]{0,30})$/)?.[1];

async function look(state) {
  const query = started(state.area);
  if (query === undefined) return close(state);
  const response = await send(`${state.area.dataset.mentionUrl}?q=${encodeURIComponent(query)}`, { method: "GET", quiet: true });
  if (!response || started(state.area) !== query) return;
  state.people = (await response.json()).slice(0, 8);
  if (!state.people.length) return close(state);
  state.box.replaceChildren(...state.people.map((person, index) => option(person, `${state.box.id}-${index}`)));
  place(state);
  choose(state, 0);
}

function place({ area, box }) {
  box.style.setProperty("--under", `${area.offsetTop + area.offsetHeight + 4}px`);
  box.style.setProperty("--from", `${area.offsetLeft}px`);
  box.hidden = false;
}

function option({ label, hint }, id) {
  const element = Object.assign(document.createElement("div"), { className: "menu-item", id });
  element.setAttribute("role", "option");
  element.append(Object.assign(document.createElement("span"), { textContent: label }), Object.assign(document.createElement("small"), { className: "faint", textContent: hint ?? "" }));
  return element;
}

function choose(state, at) {
  state.at = (at + state.people.length) % state.people.length;
  [...state.box.children].forEach((element, index) => element.setAttribute("aria-selected", String(index === state.at)));
  state.area.setAttribute("aria-activedescendant", state.box.children[state.at].id);
}

function steer(event, state) {
  if (state.box.hidden || isComposing(event)) return;
  const act = { ArrowDown: () => choose(state, state.at + 1), ArrowUp: () => choose(state, state.at - 1), Enter: () => take(state, state.at), Tab: () => take(state, state.at), Escape: () => close(state) }[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function take(state, at) {
  const person = state.people[at];
  if (!person) return;
  const { area } = state;
  const start = area.selectionEnd - started(area).length - 1;
  area.setRangeText(`${person.insert} `, start, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  close(state);
}

function close({ area, box }) {
  box.hidden = true;
  area.removeAttribute("aria-activedescendant");
}
