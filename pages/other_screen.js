// Asks once a second how often the store has changed, and speaks up only when that is news.
const SOON = 100; // ms until it is asked again whether the page stands
const PRESSES = ["pointerdown", "click", "change"];
const A_PRESS = 400; // ms that a press takes until the page is at work on it
const AT_MOST = 2000; // ms that what a run drew may take to arrive after its end
const looks = new WeakMap(); // by the element they stand in

export default function ({ data, parentElement, setTriggerValue }) {
  const look = looks.get(parentElement) ?? { quiet: performance.now() };
  const tell = (news) => setTriggerValue("news", news);
  Object.assign(look, data, { told: null, awaits: false, tell });
  if (!looks.has(parentElement)) {
    looks.set(parentElement, look);
    look.press = () => (look.pressed = performance.now());
    for (const press of PRESSES) addEventListener(press, look.press, true);
    look.runs = new MutationObserver(() => {
      if (isRunning()) look.awaits = true;
      else look.ended = performance.now();
    });
    look.runs.observe(app(), { attributes: true, attributeFilter: ["data-test-script-state"] });
    look.timer = setTimeout(ask, data.every, look);
  }
  return () => {
    clearTimeout(look.timer);
    for (const press of PRESSES) removeEventListener(press, look.press, true);
    look.runs.disconnect();
    look.gone = true;
    looks.delete(parentElement);
  };
}

async function ask(look) {
  const { seen } = look;
  const told = await fetch(look.where, { cache: "no-store" }).catch(() => null);
  if (told?.status === 401) return location.reload(); // the passphrase is another one now
  const now = await told?.text().catch(() => "");
  if (look.gone) return;
  const at = performance.now();
  if (now === look.seen) look.quiet = at;
  else if (now && (isAtWork(look) || seen !== look.seen)) {
    look.timer = setTimeout(ask, SOON, look);
    return;
  } else if (now && now !== look.told && !look.rests) {
    look.told = now;
    look.tell({ now, since: (at - look.quiet) / 1000 });
  }
  look.timer = setTimeout(ask, look.every, look);
}

// The page is just being drawn, mostly because of what one does here oneself: when that ends, all
// of it may be known. What was asked before it began may be older than what is drawn now, and how
// the store stood then, and whether the page rests, may come later than the run's end. And a press
// that is just being made would be lost: on a button that moves, in a run that is cut short.
function isAtWork({ pressed, awaits, ended }) {
  const now = performance.now();
  return isRunning() || now - pressed < A_PRESS || (awaits && now - ended < AT_MOST);
}

function isRunning() {
  const { testScriptState } = app()?.dataset ?? {};
  return ["running", "rerunRequested", "stopRequested"].includes(testScriptState);
}

function app() {
  return document.querySelector("[data-testid=stApp]");
}
