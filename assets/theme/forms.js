// Helps that a form does well without: a warning before its answers are hidden, "where I am now" for a place, and typing instead of a long list.
const away = document.querySelector("[data-away]");
if (away) {
  const hide = () => location.replace(away.dataset.away);
  let warning, timer, told = Date.now();
  const start = (passed = 0) => {
    clearTimeout(timer);
    warning?.remove();
    warning = undefined;
    timer = setTimeout(warn, Number(away.dataset.awayAfter) * 1000 - passed);
  };
  // The server has a clock of its own; where it has hidden the answers already, so does the page.
  const stay = async () => {
    told = Date.now();
    const headers = { RequestVerificationToken: away.querySelector("input").value };
    const answer = await fetch(away.dataset.awayStay, { method: "POST", headers }).catch(() => undefined);
    if (answer?.status === 409) hide();
  };
  const warn = () => {
    warning = document.createElement("div");
    warning.className = "app-away";
    warning.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.className = "govuk-body";
    text.textContent = away.dataset.awayText;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button";
    button.textContent = away.dataset.awayButton;
    button.addEventListener("click", () => {
      start();
      stay();
    });
    warning.append(text, button);
    document.getElementById("main-content").prepend(warning);
    timer = setTimeout(hide, Number(away.dataset.awayWarn) * 1000);
    button.focus();
  };
  // The server has counted since it was asked for the page, however late this script came.
  start(performance.now());
  // Who types is there, however long one page takes.
  document.addEventListener("input", () => {
    if (Date.now() - told < 60_000) return;
    start();
    stay();
  });
}

for (const place of document.querySelectorAll("[data-place]")) {
  if (!("geolocation" in navigator)) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = place.dataset.placeButton;
  const name = CSS.escape(place.dataset.place);
  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
    place.querySelector(`#${name}\\.latitude`).value = coords.latitude.toFixed(6);
    place.querySelector(`#${name}\\.longitude`).value = coords.longitude.toFixed(6);
    place.dispatchEvent(new Event("change"));
  }));
  place.append(button);
}

// The browser's own list of suggestions: it knows keys and screen readers. What is sent is the choice's value, and what is on no list is sent as typed, for the server to say so.
for (const select of document.querySelectorAll("select[data-autocomplete]")) {
  const choices = [...select.options].filter((option) => option.value);
  const plain = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();
  const input = document.createElement("input");
  input.type = "text";
  input.id = select.id;
  input.className = select.classList.contains("govuk-select--error") ? "govuk-input govuk-input--error" : "govuk-input";
  input.autocomplete = "off";
  input.spellcheck = false;
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const list = document.createElement("datalist");
  list.id = `${select.id}-list`;
  list.append(...choices.map((choice) => new Option("", choice.text.trim())));
  input.setAttribute("list", list.id);
  const sent = document.createElement("input");
  sent.type = "hidden";
  sent.name = select.name;
  const take = () => {
    const typed = plain(input.value);
    sent.value = choices.find((choice) => plain(choice.text) === typed)?.value ?? input.value.trim();
  };
  input.value = choices.find((choice) => choice.selected)?.text.trim() ?? select.dataset.typed ?? "";
  take();
  input.addEventListener("input", take);
  // A page that comes back by the Back button has what was typed, and no event for it.
  window.addEventListener("pageshow", take);
  select.replaceWith(input, list, sent);
}
