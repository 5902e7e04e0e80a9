// Sending once, choosing "none of these", sums, copying the address, and the first thing to look at again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const button = event.submitter;
  if (event.target.dataset.sent) return event.preventDefault();
  event.target.dataset.sent = "1";
  button?.setAttribute("aria-busy", "true");
});

// Back from the next page: the form may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
  document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
});

document.addEventListener("change", ({ target }) => {
  if (target.type === "checkbox" && target.checked) keepAlone(target);
});

function keepAlone(box) {
  const alone = "exclusive" in box.dataset;
  for (const other of box.form?.elements ?? []) {
    if (other !== box && other.name === box.name && other.type === "checkbox" && (alone || "exclusive" in other.dataset)) other.checked = false;
  }
}

/** The running total of a sum to share out. */
export function addUp(shares) {
  const total = Number(shares.dataset.sum);
  const line = shares.querySelector(".share-total");
  const show = () => {
    const given = [...shares.querySelectorAll("input")].reduce((sum, box) => sum + (Number(box.value.replace(",", ".")) || 0), 0);
    line.querySelector("[data-sum-now]").value = String(Math.round(given * 1e6) / 1e6);
    line.toggleAttribute("data-off", Math.abs(given - total) > total * 1e-6);
  };
  shares.addEventListener("input", show);
  show();
}

for (const button of document.querySelectorAll("[data-copy-address]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector("[data-address]").textContent.trim());
    button.textContent = button.dataset.copyAddress;
  });
}

document.querySelector("[data-wrong]")?.focus({ preventScroll: true });
document.querySelector(".question[data-invalid]")?.scrollIntoView({ block: "center" });
