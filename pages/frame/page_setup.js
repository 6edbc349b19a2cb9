import(new URL("/app/scripts/home_screen.js", location.origin)); // once, and never in the way

// Marks each text area as soon as it is drawn: what stands in it when the page rests is written
// into the browser's profile otherwise, whether it is typed or only shown.
const drawn = new MutationObserver(mark);

export default function () {
  const here = new AbortController();
  drawn.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("click", closeMenu, { signal: here.signal });
  mark();
  return () => (drawn.disconnect(), here.abort());
}

function mark() {
  for (const area of document.querySelectorAll("textarea:not([autocomplete])"))
    area.setAttribute("autocomplete", "off");
}

// On a narrow screen the menu lies over the page that was chosen in it.
function closeMenu({ target }) {
  if (!target.closest?.('[data-testid="stSidebarNavLink"]') || !matchMedia("(max-width: 768px)").matches) return;
  // Once the link itself has been followed.
  setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] [aria-expanded="true"]')?.click());
}
