// Menus are popovers of the browser; here they get a place beside their button, arrow keys and type-ahead.
import { isPhone, on } from "./page.js";

let opener = null;
on("click", "[popovertarget]", (event, button) => { opener = button; }, { capture: true });

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("[data-menu-sheet]")) return;
  const open = event.newState === "open";
  const button = opener?.getAttribute("popovertarget") === menu.id ? opener : openersOf(menu)[0];
  openersOf(menu).forEach((each) => each.setAttribute("aria-expanded", String(open && each === button)));
  if (!open) return;
  place(menu, button);
  (menu.querySelector("[aria-checked=true]") ?? itemsOf(menu)[0])?.focus();
}, { capture: true });

const openersOf = (menu) => document.querySelectorAll(`[popovertarget="${CSS.escape(menu.id)}"]`);
const itemsOf = (menu) => [...menu.querySelectorAll(".menu-item:not(:disabled)")].filter((item) => item.checkVisibility());

/** Below the button and inside the window; above it where there is no room below. */
export function place(menu, button) {
  if (isPhone() || !button) return;
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + 4 + height <= innerHeight || at.top < height;
  menu.style.left = `${Math.max(8, Math.min(at.left + width > innerWidth - 8 ? at.right - width : at.left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, below ? Math.min(at.bottom + 4, innerHeight - height - 8) : at.top - height - 4)}px`;
}

const STEPS = {
  ArrowDown: (items, at) => items[(at + 1) % items.length],
  ArrowUp: (items, at) => items[(at - 1 + items.length) % items.length],
  Home: (items) => items[0],
  End: (items) => items.at(-1),
};

on("keydown", "[data-menu-sheet]", (event, menu) => {
  if (event.key === "Tab") return menu.hidePopover();
  const items = itemsOf(menu);
  const next = STEPS[event.key]?.(items, items.indexOf(document.activeElement)) ?? startingWith(items, event);
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
});

let typed = "";
let forget;

/** Letters typed in one breath are one word; the same letter again walks on to the next that begins with it. */
function startingWith(items, { key, ctrlKey, metaKey }) {
  if (key.length !== 1 || (key === " " && !typed) || ctrlKey || metaKey) return null;
  clearTimeout(forget);
  forget = setTimeout(() => { typed = ""; }, 700);
  typed = typed === key.toLowerCase() ? typed : typed + key.toLowerCase();
  const from = items.indexOf(document.activeElement) + (typed.length === 1 ? 1 : 0);
  return [...items.slice(from), ...items.slice(0, from)].find((item) => item.textContent.trim().toLowerCase().startsWith(typed));
}

on("click", ".menu-item", (event, item) => {
  const menu = item.closest("[popover]");
  if (menu?.matches(":popover-open")) menu.hidePopover();
});
