/** The two languages: the one that helps, and the one the employer speaks. */

import { image, picture } from "../stage.js";
import { loadPhrases } from "./trouble.js";

const nameOf = (app, code) => (
  app.page.help_languages.find((language) => language.code === code)?.own_name
  ?? new Intl.DisplayNames([code], { type: "language" }).of(code)
);

/** A choice of one: a big button with a picture and the language's own name. */
function choice(app, { code, source }) {
  const button = document.createElement("button");
  const name = document.createElement("span");
  button.className = "choice";
  button.dataset.code = code;
  button.setAttribute("aria-pressed", "false");
  name.lang = code;
  name.textContent = nameOf(app, code);
  button.append(image(picture(source)), name);
  return button;
}

/** Touching selects and speaks; only the green button moves on. */
function pressOne(root, chosen) {
  for (const button of root.querySelectorAll("[data-code]")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
}

/** The help language: each is spoken in itself; touching says it again. */
export async function language(app) {
  const root = app.stage.show("language");
  const list = root.querySelector('[data-part="choices"]');
  const buttons = app.page.help_languages.map(({ code }) => choice(app, { code, source: "ui-ear" }));
  list.append(...buttons);
  const spoken = (code) => {
    const { own_name: text, audio } = app.page.help_languages.find((one) => one.code === code);
    return { text, audio, on: list.querySelector(`[data-code="${code}"]`) };
  };
  app.stage.narrate(() => app.page.help_languages.map(({ code }) => ({ ...spoken(code), pause: 700 })));
  for (const button of buttons) button.onclick = () => select(app, { button, root: list, spoken });
  return app.stage.choice({ continue: "chosen" });
}

async function select(app, { button, root, spoken }) {
  const { code } = button.dataset;
  app.chosen.help = code;
  pressOne(root, button);
  const said = app.player.say([spoken(code)]);
  const answer = await app.api.phrases(code);
  if (!button.isConnected || app.chosen.help !== code || !app.api.isFine(answer)) return;
  app.phrases.load(answer.body, app.player);
  app.stage.name();
  app.stage.control("continue").hidden = false;
  app.stage.control("help").hidden = false;
  const isSaid = await said;
  if (isSaid && button.isConnected) {
    app.player.say([app.phrases.step("language.continue", { on: app.stage.control("continue") })]);
  }
}

/** The language the employer speaks. */
export async function employer(app) {
  if (app.phrases.language !== app.chosen.help) await loadPhrases(app, app.chosen.help);
  const root = app.stage.show("employer");
  const list = root.querySelector('[data-part="choices"]');
  const buttons = app.page.employer_languages.map(({ code }) => choice(app, { code, source: "ui-employer" }));
  list.append(...buttons);
  const spoken = (button) => app.phrases.employer(button.dataset.code, { on: button, pause: 700 });
  app.stage.control("back").setAttribute("aria-label", app.phrases.text("control.back"));
  app.stage.narrate(() => [app.phrases.step("employer.ask"), ...buttons.map(spoken)]);
  for (const button of buttons) {
    button.onclick = () => {
      app.chosen.employer = button.dataset.code;
      pressOne(list, button);
      app.stage.control("continue").hidden = false;
      app.player.say([spoken(button), app.phrases.step("language.continue", { on: app.stage.control("continue") })]);
    };
  }
  return app.stage.choice({ continue: "chosen", back: "back" });
}
