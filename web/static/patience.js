/** What a quiet person is offered, step by step; nothing of it counts against anyone. */

/** Milliseconds of quiet before each offer, and the offer. */
export const LADDER = Object.freeze([
  { after: 12000, offer: "slow" },
  { after: 12000, offer: "how" },
  { after: 15000, offer: "person" },
]);

export class Patience {
  #timer = 0;
  #step = 0;
  #offer;

  /** @param {(offer: string) => Promise<unknown>} offer says it; the next waits until it is said */
  constructor(offer) { this.#offer = offer; }

  /** Begin to wait; after the last offer nothing more is said. */
  wait() {
    this.stop();
    const rung = LADDER[this.#step];
    if (!rung) return;
    this.#timer = setTimeout(async () => {
      this.#step += 1;
      if (await this.#offer(rung.offer)) this.wait();
    }, rung.after);
  }

  stop() { clearTimeout(this.#timer); }
}
