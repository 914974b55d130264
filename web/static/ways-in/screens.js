/** The screens of the ways in. */

import { remember } from "../memory.js";
import { language as choose } from "../screens/languages.js";
import { loadPhrases, untilAnswered } from "../screens/trouble.js";
import { image, picture } from "../stage.js";
import { knock } from "./knocking.js";
import { empty, isFull, next, shuffled, unforeseen } from "./pad.js";

/** One huge button: its touch unlocks the sound, and a preview never touches it. */
async function start(door, quiet) {
  door.stage.show("start");
  await door.stage.choice({ start: "touched" });
  door.player.unlock(quiet);
  if (door.page.way === "kiosk") return { event: "choose" };
  if (!door.key && door.page.way === "card") return { event: "choose" };
  await loadPhrases(door, door.key?.language ?? door.page.help_languages[0].code);
  if (door.key) return { event: door.page.way };
  door.said = "link.closed";
  return { event: "told" };
}

async function language(door) {
  await choose(door);
  if (door.page.way !== "kiosk") return { event: "camera" };
  if (door.page.is_known) return { event: "kiosk" };
  door.said = "kiosk.unknown";
  return { event: "told" };
}

/** Somebody has a card: the phone's own camera opens it. */
async function camera(door) {
  const root = door.stage.show("camera");
  door.stage.narrate(() => [door.phrases.step("card.camera", { on: root.querySelector(".scene") })]);
  return door.stage.choice({ back: "touched" });
}

/** The pictures, in another order each time: touching says the name, the green button takes it. */
async function pad(door) {
  const root = door.stage.show("pad");
  const { stage, phrases, page } = door;
  const words = page.words[phrases.language] ?? {};
  const buttons = shuffled(page.tools, unforeseen).map((tool) => key(tool, words[tool]));
  root.querySelector('[data-part="keys"]').append(...buttons);
  const isCard = page.way === "card";
  const asked = isCard ? "card.pictures" : "kiosk.pictures";
  const first = [door.said, isCard && !door.wasWarned ? "card.alone" : null].filter(Boolean).map((one) => phrases.step(one));
  door.said = null;
  door.wasWarned = true;
  stage.narrate(() => [...first.splice(0), phrases.step(asked), phrases.step("card.hear")]);
  const taken = await touched(door, { buttons, words });
  return entered(door, taken);
}

function key(tool, word) {
  const button = document.createElement("button");
  button.className = "key";
  button.dataset.tool = tool;
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-label", word?.text ?? tool);
  button.append(image(picture(tool)));
  return button;
}

/** @returns {Promise<ReadonlyArray<string>>} the pictures, once there are enough of them */
function touched(door, { buttons, words }) {
  const { stage, player, phrases } = door;
  let state = empty(door.page.length);
  const show = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.tool === state.touched));
    stage.control("take").hidden = state.touched === null;
    stage.control("undo").hidden = state.touched === null && state.taken.length === 0;
    slots(state);
  };
  return new Promise((resolve) => {
    const fire = (event) => {
      state = next(state, event);
      show();
      if (isFull(state)) resolve(state.taken);
    };
    for (const button of buttons) {
      const { tool } = button.dataset;
      const take = () => (state.taken.length ? null : phrases.step("card.take", { on: stage.control("take") }));
      button.onclick = () => { fire({ touch: tool }); player.say([{ ...words[tool], on: button }, take()]); };
    }
    stage.control("take").onclick = () => {
      player.stop();
      fire({ take: true });
      if (!isFull(state)) player.say([phrases.step("card.following")]);
    };
    stage.control("undo").onclick = () => { player.stop(); fire({ undo: true }); };
    show();
  });
}

/** As many dots as pictures are wanted; full ones for those taken. Nobody beside can read them. */
function slots({ taken, length }) {
  const path = document.querySelector('[data-part="path"]');
  path.replaceChildren(...Array.from({ length }, (_, n) => {
    const dot = document.createElement("span");
    dot.className = n < taken.length ? "dot full" : "dot";
    return dot;
  }));
  path.setAttribute("aria-label", `${taken.length} / ${length}`);
  path.hidden = false;
}

async function enter(door) {
  door.stage.show("enter");
  door.stage.narrate(() => [door.phrases.step("link.enter", { on: door.stage.control("enter") })]);
  await door.stage.choice({ enter: "touched" });
  return entered(door, []);
}

/** Knock with what was touched, and see which screen is next. */
async function entered(door, pictures) {
  const { phrases, player, page } = door;
  player.say([phrases.step("card.checking")]);
  const facts = { way: page.way, secret: door.key?.secret, pictures };
  const answer = await untilAnswered(door, () => knock(facts));
  if (answer.phrase) {
    door.said = answer.phrase;
    return { event: answer.event };
  }
  door.told = answer.told;
  const { attempt, help } = answer.told;
  remember(attempt ? { attempt, help, room: null, isTouchOnly: false } : null);
  if (answer.told.has_new_pictures) return { event: "learn" };
  return { event: answer.told.is_kiosk ? "opened" : "phone" };
}

/** On a phone: whose is it? Only the owner's stays signed in. */
async function phone(door) {
  const root = door.stage.show("phone");
  const control = (name) => door.stage.control(name);
  door.stage.narrate(() => [
    door.phrases.step("way-in.welcome", { on: root.querySelector("h1") }),
    door.phrases.step("way-in.mine", { on: control("mine"), pause: 700 }),
    door.phrases.step("way-in.others", { on: control("others") }),
  ]);
  const { event } = await door.stage.choice({ mine: "mine", others: "others" });
  if (event === "mine") await untilAnswered(door, () => knock({ way: "stay" }));
  return { event: "answered" };
}

/** New pictures, told once: each is named in its order, as often as wanted. */
async function learn(door) {
  const { phrases, page } = door;
  const { pictures, phrase } = await untilAnswered(door, () => knock({ way: "pictures" }));
  door.said = phrase ?? null;
  if (phrase) return { event: "told" };
  door.stage.show("learn");
  const words = page.words[phrases.language] ?? {};
  const drawings = pictures.map((tool) => image(picture(tool)));
  document.querySelector('[data-part="pictures"]').append(...drawings);
  door.stage.narrate(() => [
    phrases.step("pictures.secret"),
    ...pictures.map((tool, n) => ({ ...words[tool], on: drawings[n], pause: 900 })),
    phrases.step("pictures.learn", { on: door.stage.control("hear") }),
  ]);
  return door.stage.choice({ continue: "understood" });
}

async function welcome(door) {
  door.stage.show("welcome");
  door.stage.narrate(() => [door.phrases.step("way-in.welcome", { on: door.stage.control("continue") })]);
  return door.stage.choice({ continue: "touched" });
}

/** What opens nothing: said kindly, with somebody to ask. */
async function closed(door) {
  const root = door.stage.show("closed");
  const phrase = door.said;
  door.said = null;
  root.querySelector("h1").textContent = door.phrases.text(phrase);
  door.stage.narrate(() => [door.phrases.step(phrase, { on: root.querySelector(".scene") })]);
  return door.stage.choice({ again: "again", back: "home" });
}

/** @type {Record<string, (door: any, quiet: string) => Promise<{event: string}>>} */
export const SCREENS = { start, language, camera, pad, enter, phone, learn, welcome, closed };
