// Ranges that say where they are while they are moved.
const EVERY = 60; // ms between two messages while a hand moves
const RAISING = ["ArrowRight", "ArrowUp", "PageUp"];
const boards = new WeakMap(); // by the element they stand in

// Called again with every answer of the server, so what stands is changed and never made anew.
export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".board");
  const board = boards.get(root) ?? begun(root);
  board.send = (moved) => setStateValue("moved", moved);
  const made = JSON.stringify(data.slides.map((s) => [s.group, s.kind, s.spoken]));
  if (board.made !== made) {
    board.made = made;
    build(board, data);
  }
  data.slides.forEach((slide, n) => tell(board, board.rows[n], slide));
  board.cards.forEach(reach);
}

export function hours(minutes) {
  const whole = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (!whole) return rest ? `${rest} min` : "0 h";
  return rest ? `${whole} h ${String(rest).padStart(2, "0")}` : `${whole} h`;
}

function begun(root) {
  const board = { root, rows: [], sentAt: -EVERY };
  const row = (event) => board.rows.find((r) => r.input === event.target);
  const on = (name, then) =>
    root.addEventListener(name, (event) => row(event) && then(row(event), event));
  const letGo = (r) => {
    r.held = r.moving = false;
    r.card.rows.forEach(settle);
    reach(r.card);
  };
  const leave = (r) => {
    letGo(r);
    flush(board);
  };
  on("pointerdown", (r) => {
    r.held = true;
    const ends = new AbortController();
    const end = () => {
      ends.abort();
      r.card.isWide ||= r.minutes >= r.card.scale;
      leave(r);
    };
    for (const name of ["pointerup", "pointercancel"])
      addEventListener(name, end, { capture: true, signal: ends.signal });
  });
  on("keydown", (r, { key }) => {
    r.held = true;
    r.card.isWide ||= key === "End" || (r.minutes >= r.card.scale && RAISING.includes(key));
    reach(r.card);
  });
  on("keyup", letGo);
  on("focusout", (r, { relatedTarget }) => {
    r.card.isWide &&= r.card.rows.some(({ input }) => input === relatedTarget);
    leave(r);
  });
  // What is clicked next may take the board away, so what waits goes first.
  const elsewhere = () =>
    root.isConnected ? flush(board) : removeEventListener("click", elsewhere, true);
  addEventListener("click", elsewhere, true);
  on("input", (r) => {
    r.touched = r.moving = true;
    r.isNews = false;
    put(r, r.input.valueAsNumber);
    bring(board);
  });
  boards.set(root, board);
  return board;
}

// The last value always arrives, the first at once, and in between no more than one in EVERY ms.
function bring(board) {
  board.unsent = true;
  const wait = board.sentAt + EVERY - performance.now();
  if (wait <= 0) flush(board);
  else board.waits ??= setTimeout(flush, wait, board);
}

function flush(board) {
  clearTimeout(board.waits);
  board.waits = undefined;
  if (!board.unsent) return;
  const touched = board.rows.filter((r) => r.touched && !r.isNews);
  board.unsent = false;
  board.send(Object.fromEntries(touched.map((r) => [r.name, r.minutes])));
  board.sentAt = performance.now();
}

// What the server says counts where a slide has a new name, unless a hand is moving it just then.
function tell(board, row, slide) {
  const isNews = row.name !== slide.name;
  Object.assign(row, { name: slide.name, slide });
  if (isNews && row.moving) bring(board);
  else row.isNews ||= isNews;
  settle(row);
  const there = slide.planned ? hours(slide.planned) : "";
  write(row.there, there);
  const parts = Object.entries(slide.shades).map(([name, minutes]) => `${name} ${hours(minutes)}`);
  const note = parts.join(" · ") || slide.note, told = `${note} ${slide.why}`;
  if (row.told !== told) {
    row.note.replaceChildren(slide.why, ...parts.map((part) => add(row.note, "span", "", part)));
    row.element.title = parts.length ? "" : note;
  }
  row.told = told;
  const range = `${hours(slide.low)} to ${hours(slide.high)} is comfortable`;
  write(row.said, [there && `${there} planned`, range, note].filter(Boolean).join(", "));
}

// A card goes as far as is usual, and to the end where more is hoped for or a hand wants more.
function reach(card) {
  const more = card.isWide || card.rows.some((r) => r.minutes > r.slide.usual);
  card.scale = more ? card.most : card.rows[0].slide.usual;
  for (const row of card.rows) {
    row.input.max = card.scale;
    draw(row);
  }
}

function draw({ slide, minutes, card, element }) {
  const [first = slide.planned] = Object.values(slide.shades);
  const at = { ...slide, first, at: minutes };
  for (const part of ["low", "high", "planned", "first", "at"])
    element.style.setProperty(`--${part}`, Math.min(at[part] / card.scale, 1));
  element.classList.toggle("more", slide.planned > card.scale);
}

function settle(row) {
  const { slide, card } = row;
  const waits = slide.hoped > card.scale && card.rows.some((r) => r.held);
  if (!row.isNews || row.held || waits) return;
  row.isNews = row.touched = false;
  row.minutes = slide.hoped;
  reach(card);
  row.input.value = slide.hoped;
  put(row, slide.hoped);
}

function put(row, minutes) {
  row.minutes = minutes;
  write(row.value, hours(minutes));
  row.input.setAttribute("aria-valuetext", hours(minutes));
  draw(row);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function build(board, { slides, most, step }) {
  board.root.replaceChildren();
  board.cards = [];
  let section, card, group;
  board.rows = slides.map((slide, n) => {
    if (slide.group !== group) {
      group = slide.group;
      section = add(board.root, "section");
      if (group) add(section, "h2", "", group);
      board.cards.push((card = { most, rows: [], scale: slide.usual }));
    }
    const row = { card, slide, ...built(section, slide, n), minutes: slide.hoped };
    Object.assign(row.input, { max: most, step });
    card.rows.push(row);
    return row;
  });
}

function built(section, slide, n) {
  const element = add(section, "div", `slide ${slide.kind}`);
  const line = add(element, "div", "line");
  const label = add(line, "label", "", slide.label);
  const there = add(line, "span", "there");
  const value = add(line, "span", "value");
  there.ariaHidden = value.ariaHidden = true; // the range says them
  const track = add(element, "div", "track");
  for (const part of ["way", "band", "fill", "fill rest", "arrow"]) add(track, "i", part);
  const input = add(track, "input");
  Object.assign(input, { type: "range", min: 0, id: `range-${n}` });
  label.htmlFor = input.id;
  input.setAttribute("aria-label", slide.spoken);
  input.setAttribute("aria-describedby", `said-${n}`);
  const note = add(element, "p", "note");
  const said = add(element, "span", "said");
  said.id = `said-${n}`;
  said.hidden = note.ariaHidden = true;
  return { element, input, value, there, note, said };
}

function add(parent, tag, name = "", text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return parent.appendChild(element);
}
