// Asks once a second how often the store has changed, and speaks up only when that is news.
const SOON = 100; // ms until it is asked again whether the page stands
const PRESSES = ["pointerdown", "click", "change"];
const A_PRESS = 400; // ms that a press takes until the page is at work on it
const AT_MOST = 2000; // ms that what a run drew may take to arrive after its end
const AT_LONGEST = 10_000; // ms that a page whose connection is back waits for its run
const looks = new WeakMap(); // by the element they stand in

// Called with what each run says: it has arrived then.
export default function ({ data, parentElement, setTriggerValue }) {
  const look = looks.get(parentElement) ?? begun(parentElement, data);
  const tell = (news) => setTriggerValue("news", news);
  const rests = performance.now() + data.rests * 1000;
  Object.assign(look, data, { told: null, tell, awaits: false, rests });
  release(look);
  return () => {
    clearTimeout(look.timer);
    look.ends.abort();
    release(look);
    looks.delete(parentElement);
  };
}

function begun(element, { every }) {
  const look = { quiet: performance.now(), ends: new AbortController(), turn: 0 };
  const { signal } = look.ends;
  const press = () => (look.pressed = performance.now());
  for (const name of PRESSES) addEventListener(name, press, { capture: true, signal });
  const runs = new MutationObserver(() => {
    if (isRunning()) look.awaits = true;
    else look.ended = performance.now();
  });
  runs.observe(app(), { attributeFilter: ["data-test-script-state"] });
  signal.addEventListener("abort", () => runs.disconnect());
  holdWhileItComesBack(look);
  look.timer = setTimeout(ask, every, look);
  looks.set(element, look);
  return look;
}

async function ask(look) {
  const { seen } = look, turn = ++look.turn;
  const told = await fetch(look.where, { cache: "no-store" }).catch(() => null);
  if (told?.status === 401) return location.reload(); // the passphrase is another one now
  const now = await told?.text().catch(() => "");
  if (look.ends.signal.aborted || turn !== look.turn) return;
  const at = performance.now();
  if (now === look.seen) {
    look.quiet = at;
    if (!isRunning()) release(look); // the same server, which goes on without a run
  } else if (now && (isAtWork(look) || seen !== look.seen || !isConnected())) {
    look.timer = setTimeout(ask, SOON, look);
    return;
  } else if (now && now !== look.told && at > look.rests) {
    look.told = now;
    look.tell({ now, since: (at - look.quiet) / 1000 });
  }
  look.timer = setTimeout(ask, look.every, look);
}

// A server that was started anew knows nothing of what stands here until its first run is through:
// a press before that would come to nothing, so that none can be made meanwhile.
function holdWhileItComesBack(look) {
  const lines = new MutationObserver(() => {
    if (!isConnected()) look.wasAway = true;
    else if (look.wasAway) hold(look);
  });
  lines.observe(app(), { attributeFilter: ["data-test-connection-state"] });
  look.ends.signal.addEventListener("abort", () => lines.disconnect());
}

function hold(look) {
  look.wasAway = false;
  if (look.held) return;
  const page = document.querySelector("[data-testid=stAppViewContainer]");
  const line = document.createElement("p");
  line.className = "lw-coming-back";
  line.role = "status";
  line.textContent = "One moment, the page is coming back.";
  page.inert = true;
  document.body.append(line);
  look.held = { page, line, timer: setTimeout(release, AT_LONGEST, look) };
  look.told = null; // what was told while it was away reached nobody
  clearTimeout(look.timer);
  ask(look);
}

function release(look) {
  if (!look.held) return;
  clearTimeout(look.held.timer);
  look.held.line.remove();
  look.held.page.inert = false;
  look.held = null;
}

// The page is just being drawn, mostly because of what one does here oneself: when that ends, all
// of it may be known. What was asked before it began may be older than what is drawn now; how the
// store stood then, and whether the page rests, may come later than the run's end. And a press that
// is just being made would meet a button that moves, or a run that is cut short.
function isAtWork({ pressed, awaits, ended }) {
  const now = performance.now();
  return isRunning() || now - pressed < A_PRESS || (awaits && now - ended < AT_MOST);
}

function isConnected() {
  return app().dataset.testConnectionState === "CONNECTED";
}

function isRunning() {
  const { testScriptState } = app().dataset;
  return ["running", "rerunRequested", "stopRequested"].includes(testScriptState);
}

function app() {
  return document.querySelector("[data-testid=stApp]");
}
