// The pages of one's own account: passkeys, the visible password, the browser's time zone, a key for a product's name.
import { enhance, on } from "./page.js";

const supported = () => Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

async function ask(form) {
  const kind = form.dataset.passkey;
  const options = kind === "login" ? await fetchOptions(form) : JSON.parse(form.dataset.passkeyOptions);
  const credential = kind === "add" ? await create(form, options) : await get(options);
  form.elements.credential.value = JSON.stringify(credential.toJSON());
  form.submit();
}

async function fetchOptions(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

function get({ publicKey }) {
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

/** A key that signs in by itself must know who it belongs to and check that its holder is there. */
function create(form, { publicKey }) {
  const alone = form.elements.passwordless.checked;
  const selection = { ...publicKey.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
  if (alone) selection.userVerification = "required";
  const options = PublicKeyCredential.parseCreationOptionsFromJSON({ ...publicKey, authenticatorSelection: selection });
  return navigator.credentials.create({ publicKey: options });
}

/** Backing out of the browser's dialog is no error; anything else is said under the form. */
function say(form, error) {
  const place = form.querySelector("[data-passkey-error]");
  if (place) place.hidden = error.name === "NotAllowedError" || error.name === "AbortError";
}

on("submit", "[data-passkey]", async (event, form) => {
  event.preventDefault();
  try {
    await ask(form);
  } catch (error) {
    say(form, error);
  }
});

on("click", "[data-reveal]", (event, button) => {
  const input = document.getElementById(button.dataset.reveal);
  const shown = input.type === "text";
  input.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
});

/** The key follows the name until someone types a key of their own. */
function suggestKeys(form) {
  const { name, key } = form.elements;
  let own = Boolean(key.value);
  let waiting;
  const suggest = async () => {
    const answer = await fetch(`${form.dataset.suggestKey}?${new URLSearchParams({ name: name.value })}`);
    if (answer.ok && !own) key.value = (await answer.json()).key;
  };
  key.addEventListener("input", () => {
    own = key.value !== "";
    key.value = key.value.toUpperCase();
  });
  name.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!own && name.value.trim()) waiting = setTimeout(suggest, 200);
  });
}

enhance("[data-passkey]", (form) => { form.hidden = !supported(); });
enhance("[data-no-passkey]", (note) => { note.hidden = supported(); });
enhance("[data-suggest-key]", suggestKeys);
enhance("[data-guess-zone]", (input) => { input.value = Intl.DateTimeFormat().resolvedOptions().timeZone || input.value; });
