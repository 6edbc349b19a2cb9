// Asks once a second how often the store has changed, and speaks up only when that is news.
const SOON = 100; // ms until it is asked again whether the page stands
const looks = new WeakMap(); // by the element they stand in

export default function ({ data, parentElement, setTriggerValue }) {
  const look = looks.get(parentElement) ?? { quiet: performance.now() };
  Object.assign(look, data, { told: null, tell: (news) => setTriggerValue("news", news) });
  if (!looks.has(parentElement)) {
    looks.set(parentElement, look);
    look.timer = setTimeout(ask, data.every, look);
  }
  return () => {
    clearTimeout(look.timer);
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
  else if (now && (isAtWork() || seen !== look.seen)) {
    look.timer = setTimeout(ask, SOON, look);
    return;
  } else if (now && now !== look.told && !look.rests) {
    look.told = now;
    look.tell({ now, since: (at - look.quiet) / 1000 });
  }
  look.timer = setTimeout(ask, look.every, look);
}

// The page is just being drawn, mostly because of what one does here oneself: when that ends, all
// of it may be known. What was asked before it began may be older than what is drawn now.
function isAtWork() {
  const { testScriptState } = document.querySelector("[data-testid=stApp]")?.dataset ?? {};
  return ["running", "rerunRequested", "stopRequested"].includes(testScriptState);
}
