// Requests: the CSRF header, and answers that are not what was hoped for. Nothing that was typed is ever replaced by an error.
import htmx from "htmx.org";
import { on, say } from "./page.js";
import { toast } from "./toasts.js";

const SWAPPED = [409, 422]; // a conflict and a form with its errors are pages to read
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

/** A request outside htmx: same header, same treatment of errors. Resolves to the response, or null when it failed;
 *  refusals whose status is among `answers` are for the caller to show. */
export async function send(url, { method = "POST", body, headers = {}, quiet = false, answers = [] } = {}) {
  try {
    const response = await fetch(url, {
      method,
      body: body && (form(body) ? body : new URLSearchParams(body)),
      headers: { "X-CSRFToken": meta("csrf-token"), "HX-Request": "true", ...headers },
    });
    if (isSignedOut(response)) return complain(401);
    if (answers.includes(response.status)) return response;
    if (!response.ok && !quiet) return complain(response.status, await response.text());
    if (response.ok) heed(response);
    return response.ok ? response : null;
  } catch {
    return complain(0);
  }
}

/** Do what the answer's headers ask for, as htmx would. */
function heed({ headers }) {
  if (headers.get("HX-Redirect")) location.href = headers.get("HX-Redirect");
  if (headers.get("HX-Refresh") === "true") location.reload();
  const triggers = headers.get("HX-Trigger") ?? "";
  if (!triggers.startsWith("{")) return;
  for (const [name, detail] of Object.entries(JSON.parse(triggers))) htmx.trigger(document.body, name, detail);
}

/** Forms that hold files travel as they are; all others as an address would. */
const form = (body) => body instanceof FormData && [...body.values()].some((value) => value instanceof File && value.size);

function isSignedOut(response) {
  const login = meta("login-path");
  return response.status === 401 || Boolean(login && response.redirected && new URL(response.url).pathname.startsWith(login));
}

/** Say what happened: the server's own sentence where it sent one, else ours. */
export function complain(status, text = "") {
  toast({ text: sentence(status, text), tone: "error" });
  return null;
}

function sentence(status, text) {
  if (status === 0) return say("unreachable");
  if (status === 401) return say("signed_out");
  const own = text.includes("<html") ? "" : new DOMParser().parseFromString(text, "text/html").body.textContent.trim();
  if (own && own.length < 400) return own.replace(/\s+/g, " ");
  return status === 403 ? say("forbidden") : say("failed", { status });
}

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  ctx.request.headers["X-CSRFToken"] = meta("csrf-token");
});

document.addEventListener("htmx:before:swap", (event) => {
  const { response, text } = event.detail.ctx;
  if (!response) return;
  const signedOut = isSignedOut(response.raw);
  if (!signedOut && (response.status < 400 || SWAPPED.includes(response.status))) return;
  event.preventDefault();
  complain(signedOut ? 401 : response.status, text);
});

document.addEventListener("htmx:error", ({ detail }) => detail.ctx && !detail.ctx.response && complain(0));

// A plain form sent by the browser carries the token too, and is sent only once.
on("submit", "form[method=post]", (event, form) => {
  if (form.dataset.sent && !event.defaultPrevented) event.preventDefault();
  if (!form.elements.csrfmiddlewaretoken) form.append(hidden("csrfmiddlewaretoken", meta("csrf-token")));
  setTimeout(() => { if (!event.defaultPrevented) form.dataset.sent = "yes"; });
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

export function hidden(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}
