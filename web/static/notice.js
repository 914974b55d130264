/** The page of the notice: one touch says everything, and shows what it is about. */

import { Player, silence } from "./player.js";

const player = new Player();
const button = /** @type {HTMLButtonElement} */ (document.querySelector('[data-control="hear-all"]'));
const cards = [...document.querySelectorAll("[data-card]")];

const step = (card) => ({
  audio: card.querySelector("audio")?.src,
  on: card,
  begin: () => card.scrollIntoView({ block: "center" }),
});

button.hidden = false;
button.onclick = () => {
  player.unlock(silence());
  player.say(cards.map(step));
};
document.querySelector('[data-module="notice"]').dataset.voice = "yes";
for (const card of cards) {
  card.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLAudioElement) player.stop();
    else player.say([step(card)]);
  });
}
