/** The screen on which one seat marks: every spoken task with its rubric, each touch kept at once. */

import { lines } from "./kit-candidate.js";
import { isMarked, markingId, marked, takesOf } from "./kit-facts.js";
import { made, soundsOf } from "./kit-parts.js";

export class Marking {
  #kit;
  #seat;
  #store;
  #sounds;
  #drafts = new Map();
  #began = new Date().toISOString();
  #trouble;
  #onSealed;

  /** @param {{kit: any, seat: any, store: any, sounds: any, onSealed: () => void}} parts */
  constructor({ kit, seat, store, sounds, onSealed }) {
    this.#kit = kit;
    this.#seat = seat;
    this.#store = store;
    this.#sounds = sounds;
    this.#onSealed = onSealed;
    this.#trouble = made("p", { class: "trouble", role: "alert", hidden: true });
  }

  /** @param {Array<any>} rows what is kept @returns {Promise<HTMLElement>} */
  async shown(rows) {
    for (const row of rows) if (row.kind === "marking" && row.seat === this.#seat.id) this.#drafts.set(row.step, row);
    const tasks = await Promise.all(marked(this.#kit).map((step, n) => this.#task(step, n, rows)));
    const send = made("button", { type: "button", "data-control": "seal", onclick: () => this.#seal() }, "Hand in my marks");
    return made("section", { class: "marking", "data-seat": this.#seat.role, "aria-labelledby": "seat-title" },
      made("h2", { id: "seat-title" }, `${this.#seat.words}: your marks`),
      made("p", {}, "Mark what you heard, without talking about it. Once you hand in, nobody sees your marks on this phone."),
      ...tasks, this.#trouble, send);
  }

  async #task(step, number, rows) {
    return made("section", { class: "card", "data-step": step.id, "aria-labelledby": `task-${number}` },
      made("h3", { id: `task-${number}` }, `Task ${number + 1}`),
      made("img", { src: step.picture, alt: "", width: 72, height: 72 }),
      lines(this.#kit, step),
      made("p", {}, `To do: ${step.to_do}`),
      ...(await this.#takes(step, rows)),
      ...step.criteria.map((criterion) => this.#criterion(step, criterion, number)),
      ...this.#reasons(step, number));
  }

  async #takes(step, rows) {
    const here = await Promise.all(takesOf(rows, step.id).map(async (row) => (
      URL.createObjectURL(await this.#store.sound(row.id, row.mime)))));
    return [...step.takes, ...here].map((src, n) => made("audio", {
      controls: true, preload: "none", src, "aria-label": `The answer, take ${n + 1}`,
      onpause: (event) => this.#listened(step, event.target), onended: (event) => this.#listened(step, event.target),
    }));
  }

  #criterion(step, criterion, number) {
    const name = `${number}-${criterion.id}`;
    const chosen = this.#drafts.get(step.id)?.levels?.[criterion.id];
    const levels = criterion.levels.map((level) => made("div", { class: "level" },
      made("label", {},
        made("input", {
          type: "radio", name, value: level.points, checked: level.points === chosen,
          onchange: () => this.#level(step, criterion.id, level.points),
        }),
        made("span", {}, level.words, made("span", { class: "points" }, ` ${level.points} ${level.points === 1 ? "point" : "points"}`))),
      level.example?.audio ? made("button", {
        type: "button", class: "quiet", onclick: () => this.#sounds.play(soundsOf(level.example)),
      }, "Example", made("span", { class: "unseen" }, ` of: ${level.words}`)) : null));
    return made("fieldset", { "data-criterion": criterion.id }, made("legend", {}, criterion.words), ...levels);
  }

  #reasons(step, number) {
    if (!this.#kit.reasons.length) return [];
    const id = `reason-${number}`;
    const chosen = this.#drafts.get(step.id)?.reason ?? "";
    const choices = [{ code: "", words: "I can judge it" }, ...this.#kit.reasons];
    return [
      made("label", { for: id }, "If you cannot judge it, why"),
      made("select", { id, onchange: (event) => this.#reason(step, event.target.value) },
        ...choices.map((one) => made("option", { value: one.code, selected: one.code === chosen }, one.words))),
    ];
  }

  #level(step, criterion, points) {
    const before = this.#drafts.get(step.id);
    return this.#keep(step, { levels: { ...before?.levels, [criterion]: points } });
  }

  #reason(step, reason) { return this.#keep(step, { reason: reason || null }); }

  #listened(step, audio) {
    let seconds = 0;
    for (let n = 0; n < audio.played.length; n += 1) seconds += audio.played.end(n) - audio.played.start(n);
    if (seconds > (this.#drafts.get(step.id)?.listened ?? 0)) this.#keep(step, { listened: seconds });
  }

  #keep(step, change) {
    const at = new Date().toISOString();
    const jury = this.#kit.id;
    const fresh = { id: markingId(jury, this.#seat.id, step.id), jury, kind: "marking", seat: this.#seat.id, step: step.id, began_at: this.#began, levels: {} };
    const row = { ...fresh, ...this.#drafts.get(step.id), ...change, at };
    this.#drafts.set(step.id, row);
    return this.#store.put(row);
  }

  async #seal() {
    const lacks = marked(this.#kit).find((step) => !isMarked(step, this.#drafts.get(step.id)));
    if (lacks) {
      this.#trouble.textContent = `Task ${marked(this.#kit).indexOf(lacks) + 1} has no mark yet: choose a level of each question.`;
      this.#trouble.hidden = false;
      document.querySelector(`[data-step="${CSS.escape(lacks.id)}"] fieldset:not(:has(:checked)) input`)?.focus();
      return;
    }
    const id = `${this.#kit.id}/${this.#seat.id}`;
    await this.#store.put({ id, jury: this.#kit.id, kind: "sealed", seat: this.#seat.id, at: new Date().toISOString() });
    this.#onSealed();
  }
}
