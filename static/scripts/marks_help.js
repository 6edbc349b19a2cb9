// What the marks mean: open until Escape or a press elsewhere.
export function beginHelp(help) {
  let opened = new AbortController();
  const shut = () => (help.open = false);
  help.addEventListener("toggle", () => {
    opened.abort();
    if (!help.open) return;
    opened = new AbortController();
    const hears = { signal: opened.signal, capture: true }; // also what goes no further
    addEventListener("pointerdown", (event) => event.composedPath().includes(help) || shut(), hears);
    addEventListener("keydown", ({ key }) => key === "Escape" && shut(), hears);
  });
}
