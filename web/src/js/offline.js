// Says when the network is gone, and goes when it is back.
import { say } from "./page.js";

let banner = null;

function update() {
  if (navigator.onLine) {
    banner?.remove();
    banner = null;
  } else if (!banner) {
    banner = Object.assign(document.createElement("div"), { className: "banner offline", textContent: say("offline") });
    banner.dataset.tone = "warn";
    banner.setAttribute("role", "status");
    document.body.append(banner);
  }
}

addEventListener("online", update);
addEventListener("offline", update);
update();
