/** The page that explains: a touched answer is told in sentences, and can be given to a person. */

import { withToken } from "./form-token.js";
import { Player, silence } from "./player.js";

const player = new Player();
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-part="${name}"]`));
const hand = /** @type {HTMLButtonElement} */ (document.querySelector('[data-control="contest"]'));

player.onText = (text) => { part("status").textContent = text; };

/** @param {ReadonlyArray<{audio: string|null, text: string|null}>} said @param {Element} on */
const steps = (said, on) => said.map(({ audio, text }) => ({ audio, text, on }));

async function explain(tile) {
  part("contest").hidden = true;
  player.unlock(silence());
  const answer = await fetch(tile.dataset.explanation);
  if (!answer.ok) return;
  const { say, contest } = await answer.json();
  part("contest").hidden = !contest;
  hand.onclick = () => ask(contest, tile);
  await player.say(steps(say, tile));
}

/** Another person listens; the old verdict is told no more. */
async function ask(address, tile) {
  player.stop();
  const answer = await fetch(address, { method: "POST", headers: withToken() });
  if (!answer.ok) return;
  part("contest").hidden = true;
  tile.querySelector("img").src = "/pictures/ui-help-person.svg";
  await player.say(steps((await answer.json()).say, tile));
}

for (const tile of document.querySelectorAll("[data-explanation]")) tile.addEventListener("click", () => explain(tile));
