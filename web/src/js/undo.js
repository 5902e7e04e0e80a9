// The Undo of a toast.
import { on } from "./page.js";
import { send } from "./requests.js";
import { leave } from "./toasts.js";

// A page that keeps itself fresh is not read anew: it hears that something was undone, and looks what.
on("click", "[data-undo]", async (event, button) => {
  button.disabled = true;
  const live = document.querySelector("[data-live]");
  const done = await send(button.dataset.undo, { headers: live ? { "X-Live": "1" } : {} });
  if (done) leave(button.closest("[data-toast]"));
  else button.disabled = false;
  if (done) live?.dispatchEvent(new CustomEvent("undone"));
});
