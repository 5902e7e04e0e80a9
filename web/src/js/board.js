// A board: cards dragged by mouse or finger, or sent by their menu. What the server refuses goes back where it was.
import { enhance, isCalm, on, say } from "./page.js";
import { send } from "./requests.js";

const cardId = (card) => card?.dataset.card ?? "";
const near = (card, side) => { const other = card[side]; return other?.matches("[data-card]") ? other : null; };

enhance("[data-board]", async (board) => {
  const { default: Sortable } = await import("sortablejs");
  for (const cards of board.querySelectorAll("[data-cards]")) {
    Sortable.create(cards, {
      group: board.id,
      draggable: "[data-card]",
      filter: ".card-menu",
      preventOnFilter: false,
      animation: isCalm() ? 0 : 150,
      delay: 180,
      delayOnTouchOnly: true,
      touchStartThreshold: 4,
      ghostClass: "is-ghost",
      dragClass: "is-dragged",
      onEnd: ({ item, from, oldDraggableIndex }) => settle(item, placeOf(from, item, oldDraggableIndex)),
    });
  }
});

/** Where the card stood: its column and the card after it, so that it can go back. */
function placeOf(cards, card, index) {
  const others = [...cards.querySelectorAll("[data-card]")].filter((other) => other !== card);
  return { cards, next: others[index] ?? null };
}

// The menu that the cards share moves the one whose button opened it, and ticks that card's column.
let opener = null;
on("click", "[data-card] [popovertarget]", (event, button) => {
  opener = button.closest("[data-card]");
  const column = opener.closest("[data-column]").dataset.column;
  for (const item of document.querySelectorAll(`#${CSS.escape(button.getAttribute("popovertarget"))} [data-move-to]`)) {
    item.setAttribute("aria-checked", String(item.dataset.moveTo === column));
  }
}, { capture: true });

on("click", "[data-move-to]", (event, item) => {
  const card = opener;
  const board = card.closest("[data-board]");
  const target = board.querySelector(`[data-column="${CSS.escape(item.dataset.moveTo)}"] [data-cards]`);
  if (!target || target.contains(card)) return;
  const origin = { cards: card.parentElement, next: near(card, "nextElementSibling") };
  target.prepend(card);
  settle(card, origin);
  card.querySelector("[data-row-link]")?.focus();
});

async function settle(card, origin) {
  const column = card.closest("[data-column]");
  const before = near(card, "previousElementSibling");
  const after = near(card, "nextElementSibling");
  if (origin.cards.contains(card) && origin.next === after) return;
  count(origin.cards, column, 1);
  card.setAttribute("aria-busy", "true");
  const url = card.closest("[data-board]").dataset.moveUrl.replace("{id}", cardId(card));
  const done = await send(url, { body: { column: column.dataset.column, before: cardId(before), after: cardId(after) } });
  card.removeAttribute("aria-busy");
  if (!done) return putBack(card, origin, column);
  recount(card.closest("[data-board]"), await counted(done));
  announce(card, column);
  card.dispatchEvent(new CustomEvent("card-moved", { bubbles: true }));
}

function putBack(card, { cards, next }, column) {
  count(cards, column, -1);
  cards.insertBefore(card, next?.parentElement === cards ? next : null);
}

/** A board that is only shown, as under /patterns, answers without counts. */
async function counted(response) {
  const text = await response.text();
  return text ? JSON.parse(text).counts : null;
}

/** What the server counts in each column now: others move cards as well. */
function recount(board, counts) {
  if (!counts) return;
  for (const column of board.querySelectorAll("[data-column]")) setCount(column, counts[column.dataset.column] ?? 0);
}

/** Until the answer comes the number is moved: a column may hold more cards than are loaded. */
function count(cards, column, by) {
  const home = cards.closest("[data-column]");
  if (home === column) return;
  shift(home, -by);
  shift(column, by);
}

const counterOf = (column) => column.querySelector("[data-column-count]");
const shift = (column, by) => setCount(column, Number(counterOf(column).textContent) + by);

function setCount(column, n) {
  counterOf(column).textContent = n;
  column.toggleAttribute("data-over", Boolean(column.dataset.limit) && n > Number(column.dataset.limit));
}

/** Said to those who do not see the card move. */
function announce(card, column) {
  const place = [...column.querySelectorAll("[data-card]")].indexOf(card) + 1;
  const spoken = document.querySelector("[data-spoken]");
  if (spoken) spoken.textContent = say("moved", { card: card.querySelector(".item-id").textContent, column: column.ariaLabel, place });
}
