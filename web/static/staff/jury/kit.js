/** A kit that seats a jury: the candidate's tasks, the marks of three, all on this phone until it is sent. */

import { uuid } from "../../ids.js";
import { consentScreen, stepScreen } from "./kit-candidate.js";
import { consent, count, isOver, isSealed, screen, told } from "./kit-facts.js";
import { read, written } from "./kit-file.js";
import { Marking } from "./kit-marking.js";
import { forget, keptOffline } from "./kit-offline.js";
import { Sounds, made, soundsOf } from "./kit-parts.js";
import { Sending } from "./kit-sending.js";
import { openKitStore } from "./kit-store.js";
import { Voice, keepCut } from "./kit-voice.js";

const EVERY_MS = 15000;

class Kit {
  #main;
  #base;
  #kit = null;
  #store = null;
  #sending = null;
  #sounds = new Sounds();
  #seat = null;
  #shown = "";
  #voice = null;
  #ready = "";
  #sent = "";

  constructor(main) {
    this.#main = main;
    this.#base = main.dataset.base;
  }

  async begin() {
    this.#store = await openKitStore().catch(() => null);
    if (!this.#store) return this.#sad("This browser keeps nothing. Use another browser, or another phone.");
    this.#kit = await this.#load();
    if (!this.#kit) return this.#sad("The kit is not on this phone. Open this page once where there is a network.");
    this.#sending = new Sending({ store: this.#store, base: this.#base });
    await keepCut(this.#store, this.#kit.id);
    this.#phone();
    await this.#update();
    this.#keepTrying();
    if (!(await this.#isOver())) this.#say({ ready: await this.#readiness() });
    return undefined;
  }

  async #readiness() {
    if (this.#kit.mode === "remote") return "Listening needs a network. Your marks are kept here at once.";
    return (await this.#keep()) ? "Ready for no network." : "Not ready for no network: stay where there is one, and load this page again.";
  }

  async #load() {
    try {
      const answer = await fetch(`${this.#base}/kit.json`, { headers: { Accept: "application/json" } });
      const kit = answer.ok ? await answer.json() : null;
      return kit?.id === this.#main.dataset.jury ? kit : null;
    } catch {
      return null;
    }
  }

  #keep() {
    const onProgress = (ready) => this.#say({ ready });
    return keptOffline(this.#kit, { base: this.#base, worker: this.#main.dataset.worker, onProgress }).catch(() => false);
  }

  async #isOver() { return screen(this.#kit, await this.#rows()).name === "over"; }

  #rows() { return this.#store.rows(this.#kit.id); }

  #put(row) { return this.#store.put({ id: uuid(), jury: this.#kit.id, at: new Date().toISOString(), ...row }); }

  /** Show what is due now, unless it is on the screen already. */
  async #update() {
    const rows = await this.#rows();
    const due = screen(this.#kit, rows, this.#seat);
    const name = [due.name, due.step?.id, due.seat?.id, due.name === "seats" && rows.length].filter(Boolean).join(" ");
    this.#say({ waits: told(rows) });
    if (name === this.#shown) return;
    this.#shown = name;
    this.#sounds.stop();
    this.#main.replaceChildren(made("h1", {}, `Jury, ${this.#kit.micro_competence}`), await this.#screen(due, rows));
    this.#main.dataset.screen = due.name;
    this.#main.focus();
    scrollTo(0, 0);
  }

  #screen(due, rows) {
    switch (due.name) {
      case "start": return this.#start();
      case "consent": return consentScreen(this.#kit, { sounds: this.#sounds, answer: (is) => this.#did({ kind: "consent", is_recorded: is }) });
      case "step": return this.#step(due.step, rows);
      case "marking": return this.#marking(due.seat).shown(rows);
      case "seats": return this.#seats(rows);
      default: return this.#over();
    }
  }

  #start() {
    const who = this.#kit.seat === null ? "First comes the candidate, then each seat marks." : "You mark alone, by the same questions as the two others.";
    return made("section", { class: "card" },
      made("p", {}, `Candidate ${this.#kit.candidate}.`),
      made("ul", {}, ...this.#kit.seats.map((seat) => made("li", {}, seat.words))),
      made("p", {}, who),
      made("p", {}, "Everything is kept on this phone at once. It is sent when there is a network."),
      made("button", { type: "button", "data-control": "begin", onclick: () => this.#did({ kind: "begun" }) }, "Begin"));
  }

  #step(step, rows) {
    const isSpoken = ["asking", "saying"].includes(step.kind);
    if (consent(rows)) this.#voice ??= new Voice({ store: this.#store, kit: this.#kit });
    const voice = isSpoken ? this.#voice?.at(step) ?? null : null;
    return stepScreen(this.#kit, step, { sounds: this.#sounds, voice, answer: (answer) => this.#answer(step, answer) });
  }

  async #answer(step, answer) {
    await this.#voice?.end();
    await this.#did({ kind: "answer", step: step.id, ...answer });
    this.#main.querySelector("[data-step] [data-control=play]")?.click();
    if (this.#main.dataset.screen !== "seats") return;
    this.#voice?.release();
    this.#sounds.play(soundsOf(this.#kit.words["jury.done"]));
  }

  #marking(seat) {
    return new Marking({
      kit: this.#kit, seat, store: this.#store, sounds: this.#sounds,
      onSealed: async () => { this.#seat = null; await this.#update(); this.#send(); },
    });
  }

  #seats(rows) {
    const isMine = this.#kit.seat !== null;
    const lines = this.#kit.seats.map((seat) => made("li", {}, this.#seatLine(seat, rows)));
    const words = isMine ? "Your marks are handed in. Keep this page open until they are sent." : "Give the phone to one after the other. Marks that come from another phone need nothing here.";
    return made("section", { class: "card", "aria-labelledby": "seats-title" },
      made("h2", { id: "seats-title" }, isMine ? "Thank you" : "The jury marks"),
      made("p", {}, words),
      made("ul", { class: "people" }, ...lines));
  }

  #seatLine(seat, rows) {
    if (isSealed(rows, seat.id)) return made("p", { "data-handed-in": seat.role }, `${seat.words}: handed in`);
    return made("button", { type: "button", "data-seat": seat.role, onclick: () => { this.#seat = seat.id; this.#update(); } }, `${seat.words}: mark on this phone`);
  }

  #over() {
    return made("section", { class: "card told" },
      made("p", {}, "Everything is at the center. This phone keeps nothing of it."),
      this.#kit.seat === null ? made("p", {}, made("a", { class: "sole", href: this.#base }, "To the jury's page")) : null);
  }

  async #did(row) {
    await this.#put(row);
    await this.#update();
    this.#send();
  }

  async #send({ isAsked = false } = {}) {
    const rows = await this.#rows();
    if (rows.some((row) => row.kind === "over") || (!isAsked && (!navigator.onLine || !rows.length))) return;
    const delivery = await this.#sending.send(this.#kit.id);
    this.#say({ sent: delivery.words });
    if (delivery.is === "sent" && isOver(this.#kit, await this.#rows(), delivery.state)) await this.#forget();
    await this.#update();
  }

  /** The center has everything: nothing of the candidate stays here. */
  async #forget() {
    for (const row of await this.#rows()) await this.#store.remove(row.id);
    await this.#store.put({ id: `${this.#kit.id}/over`, jury: this.#kit.id, kind: "over", at: new Date().toISOString() });
    await forget(this.#kit.id);
    this.#say({ ready: "" });
  }

  #keepTrying() {
    const again = () => this.#send();
    addEventListener("online", again);
    document.addEventListener("visibilitychange", () => document.hidden || again());
    setInterval(again, EVERY_MS);
    again();
  }

  /** What this phone has alone, and the ways to bring it to the center. */
  #phone() {
    const file = made("input", { type: "file", accept: "application/json", id: "read-file", onchange: (event) => this.#read(event.target) });
    document.querySelector("[data-part=kept]").after(made("section", { class: "phone", "aria-label": "This phone" }, made("details", {},
      made("summary", {}, "This phone"),
      made("div", { class: "doings" },
        made("button", { type: "button", "data-control": "send", onclick: () => this.#send({ isAsked: true }) }, "Send now"),
        made("button", { type: "button", class: "quiet", "data-control": "save", onclick: () => this.#save() }, "Save a file")),
      this.#kit.seat === null ? made("a", { class: "sole", href: `/staff/sign-in?next=${encodeURIComponent(`${this.#base}/kit`)}` }, "Sign in again") : null,
      made("label", { for: "read-file" }, "Read a file of another phone"), file,
      made("p", {}, "A file holds what this phone has not sent yet, with the candidate's voice. Delete it once it was read."))));
  }

  async #save() {
    const text = await written(this.#store, this.#kit.id);
    const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    made("a", { href, download: `jury-${this.#kit.id}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(href), EVERY_MS);
  }

  async #read(input) {
    const text = await input.files[0]?.text();
    input.value = "";
    if (!text) return;
    const isOurs = await read(this.#store, this.#kit.id, text);
    this.#say({ sent: isOurs ? "The file was read." : "This is no file of this jury." });
    await this.#update();
    await this.#send();
  }

  #waits = "";

  #say({ ready = this.#ready, waits = this.#waits, sent = this.#sent }) {
    [this.#ready, this.#waits, this.#sent] = [ready, waits, sent];
    document.querySelector("[data-part=kept]").textContent = [ready, waits, sent].filter(Boolean).join(" ");
  }

  #sad(words) {
    this.#main.replaceChildren(made("h1", {}, "Jury"), made("p", { class: "trouble", role: "alert" }, words));
  }
}

const main = document.querySelector("[data-module=jury]");
if (main) new Kit(main).begin();
