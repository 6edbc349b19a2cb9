import(new URL("/app/scripts/home_screen.js", location.origin)); // once, and never in the way

// Marks each text area as soon as it is drawn: what stands in it when the page rests is written
// into the browser's profile otherwise, whether it is typed or only shown.
const drawn = new MutationObserver(mark);

export default function () {
  drawn.observe(document.body, { childList: true, subtree: true });
  mark();
  return () => drawn.disconnect();
}

function mark() {
  for (const area of document.querySelectorAll("textarea:not([autocomplete])"))
    area.setAttribute("autocomplete", "off");
}
