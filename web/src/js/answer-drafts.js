// Typed words stay on this device until their page has been sent: a closed tab or a dead battery loses nothing.
const PREFIX = "answer-draft:";
const LASTS = 14 * 24 * 3600 * 1000;
const form = document.querySelector("form[data-page]");
const typed = (element) => element.matches("textarea, input:not([type=radio], [type=checkbox], [type=hidden], [type=file])");

const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
  drop(key) { try { localStorage.removeItem(PREFIX + key); } catch { /* nothing there */ } },
};

if (form) {
  restore();
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => store.drop(form.dataset.page));
}
if (document.querySelector("[data-done]")) forgetAll();

function restore() {
  const draft = store.read(form.dataset.page);
  if (!draft || Date.now() - draft.at > LASTS) return store.drop(form.dataset.page);
  for (const [name, words] of Object.entries(draft.words)) {
    const box = form.elements[name];
    if (box && box.value === "" && "value" in box && typed(box)) box.value = words;
  }
}

function keep({ target }) {
  if (!typed(target) || !target.name) return;
  const words = { ...store.read(form.dataset.page)?.words, [target.name]: target.value };
  store.write(form.dataset.page, { at: Date.now(), words });
}

function forgetAll() {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
  } catch { /* nothing there */ }
}
