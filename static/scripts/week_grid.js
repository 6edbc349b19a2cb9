// Draws the week that week_grid.py hands over, and tells it what a hand did.
// All times are minutes of a day's own clock; which instants they are, Python knows.
import { beginSheet, openOffers, openSheet, renewSheet, toast, undo } from "./block_sheet.js";
import { beginHelp } from "./marks_help.js";

export const QUARTER = 15, HOUR = 60, DAY = 24 * HOUR;
const LINE = 18; // pixels: what one line of text takes
const FREE_SHOWN = 2; // free stretches of a day in the list of a phone,
const MORNING = 8 * HOUR; // and none before
const NAMED = 22; // pixels at least from one named hour to the next
const HELD_AFTER = 250; // milliseconds a finger rests before it picks up; sooner it scrolls
const MOVED_AFTER = { touch: 8 }; // pixels, else 4
const PATIENCE = 8000; // ms until an unanswered block goes back, and a refusal fades
export const STAY = { preventScroll: true };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HOW = "Arrow keys go from one to the next, Enter opens it. Space picks up and drops, arrow keys move, "
  + "with Shift they make it longer or shorter, Escape puts it back. P pins or unpins, Delete leaves out.";
const NAMES = { move: "Moved", pin: "Pinned", unpin: "Unpinned", "leave out": "Left out",
  "another idea": "Another idea", take: "Swapped", add: "Added" };
const grids = new WeakMap();
let told = 0; // when the last sentence came that was shown
let view = ""; // what the page shows: another step may draw another grid

export default function ({ data, parentElement, setStateValue }) {
  const grid = grids.get(parentElement) ?? begin(parentElement);
  grid.send = setStateValue;
  [grid.latest] = data.week;
  if (grid.latest.view && view && view !== grid.latest.view) toTop(parentElement);
  view = grid.latest.view || view;
  draw(grid);
}

function begin(parent) {
  const grid = { items: [], unheard: [], shown: [], lit: new Set() };
  for (const name of ["week", "key", "none", "detail", "how", "said", "unseen", "sheet", "toast"])
    grid[name] = parent.querySelector(`.lw-${name}`);
  grids.set(parent, grid);
  beginSheet(grid);
  beginHelp(parent.querySelector(".lw-help"));
  // Once something is held the page has to stay where it is under the finger.
  grid.week.addEventListener("touchmove", (e) => grid.held && e.preventDefault(), { passive: false });
  grid.week.addEventListener("focusout", () => detail(grid));
  grid.week.addEventListener("focusin", ({ target: { dataset } }) => dataset.id && reach(grid, grid.items[dataset.index]));
  document.fonts.ready.then(() => fit(grid.items));
  new ResizeObserver(() => fit(grid.items)).observe(grid.week);
  return grid;
}

// Another step begins at its top, wherever the one before was scrolled to.
function toTop(parent) {
  const page = (parent.getRootNode().host ?? parent).closest('[data-testid="stMain"]');
  page?.scrollTo({ top: 0, behavior: "instant" });
}

function draw(grid) {
  const data = grid.latest, now = JSON.stringify(data);
  const { unheard } = grid, waits = unheard.at(-1)?.mark > data.heard;
  if (grid.held || grid.pointer || waits || grid.drawn === now) return;
  Object.assign(grid, { drawn: now, data, unheard: [], items: [] });
  ({ twelve } = data);
  const { id, index } = grid.week.getRootNode().activeElement?.dataset ?? {};
  grid.week.style.setProperty("--bands", data.bands);
  grid.week.style.setProperty("--columns", data.days.length);
  grid.week.replaceChildren(hours(grid), ...data.days.map((day, n) => column(grid, day, n)));
  grid.lanes = [...grid.week.querySelectorAll(".lw-lane")];
  for (const item of grid.items) put(grid, item);
  grid.key.textContent = data.key;
  grid.none.textContent = data.line;
  fit(grid.items);
  grid.how.textContent = data.movable ? HOW : "";
  if (unheard.some(({ mark }) => mark === data.refused)) refuse(grid, data.why);
  renewSheet(grid);
  if (data.told[0] > told) tellAlso(grid, data.told, unheard.length);
  if (data.offers && grid.pointed && data.offers.mark === grid.asked) openOffers(grid, data.offers);
  const there = grid.items.find((item) => item.id === (id ?? grid.current));
  const next = there ?? grid.items[index ?? 0] ?? grid.items.at(-1);
  if (!next || !data.movable) return;
  reach(grid, next);
  id ? next.grab.focus(STAY) : detail(grid);
}

// What else came of a press stands beside what it did, where that was done in the grid.
function tellAlso(grid, [at, sentence], isOurs) {
  const first = isOurs && grid.toast.firstChild?.textContent;
  toast(grid, first ? `${first}. ${sentence}` : sentence);
  told = at;
}

function hours(grid) {
  const { data } = grid, marks = make("div", "lw-hours"), high = height(grid);
  Object.assign(marks.dataset, { first: data.first, tops: data.tops });
  marks.ariaHidden = "true";
  for (let minute = data.first, last = -NAMED; minute <= data.last; minute += HOUR) {
    const top = part(data, minute);
    if (top * high - last < NAMED) continue;
    last = top * high;
    const mark = make("span", "", twelve ? clock(minute).replace(":00", "") : clock(minute).slice(0, 2));
    mark.style.top = `${100 * top}%`;
    marks.append(mark);
  }
  return marks;
}

function column(grid, day, n) {
  const section = make("section", `lw-day${day.items.length || day.note ? "" : " lw-empty"}`);
  section.ariaLabel = day.label;
  const name = make("p", "lw-name"), bold = make("b", "", day.name.slice(0, 3));
  bold.append(make("i", "", day.name.slice(3)));
  name.append(bold, ` ${Number(day.date.slice(8))}`);
  const lane = make("div", "lw-lane"), list = make("ul");
  list.role = "list";
  for (const one of day.work) lane.append(mark(grid, one.as ?? "lw-work", one.place));
  for (const one of day.busy) lane.append(mark(grid, one.as ?? "lw-busy", one.place, one.title));
  for (const place of day.home) lane.append(mark(grid, "lw-home", [...place, 0, 100]));
  const rows = day.items.map((item) => [item.start, block(grid, { ...item, day: n })]);
  if (grid.data.movable) rows.push(...free(grid, day, n).map((one) => [one.from, freeRow(grid, day, one)]));
  list.append(...rows.sort(([a], [b]) => a - b).map(([, row]) => row));
  if (grid.data.movable) lane.onclick = (event) => point(grid, day, event);
  lane.append(list);
  section.append(name, bands(day), make("p", "lw-note", day.note), lane);
  return section;
}

// A free hour that is pressed asks what fits there.
function point(grid, day, { target, clientX: x, clientY: y }) {
  const at = Math.max(snap(minuteAt(grid, y)), grid.data.first);
  if (isList() || at < day.over || target.closest(".lw-block")) return;
  offer(grid, day, at, new DOMRect(x, y, 1, 1));
}

function offer(grid, day, at, there) {
  grid.pointed = { getBoundingClientRect: () => there };
  grid.asked = tell(grid, { id: "" }, { what: "offer", start: `${day.date}T${iso(Math.min(at, DAY - QUARTER))}` });
}

// In the list of a phone the longest free stretches of a day stand between what lies in it.
// While a sheet lies over it as many stay as there were, so that nothing moves behind it.
function free(grid, day, n) {
  const { data } = grid, names = Object.keys(data.names), found = [];
  const taken = (at) => day.items.some(({ start, minutes }) => start < at + QUARTER && at < start + minutes)
    || names.every((who) => [...day.work, ...day.busy].some((b) => b.who === who && b.place[0] <= at && at < b.place[1]));
  for (let at = Math.max(data.first, MORNING, day.over); at + QUARTER <= Math.min(data.last, DAY); at += QUARTER)
    if (!taken(at)) {
      if (found.at(-1)?.to !== at) found.push({ from: at, to: at });
      found.at(-1).to = at + QUARTER;
    }
  const long = ({ from, to }) => to - from;
  const by = found.sort((a, b) => long(b) - long(a)), shown = by.filter((one) => long(one) >= HOUR).length;
  if (!grid.opened) grid.shown[n] = Math.min(shown, FREE_SHOWN);
  return by.slice(0, grid.shown[n]);
}

function freeRow(grid, day, { from, to }) {
  const row = make("li", "lw-free"), hours = joined(clock(from), clock(to), "–");
  const one = make("button", "", `+ ${hours}`);
  one.type = "button";
  one.ariaLabel = `Something for ${day.name} ${hours}?`;
  one.onclick = () => offer(grid, day, from, one.getBoundingClientRect());
  row.append(one);
  return row;
}

// Trips, holidays and a sitter, under the name of their days; each goes on over all of them.
function bands(day) {
  const rows = make("div", "lw-bands");
  rows.ariaHidden = "true";
  for (const { row, text, days } of day.bands) {
    const band = make("span", "lw-band", (rows.title = text));
    band.style = `--row: ${row}; --days: ${days}`;
    rows.append(band);
  }
  return rows;
}

function mark(grid, name, place, title = "") {
  const one = make("div", name, title);
  one.ariaHidden = "true";
  one.title = title;
  lie(grid, one, place);
  return one;
}

function block(grid, item) {
  item.at = asDrawn(item);
  const li = (item.li = make("li", `lw-block ${item.look}`));
  li.classList.toggle("lw-fixed", item.fixed);
  if (item.lit && !grid.lit.has(item.id)) li.classList.add("lw-lit");
  grid.lit[item.lit ? "add" : "delete"](item.id); // once, however often it is drawn
  const about = `${joined(item.from, item.to, " to ")} · ${item.about}`;
  li.title = about;
  item.time = make("span", "lw-time");
  item.time.append(make("span"), make("span", "lw-to"));
  const text = (item.text = make("span", "lw-text"));
  text.append(make("b", "", item.title), " ", item.time);
  if (item.whose) text.append(" ", make("span", "lw-whose", item.whose));
  item.grab = make("button", "lw-grab");
  item.grab.append(text);
  li.append(item.grab);
  grid.items.push(item);
  Object.assign(item.grab.dataset, { id: item.id, index: grid.items.length - 1 });
  item.grab.onclick = () => void (grid.wasHeld || openSheet(grid, item));
  if (grid.data.movable) makeMovable(grid, item);
  return li;
}

function makeMovable(grid, item) {
  const { grab } = item;
  grab.append(make("span", "lw-edge"));
  grab.tabIndex = -1;
  grab.setAttribute("aria-describedby", "lw-detail lw-how");
  grab.onkeydown = (event) => key(grid, item, event);
  grab.onpointerdown = (event) => press(grid, item, event);
  grab.oncontextmenu = (event) => grid.pointer && event.preventDefault();
  grab.onblur = () => grid.held === item && !grid.pointer && putBack(grid, "It stays: ");
}

// Of all blocks one is in the order of the Tab key; arrow keys go to the others.
function reach(grid, item) {
  for (const other of grid.items) other.grab.tabIndex = other === item ? 0 : -1;
  grid.current = item.id;
  detail(grid, item);
}

function detail(grid, item) {
  grid.detail.textContent = [item?.way, item?.why].filter(Boolean).join(" · ");
}

function key(grid, item, event) {
  const arrow = ARROWS[event.key], held = grid.held === item;
  if ((event.ctrlKey || event.metaKey) && event.key === "z") return undo(grid);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (held && (event.key === "Enter" || event.key === " ")) drop(grid);
  else if (event.key === " ") pickUp(grid, item);
  else if (event.key === "Enter") openSheet(grid, item);
  else if (held && event.key === "Escape") putBack(grid, "It stays: ");
  else if (held && arrow) step(grid, item, arrow, event.shiftKey);
  else if (arrow) grid.items[grid.items.indexOf(item) + (arrow[0] || arrow[1])]?.grab.focus();
  else if (!held && event.key.toLowerCase() === "p") tell(grid, item, { what: item.fixed ? "unpin" : "pin" });
  else if (!held && event.key === "Delete") tell(grid, item, { what: "leave out" });
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function step(grid, item, [days, quarters], stretches) {
  const { day, start, minutes } = item.at;
  if (stretches) stretch(grid, item, minutes + quarters * QUARTER);
  else move(grid, item, day + days, quarters ? start + quarters * QUARTER : start);
  grid.unseen.textContent = sentence(grid, item);
}

function press(grid, item, event) {
  grid.wasHeld = false;
  if (event.button || event.isPrimary === false || isList()) return;
  const { clientX: x, clientY: y, pointerType, pointerId } = event, { grab, at } = item;
  const stretches = event.target.className === "lw-edge", grip = minuteAt(grid, y) - at.start;
  const fingers = (grid.pointer = new AbortController()), { signal } = fingers;
  const timer = pointerType === "touch" && setTimeout(() => pickUp(grid, item), HELD_AFTER);
  const on = (name, then) => grab.addEventListener(name, then, { signal });
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    grid.pointer = null;
    setTimeout(() => draw(grid)); // what came meanwhile, once the hand has been heard
  });
  if (pointerType !== "touch") grab.setPointerCapture(pointerId);
  on("pointermove", (e) => {
    const far = Math.hypot(e.clientX - x, e.clientY - y) > (MOVED_AFTER[pointerType] ?? 4);
    if (!grid.held && far && pointerType === "touch") return fingers.abort(); // it scrolls
    if (!grid.held && far) pickUp(grid, item);
    if (!grid.held) return;
    const minute = minuteAt(grid, e.clientY) - grip;
    if (stretches) stretch(grid, item, item.minutes + minute - item.start);
    else move(grid, item, dayAt(grid, e.clientX), minute);
  });
  on("pointerup", () => (grid.held ? drop(grid) : fingers.abort()));
  on("pointercancel", () => (grid.held ? putBack(grid, "It stays: ") : fingers.abort()));
}

function pickUp(grid, item) {
  if (isList()) return;
  grid.held = item;
  grid.wasHeld = true; // the click that ends it opens nothing
  item.grab.focus();
  item.li.classList.add("lw-held");
  item.grab.ariaPressed = "true";
  refuse(grid, "");
  grid.unseen.textContent = `Picked up: ${sentence(grid, item)}.`;
}

// A refusal stands where it was dropped.
function refuse(grid, sentence, place) {
  clearTimeout(grid.fades);
  grid.said.textContent = sentence;
  const { left, right, top } = grid.week.getBoundingClientRect();
  if (place) grid.said.style = `left: ${clamp(place.left - left, 0, right - left - 240)}px; top: ${place.bottom - top + 4}px`;
  grid.fades = setTimeout(() => (grid.said.textContent = ""), PATIENCE);
}

function release(grid) {
  const item = grid.held;
  grid.held = null;
  grid.pointer?.abort();
  item.li.classList.remove("lw-held");
  item.grab.ariaPressed = null;
  return item;
}

function putBack(grid, said) {
  const item = release(grid);
  item.at = asDrawn(item);
  put(grid, item);
  if (said) grid.unseen.textContent = said + sentence(grid, item);
  draw(grid);
}

function drop(grid) {
  const item = grid.held;
  if (isHome(item)) return putBack(grid, "It stays: ");
  const no = refusal(grid, item);
  if (no) {
    const place = item.li.getBoundingClientRect();
    putBack(grid, "");
    return refuse(grid, no, place);
  }
  release(grid);
  tellPlace(grid, item);
}

export function tellPlace(grid, item) {
  const { day, start, minutes } = item.at, on = grid.data.days[day];
  const up = item.asleep && on.home.some(([from, to]) => from < start + minutes && start < to);
  const longer = Math.sign(minutes - item.minutes), did = ["Shorter", "Moved", "Longer"][1 + longer];
  const said = `${did}${item.fixed ? "" : " and pinned"}: ${item.title}`;
  grid.unseen.textContent = `Moved: ${sentence(grid, item)}.`;
  tell(grid, item, { what: "move", start: `${on.date}T${iso(start)}`, minutes }, up ? `${said}. The children are up then.` : said);
}

export function tell(grid, item, change, text) {
  const mark = Math.max(Date.now(), (grid.unheard.at(-1)?.mark ?? grid.latest.heard) + 1);
  refuse(grid, "");
  item.li?.classList.toggle("lw-going", change.what === "leave out");
  if (NAMES[change.what]) toast(grid, text || `${NAMES[change.what]}: ${item.title}`);
  // All of it, for a run may be cut short.
  grid.send("done", (grid.unheard = [...grid.unheard, { id: item.id, mark, ...change }]));
  setTimeout(() => {
    if (grid.unheard.at(-1)?.mark === mark) Object.assign(grid, { unheard: [], drawn: null });
    draw(grid);
  }, PATIENCE);
  return mark;
}

// What lies there already, as a sentence; small moments give way.
export function refusal(grid, item) {
  const { names, days } = grid.data, { at } = item, from = at.day * DAY + at.start;
  const meets = (day, start, end) => from < day * DAY + end && day * DAY + start < from + at.minutes;
  const shares = (who) => !who || !item.who || who === item.who;
  if (item.small) return "";
  for (const o of grid.items)
    if (o !== item && !o.small && shares(o.who) && meets(o.day, o.start, o.start + o.minutes))
      return `${o.named} is there already, from ${days[o.day].name} ${o.from}.`;
  for (const [n, day] of days.entries())
    for (const { who, place: [start, end] } of day.busy)
      if (shares(who) && meets(n, start, end)) {
        const first = n === at.day ? Math.max(start, at.start) : start;
        return `${names[who]}’s ${day.name} ${clock(first)} is taken.`;
      }
  return "";
}

function move(grid, item, day, minute) {
  const { first, last } = grid.data, latest = Math.min(last - item.at.minutes, DAY - QUARTER);
  const start = minute === item.at.start ? minute : snap(minute);
  item.at = { ...item.at, day: clamp(day, 0, grid.data.days.length - 1), start: clamp(start, first, latest) };
  put(grid, item);
}

function stretch(grid, item, minutes) {
  const most = Math.min(item.most, Math.max(grid.data.last - item.at.start, item.minutes));
  item.at = { ...item.at, minutes: clamp(snap(minutes), item.least, most) };
  put(grid, item);
}

export function put(grid, item) {
  const { at, li, grab } = item, [, , left, width] = item.place, { lanes } = grid;
  const home = isHome(item), bottom = Math.max(at.start + at.minutes, lineBelow(grid, at.start));
  lie(grid, li, home ? item.place : [at.start, bottom, left, width]);
  const x = (n) => lanes[n].getBoundingClientRect().left;
  li.style.transform = at.day === item.day ? "" : `translateX(${x(at.day) - x(item.day)}px)`;
  const [from, to] = home ? [item.from, item.to] : [clock(at.start), clock(at.start + at.minutes)];
  // The elements stay: a finger's moves are heard by the one that it was put on.
  item.time.firstChild.textContent = joined(from, to, "–").slice(0, -to.length - 1);
  item.time.lastChild.textContent = `–${to}`;
  li.ariaLabel = sentence(grid, item);
  // It begins with what is seen, for those who say what they see.
  const seen = [item.title, joined(from, to, "–"), item.whose].filter(Boolean).join(" ");
  const more = [item.whose ? "" : item.spoken, grid.data.days[at.day].name, item.fixed ? "pinned" : ""];
  grab.ariaLabel = [seen, ...more.filter(Boolean)].join(", ");
}

function lie({ data }, element, [top, bottom, left, width]) {
  const at = (minute) => 100 * part(data, minute);
  const style = { top: at(top), height: at(bottom) - at(top), left, width };
  for (const name in style) element.style[name] = `${style[name]}%`;
}

// How broad a text would like to be, to a part of a pixel: one that is cut has dots in its place.
function broad(text) {
  const range = document.createRange();
  range.selectNodeContents(text);
  return range.getBoundingClientRect().width;
}

// Between two letters and a consonant with its vowel: where no dictionary is at hand.
const SYLLABLE = /(?<=\p{L}{2})(?=(?![aeiouyäöüéèáíó])\p{L}[aeiouyäöüéèáíó]\p{L})/giu;
const SMALLER = ["lw-small", "lw-tiny", "lw-break"];
const SHORTER = ["lw-no-whose", "lw-in-a-row", "lw-no-time", "lw-small", "lw-two-lines"];

// A title wraps between words, in smaller letters where one is too long, and only the longest
// break; where it leaves no room for them, whose and then when give way, and where one line is too
// short for it, it takes two small ones.
function fit(items) {
  const wide = ({ text }) => broad(text) > text.offsetWidth + 0.1;
  const full = (item) => item.text.scrollHeight > item.grab.clientHeight || wide(item);
  for (const { li } of items) li.classList.remove(...SMALLER, ...SHORTER);
  const sizes = items.map(({ grab }) => [grab.clientHeight, grab.clientWidth]);
  items.forEach(({ li }, n) => {
    li.classList.toggle("lw-low", sizes[n][0] < 26);
    li.classList.toggle("lw-narrow", sizes[n][1] < 72);
  });
  const wrapped = items.filter(({ li }) => !li.classList.contains("lw-low"));
  for (const { text, title } of wrapped) text.firstChild.textContent = title;
  for (const name of SMALLER)
    for (const item of wrapped.filter(wide)) item.li.classList.add(name);
  for (const { text, title, li } of wrapped)
    if (li.classList.contains("lw-break")) text.firstChild.textContent = title.replace(SYLLABLE, "\u00ad");
  for (const name of SHORTER)
    for (const item of items.filter(full)) item.li.classList.add(name);
}

function sentence({ data }, item) {
  const when = isHome(item) ? joined(item.from, item.to, " to ") : span(item.at);
  const fixed = item.fixed ? ", pinned" : "";
  return `${item.title}, ${item.spoken}, ${data.days[item.at.day].name} ${when}${fixed}`;
}

function minuteAt({ lanes, data }, y) {
  const { top, height } = lanes[0].getBoundingClientRect();
  return minute(data, (y - top) / height);
}

// Hours are as high as what they hold needs: where a minute lies, as a part of the whole, and back.
function part({ first, tops }, minute) {
  const hour = clamp((minute - first) / HOUR, 0, tops.length - 1);
  const n = Math.min(Math.floor(hour), tops.length - 2);
  return tops[n] + (tops[n + 1] - tops[n]) * (hour - n);
}

function minute({ first, tops }, part) {
  const n = clamp(tops.findLastIndex((top) => top <= part), 0, tops.length - 2);
  return first + HOUR * (n + (part - tops[n]) / (tops[n + 1] - tops[n]));
}

const height = ({ week }) => week.querySelector(".lw-lane")?.clientHeight || 482;
const lineBelow = (grid, at) => minute(grid.data, part(grid.data, at) + LINE / height(grid));

const dayAt = ({ lanes }, x) => lanes.findLastIndex((l) => l.getBoundingClientRect().left <= x);
export const asDrawn = ({ day, start, minutes }) => ({ day, start, minutes });
export const isHome = ({ at, day, start, minutes }) =>
  at.day === day && at.start === start && at.minutes === minutes;
export const isList = () => matchMedia("(max-width: 640px)").matches;
const snap = (minute) => Math.round(minute / QUARTER) * QUARTER;
export const clamp = (value, least, most) => Math.max(least, Math.min(value, most));
const two = (number) => String(number).padStart(2, "0");
export const iso = (minute) => `${two(Math.floor(minute / HOUR) % 24)}:${two(minute % HOUR)}`;
let twelve; // whether this household writes 8:00 pm
const clock = (m) => {
  const hour = Math.floor(m / HOUR) % 24;
  return twelve ? `${hour % 12 || 12}:${two(m % HOUR)}\u00a0${hour < 12 ? "am" : "pm"}` : iso(m);
};
export const joined = (from, to, by) =>
  (twelve && from.slice(-2) === to.slice(-2) ? from.slice(0, -3) : from) + by + to;
const span = ({ start, minutes }) => joined(clock(start), clock(start + minutes), " to ");

export const lasting = (minutes) => {
  const hours = Math.floor(minutes / HOUR), rest = minutes % HOUR;
  return hours ? `${hours} h${rest ? ` ${two(rest)}` : ""}` : `${rest} min`;
};

export function make(tag, name = "", text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}
