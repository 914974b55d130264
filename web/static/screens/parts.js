/** What went well and what to practice, by learning outcome, with its reasons; and what people say. */

import { image, picture } from "../stage.js";

const PICTURES = {
  LO1: "q-introduction", LO2: "bottle-whole", LO3: "bucket", LO4: "clock-ten",
  LO5: "plan-flat", LO8: "ui-room-need", LO9: "ui-room-instruction",
};
const PAUSE_MS = 500;

/** Each part says its first sentence; touched, it says everything. Nothing here counts. */
export async function parts(app) {
  const { phrases, player, stage } = app;
  const { by_learning_outcome: all = [], comments, badge } = app.outcome;
  const root = stage.show("parts");
  const told = all.filter(({ say }) => say.length);
  const tiles = told.map((part) => tile(app, part));
  tiles.forEach((button, n) => { button.onclick = () => player.say(told[n].say.map((sound) => ({ ...sound, on: button }))); });
  root.querySelector('[data-part="parts"]').append(...tiles);
  const people = stage.control("comments");
  people.hidden = !comments.length;
  const said = comments.map((sound) => ({ ...sound, on: people }));
  people.onclick = () => player.say(said);
  stage.narrate(() => [
    ...told.map(({ say }, n) => ({ ...say[0], on: tiles[n], pause: PAUSE_MS })),
    tiles.length ? phrases.step("result.parts", { on: tiles[0] }) : null,
    ...(comments.length ? [phrases.step("result.comment", { on: people }), ...said] : []),
    phrases.step("control.continue", { on: stage.control("continue") }),
  ]);
  return stage.choice({ continue: badge ? "badge" : "back" });
}

/** A learning outcome as a picture, with a thumb where it went well. */
function tile(app, { id, say }) {
  const isGood = say[0].text === app.phrases.text(`result.good.${id}`);
  const button = document.createElement("button");
  button.className = "tile";
  button.dataset.part = id;
  button.setAttribute("aria-label", say[0].text);
  button.append(image(picture(PICTURES[id] ?? "ui-done")), image(picture(isGood ? "ui-yes" : "ui-again"), { className: "sign" }));
  return button;
}
