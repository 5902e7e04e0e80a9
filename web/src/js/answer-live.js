// Where an answer brings up another question on the same page, the server says which; the others stay untouched.
import { addUp } from "./answer-forms.js";
import { rank } from "./answer-ranks.js";

export function enhanceQuestions(root) {
  root.querySelectorAll("[data-ranks]").forEach(rank);
  root.querySelectorAll("[data-sum]").forEach(addUp);
}

const form = document.querySelector("form[data-live]");
let asking;

form?.addEventListener("change", async () => {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.action, { method: "POST", body: words(), headers: { "X-Look": "1" }, signal: asking.signal });
    if (answer.ok && !answer.redirected) update(await answer.text());
  } catch { /* offline or overtaken: the next page will say */ }
});

function words() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return new URLSearchParams(data);
}

function update(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  const place = form.querySelector("[data-questions]");
  const old = new Map([...place.querySelectorAll(":scope > [data-question]")].map((one) => [one.dataset.question, one]));
  const wanted = [...fresh.querySelectorAll(":scope > [data-question]")].map((one) => old.get(one.dataset.question) ?? one);
  for (const [id, question] of old) if (!wanted.some((one) => one.dataset.question === id)) question.remove();
  wanted.forEach((question, at) => {
    const now = place.querySelectorAll(":scope > [data-question]")[at];
    if (now === question) return;
    now ? now.before(question) : place.append(question);
    enhanceQuestions(question);
  });
  place.querySelector("[name=asked]").value = fresh.querySelector("[name=asked]").value;
}
