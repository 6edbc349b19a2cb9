// The sheet of a block: what it is, why it lies there, and all that can be done with it.
import { DAY, HOUR, QUARTER, STAY, asDrawn, clamp, isHome, iso, joined, isList, lasting, make, put, refusal, tell, tellPlace }
  from "./week_grid.js";

const TOAST = 8000; // ms
const SAME_PLACE = 4; // pixels: further is a drag, which presses nothing
const FOCUSED = "button, a[href], summary, input, textarea, select, [tabindex]";
const ACTIONS = [["Move", "move"], ["Longer", "longer"], ["Shorter", "shorter"], ["Pin", "pin"],
  ["Swap for…", "swap"], ["Leave out", "out"]];

export function openSheet(grid, item, part = "actions") {
  const { sheet } = grid;
  Object.assign(grid, { opened: item.id, part });
  grid.current = item.id;
  sheet.className = `lw-sheet ${item.look}`;
  sheet.replaceChildren(head(grid, item), ...about(grid, item), ...PARTS[part](grid, item));
  if (!sheet.open) sheet.showModal();
  beside(sheet, item.li);
}

export function beginSheet(grid) {
  const { sheet } = grid;
  let began; // where the press did that may close it
  sheet.addEventListener("pointerdown", (event) => (began = event));
  sheet.onclick = (event) => {
    if (event.target !== sheet || within(sheet, event) || within(sheet, began)) return;
    const { opened } = grid, far = Math.hypot(event.clientX - began.clientX, event.clientY - began.clientY);
    // Once the focus has gone back.
    if (!isList() && far <= SAME_PLACE) sheet.addEventListener("close", () => passOn(grid, event, opened), { once: true });
    sheet.close();
  };
  sheet.onclose = () => {
    const item = grid.items.find(({ id }) => id === grid.opened);
    Object.assign(grid, { opened: null, asked: 0 });
    item?.li.classList.remove("lw-chosen");
    item?.grab.focus(STAY);
  };
  sheet.addEventListener("pointerdown", ({ clientY: y, target, pointerId }) => {
    if (!isList() || target.closest("button, select, input")) return;
    sheet.setPointerCapture(pointerId);
    sheet.onpointerup = ({ clientY }) => void (clientY - y > 60 && sheet.close());
  });
}

// A press beside the sheet closes it and does what it was meant for as well. On the block that the
// sheet is of, and on a free hour, it only closes: else there were always another sheet.
function passOn(grid, { clientX, clientY }, opened) {
  const at = deepest(clientX, clientY), block = at?.closest(".lw-grab");
  if (!at || (block ? block.dataset.id === opened : at.closest(".lw-lane"))) return;
  grid.wasHeld = false; // what an earlier hand held
  at.closest(FOCUSED)?.focus(STAY);
  at.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, clientX, clientY }));
}

function deepest(x, y) {
  let at = null;
  for (let root = document; root; root = at.shadowRoot) {
    const inner = root.elementFromPoint(x, y);
    if (!inner || inner === at) break;
    at = inner;
  }
  return at;
}

// What came from the server while it was open is shown in it.
export function renewSheet(grid) {
  const item = grid.items.find(({ id }) => id === grid.opened);
  if (item) openSheet(grid, item, grid.part);
  else if (grid.sheet.open) grid.sheet.close();
}

// What fits in the place of a block is asked for; the sheet stays until it is known.
function swap(grid, item) {
  const there = item.li.getBoundingClientRect();
  grid.pointed = { getBoundingClientRect: () => there };
  grid.swapping = item.id;
  grid.asked = tell(grid, item, { what: "swap" });
}

// What fits at an hour that was pointed at, or in the place of a block.
export function openOffers(grid, { heading, lines, does }) {
  const { sheet } = grid, list = make("div", "lw-offers");
  grid.items.find(({ id }) => id === grid.opened)?.li.classList.remove("lw-chosen");
  grid.opened = null;
  lines.forEach(([title, when], number) => {
    const one = button(title, () => (sheet.close(), tell(grid, { id: "", title }, { what: does, number })));
    one.append(make("small", "", when));
    list.append(one);
  });
  sheet.className = "lw-sheet";
  const title = head(grid, { title: heading });
  title.classList.add("lw-offers-head");
  sheet.replaceChildren(title, list, wayBack(grid, does));
  if (!sheet.open) sheet.showModal();
  beside(sheet, grid.pointed);
}

// Back to the block whose place was asked for, or to the week.
function wayBack(grid, does) {
  const item = does === "take" && grid.items.find(({ id }) => id === grid.swapping);
  const back = item ? button("Back", () => openSheet(grid, item)) : button("Close", () => grid.sheet.close());
  const row = make("div", "lw-back");
  row.append(back);
  return row;
}

function head(grid, item) {
  const row = make("div", "lw-sheet-head"), title = make("h2", "", item.title);
  title.id = "lw-sheet-title";
  const close = make("button", "lw-close", "×");
  close.ariaLabel = "Close";
  close.onclick = () => grid.sheet.close();
  row.append(make("i"), title, close);
  return row;
}

function about(grid, item) {
  const { data } = grid, lines = [];
  const when = `${data.days[item.day].name} ${joined(item.from, item.to, "–")}`;
  lines.push(make("p", "lw-when", `${capital(item.spoken)} · ${when}`));
  if (item.way || item.ideas) {
    const box = make("div", "lw-idea", item.way);
    if (item.ideas && data.movable) box.append(button("another idea", () => tell(grid, item, { what: "another idea" })));
    lines.push(box);
  }
  const list = make("dl");
  for (const [name, text] of [["Why here", item.why], ["Looks after it", item.after]])
    if (text) list.append(make("dt", "", name), make("dd", "", text));
  lines.push(list, make("p", "lw-sheet-said", grid.sheetSays ?? ""));
  lines.at(-1).setAttribute("role", "status");
  grid.sheetSays = "";
  return lines;
}

const PARTS = { actions, place };

function actions(grid, item) {
  if (!grid.data.movable) return [];
  const row = make("div", "lw-actions"), step = item.minutes < 2 * QUARTER ? 5 : QUARTER;
  const longer = { ...item.at, minutes: item.minutes + step };
  const shorter = { ...item.at, minutes: item.minutes - step };
  const does = {
    move: () => openSheet(grid, item, "place"),
    longer: () => putFromSheet(grid, item, longer),
    shorter: () => putFromSheet(grid, item, shorter),
    pin: () => tell(grid, item, { what: item.fixed ? "unpin" : "pin" }),
    swap: () => swap(grid, item),
    out: () => (grid.sheet.close(), tell(grid, item, { what: "leave out" })),
  };
  const cannot = {
    longer: longer.minutes > item.most && `It takes ${lasting(item.most)} at most.`,
    shorter: shorter.minutes < item.least && `It takes ${lasting(item.least)} at least.`,
  };
  for (const [text, name] of ACTIONS) {
    const one = button(name === "pin" && item.fixed ? "Unpin" : text, does[name]);
    if (cannot[name]) decline(grid, item, one, cannot[name]);
    one.dataset.does = name;
    row.append(one);
  }
  return [row];
}

// A button that does nothing says why: to a mouse that rests on it, to a press, and read aloud.
function decline(grid, item, one, why) {
  one.ariaDisabled = "true";
  one.title = one.ariaDescription = why;
  one.onclick = () => {
    grid.sheetSays = why;
    openSheet(grid, item);
  };
}

function place(grid, item) {
  const form = make("form", "lw-place"), day = make("select"), from = make("input");
  day.ariaLabel = "Day";
  day.append(...grid.data.days.map(({ name }, n) => Object.assign(make("option", "", name), { value: n })));
  day.value = item.day;
  Object.assign(from, { type: "time", value: iso(item.start), step: 300, required: true, ariaLabel: "From" });
  const go = Object.assign(make("button", "lw-primary", "Move"), { type: "submit" });
  const back = button("Back", () => openSheet(grid, item));
  form.append(day, from, go, back);
  form.onsubmit = (event) => {
    event.preventDefault();
    const [hour, minute] = from.value.split(":").map(Number), early = hour * HOUR + minute;
    const start = early < grid.data.first && early + DAY < grid.data.last ? early + DAY : early;
    putFromSheet(grid, item, { ...item.at, day: Number(day.value), start });
  };
  return [form];
}

// Another place or length from the sheet; a refusal is said in it.
function putFromSheet(grid, item, at) {
  item.at = at;
  const no = refusal(grid, item);
  if (no || isHome(item)) {
    item.at = asDrawn(item);
    grid.sheetSays = no;
    return openSheet(grid, item);
  }
  put(grid, item);
  tellPlace(grid, item);
  openSheet(grid, item);
}

function beside(sheet, li) {
  li.classList?.add("lw-chosen");
  if (isList()) return sheet.removeAttribute("style");
  const block = li.getBoundingClientRect(), { offsetWidth: wide, offsetHeight: high } = sheet, gap = 12;
  const left = block.right + gap + wide < innerWidth ? block.right + gap : Math.max(block.left - gap - wide, gap);
  const top = clamp(block.top + block.height / 2 - high / 2, gap, Math.max(innerHeight - high - gap, gap));
  sheet.style = `left: ${left}px; top: ${top}px`;
}

function within(sheet, { clientX: x, clientY: y }) {
  const { left, right, top, bottom } = sheet.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}

// A change can be taken back for a while, from wherever one looks.
export function toast(grid, text) {
  clearTimeout(grid.toasts);
  grid.toast.replaceChildren(make("span", "", text), button("Undo", () => undo(grid)));
  grid.toasts = setTimeout(() => grid.toast.replaceChildren(), TOAST);
}

export function undo(grid) {
  clearTimeout(grid.toasts);
  grid.toast.replaceChildren();
  tell(grid, { id: "" }, { what: "undo" });
}

function button(text, does) {
  const one = make("button", "", text);
  one.type = "button";
  one.onclick = does;
  return one;
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
