// What a page sees of itself: when its first bar stands, and how a key on a slider becomes paint.
(() => {
  const BARS = '[data-testid="stVegaLiteChart"] g.mark-rect path';
  const PATIENCE = 10_000; // ms
  const probe = (window.probe = { firstBar: null });
  let pressed, sent, received;

  // The marks' own outlines: Streamlit touches many nodes at every run without moving a bar.
  const outlines = (marks) =>
    Array.from(document.querySelectorAll(marks), (mark) => mark.getAttribute("d")).join();

  const onceDrawn = (isThere, then) => {
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      then(performance.now());
    });
    const drawing = { subtree: true, childList: true, attributeFilter: ["d"] };
    observer.observe(document, drawing);
  };

  // A message posted in a frame arrives when that frame is painted.
  const afterPaint = (then) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(performance.now());
      port2.postMessage(null);
    });

  // From now on: `probe.move` is the next change of these marks, in ms since the key went down.
  probe.watch = (marks) => {
    const before = outlines(marks);
    [pressed, sent, received] = [null, [], []];
    probe.move = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("The chart did not follow the key.")), PATIENCE);
      const isMoved = () => ![before, ""].includes(outlines(marks));
      onceDrawn(isMoved, (drawn) =>
        afterPaint((painted) => onceStill((still) => resolve(told(drawn, painted, still)))),
      );
    });
  };

  // What a run sends is all drawn when the page says that the run is over.
  const onceStill = (then) => {
    const app = document.querySelector("[data-testid=stApp]");
    const isStill = () => app.dataset.testScriptState === "notRunning";
    const look = () => {
      if (!isStill()) return;
      observer.disconnect();
      afterPaint(then);
    };
    const observer = new MutationObserver(look);
    observer.observe(app, { attributeFilter: ["data-test-script-state"] });
    look();
  };

  const told = (drawn, painted, still) => ({
    sent: sent[0] - pressed,
    answered: received[0].at - pressed,
    drawn: drawn - pressed,
    painted: painted - pressed,
    still: still - pressed,
    messages: received.length,
    bytes: received.reduce((sum, message) => sum + message.bytes, 0),
  });

  const onKey = (event) => {
    if (event.isTrusted) pressed ??= event.timeStamp;
  };
  addEventListener("keydown", onKey, { capture: true });

  window.WebSocket = class extends WebSocket {
    constructor(...where) {
      super(...where);
      this.addEventListener("message", ({ data }) =>
        received?.push({ at: performance.now(), bytes: data.byteLength ?? data.size ?? data.length }),
      );
    }

    send(data) {
      sent?.push(performance.now());
      super.send(data);
    }
  };

  onceDrawn(
    () => outlines(BARS),
    (drawn) => (probe.firstBar = drawn),
  );
})();
