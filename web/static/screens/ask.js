/** One question: hear the employer, hear the pictures, answer by touch or by voice. */

import { controls, following, isSpeakSmall, isThanked } from "../answering.js";
import { MOST_TAKES, obstacle } from "../formats.js";
import { rooms } from "../journey.js";
import { Patience } from "../patience.js";
import { SAD, STATES } from "../recorder-states.js";
import { attachSpeakButton } from "../speak-button.js";
import { image } from "../stage.js";
import { showRecorder } from "./microphone.js";
import { Telling, answeredOf } from "./telling.js";

const SENT = "/audio/earcons/sent.mp3";

export async function ask(app) {
  const question = new Question(app);
  const event = await question.answered;
  question.leave();
  return event;
}

class Question {
  #app;
  #item;
  #root;
  #tiles;
  #telling;
  /** @type {string|null} */
  #chosen = null;
  #takes = 0;
  #isBusy = false;
  #isOver = false;
  #patience;
  #resolve;
  answered;

  constructor(app) {
    this.#app = app;
    this.#item = app.state.turn.item;
    this.answered = new Promise((resolve) => { this.#resolve = resolve; });
    this.#patience = new Patience((offer) => this.#offer(offer));
    app.player.prepare([SENT]);
    this.#root = app.stage.show("ask");
    this.#tiles = this.#item.options.map((option, place) => tile(option, place + 1));
    this.#part("options").append(...this.#tiles);
    this.#telling = new Telling(app, { tiles: this.#tiles, options: this.#part("options") });
    if (!this.#telling.isRehearsal) app.stage.path(rooms(app.state.sections, this.#item.category));
    this.#wire();
    this.#begin();
  }

  leave() {
    this.#isOver = true;
    this.#patience.stop();
    this.#app.recorder.onState = () => {};
    this.#app.recorder.onLevel = () => {};
    this.#app.recorder.fire("reset");
  }

  #part(name) { return this.#root.querySelector(`[data-part="${name}"]`); }

  #wire() {
    const { recorder, stage, takes } = this.#app;
    const { attempt } = this.#app.memory;
    recorder.fire("reset");
    recorder.startsAtOnce = true;
    recorder.sink = {
      open: (mime) => takes.open({ attempt, item: this.#item.id, mime }),
      add: (id, piece) => takes.add(id, piece),
      discard: (id) => takes.discard(id),
    };
    recorder.onState = (state) => this.#recorderIs(state);
    recorder.onLevel = (part) => stage.control("speak").style.setProperty("--level", String(part));
    attachSpeakButton(stage.control("speak"), {
      get isSpeaking() { return recorder.isSpeaking; },
      get speakingSince() { return recorder.speakingSince; },
      tap: () => this.#tapSpeak(),
      lift: () => recorder.lift(),
    });
    for (const button of this.#tiles) button.onclick = () => this.#select(button);
    stage.control("hear-me").onclick = () => this.#hearMe();
    stage.control("again").onclick = () => { this.#app.player.stop(); recorder.fire("again"); };
    stage.control("answer").onclick = () => this.#answer();
  }

  async #begin() {
    const { stage } = this.#app;
    const telling = this.#telling;
    const scene = { employer: this.#part("employer"), reveal: () => this.#reveal() };
    const more = { help: () => telling.help(), slow: () => telling.again("slow") };
    const isSaid = await stage.narrate(() => telling.opening(scene), more);
    if (this.#isOver) return;
    this.#reveal();
    stage.onHear(() => this.#say(telling.again("normal")));
    if (isSaid) this.#patience.wait();
  }

  #reveal() {
    const { stage, recorder } = this.#app;
    this.#part("employer").hidden = true;
    this.#part("options").hidden = false;
    this.#showActions(recorder.state);
  }

  /** Say it, and be patient again afterwards. */
  async #say(steps) {
    this.#patience.stop();
    const isSaid = await this.#app.player.say(steps);
    if (isSaid && !this.#isBusy) this.#patience.wait();
    return isSaid;
  }

  #offer(offer) {
    if (this.#isBusy || this.#app.recorder.state !== "idle" || this.#chosen) return Promise.resolve(false);
    return this.#app.player.say(this.#telling.offer(offer));
  }

  /** Touching selects and speaks; a take that was not sent is dropped. */
  #select(button) {
    const { recorder } = this.#app;
    if (this.#isBusy) return;
    if (recorder.state !== "idle") recorder.fire("touch");
    this.#chosen = button.dataset.option;
    for (const other of this.#tiles) other.setAttribute("aria-pressed", String(other === button));
    this.#showActions(recorder.state);
    this.#say(this.#telling.touched(this.#chosen));
  }

  #tapSpeak() {
    this.#patience.stop();
    this.#app.player.stop();
    this.#clearChosen();
    this.#app.recorder.tap();
  }

  #clearChosen() {
    this.#chosen = null;
    for (const button of this.#tiles) button.setAttribute("aria-pressed", "false");
  }

  #recorderIs(state) {
    const { phrases, stage } = this.#app;
    this.#showActions(state);
    if (state === "reviewing") {
      this.#takes += 1;
      this.#showActions(state);
      this.#hearMe();
    } else if (SAD.includes(state)) {
      this.#say(this.#telling.trouble(state));
    } else if (state !== "idle") {
      stage.status(phrases.text(STATES[state].phrase));
    }
  }

  #hearMe() {
    const { address } = this.#app.recorder.take ?? {};
    this.#say(this.#telling.ownVoice(address, { isLast: this.#takes >= MOST_TAKES }));
  }

  #showActions(state) {
    const { stage, memory: { isTouchOnly } } = this.#app;
    const isSending = state === "sending" || state === "sent" || this.#isBusy;
    const isChosen = Boolean(this.#chosen);
    const isShown = !this.#part("options").hidden;
    const canRecord = obstacle(globalThis) === null;
    const shown = controls(state, { isShown, isSending, isChosen, takes: this.#takes, canRecord });
    document.querySelector('[data-part="sent"]').hidden = !isSending;
    for (const [name, is] of Object.entries(shown)) stage.control(name).hidden = !is;
    stage.control("speak").classList.toggle("small", isSpeakSmall(state, { isChosen, isTouchOnly }));
    for (const tool of ["hear", "slow"]) stage.control(tool).hidden = state === "reviewing" || isSending;
    showRecorder(stage, this.#isBusy ? "sent" : state);
    if (STATES[state].focus !== "status" && state !== "idle") stage.focus(this.#focus(STATES[state].focus));
  }

  #focus(target) { return target === "touch" ? this.#tiles[0] : this.#app.stage.control(target); }

  async #answer() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#patience.stop();
    this.#app.player.stop();
    const delivery = this.#chosen ? await this.#sendChoice() : await this.#sendTake();
    const { phrase, isAgain } = following(delivery, await this.#news(delivery));
    if (phrase) await this.#app.player.say([this.#app.phrases.step(phrase)]);
    if (isAgain) this.#askAgain();
    else this.#done(phrase);
  }

  async #sendChoice() {
    const { takes, memory, recorder } = this.#app;
    this.#showActions(recorder.state);
    const id = await takes.choose({ attempt: memory.attempt, item: this.#item.id, option: this.#chosen, counts: this.#telling.counts });
    return takes.deliver(id);
  }

  async #sendTake() {
    const { takes, recorder } = this.#app;
    const { id } = recorder.take;
    recorder.fire("send");
    await takes.finish(id, { ...this.#telling.counts, takes: this.#takes });
    const delivery = await takes.deliver(id);
    recorder.fire(delivery.state === "stored" ? "stored" : "waiting");
    return { ...delivery, utterance: id };
  }

  /** What the server heard in a take, within two seconds; null without news. */
  async #news({ state, utterance }) {
    if (state !== "stored" || !utterance) return null;
    const { api } = this.#app;
    const answer = await api.news(utterance);
    return api.isFine(answer) ? answer.body : null;
  }

  async #done(phrase) {
    const { player, phrases, state } = this.#app;
    const isThird = !this.#telling.isRehearsal && isThanked(answeredOf(state.sections) + 1);
    if (!phrase) await player.say([{ audio: SENT }, isThird ? phrases.step("answer.thanks") : null]);
    this.#resolve({ event: "answered" });
  }

  #askAgain() {
    const { recorder, stage } = this.#app;
    recorder.fire("reset");
    this.#isBusy = false;
    this.#takes = 0;
    this.#clearChosen();
    this.#reveal();
    stage.focus(stage.control("hear"));
    this.#say(this.#telling.question());
  }
}

/** A picture to touch, with its number. */
function tile({ id, picture, name }, place) {
  const button = document.createElement("button");
  const number = document.createElement("span");
  button.className = "tile";
  button.dataset.option = id;
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-label", `${place}. ${name.text}`);
  number.className = "place";
  number.textContent = String(place);
  button.append(image(picture), number);
  return button;
}
