// Small manners of forms: send on change, send by Ctrl/Cmd-Enter (by Enter alone where data-submit-keys="enter"), grow with the text.
import "./dates.js";
import { enhance, isComposing, on } from "./page.js";

on("change", "[data-submit-on-change]", (event, form) => form.requestSubmit());

on("keydown", "[data-submit-keys]", (event, element) => {
  const alone = element.dataset.submitKeys === "enter" && !event.shiftKey;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || alone) || isComposing(event)) return;
  event.preventDefault();
  (element.form ?? element).requestSubmit();
});

// A quick add that was sent by htmx is empty again, ready for the next line.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (form.matches?.(".quick-add") && ctx.response.status < 300) form.reset();
});

if (!CSS.supports("field-sizing", "content")) {
  enhance("textarea[data-autosize], textarea.bare", (area) => {
    const fit = () => {
      area.style.blockSize = "auto";
      area.style.blockSize = `${area.scrollHeight + 2}px`;
    };
    area.addEventListener("input", fit);
    fit();
  });
}
