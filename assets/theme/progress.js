// Without this script the page has a link to look again. With it, what an import has come to is renewed by itself, and the page once it has ended.
const every = 1500;

async function look() {
  const shown = document.getElementById("progress");
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("progress");
      if (!now || !now.dataset.underWay) {
        location.reload();
        return;
      }
      if (now.textContent !== shown.textContent) shown.replaceChildren(...now.childNodes);
    }
  } catch {
    // The program may be starting again: it is asked once more.
  }
  setTimeout(look, every);
}

if (document.getElementById("progress")?.dataset.underWay) setTimeout(look, every);
