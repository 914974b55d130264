/** When the network or the machine has trouble: say so kindly, keep everything, try again. */

import { image, picture } from "../stage.js";

const AGAIN_MS = 5000;
/** Held here because they cannot be fetched when they are needed. @type {HTMLImageElement[]} */
const ahead = [];

/** Resolves when the person touches again, the network is back, or some seconds are over. */
function nextTry(app) {
  const stop = new AbortController();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, AGAIN_MS);
    const go = () => { clearTimeout(timer); stop.abort(); resolve(undefined); };
    addEventListener("online", go, { signal: stop.signal });
    app.stage.control("continue").onclick = go;
  });
}

/**
 * Ask until there is an answer. Meanwhile the trouble is on the screen, said once.
 * @template T
 * @param {any} app
 * @param {() => Promise<T|null>} attempt null when it has to be tried again
 * @returns {Promise<T>}
 */
export async function untilAnswered(app, attempt) {
  let answer = await attempt();
  if (answer !== null) return answer;
  const phrase = navigator.onLine === false ? "trouble.network" : "trouble.machine";
  const root = app.stage.show("trouble");
  root.querySelector('[data-part="title"]').textContent = app.phrases.text(phrase) || "…";
  root.querySelector('[data-part="scene"]').src = picture(phrase === "trouble.network" ? "ui-network-lost" : "ui-wait");
  app.stage.narrate(() => [app.phrases.step(phrase)]);
  while (answer === null) {
    await nextTry(app);
    answer = await attempt();
  }
  if (phrase === "trouble.network") await app.player.say([app.phrases.step("trouble.back")]);
  return answer;
}

/** @param {any} app @param {string} language */
export async function loadPhrases(app, language) {
  await untilAnswered(app, async () => {
    const answer = await app.api.phrases(language);
    if (app.api.isFine(answer)) app.phrases.load(answer.body, app.player);
    return app.api.isFine(answer) ? true : null;
  });
}

/** Fetch what a lost network would keep away. */
export function holdPictures() {
  if (ahead.length) return;
  ahead.push(...["ui-network-lost", "ui-wait", "ui-again", "ui-done"].map((name) => image(picture(name))));
}
