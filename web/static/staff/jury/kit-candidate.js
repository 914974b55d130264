/** The screens that the candidate sees and hears: one thing to do on each, nothing to read. */

import { touched } from "../../arranging.js";
import { toggled } from "../../tasking.js";
import { made, pictured, sign, soundsOf } from "./kit-parts.js";

/** What is kept as the answer to each kind of task. */
const ANSWERS = {
  listen: () => ({ how: "touch", option: "understood" }),
  choosing: (chosen) => ({ how: "touch", option: chosen[0] }),
  picking: (chosen) => ({ how: "order", options: chosen }),
  arranging: (chosen) => ({ how: "order", options: chosen }),
  asking: () => ({ how: "done" }),
  saying: () => ({ how: "done" }),
};
const IS_TOUCHED = ["choosing", "picking", "arranging"];

/** @returns {HTMLElement} the question whether the voice may be recorded, asked aloud */
export function consentScreen(kit, { sounds, answer }) {
  const ask = kit.words["jury.record"];
  const word = (name) => kit.words[`control.${name}`].text;
  const hear = () => sounds.play(soundsOf(ask));
  return made("section", { class: "candidate", "aria-label": "A question to the candidate" },
    made("img", { src: sign("microphone"), alt: "", width: 120, height: 120 }),
    made("p", { lang: kit.help_language, class: "said" }, ask.text),
    pictured("play", { picture: sign("employer"), name: word("play"), onclick: hear }),
    made("div", { class: "pair" },
      pictured("no", { picture: sign("no"), name: word("no"), onclick: () => answer(false), kind: "quiet" }),
      pictured("yes", { picture: sign("yes"), name: word("yes"), onclick: () => answer(true) })),
    forJury([ask.text, "Where no sound is heard, one of you asks it. Without a yes nothing is recorded."]));
}

/**
 * One task of the candidate.
 * @param {any} kit
 * @param {any} step
 * @param {{sounds: import("./kit-parts.js").Sounds, voice: HTMLElement|null, answer: (answer: any) => void}} parts
 */
export function stepScreen(kit, step, { sounds, voice, answer }) {
  const word = (name) => kit.words[`control.${name}`].text;
  const plays = { plays_normal: 0, plays_slow: 0 };
  const say = (pace) => {
    plays[`plays_${pace}`] += 1;
    return sounds.play(step.says.flatMap((said) => soundsOf(said, pace)));
  };
  const done = pictured("done", {
    picture: sign("next"), name: word("continue"), kind: "go",
    onclick: () => { sounds.stop(); answer({ ...ANSWERS[step.kind](chosen()), ...plays }); },
  });
  const board = IS_TOUCHED.includes(step.kind) ? new Board(step, { sounds, done }) : null;
  const chosen = () => board?.chosen ?? [];
  const ways = made("div", { class: "ways-to-hear" },
    step.says.length ? pictured("play", { picture: sign("employer"), name: word("play"), onclick: () => say("normal") }) : null,
    step.says.length ? pictured("slow", { picture: sign("tortoise"), name: word("slow"), onclick: () => say("slow") }) : null,
    pictured("help", { picture: sign("help-person"), name: word("help"), onclick: () => sounds.play(soundsOf(step.help)) }));
  return made("section", { class: "candidate", "data-step": step.id, "data-kind": step.kind, "aria-label": "A task of the candidate" },
    made("img", { src: step.plan ?? step.picture, alt: "", width: step.plan ? 200 : 120, height: step.plan ? 200 : 120 }),
    ways,
    board?.root ?? null,
    voice,
    done,
    forJury([`To do: ${step.to_do}`], lines(kit, step), questions(step, sounds, kit.employer_language)));
}

/** Pictures to touch: one, several, or all in an order. */
class Board {
  #step;
  #done;
  #sounds;
  #buttons;
  chosen = [];

  constructor(step, { sounds, done }) {
    this.#step = step;
    this.#sounds = sounds;
    this.#done = done;
    this.chosen = [...step.kept];
    this.#buttons = new Map(step.options.map((option) => [option.id, this.#button(option)]));
    this.root = made("div", { class: "options", role: "group", "aria-label": step.help.text }, ...this.#buttons.values());
    this.#show();
  }

  #button(option) {
    const image = made("img", { src: option.picture, alt: "", width: 96, height: 96 });
    return made("button", {
      type: "button", class: "option", "data-option": option.id, "aria-label": option.name.text, "aria-pressed": "false",
      onclick: () => this.#touch(option),
    }, image);
  }

  #touch(option) {
    this.#sounds.play(soundsOf(option.name));
    const { kind, kept } = this.#step;
    if (kind === "arranging") this.chosen = touched(this.chosen, option.id, { kept }).order;
    else this.chosen = toggled(this.chosen, option.id, { most: kind === "choosing" ? 1 : Infinity });
    this.#show();
  }

  #show() {
    for (const [id, button] of this.#buttons) {
      const place = this.chosen.indexOf(id);
      button.setAttribute("aria-pressed", String(place >= 0));
      if (this.#step.kind === "arranging" && place >= 0) button.dataset.place = String(place + 1);
      else delete button.dataset.place;
    }
    this.#done.hidden = this.chosen.length === 0;
  }
}

/** The lines that a juror may say, and the questions to listen for. */
function forJury(lines, ...more) {
  return made("details", { class: "jurors" },
    made("summary", {}, "For the jury"),
    ...lines.filter(Boolean).map((line) => made("p", {}, line)),
    ...more.filter(Boolean));
}

/** What the employer says, for a juror to say where no sound is heard. */
export function lines(kit, step) {
  const said = step.lines.map((line) => made("p", {},
    made("q", { lang: kit.employer_language }, line.text),
    line.meaning ? made("span", { class: "meaning" }, line.meaning) : null));
  return made("div", {}, ...said);
}

function questions(step, sounds, language) {
  if (!step.questions.length) return null;
  const isAsked = step.kind === "asking";
  const rows = step.questions.map((question) => made("li", {},
    made("img", { src: question.picture, alt: "", width: 48, height: 48 }),
    made("span", {}, question.name.text, question.answer ? made("q", { lang: language }, question.answer.text) : ""),
    isAsked && question.answer ? made("button", {
      type: "button", class: "quiet", "data-question": question.id, onclick: () => sounds.play(soundsOf(question.answer)),
    }, "The employer answers", made("span", { class: "unseen" }, `: ${question.name.text}`)) : null));
  const title = isAsked ? "When this is asked, let the employer answer:" : "Listen for:";
  return made("div", {}, made("p", {}, title), made("ul", { class: "listen-for" }, ...rows));
}
