import { initAll, ExitThisPage } from "asset:govuk.js";

// “Exit this page” leaves the start page behind in the history, so that the browser's Back does not lead to what the reader had to hide.
const exitPage = ExitThisPage.prototype.exitPage;
ExitThisPage.prototype.exitPage = function () {
  history.replaceState(null, "", "/");
  exitPage.call(this);
};

initAll();

// Only pages on which somebody fills in a form need the rest.
if (document.querySelector("[data-away], [data-place], [data-autocomplete]")) import("asset:forms.js");
if (document.querySelector("[data-tiles]")) import("asset:forms-map.js");
if (document.querySelector("[data-flow]")) import("asset:flow-map.js");
