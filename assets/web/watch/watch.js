/** Loads the page again as soon as there is a newer one. */
"use strict";

(() => {
  const PAUSE = 300; // milliseconds between two questions
  const shown = document.documentElement.dataset.version;

  const ask = async () => {
    try {
      const answer = await fetch("./version.txt", { cache: "no-store" });
      if (answer.ok && (await answer.text()) !== shown) {
        location.reload();
        return;
      }
    } catch {
      // The server has ended; it may come back.
    }
    setTimeout(ask, PAUSE);
  };
  ask();
})();
