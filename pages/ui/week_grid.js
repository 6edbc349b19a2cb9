// Draws the week that week_grid.py hands over, and tells it what a hand did.
// All times are minutes of a day's own clock; which instants they are, Python knows.
const QUARTER = 15, HOUR = 60, DAY = 24 * HOUR, LINE = 33;
const HELD_AFTER = 250; // milliseconds a finger rests before it picks up; sooner it scrolls
const MOVED_AFTER = { touch: 8 }; // pixels, else 4
const PATIENCE = 8000; // ms until an unanswered block goes back, and a refusal fades
const STAY = { preventScroll: true };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HOW = "Arrow keys go from one to the next. Enter picks up and drops, arrow keys move, with "
  + "Shift they make it longer or shorter, Escape puts it back. P pins or unpins, Delete leaves out.";
const grids = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const grid = grids.get(parentElement) ?? begin(parentElement);
  grid.send = setStateValue;
  [grid.latest] = data.week;
  draw(grid);
}

function begin(parent) {
  const grid = { items: [], unheard: [] };
  for (const name of ["week", "key", "detail", "how", "said", "unseen"])
    grid[name] = parent.querySelector(`.lw-${name}`);
  grids.set(parent, grid);
  // Once something is held the page has to stay where it is under the finger.
  grid.week.addEventListener("touchmove", (e) => grid.held && e.preventDefault(), { passive: false });
  grid.week.addEventListener("focusout", () => detail(grid));
  grid.week.addEventListener("focusin", (e) => reach(grid, grid.items[e.target.dataset.index]));
  return grid;
}

function draw(grid) {
  const data = grid.latest, now = JSON.stringify(data);
  const { unheard } = grid, waits = unheard.at(-1)?.mark > data.heard;
  if (grid.held || grid.pointer || waits || grid.drawn === now) return;
  Object.assign(grid, { drawn: now, data, unheard: [], items: [] });
  ({ twelve } = data);
  const { id, tool, index } = grid.week.getRootNode().activeElement?.dataset ?? {};
  grid.week.style.setProperty("--hours", (data.last - data.first) / HOUR);
  grid.week.style.setProperty("--bands", data.bands);
  grid.week.replaceChildren(hours(data), ...data.days.map((day, n) => column(grid, day, n)));
  grid.lanes = [...grid.week.querySelectorAll(".lw-lane")];
  grid.key.textContent = data.key;
  grid.how.textContent = data.movable ? HOW : "";
  if (unheard.some(({ mark }) => mark === data.refused)) refuse(grid, data.why);
  const there = grid.items.find((item) => item.id === (id ?? grid.current));
  const next = there ?? grid.items[index ?? 0] ?? grid.items.at(-1);
  if (!next || !data.movable) return;
  reach(grid, next);
  id ? next.grab.focus(STAY) : detail(grid);
  if (there && tool) next[tool].focus(STAY); // which can be seen only once its block has the focus
}

function hours({ first, last }) {
  const marks = make("div", "lw-hours");
  marks.ariaHidden = "true";
  for (let minute = first; minute < last; minute += 2 * HOUR) {
    const mark = make("span", "", clock(minute).replace(":00", ""));
    mark.style.top = `${(100 * (minute - first)) / (last - first)}%`;
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
  list.append(...day.items.map((item) => block(grid, { ...item, day: n })));
  lane.append(list);
  section.append(name, bands(day), make("p", "lw-note", day.note), lane);
  return section;
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
  const lines = Math.max(Math.floor((item.place[1] - item.place[0]) / LINE), 1);
  const li = (item.li = make("li", `lw-block ${item.look}`));
  li.classList.toggle("lw-fixed", item.fixed);
  li.classList.toggle("lw-short", lines < (item.who ? 3 : 2)); // the lane tells whose it is as well
  li.style.setProperty("--lines", lines);
  const about = `${joined(item.from, item.to, " to ")} · ${item.about}`;
  li.title = item.why ? `${about}\n${item.why}` : about;
  item.time = make("span", "lw-time");
  const text = make("span", "lw-text");
  text.append(item.time, " ", item.title);
  if (item.whose) text.append(make("span", "lw-whose", `, ${item.whose}`));
  item.grab = make(grid.data.movable ? "button" : "div", "lw-grab");
  item.grab.append(text);
  li.append(item.grab);
  li.onpointerenter = () => detail(grid, item);
  li.onpointerleave = () => detail(grid, grid.items.find((i) => i.grab.matches(":focus")));
  grid.items.push(item);
  put(grid, item);
  if (grid.data.movable) makeMovable(grid, item);
  return li;
}

function makeMovable(grid, item) {
  const { grab, li } = item, tools = make("span", "lw-tools");
  item.fix = tool(grid, item, item.fixed ? "Unpin" : "Pin");
  item.go = tool(grid, item, "Leave out");
  item.fix.dataset.tool = "fix";
  item.go.dataset.tool = "go";
  tools.append(item.fix, item.go);
  grab.append(make("span", "lw-edge"));
  grab.tabIndex = -1;
  grab.setAttribute("aria-describedby", "lw-detail lw-how");
  for (const one of [grab, item.fix, item.go])
    Object.assign(one.dataset, { id: item.id, index: grid.items.length - 1 });
  grab.onkeydown = (event) => key(grid, item, event);
  grab.onpointerdown = (event) => press(grid, item, event);
  grab.onclick = () => grab.focus(); // Safari does not
  grab.oncontextmenu = (event) => grid.pointer && event.preventDefault();
  grab.onblur = () => grid.held === item && !grid.pointer && putBack(grid, "It stays: ");
  li.append(tools);
}

function tool(grid, item, text) {
  const one = make("button", "lw-tool", text);
  one.ariaLabel = `${text}: ${item.named}`;
  one.onclick = () => tell(grid, item, { what: text.toLowerCase() });
  return one;
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
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" || event.key === " ") held ? drop(grid) : pickUp(grid, item);
  else if (held && event.key === "Escape") putBack(grid, "It stays: ");
  else if (held && arrow) step(grid, item, arrow, event.shiftKey);
  else if (arrow) grid.items[grid.items.indexOf(item) + (arrow[0] || arrow[1])]?.grab.focus();
  else if (!held && event.key.toLowerCase() === "p") item.fix.click();
  else if (!held && event.key === "Delete") item.go.click();
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
  item.grab.focus();
  item.li.classList.add("lw-held");
  item.grab.ariaPressed = "true";
  refuse(grid, "");
  grid.unseen.textContent = `Picked up: ${sentence(grid, item)}.`;
}

function refuse(grid, sentence) {
  clearTimeout(grid.fades);
  grid.said.textContent = sentence;
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
  const item = grid.held, { day, start, minutes } = item.at;
  if (isHome(item)) return putBack(grid, "It stays: ");
  const no = refusal(grid, item);
  if (no) {
    putBack(grid, "");
    refuse(grid, no);
    return;
  }
  release(grid);
  grid.unseen.textContent = `Moved: ${sentence(grid, item)}.`;
  tell(grid, item, { what: "move", start: `${grid.data.days[day].date}T${iso(start)}`, minutes });
}

function tell(grid, item, change) {
  const mark = Math.max(Date.now(), (grid.unheard.at(-1)?.mark ?? grid.latest.heard) + 1);
  refuse(grid, "");
  item.li.classList.toggle("lw-going", change.what === "leave out");
  // All of it, for a run may be cut short.
  grid.send("done", (grid.unheard = [...grid.unheard, { id: item.id, mark, ...change }]));
  setTimeout(() => {
    if (grid.unheard.at(-1)?.mark === mark) Object.assign(grid, { unheard: [], drawn: null });
    draw(grid);
  }, PATIENCE);
}

// What lies there already, as a sentence; small moments give way.
function refusal(grid, item) {
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
  item.at = { ...item.at, day: clamp(day, 0, 6), start: clamp(start, first, latest) };
  put(grid, item);
}

function stretch(grid, item, minutes) {
  const most = Math.min(item.most, Math.max(grid.data.last - item.at.start, item.minutes));
  item.at = { ...item.at, minutes: clamp(snap(minutes), item.least, most) };
  put(grid, item);
}

function put(grid, item) {
  const { at, li, grab } = item, [, , left, width] = item.place, { lanes } = grid;
  const home = isHome(item), bottom = at.start + Math.max(at.minutes, LINE);
  lie(grid, li, home ? item.place : [at.start, bottom, left, width]);
  const x = (n) => lanes[n].getBoundingClientRect().left;
  li.style.transform = at.day === item.day ? "" : `translateX(${x(at.day) - x(item.day)}px)`;
  item.time.textContent = home ? joined(item.from, item.to, "–") : span(at, "–");
  li.ariaLabel = sentence(grid, item);
  if (grid.data.movable) grab.ariaLabel = li.ariaLabel;
}

function lie({ data: { first, last } }, element, [top, bottom, left, width]) {
  const part = (minute) => (100 * (clamp(minute, first, last) - first)) / (last - first);
  const height = part(bottom) - part(top), style = { top: part(top), height, left, width };
  for (const name in style) element.style[name] = `${style[name]}%`;
}

function sentence({ data }, item) {
  const when = isHome(item) ? joined(item.from, item.to, " to ") : span(item.at);
  const fixed = item.fixed ? ", pinned" : "";
  return `${item.title}, ${item.spoken}, ${data.days[item.at.day].name} ${when}${fixed}`;
}

function minuteAt({ lanes, data: { first, last } }, y) {
  const { top, height } = lanes[0].getBoundingClientRect();
  return first + ((y - top) / height) * (last - first);
}

const dayAt = ({ lanes }, x) => lanes.findLastIndex((l) => l.getBoundingClientRect().left <= x);
const asDrawn = ({ day, start, minutes }) => ({ day, start, minutes });
const isHome = ({ at, day, start, minutes }) =>
  at.day === day && at.start === start && at.minutes === minutes;
const isList = () => matchMedia("(max-width: 640px)").matches;
const snap = (minute) => Math.round(minute / QUARTER) * QUARTER;
const clamp = (value, least, most) => Math.max(least, Math.min(value, most));
const two = (number) => String(number).padStart(2, "0");
const iso = (minute) => `${two(Math.floor(minute / HOUR) % 24)}:${two(minute % HOUR)}`;
let twelve; // whether this household writes 8:00 pm
const clock = (m) => {
  const hour = Math.floor(m / HOUR) % 24;
  return twelve ? `${hour % 12 || 12}:${two(m % HOUR)}\u00a0${hour < 12 ? "am" : "pm"}` : iso(m);
};
const joined = (from, to, by) =>
  (twelve && from.slice(-2) === to.slice(-2) ? from.slice(0, -3) : from) + by + to;
const span = ({ start, minutes }, by = " to ") => joined(clock(start), clock(start + minutes), by);

function make(tag, name = "", text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}
