/** Trying the microphone: told first, then one's own voice; touching is always the other road. */

import { obstacle } from "../formats.js";
import { STATES, SAD } from "../recorder-states.js";
import { attachSpeakButton } from "../speak-button.js";
import { picture } from "../stage.js";

const SHOWN = {
  idle: ["touch", "microphone"],
  asking: [],
  ready: ["speak"],
  recording: ["speak"],
  stopping: [],
  reviewing: ["hear-me", "again", "clear"],
};
const CONTROLS = ["touch", "microphone", "speak", "hear-me", "again", "clear"];
/** What a person can do about a trouble. */
const HOW = { blocked: "recorder.blocked-how", insecure: "recorder.insecure-how" };
/** States that show their picture large, because no big button does. */
const PICTURED = ["asking", "stopping", "reviewing"];

export async function microphone(app) {
  const check = new MicrophoneCheck(app);
  const { event } = await check.done;
  app.recorder.onState = () => {};
  app.chosen.isTouchOnly = event === "touch";
  if (event === "voice") await app.player.say([app.phrases.step("microphone.good")]);
  return { event };
}

class MicrophoneCheck {
  #app;
  #root;
  #hasAsked = false;
  done;

  constructor(app) {
    this.#app = app;
    this.#root = app.stage.show("microphone");
    this.done = new Promise((resolve) => this.#wire(resolve));
    app.recorder.fire("reset");
    app.recorder.startsAtOnce = false;
    app.stage.narrate(() => this.#told());
    this.#show("idle");
    if (obstacle(globalThis) === "not-secure") app.recorder.fire("not-secure");
  }

  #told() {
    const { phrases, stage } = this.#app;
    return [
      phrases.step("microphone.why", { on: stage.control("microphone") }),
      phrases.step("microphone.who"),
      phrases.step("control.microphone", { on: stage.control("microphone") }),
      phrases.step("control.touch", { on: stage.control("touch") }),
    ];
  }

  #wire(resolve) {
    const { recorder, stage } = this.#app;
    recorder.sink = { open: async () => "check", add: async () => {}, discard: async () => {} };
    recorder.onState = (state) => this.#changed(state);
    recorder.onLevel = (part) => stage.control("speak")?.style.setProperty("--level", String(part));
    attachSpeakButton(stage.control("speak"), recorder);
    stage.control("microphone").onclick = () => recorder.tap();
    stage.control("touch").onclick = () => { recorder.fire("touch"); resolve({ event: "touch" }); };
    stage.control("hear-me").onclick = () => this.#hearMe();
    stage.control("again").onclick = () => { recorder.startsAtOnce = true; recorder.fire("again"); };
    stage.control("clear").onclick = () => { recorder.fire("reset"); resolve({ event: "voice" }); };
  }

  #changed(state) {
    const { recorder, player, stage, phrases } = this.#app;
    this.#show(state);
    if (state === "recording" || state === "stopping") player.stop();
    if (state === "ready" && !this.#hasAsked) {
      this.#hasAsked = true;
      recorder.startsAtOnce = true;
      stage.narrate(() => [phrases.step("microphone.try", { on: stage.control("speak") })]);
    } else if (state === "asking" && !this.#hasAsked) {
      stage.narrate(() => [phrases.step("microphone.allow")]);
    } else if (state === "reviewing") {
      this.#hearMe();
    } else if (SAD.includes(state)) {
      stage.narrate(() => this.#trouble(state));
    } else {
      stage.status(phrases.text(STATES[state].phrase));
    }
  }

  #trouble(state) {
    const { phrases, stage } = this.#app;
    const how = HOW[state];
    const padlock = this.#root.querySelector('[data-part="padlock"]');
    return [
      phrases.step(STATES[state].phrase, { on: stage.control("touch") }),
      how ? phrases.step(how, { on: padlock }) : null,
    ];
  }

  #hearMe() {
    const { recorder, phrases, stage } = this.#app;
    stage.narrate(() => [
      phrases.step("microphone.listen"),
      { audio: recorder.take?.address, on: stage.control("hear-me") },
      phrases.step("microphone.clear", { on: stage.control("clear") }),
    ]);
  }

  /** On Apple's phones the open microphone is let go to speak: the round button stays. */
  #show(state) {
    const { stage } = this.#app;
    const shown = state === "idle" && this.#hasAsked ? SHOWN.ready : SHOWN[state] ?? SHOWN.idle;
    const isPossible = !["unsupported", "insecure"].includes(state);
    for (const name of CONTROLS) stage.control(name).hidden = !shown.includes(name) || (name === "microphone" && !isPossible);
    showRecorder(stage, state);
    const scene = this.#root.querySelector('[data-part="scene"]');
    scene.src = picture(STATES[state].picture);
    scene.hidden = !PICTURED.includes(state);
    this.#root.querySelector('[data-part="roads"]').hidden = !shown.includes("touch");
    const padlock = this.#root.querySelector('[data-part="padlock"]');
    padlock.hidden = !HOW[state];
    padlock.src = picture(state === "insecure" ? STATES[state].picture : "ui-padlock");
    stage.control("microphone").querySelector("img").src = picture(SAD.includes(state) ? "ui-microphone-blocked" : "ui-microphone");
    stage.focus(stage.control(STATES[state].focus));
  }
}

/** What a speak button and the frame look like in a state of the recorder. */
export function showRecorder(stage, state) {
  const isRecording = state === "recording";
  const speak = stage.control("speak");
  const name = isRecording ? "stop" : "speak";
  document.body.dataset.recorder = state;
  speak.setAttribute("aria-pressed", String(isRecording));
  speak.querySelector("img").src = picture(isRecording ? "ui-stop" : "ui-microphone");
  speak.dataset.named = "yes";
  stage.nameAs(speak, name);
  for (const tool of ["hear", "slow", "help"]) stage.control(tool).inert = ["asking", "recording", "stopping"].includes(state);
}
