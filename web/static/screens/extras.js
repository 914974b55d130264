/** What a person may allow besides the test: a question a screen, once, and a no changes nothing. */

import { ConsentForm } from "../consent-form.js";

export async function extras(app) {
  const answer = await app.api.openConsents();
  const questions = app.api.isFine(answer) ? answer.body.questions : [];
  for (const [n, question] of questions.entries()) await ask(app, question, { isFirst: n === 0 });
  if (questions.length) await app.player.say([app.phrases.step("consent.thanks")]);
  return { event: "answered" };
}

async function ask(app, { purpose, phrase, picture }, { isFirst }) {
  const { phrases, player, recorder, stage } = app;
  const root = stage.show("extras");
  const language = `?lang=${phrases.language}`;
  const address = `/consents/${purpose}`;
  const form = root.querySelector("form");
  form.action = `${address}${language}`;
  root.querySelector('[data-part="scene"]').src = picture;
  const asked = {
    question: phrase,
    before: isFirst ? ["consent.open"] : [],
    after: ["consent.no-harm"],
    recordings: `${address}/recordings`,
    refusal: `${address}/refusal${language}`,
  };
  const status = (text) => stage.status(text);
  const isTouchOnly = Boolean(app.memory.isTouchOnly);
  const consent = new ConsentForm(form, asked, { phrases, player, recorder, status, isTouchOnly });
  stage.onAsk(() => consent.hear());
  await new Promise((resolve) => { consent.onDone = resolve; consent.hear(); });
  recorder.onState = () => {};
  recorder.onLevel = () => {};
  recorder.fire("reset");
}
