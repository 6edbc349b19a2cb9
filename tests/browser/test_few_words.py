"""Few words stand on a step of Sunday: what a tired person reads, and no more."""

from tests.browser.conftest import STEPS, choose, open_the_week, settle

NAVIGATION = "[data-testid=stHeader], .st-key-who-sits, .st-key-steps, .st-key-arrows"
WEEK = ".lw-week"
SLIDERS = ".board"  # seven controls, each with its name and two numbers
QUESTIONS = "[class*=st-key-asked-]"  # as many as a week has
MOST = {STEPS[0]: 74, STEPS[1]: 70, STEPS[2]: 120, STEPS[3]: 70, STEPS[4]: 70}
# Of what is drawn, also by our own components, the words; "4 h 30" and "12:30–14:00" are one each.
COUNT = """skipped => {
  const WORD = /\\d+ (?:h|min)(?: \\d\\d)?(?!\\p{L})|[\\p{L}\\p{N}][\\p{L}\\p{N}:.'’×–-]*/gu;
  const words = [];
  const read = (text) => words.push(...(text.match(WORD) ?? []));
  const walk = (element) => {
    const { display, fontFamily } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const drawn = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (display === "none" || fontFamily.includes("Material")) return; // or an icon
    if (display !== "contents" && (!drawn || width < 2 || height < 2)) return;
    if (element.matches(`${skipped}, style, script`)) return;
    if (element.matches("input:not([type=range], [type=radio], [type=checkbox]), textarea"))
      read(element.value || element.placeholder);
    let run = "";
    for (const node of [...(element.shadowRoot ?? element).childNodes, null]) {
      if (node?.nodeType === Node.TEXT_NODE) run += node.data;
      else {
        if (run) read(run);
        run = "";
        if (node?.nodeType === Node.ELEMENT_NODE) walk(node);
      }
    }
  };
  walk(document.querySelector("[data-testid=stApp]"));
  return words;
}"""
# Names of blocks of which not all is seen.
CUT = """() => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
  .flatMap((one) => [...one.shadowRoot.querySelectorAll(".lw-grab")])
  .filter((grab) => {
    const range = document.createRange(), room = grab.getBoundingClientRect();
    range.selectNodeContents(grab.querySelector("b"));
    const { right, bottom } = range.getBoundingClientRect();
    return right > room.right + 1 || bottom > room.bottom + 1;
  })
  .map((grab) => grab.querySelector("b").textContent)"""


def test_no_step_is_more_words_than_a_tired_person_reads(sample, visit):
    page = visit(sample).open_page("sunday")
    open_the_week(page)
    read = {}
    for step in STEPS:
        choose(page, step)
        settle(page)
        assert [] == page.evaluate(CUT), step
        read[step] = page.evaluate(COUNT, f"{NAVIGATION}, {WEEK}, {SLIDERS}, {QUESTIONS}")

    assert {} == {step: (len(all), all) for step, all in read.items() if len(all) > MOST[step]}
