/** The pages of what is kept: one touch says everything, an ear beside each thing says that. */

import { Player, silence } from "./player.js";

const player = new Player();
const root = /** @type {HTMLElement} */ (document.querySelector('[data-module="me"]'));
const all = /** @type {HTMLButtonElement} */ (document.querySelector('[data-control="hear-all"]'));
const parts = [...root.querySelectorAll("[data-said]")];

/** @param {Element} part */
const steps = (part) => [...part.querySelectorAll("audio")].map(({ src }) => ({
  audio: src,
  on: part,
  begin: () => part.scrollIntoView({ block: "nearest" }),
}));

const say = (what) => {
  player.unlock(silence());
  player.say(what.flatMap(steps));
};

root.dataset.voice = "yes";
all.hidden = false;
all.addEventListener("click", () => say(parts));
for (const part of parts) {
  const ear = part.querySelector('[data-control="ear"]');
  if (ear && part.querySelector("audio")) {
    ear.hidden = false;
    ear.addEventListener("click", () => say([part]));
  }
}
