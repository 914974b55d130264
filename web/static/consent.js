/** The pages that ask for a yes: hear, speak and touch. Without this file the touch alone does. */

import { api } from "./api.js";
import { ConsentForm } from "./consent-form.js";
import { Phrases } from "./phrases.js";
import { Player } from "./player.js";
import { Recorder } from "./recorder.js";

const keys = (text) => (text ?? "").split(" ").filter(Boolean);

/** What the page asks, as its form says. */
function asked({ dataset }) {
  const { phrase: question, recordings, refusal } = dataset;
  return { question, recordings, refusal, before: keys(dataset.before), after: keys(dataset.after) };
}

const form = /** @type {HTMLFormElement} */ (document.querySelector('[data-module="consent"]'));
const answer = await api.phrases(document.documentElement.lang);
if (api.isFine(answer)) {
  const phrases = new Phrases();
  const player = new Player();
  const recorder = new Recorder();
  const status = (text) => { form.querySelector('[data-part="status"]').textContent = text; };
  phrases.load(answer.body, new Player());
  player.before = () => recorder.beforeSound();
  player.onText = status;
  new ConsentForm(form, asked(form), { phrases, player, recorder, status }).onDone = ({ url }) => location.assign(url);
}
