// A drawing that the server sends as SVG, handed over as PNG; and printing, which saves as PDF too.
import { on } from "./page.js";
import { send } from "./requests.js";

const SHARP = 2;

on("click", "[data-png]", async (event, button) => {
  const answer = await send(button.dataset.png, { method: "GET" });
  if (!answer) return;
  const drawing = URL.createObjectURL(new Blob([await answer.text()], { type: "image/svg+xml" }));
  const image = await loaded(drawing);
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width * SHARP, height: image.height * SHARP });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(drawing);
  canvas.toBlob((file) => hand(file, button.dataset.name), "image/png");
});

function loaded(address) {
  return new Promise((give, fail) => {
    const image = Object.assign(new Image(), { onload: () => give(image), onerror: fail });
    image.src = address;
  });
}

function hand(file, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

on("click", "[data-print]", () => print());
