/** One question: hear the employer, hear the pictures, answer by touch or by voice. */

import { MOST_TAKES } from "../formats.js";
import { voiceFor } from "../ids.js";
import { rooms } from "../journey.js";
import { Patience } from "../patience.js";
import { SAD, STATES } from "../recorder-states.js";
import { attachSpeakButton } from "../speak-button.js";
import { image } from "../stage.js";
import { showRecorder } from "./microphone.js";

const OPTION_PAUSE_MS = 700;
/** The gestures are told in the rehearsal and in the first questions, then only on demand. */
const QUESTIONS_TOLD = 2;
const THANKS_EVERY = 3;
const SENT = "/audio/earcons/sent.mp3";
/** After these refusals the server is asked whose turn it is; after others the same question is asked again. */
const MOVES_ON = new Set(["trouble.closed", "trouble.not-found", null]);

export async function ask(app) {
  const question = new Question(app);
  const event = await question.answered;
  question.leave();
  return event;
}

class Question {
  #app;
  #turn;
  #item;
  #root;
  #tiles = [];
  /** @type {string|null} */
  #chosen = null;
  #counts = { plays_normal: 0, plays_slow: 0 };
  #takes = 0;
  #isBusy = false;
  #isOver = false;
  #answeredBefore;
  #patience;
  #resolve;
  answered;

  constructor(app) {
    this.#app = app;
    this.#turn = app.state.turn;
    this.#item = this.#turn.item;
    this.#answeredBefore = app.state.sections.reduce((sum, { answered }) => sum + answered, 0);
    this.answered = new Promise((resolve) => { this.#resolve = resolve; });
    this.#patience = new Patience((offer) => this.#offer(offer));
    app.player.prepare([SENT]);
    this.#mount();
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

  get #isRehearsal() { return this.#turn.kind === "rehearse"; }

  #mount() {
    const { stage, state } = this.#app;
    this.#root = stage.show("ask");
    if (!this.#isRehearsal) stage.path(rooms(state.sections, this.#item.category));
    this.#tiles = this.#item.options.map((option, place) => tile(option, place + 1));
    this.#part("options").append(...this.#tiles);
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

  /** The employer speaks first; then the question and the pictures, one by one. */
  async #begin() {
    const { stage, phrases } = this.#app;
    const before = this.#before();
    const reason = this.#turn.phrase ?? (this.#turn.kind === "ask_again" ? `ask-again.${this.#turn.reason}` : null);
    const isSaid = await stage.narrate(() => [
      phrases.step(reason),
      ...before.map((key) => phrases.step(key)),
      this.#prompt("normal", this.#part("employer")),
      { begin: () => this.#reveal(), audio: null, pause: 0, text: null, silent: true },
      ...this.#question(),
      ...this.#how(),
    ], { help: () => this.#help(), slow: () => [this.#prompt("slow"), ...this.#question()] });
    if (this.#isOver) return;
    this.#reveal();
    stage.onHear(() => this.#say([this.#prompt("normal"), ...this.#question()]));
    if (isSaid) this.#patience.wait();
  }

  #before() {
    if (this.#isFirst) return ["answer.hear"];
    if (!this.#isRehearsal) return [];
    const isFirstTime = !this.#app.hasRehearsed;
    this.#app.hasRehearsed = true;
    return isFirstTime ? ["rehearsal.start", "answer.hear"] : ["answer.hear"];
  }

  get #isFirst() { return !this.#isRehearsal && this.#answeredBefore < QUESTIONS_TOLD; }

  #prompt(pace, on = null) {
    const { stage, memory } = this.#app;
    const voices = this.#item.prompt[pace];
    return {
      audio: voiceFor(voices, { attempt: memory.attempt, item: this.#item.id }),
      on: on ?? stage.control(pace === "slow" ? "slow" : "hear"),
      pause: OPTION_PAUSE_MS,
      begin: () => { this.#counts[`plays_${pace}`] += 1; },
    };
  }

  #question() {
    const { phrases } = this.#app;
    return [
      { ...this.#item.question, pause: OPTION_PAUSE_MS },
      ...this.#item.options.flatMap(({ name }, n) => [
        this.#isRehearsal ? phrases.step(`place.${n + 1}`, { on: this.#tiles[n], pause: 0 }) : null,
        { ...name, on: this.#tiles[n], pause: OPTION_PAUSE_MS },
      ]),
      { begin: () => this.#app.stage.status(this.#item.question.text), silent: true, pause: 0 },
    ];
  }

  #how() {
    const { phrases, stage } = this.#app;
    if (this.#isRehearsal) {
      return [
        phrases.step("rehearsal.touch", { on: this.#part("options") }),
        phrases.step("rehearsal.speak", { on: stage.control("speak") }),
        phrases.step("rehearsal.number", { on: this.#part("options") }),
      ];
    }
    return this.#isFirst ? [phrases.step("answer.how")] : [];
  }

  #help() {
    const { phrases, stage } = this.#app;
    const canSpeak = !stage.control("speak").hidden;
    return [
      phrases.step(canSpeak ? "answer.how" : "answer.touch-only", { on: this.#part("options") }),
      phrases.step("answer.again", { on: stage.control("hear") }),
      ...this.#question(),
    ];
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
    const steps = {
      slow: () => [this.#prompt("slow"), ...this.#question()],
      how: () => [this.#app.phrases.step("answer.how", { on: this.#part("options") })],
      person: () => [this.#app.phrases.step("help.person", { on: this.#app.stage.control("help") })],
    };
    return this.#app.player.say(steps[offer]());
  }

  /** Touching selects and speaks; a take that was not sent is dropped. */
  #select(button) {
    const { recorder, phrases, stage } = this.#app;
    if (this.#isBusy) return;
    if (recorder.state !== "idle") recorder.fire("touch");
    this.#chosen = button.dataset.option;
    for (const other of this.#tiles) other.setAttribute("aria-pressed", String(other === button));
    this.#showActions(recorder.state);
    const { name } = this.#item.options.find(({ id }) => id === this.#chosen);
    const isTold = this.#isRehearsal || this.#isFirst;
    this.#say([
      { ...name, on: button },
      isTold ? phrases.step("answer.confirm", { on: stage.control("answer") }) : null,
    ]);
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
      this.#say([
        phrases.step(STATES[state].phrase, { on: this.#part("options") }),
        state === "blocked" ? phrases.step("recorder.blocked-how") : null,
      ]);
    } else if (state !== "idle") {
      stage.status(phrases.text(STATES[state].phrase));
    }
  }

  #hearMe() {
    const { recorder, phrases, stage } = this.#app;
    const isLast = this.#takes >= MOST_TAKES;
    const key = isLast ? "answer.last-take" : this.#isRehearsal || this.#isFirst ? "recorder.reviewing" : null;
    stage.status(phrases.text(key ?? "recorder.reviewing"));
    this.#say([
      { audio: recorder.take?.address, on: stage.control("hear-me"), pause: 200 },
      phrases.step(key, { on: stage.control("answer") }),
    ]);
  }

  #showActions(state) {
    const { stage } = this.#app;
    const isReviewing = state === "reviewing";
    const isSending = state === "sending" || state === "sent" || this.#isBusy;
    const canSpeak = !["unsupported", "insecure"].includes(state);
    const isShown = !this.#part("options").hidden;
    const shown = {
      "hear-me": isReviewing && !isSending,
      again: isReviewing && !isSending && this.#takes < MOST_TAKES,
      answer: isShown && !isSending && (isReviewing || Boolean(this.#chosen)),
      speak: isShown && !isSending && !isReviewing && canSpeak && this.#takes < MOST_TAKES,
    };
    document.querySelector('[data-part="sent"]').hidden = !isSending;
    for (const [name, is] of Object.entries(shown)) stage.control(name).hidden = !is;
    stage.control("speak").classList.toggle("small", Boolean(this.#chosen) || this.#app.memory.isTouchOnly || SAD.slice(0, 5).includes(state));
    for (const tool of ["hear", "slow"]) stage.control(tool).hidden = isReviewing || isSending;
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
    const news = await this.#news(delivery);
    if (news.phrase) await this.#app.player.say([this.#app.phrases.step(news.phrase)]);
    if (news.isAgain) this.#askAgain();
    else this.#done(news);
  }

  async #sendChoice() {
    const { takes, memory, recorder } = this.#app;
    this.#showActions(recorder.state);
    const id = await takes.choose({ attempt: memory.attempt, item: this.#item.id, option: this.#chosen, counts: this.#counts });
    return takes.deliver(id);
  }

  async #sendTake() {
    const { takes, recorder } = this.#app;
    const { id } = recorder.take;
    recorder.fire("send");
    await takes.finish(id, { ...this.#counts, takes: this.#takes });
    const delivery = await takes.deliver(id);
    recorder.fire(delivery.state === "stored" ? "stored" : "waiting");
    return { ...delivery, utterance: id };
  }

  /** What the server says of it, within two seconds; without news the way goes on. */
  async #news({ state, phrase, body, utterance }) {
    if (state === "refused") return { phrase, isAgain: !MOVES_ON.has(phrase) };
    if (state === "waiting" || !utterance) return { phrase: state === "stored" ? phrase : null, isAgain: false };
    const { api } = this.#app;
    const answer = await api.news(utterance);
    if (!api.isFine(answer)) return { phrase: null, isAgain: false };
    return { phrase: answer.body.phrase ?? null, isAgain: answer.body.state === "repeat" };
  }

  async #done({ phrase }) {
    const { player, phrases } = this.#app;
    const isThird = !this.#isRehearsal && (this.#answeredBefore + 1) % THANKS_EVERY === 0;
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
    this.#say(this.#question());
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
