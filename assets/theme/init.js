import { initAll, ExitThisPage } from "asset:govuk.js";

// “Exit this page” leaves the start page behind in the history, so that the browser's Back does not lead to what the reader had to hide.
const exitPage = ExitThisPage.prototype.exitPage;
ExitThisPage.prototype.exitPage = function () {
  history.replaceState(null, "", "/");
  exitPage.call(this);
};

initAll();
