// Tells the server that the drawer's page is there and whether a hand moved at it, and shows
// nothing of the drawer any more once it is closed or the server does not answer.
const HANDS = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];
const LOST = 2; // answers in a row that did not come
const watches = new WeakMap(); // by the element they stand in

export default function ({ data, parentElement }) {
  const watch = watches.get(parentElement) ?? begun(parentElement);
  Object.assign(watch, data);
  return () => {
    clearTimeout(watch.timer);
    watch.ends.abort();
    watches.delete(parentElement);
  };
}

function begun(element) {
  const watch = { moved: Date.now(), lost: 0, told: 0, ends: new AbortController() };
  const { signal } = watch.ends;
  const move = (event) => event.isTrusted && (watch.moved = Date.now());
  for (const name of HANDS) addEventListener(name, move, { capture: true, passive: true, signal });
  watch.timer = setTimeout(look, 0, watch);
  watches.set(element, watch);
  return watch;
}

async function look(watch) {
  const now = Date.now();
  const idle = now - watch.moved >= watch.idle;
  const body = idle ? "closed" : watch.moved >= watch.told ? "moved" : "";
  watch.told = now;
  const answer = await fetch(watch.where, { method: "POST", body }).catch(() => null);
  const closed = (await answer?.text().catch(() => "")) === "closed";
  if (watch.ends.signal.aborted) return;
  watch.lost = answer ? 0 : watch.lost + 1;
  if (watch.lost >= LOST || (idle && !answer)) return leave(watch);
  if (idle || closed) return location.reload();
  watch.timer = setTimeout(look, watch.every, watch);
}

// The page goes as a whole, with all that its script still held.
function leave({ said }) {
  const sentence = document.createElement("p");
  sentence.textContent = said;
  const again = document.createElement("a");
  again.href = location.href;
  again.textContent = "Try again";
  const page = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Leavewell</title><body style="font: 1.1rem sans-serif; margin: 15vh auto; width: 90%;
    max-width: 30rem">${sentence.outerHTML}${again.outerHTML}`;
  location.replace(URL.createObjectURL(new Blob([page], { type: "text/html" })));
}
