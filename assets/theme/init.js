import { initAll } from "asset:govuk.js";

initAll();
