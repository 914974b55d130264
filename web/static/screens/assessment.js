/** What to show: one of the micro-competences; and whether to look, to learn or to begin. */

import { image, picture } from "../stage.js";
import { loadPhrases } from "./trouble.js";

/** The one to begin with, unless something else was chosen: it is about the employer's language. */
const FIRST = "MC3";
const PAUSE_MS = 700;

/** A badge to win, spoken; only the green button moves on. */
function tile(app, { code }) {
  const button = document.createElement("button");
  button.className = "tile";
  button.dataset.assessment = code;
  button.setAttribute("aria-label", app.phrases.text(`assessment.${code}`));
  button.append(image(picture(`ui-badge-${code.toLowerCase()}`)));
  return button;
}

/** The micro-competences this employer's language has; where there is one only, nothing is asked. */
export async function assessment(app) {
  const offered = app.page.assessments.filter(({ employer_languages: spoken }) => spoken.includes(app.chosen.employer));
  if (offered.length > 1) return choose(app, offered);
  return taken(app, offered[0] ?? { code: FIRST, has_doors: false });
}

async function choose(app, offered) {
  const root = app.stage.show("assessment");
  const tiles = offered.map((one) => tile(app, one));
  root.querySelector('[data-part="options"]').append(...tiles);
  const codes = offered.map(({ code }) => code);
  let chosen = [app.chosen.assessment, FIRST, codes[0]].find((code) => codes.includes(code));
  const press = () => tiles.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.assessment === chosen)));
  const spoken = (one) => app.phrases.step(`assessment.${one.dataset.assessment}`, { on: one, pause: PAUSE_MS });
  press();
  app.stage.narrate(() => [
    app.phrases.step("assessment.ask"),
    ...tiles.map(spoken),
    app.phrases.step("language.continue", { on: app.stage.control("continue") }),
  ]);
  for (const one of tiles) {
    one.onclick = () => {
      chosen = one.dataset.assessment;
      press();
      app.player.say([spoken(one), app.phrases.step("language.continue", { on: app.stage.control("continue") })]);
    };
  }
  const { event } = await app.stage.choice({ continue: "chosen", back: "back" });
  return event === "back" ? { event } : taken(app, offered.find(({ code }) => code === chosen));
}

function taken(app, { code, has_doors: hasDoors }) {
  app.chosen.assessment = code;
  return { event: hasDoors ? "doors" : "chosen" };
}

/** Three doors: see it done, learn about it, begin. */
export async function doors(app) {
  if (app.phrases.language !== app.chosen.help) await loadPhrases(app, app.chosen.help);
  const root = app.stage.show("doors");
  const { assessment: code, employer, help } = app.chosen;
  root.querySelector('[data-part="badge"]').src = picture(`ui-badge-${code.toLowerCase()}`);
  const names = ["example", "learn", "begin"];
  for (const name of names) app.stage.control(name).querySelector("span").textContent = app.phrases.text(`control.${name}`);
  app.stage.control("learn").href = `/learn/${code}?${new URLSearchParams({ lang: help, employer })}`;
  app.stage.narrate(() => [
    app.phrases.step(`assessment.${code}`, { on: root.querySelector('[data-part="badge"]') }),
    app.phrases.step("assessment.doors"),
    ...names.map((name) => app.phrases.step(`control.${name}`, { on: app.stage.control(name), pause: PAUSE_MS })),
  ]);
  return app.stage.choice({ begin: "begin", example: "example", back: "back" });
}
