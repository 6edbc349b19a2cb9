// Ranges that say where they are while they are moved.
const EVERY = 60; // ms between two messages while a hand moves
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
    root.addEventListener(name, (event) => row(event) && then(row(event)));
  const letGo = (r) => {
    r.held = r.moving = false;
    settle(r);
  };
  const leave = (r) => {
    letGo(r);
    flush(board);
  };
  on("pointerdown", (r) => {
    r.held = true;
    const ends = new AbortController();
    const end = () => (ends.abort(), leave(r));
    for (const name of ["pointerup", "pointercancel"])
      addEventListener(name, end, { capture: true, signal: ends.signal });
  });
  on("keydown", (r) => (r.held = true));
  on("keyup", letGo);
  on("focusout", leave);
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
  Object.assign(row, { name: slide.name, hoped: slide.hoped });
  if (isNews && row.moving) bring(board);
  else row.isNews ||= isNews;
  settle(row);
  for (const part of ["low", "high", "planned"])
    row.element.style.setProperty(`--${part}`, Math.min(slide[part] / row.most, 1));
  const there = slide.planned ? `${hours(slide.planned)} in the plan` : "";
  row.element.classList.toggle("unplanned", !there);
  write(row.there, there && ` · ${there}`);
  write(row.note, slide.note);
  const range = `${hours(slide.low)} to ${hours(slide.high)} is comfortable`;
  write(row.said, [there, range, slide.note].filter(Boolean).join(", "));
}

function settle(row) {
  if (!row.isNews || row.held) return;
  row.isNews = row.touched = false;
  row.input.value = row.hoped;
  put(row, row.hoped);
}

function put(row, minutes) {
  row.minutes = minutes;
  write(row.value, hours(minutes));
  row.input.setAttribute("aria-valuetext", hours(minutes));
  row.element.style.setProperty("--at", minutes / row.most);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function build(board, { slides, most, step }) {
  board.root.replaceChildren();
  let card, group;
  board.rows = slides.map((slide, n) => {
    if (slide.group !== group) {
      group = slide.group;
      card = add(board.root, "section");
      if (group) add(card, "h2", "", group);
    }
    return built(card, slide, n, { most, step });
  });
}

function built(card, slide, n, { most, step }) {
  const element = add(card, "div", `slide ${slide.kind}`);
  const line = add(element, "div", "line");
  const label = add(line, "label");
  add(label, "b", "", slide.label);
  const there = add(label, "span", "there");
  const value = add(line, "span", "value");
  value.ariaHidden = true; // the range says it
  const track = add(element, "div", "track");
  for (const part of ["way", "band", "fill", "mark"]) add(track, "i", part);
  const input = add(track, "input");
  Object.assign(input, { type: "range", min: 0, max: most, step, id: `range-${n}` });
  label.htmlFor = input.id;
  input.setAttribute("aria-label", slide.spoken);
  input.setAttribute("aria-describedby", `said-${n}`);
  const note = add(element, "p", "note");
  const said = add(element, "span", "said");
  said.id = `said-${n}`;
  said.hidden = note.ariaHidden = true;
  return { element, input, value, there, note, said, most };
}

function add(parent, tag, name = "", text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return parent.appendChild(element);
}
