// A ranking is tapped in order, moved by buttons or dragged. The places to choose stay underneath and are what is sent.
const UP = '<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="m18 15-6-6-6 6"/></svg>';
const DOWN = UP.replace("m18 15-6-6-6 6", "m6 9 6 6 6-6");

export function rank(list) {
  const words = JSON.parse(list.dataset.words);
  const most = Number(list.dataset.ranks);
  const lines = () => [...list.querySelectorAll("[data-rank]")];
  const box = (line) => line.querySelector("select");
  const placed = () => lines().filter((line) => line.dataset.placed);
  const spoken = document.querySelector("[data-spoken]");

  function build(line) {
    const text = line.querySelector(".rank-text");
    const toggle = document.createElement("button");
    toggle.type = "button";
    toggle.className = "rank-toggle";
    toggle.innerHTML = '<span class="rank-number" aria-hidden="true"></span>';
    text.replaceWith(toggle);
    toggle.append(text);
    const state = document.createElement("span");
    state.className = "visually-hidden";
    toggle.append(state);
    toggle.addEventListener("click", () => { line.dataset.placed ? take(line) : put(line); refresh(line); });
    box(line).hidden = true;
    line.append(mover(line, UP, words.up, -1), mover(line, DOWN, words.down, 1));
    if (box(line).value) line.dataset.placed = "1";
  }

  function mover(line, sign, label, step) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "rank-move";
    button.innerHTML = sign;
    button.ariaLabel = `${label}: ${line.querySelector(".rank-text").textContent}`;
    button.addEventListener("click", () => {
      const neighbour = placed()[placed().indexOf(line) + step];
      if (neighbour) step < 0 ? neighbour.before(line) : neighbour.after(line);
      refresh(line);
      button.focus();
    });
    return button;
  }

  function put(line) {
    if (placed().length >= most) return;
    const last = placed().at(-1);
    last ? last.after(line) : list.prepend(line);
    line.dataset.placed = "1";
  }

  function take(line) {
    delete line.dataset.placed;
    placed().at(-1)?.after(line);
  }

  function refresh(line) {
    placed().slice(most).forEach(take);
    lines().forEach((one) => {
      const place = one.dataset.placed ? placed().indexOf(one) + 1 : 0;
      box(one).value = place || "";
      one.querySelector(".rank-number").textContent = place || "";
      one.querySelector(".rank-toggle .visually-hidden").textContent = place ? words.place.replace("{n}", place) : words.none;
    });
    if (!line) return;
    spoken.textContent = line.querySelector(".rank-toggle").textContent.trim();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  lines().forEach(build);
  refresh();
  drag(list, (line) => {
    line.dataset.placed = "1";
    const others = placed().filter((one) => one !== line);
    if (line.previousElementSibling && !line.previousElementSibling.dataset.placed) others.length ? others.at(-1).after(line) : list.prepend(line);
    refresh(line);
  });
}

async function drag(list, dropped) {
  const { default: Sortable } = await import("sortablejs");
  new Sortable(list, { draggable: "[data-rank]", animation: 120, delay: 120, delayOnTouchOnly: true, onUpdate: ({ item }) => dropped(item) });
}
