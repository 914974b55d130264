/** The microphone itself: opens it, beeps, records one take at a time, and follows the table of states. */

import { BITS_PER_SECOND, CONSTRAINTS, LONGEST_MS, TIMESLICE_MS, isApple, obstacle, recordingType, refusal } from "./formats.js";
import { gate } from "./level.js";
import { Meter } from "./meter.js";
import { next } from "./recorder-states.js";

/** The last sound of a word comes after the finger. */
const TAIL_MS = 250;

/**
 * @typedef {object} Sink where the pieces of a take go as they come
 * @property {(mime: string) => Promise<string>} open
 * @property {(id: string, piece: {n: number, bytes: ArrayBuffer}) => Promise<void>} add
 * @property {(id: string) => Promise<void>} discard
 */

export class Recorder {
  state = "idle";
  /** The take under review: its id, a blob address to hear it, its length. */
  take = null;
  /** @type {(state: string) => void} */
  onState = () => {};
  /** @type {(part: number) => void} from 0 to 1 */
  onLevel = () => {};
  /** A take ends by itself after so long; what was said until then is kept. */
  longestMs = LONGEST_MS;
  /** Whether a freshly opened microphone starts at once, or waits for the next tap. */
  startsAtOnce = true;
  /** @type {Sink|null} */
  sink = null;

  #stream = null;
  #recorder = null;
  #meter = null;
  #limit = 0;
  #lock = null;
  #began = 0;
  #isCueing = false;

  constructor() {
    document.addEventListener("visibilitychange", () => document.hidden && this.fire("hidden"));
  }

  /** When the running take began, on the page's clock. */
  get speakingSince() { return this.isSpeaking ? this.#began : null; }

  get isSpeaking() { return this.state === "recording"; }

  /** Let an event happen: the table says what follows, this says what is done. @param {string} event */
  fire(event) {
    const before = this.state;
    this.state = next(before, event);
    if (event === "touch" || event === "again") this.#discard();
    if (event === "touch" || event === "reset") this.#abandon();
    if (before === "recording" && this.state === "stopping") this.#stop();
    if (this.state !== before) this.onState(this.state);
    if (before !== "asking" && this.state === "asking") this.#open();
  }

  /** The one button: start, or stop. */
  tap() {
    if (this.state === "ready") this.#cue();
    else this.fire("tap");
  }

  /** The finger goes up after holding; a short touch keeps recording. */
  lift() {
    if (this.isSpeaking) this.fire("lift");
  }

  /** Apple's phones play quietly, or into the earpiece, while the microphone is open. */
  beforeSound() {
    if (isApple(navigator) && !["asking", "recording", "stopping"].includes(this.state)) this.#close();
  }

  /** Nobody is to speak any more: let go of the microphone. */
  release() { this.#close(); }

  /** Let go of the microphone. */
  #close() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    if (navigator.audioSession) navigator.audioSession.type = "playback";
    if (this.state === "ready") this.fire("released");
  }

  async #open() {
    const trouble = obstacle(globalThis);
    if (trouble) return this.fire(trouble);
    try {
      if (navigator.audioSession) navigator.audioSession.type = "play-and-record";
      if (!this.#isOpen) this.#listen(await navigator.mediaDevices.getUserMedia({ audio: CONSTRAINTS }));
    } catch (error) {
      return this.fire(refusal(error));
    }
    if (this.state !== "asking") return undefined;
    const isAtOnce = this.startsAtOnce;
    this.fire("opened");
    return isAtOnce ? this.#cue() : undefined;
  }

  get #isOpen() {
    const track = this.#stream?.getAudioTracks()[0];
    return Boolean(track && track.readyState === "live" && !track.muted);
  }

  #listen(stream) {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = stream;
    const [track] = stream.getAudioTracks();
    track.onended = () => this.fire("ended");
    track.onmute = () => this.isSpeaking && this.fire("ended");
  }

  /** Beep, then record: the beep is over before the first sound is kept. */
  async #cue() {
    if (this.#isCueing) return;
    if (!this.#isOpen) { this.fire("ended"); this.fire("tap"); return; }
    this.#isCueing = true;
    this.#meter = new Meter(this.#stream, (part) => this.onLevel(part));
    await this.#meter.beep();
    this.#isCueing = false;
    if (this.state === "ready") await this.#record();
  }

  async #record() {
    const mime = recordingType((type) => MediaRecorder.isTypeSupported(type), { apple: isApple(navigator) });
    const recorder = new MediaRecorder(this.#stream, { ...(mime && { mimeType: mime }), audioBitsPerSecond: BITS_PER_SECOND });
    const take = { id: await this.sink.open(recorder.mimeType || mime), pieces: [], writes: [], began: 0, mime: recorder.mimeType || mime };
    recorder.ondataavailable = ({ data }) => this.#keep(take, data);
    recorder.onstart = () => this.#started(take);
    recorder.onerror = () => this.fire("broke");
    recorder.onstop = () => this.#finish(take);
    this.#recorder = recorder;
    recorder.start(TIMESLICE_MS);
  }

  async #started(take) {
    take.began = performance.now();
    this.#began = take.began;
    this.#limit = setTimeout(() => this.fire("limit"), this.longestMs);
    navigator.vibrate?.(30);
    this.fire("started");
    this.#lock = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  #keep(take, data) {
    if (!data.size) return;
    const n = take.pieces.push(data) - 1;
    take.writes.push(data.arrayBuffer().then((bytes) => this.sink.add(take.id, { n, bytes })));
  }

  #stop() {
    clearTimeout(this.#limit);
    const recorder = this.#recorder;
    setTimeout(() => recorder?.state !== "inactive" && recorder?.stop(), TAIL_MS);
  }

  async #finish(take) {
    if (this.isSpeaking) this.fire("ended");
    this.#lock?.release?.();
    const { peak } = this.#meter?.end() ?? { peak: null };
    await Promise.allSettled(take.writes);
    const isWanted = this.state === "stopping" && this.#recorder?.state === "inactive";
    const bytes = take.pieces.reduce((sum, piece) => sum + piece.size, 0);
    const verdict = gate({ bytes, milliseconds: performance.now() - take.began, peak });
    if (!isWanted || verdict === "quiet") await this.sink.discard(take.id);
    if (!isWanted) return;
    if (verdict === "kept") this.take = { id: take.id, address: URL.createObjectURL(new Blob(take.pieces, { type: take.mime })) };
    this.fire(verdict);
  }

  /** The take under review is not the answer. */
  #discard() {
    if (!this.take) return;
    this.sink.discard(this.take.id);
    this.#forget();
  }

  #forget() {
    if (this.take) URL.revokeObjectURL(this.take.address);
    this.take = null;
  }

  /** Nothing of the running take is kept. */
  #abandon() {
    clearTimeout(this.#limit);
    this.#isCueing = false;
    this.#meter?.end();
    if (this.#recorder && this.#recorder.state !== "inactive") this.#recorder.stop();
    this.#recorder = null;
    this.#forget();
  }
}
