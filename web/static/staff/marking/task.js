/** One answer on the screen: its sound, its levels, what opens when, what a key does. */

import { SpokenComment } from "./spoken-comment.js";
import { open } from "./gate.js";
import { Levels } from "./levels.js";
import { JUMP_SECONDS, Player } from "./player.js";
import { like, liked } from "./remembered.js";
import { draw, moment } from "./wave.js";

const LOOP_WORDS = Object.freeze({ none: "Loop from here", begun: "Loop to here", on: "End the loop" });
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

export class Task {
  #root;
  #form;
  #player = null;
  #levels;
  #comment;
  #say;
  #began = performance.now();
  #is = { marks: false, reasons: false, proposal: false };
  #isBroken = false;
  #found = [];
  /** What the machine found, while it is fetched: a mark waits for it, for nothing is found of what is marked. */
  asked = Promise.resolve();
  /** @type {() => void} called once the answer may be marked */
  onOpen = () => {};

  /**
   * @param {HTMLElement} root
   * @param {(said: string) => void} say tells a screen reader
   */
  constructor(root, say) {
    this.#root = root;
    this.#say = say;
    this.#form = this.#part("form");
    this.#levels = new Levels(this.#form);
    this.#levels.onChosen = (said) => { say(said); this.#look(); };
    const token = this.#form.elements.namedItem("token").value;
    this.#comment = new SpokenComment(this.#part("spoken"), { address: root.dataset.comments, token });
    this.#comment.onTold = say;
    this.#form.noValidate = true;
    if (root.dataset.sound) this.#listen();
    this.#look();
  }

  get form() { return this.#form; }

  /** @param {{sound: string, outline: import("./player.js").Outline|null}} given */
  hear({ sound, outline }) {
    const audio = this.#part("audio");
    audio.src = sound;
    if (outline) this.#player.outline = outline;
    this.#takes(this.#player.outline.takes);
    this.#player.setSpeed(liked().speed);
    this.#show();
    if (liked().atOnce) this.#player.play();
  }

  /** Do what a key or a button asks for. @param {{act: string, number?: number}} asked @returns {boolean} whether it was known */
  do({ act, number }) {
    const player = this.#player;
    const does = {
      level: () => this.#levels.choose(number),
      comment: () => this.#form.elements.namedItem("comment").focus(),
      cannot: () => this.#cannot(),
      ...(player && {
        toggle: () => player.toggle(),
        back: () => player.jump(-JUMP_SECONDS),
        on: () => player.jump(JUMP_SECONDS),
        slower: () => this.#shift(-1),
        faster: () => this.#shift(1),
        loop: () => { player.markLoop(); this.#say(LOOP_WORDS[player.loopState]); },
        silence: () => this.#turnSilence(),
      }),
    };
    does[act]?.();
    return act in does;
  }

  /** What keeps the form from being sent, in words; null when nothing does. */
  get obstacle() {
    if (!this.#is.marks) return "Listen to the answer first.";
    const { missing } = this.#levels;
    return missing ? `Choose a level: ${missing.dataset.criterion}.` : null;
  }

  /** Write into a form how long it took. @param {HTMLFormElement} form */
  fill(form) {
    form.elements.namedItem("listened").value = (this.#player?.heardSeconds ?? 0).toFixed(2);
    form.elements.namedItem("spent").value = ((performance.now() - this.#began) / 1000).toFixed(2);
  }

  get mayRefuse() { return this.#is.reasons; }

  end() {
    this.#player?.end();
    this.#comment.end();
  }

  #part(name) { return this.#root.querySelector(`[data-part="${name}"]`); }

  #listen() {
    const audio = this.#part("audio");
    const player = new Player(audio);
    this.#player = player;
    player.skipsSilence = liked().silence;
    player.onChange = () => { this.#show(); this.#look(); };
    audio.addEventListener("error", () => this.#broke());
    audio.controls = false;
    this.#part("tools").hidden = false;
    this.#wave(this.#part("wave"));
    this.#part("place").oninput = ({ target }) => player.seek((Number(target.value) / 1000) * player.seconds);
    for (const button of this.#root.querySelectorAll("[data-act]")) {
      button.onclick = () => this.do({ act: button.dataset.act });
    }
    this.#part("speed").onchange = ({ target }) => this.#speed(Number(target.value));
  }

  /** What cannot be played can be left to somebody else. */
  #broke() {
    this.#isBroken = true;
    this.#say("The recording cannot be played. Say so under: I cannot judge this answer.");
    this.#look();
  }

  #wave(canvas) {
    canvas.onclick = ({ clientX }) => this.#player.seek(moment(canvas, clientX, this.#player.seconds));
    new ResizeObserver(() => this.#show()).observe(canvas);
  }

  /** A jump to each take, where there are several. */
  #takes(takes) {
    if (takes.length < 2) return;
    this.#part("takes").replaceChildren(...takes.map(([begin], n) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `Take ${n + 1}`;
      button.onclick = () => this.#player.seek(begin);
      return button;
    }));
  }

  #shift(steps) {
    this.#player.shift(steps);
    this.#speed(this.#player.speed);
    this.#say(`Speed ${this.#player.speed}`);
  }

  #speed(speed) {
    this.#player.setSpeed(speed);
    like({ speed });
  }

  #turnSilence() {
    this.#player.skipsSilence = !this.#player.skipsSilence;
    like({ silence: this.#player.skipsSilence });
    this.#say(this.#player.skipsSilence ? "Silence is left out" : "Silence is played");
    this.#show();
  }

  #cannot() {
    const part = this.#part("cannot");
    part.open = !part.open;
    if (part.open) part.querySelector("input[type=radio]").focus();
  }

  #show() {
    const player = this.#player;
    const { at, seconds, outline, loop, played } = player;
    draw(this.#part("wave"), { ...outline, seconds, at, loop, played, found: this.#found });
    const place = this.#part("place");
    place.value = String(seconds ? Math.round((at / seconds) * 1000) : 0);
    place.setAttribute("aria-valuetext", `${clock(at)} of ${clock(seconds)}`);
    this.#part("clock").textContent = `${clock(at)} of ${clock(seconds)}`;
    this.#part("speed").value = String(player.speed);
    this.#button("toggle", player.isPlaying ? "Pause" : "Play");
    this.#button("loop", LOOP_WORDS[player.loopState], player.loopState !== "none");
    this.#button("silence", "Leave silence out", player.skipsSilence);
  }

  #button(act, words, isOn = null) {
    const button = this.#root.querySelector(`[data-act="${act}"]`);
    if (button.firstChild.textContent !== words) button.firstChild.textContent = words;
    if (isOn !== null) button.setAttribute("aria-pressed", String(isOn));
  }

  /** Open what may be opened now; what was opened stays so. */
  #look() {
    const now = open({
      hasSound: Boolean(this.#player),
      part: this.#player?.heardPart ?? 1,
      seconds: this.#player?.heardSeconds ?? 0,
      wasTouched: this.#levels.wasTouched,
      isProposalFirst: this.#root.dataset.first === "yes",
    });
    const before = this.#is;
    this.#is = { marks: before.marks || now.marks, reasons: before.reasons || now.reasons, proposal: before.proposal || now.proposal };
    this.#part("levels").disabled = !this.#is.marks;
    this.#is.reasons ||= this.#isBroken;
    this.#part("reasons").disabled = !this.#is.reasons;
    this.#told(now.marks ? 1 : (this.#player?.heardPart ?? 1));
    if (this.#is.marks && !before.marks) this.#opened();
    if (this.#is.proposal && !before.proposal) this.asked = this.#propose();
  }

  #told(part) {
    const bar = this.#part("heard");
    const words = this.#part("heard-words");
    if (this.#is.marks) part = Math.max(part, 0.8);
    bar.value = part;
    words.textContent = this.#is.marks ? "Heard: you can mark." : "Marking opens when four fifths were heard.";
  }

  #opened() {
    if (this.#player) this.#say("Heard: you can mark.");
    this.onOpen();
  }

  async #propose() {
    const address = this.#root.dataset.proposal;
    const heard = (this.#player?.heardSeconds ?? 0).toFixed(2);
    const answer = address ? await fetch(`${address}?listened=${heard}`, { headers: { accept: "text/html" } }).catch(() => null) : null;
    if (!answer?.ok) return;
    const part = this.#part("proposal");
    part.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-part=found]").children);
    const jumps = [...part.querySelectorAll("[data-at]")];
    this.#found = jumps.map((one) => [Number(one.dataset.at), Number(one.dataset.until)]);
    for (const one of jumps) {
      one.hidden = !this.#player;
      one.onclick = () => { this.#player.seek(Number(one.dataset.at) - 0.3); this.#player.play(); };
    }
    this.#say("What the machine found is shown.");
    if (this.#player) this.#show();
  }
}
