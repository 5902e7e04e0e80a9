// What was typed stays in this browser until it was sent; forms with data-guard also warn before one leaves them.
import { enhance, memory, on, say } from "./page.js";

const key = (form) => `draft:${form.dataset.draft}`;
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches("textarea, input:not([type]), input:is([type=text], [type=email], [type=number]), select"));
const isChanged = (field) => field.value !== (field.matches("select") ? [...field.options].find((option) => option.defaultSelected)?.value ?? field.options[0]?.value : field.defaultValue);
const sending = new WeakSet();

enhance("form[data-draft]", (form) => {
  const draft = memory.get(key(form));
  if (!draft) return;
  const fields = fieldsOf(form).filter((field) => field.name in draft && draft[field.name] !== field.value);
  for (const field of fields) field.value = draft[field.name];
  if (fields.length) form.prepend(notice(form));
});

function notice(form) {
  const line = Object.assign(document.createElement("p"), { className: "hint draft-notice", textContent: `${say("draft")} ` });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: say("discard") });
  button.addEventListener("click", () => {
    form.reset();
    forget(form);
  });
  line.append(button);
  return line;
}

let saving;
on("input", "form[data-draft]", (event, form) => {
  clearTimeout(saving);
  saving = setTimeout(() => keep(form), 300);
});

function keep(form) {
  const changed = fieldsOf(form).filter(isChanged);
  if (changed.length) memory.set(key(form), Object.fromEntries(changed.map((field) => [field.name, field.value])));
  else memory.drop(key(form));
}

function forget(form) {
  clearTimeout(saving);
  memory.drop(key(form));
  form.querySelector(".draft-notice")?.remove();
}

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement.closest?.("form[data-draft]");
  if (!form || ctx.response.status >= 400) return;
  forget(form);
  if (!form.hasAttribute("data-keep")) form.reset();
});

// A part that only comes along with the answer to another form leaves alone what somebody is filling in.
document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
  const sent = ctx.sourceElement.closest?.("form");
  const isBeingFilled = (form) => form !== sent && fieldsOf(form).some(isChanged);
  const keeps = ({ type, target }) => type === "oob" && [...target.querySelectorAll("form")].some(isBeingFilled);
  for (const task of tasks.filter(keeps)) tasks.splice(tasks.indexOf(task), 1);
});

// A plain form takes its draft along only once the browser has left for the answer.
on("submit", "form", (event, form) => setTimeout(() => !event.defaultPrevented && sending.add(form)));
addEventListener("pagehide", () => document.querySelectorAll("form[data-draft]").forEach((form) => sending.has(form) && forget(form)));

addEventListener("beforeunload", (event) => {
  const unsaved = [...document.querySelectorAll("form[data-guard]")].some((form) => !sending.has(form) && fieldsOf(form).some(isChanged));
  if (unsaved) event.preventDefault();
});
