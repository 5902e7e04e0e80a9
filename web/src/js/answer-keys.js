// 1 to 9 choose in the question that one is at; Enter goes on. Quiet while typing or composing.
const typing = (element) => element.closest?.("textarea, select, input:not([type=radio], [type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (/^[0-9]$/.test(event.key)) choose(event);
  else if (event.key === "Enter" && event.target.matches?.("input[type=radio], input[type=checkbox]")) goOn(event);
});

function choose(event) {
  const group = present();
  if (!group) return;
  const boxes = [...group.querySelectorAll("input:not(.answer-box)")];
  const place = group.dataset.from === "0" ? Number(event.key) : Number(event.key) - 1;
  if (!boxes[place]) return;
  event.preventDefault();
  boxes[place].focus();
  boxes[place].click();
}

/** The group with the focus, else the first unanswered one that can be seen whole. */
function present() {
  const focused = document.activeElement?.closest("[data-picks]");
  if (focused) return focused;
  const seen = [...document.querySelectorAll("[data-picks]")].filter((group) => {
    const { top, bottom } = group.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  return seen.find((group) => !group.querySelector(":checked")) ?? seen[0];
}

function goOn(event) {
  event.preventDefault();
  event.target.form?.requestSubmit();
}
