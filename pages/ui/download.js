// Fetches a file and hands it to the browser; where none comes, it says why.
const NO_ANSWER = "Leavewell does not answer just now, so no file came. Please press once more.";

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.className = data.kind;
  button.title = data.told;
  button.disabled = data.off;
  button.querySelector("i").textContent = data.icon;
  button.querySelector("span").textContent = data.label;
  button.onclick = () => bring(data, button, parentElement.querySelector("p"));
}

async function bring({ where, name }, button, said) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  said.textContent = "";
  try {
    const answer = await fetch(where, { cache: "no-store" });
    if (answer.ok) save(await answer.blob(), name);
    else said.textContent = await answer.text();
  } catch {
    said.textContent = NO_ANSWER;
  } finally {
    button.ariaBusy = "false";
  }
}

// The link is the document's own: this page may be drawn anew meanwhile.
function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
