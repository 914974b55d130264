/** Brings what a phone kept to the center; nothing leaves the phone before the center has it. */

import { sha256 } from "../../ids.js";
import { bundle, waiting } from "./kit-facts.js";

/** @typedef {{is: "sent"|"offline"|"closed"|"refused", words: string, state: any}} Delivery */

const WORDS = {
  offline: "There is no network. All is kept on this phone.",
  closed: "The center does not know this phone any more. Sign in again, or ask for a new link, then come back: all is kept here.",
};

const failed = (is, words = WORDS[is]) => ({ is, words, state: null });

export class Sending {
  #store;
  #base;
  #fetch;
  /** @type {Promise<Delivery>|null} */
  #running = null;

  /** @param {{store: any, base: string, fetch?: typeof fetch}} parts */
  constructor({ store, base, fetch: ask = (...all) => globalThis.fetch(...all) }) {
    this.#store = store;
    this.#base = base;
    this.#fetch = ask;
  }

  /** Send everything that waits; two calls at once are one. @param {string} jury @returns {Promise<Delivery>} */
  send(jury) {
    this.#running ??= this.#send(jury).finally(() => { this.#running = null; });
    return this.#running;
  }

  async #send(jury) {
    const { status, body } = await this.#ask("/sending", {});
    if (!body?.token) return this.#why(status, body);
    const headers = { "X-Form-Token": body.token };
    const open = waiting(await this.#store.rows(jury));
    // The center takes a recording once it knows that it may; an answer last says that all was said.
    if (open.takes.length) {
      const allowed = await this.#merge({ consent: open.consent, answers: [], marks: [] }, headers);
      if (allowed.is !== "sent") return allowed;
      for (const take of open.takes) {
        const delivery = await this.#take(take, headers);
        if (delivery.is !== "sent") return delivery;
      }
    }
    const isAnything = open.consent.length + open.answers.length + open.marks.length;
    return isAnything ? this.#merge(open, headers) : { is: "sent", words: "", state: body.state };
  }

  async #merge(open, headers) {
    const json = { ...headers, "Content-Type": "application/json" };
    const { status, body } = await this.#ask("/merge", { method: "POST", headers: json, body: JSON.stringify(bundle(open)) });
    if (!body?.state) return this.#why(status, body);
    for (const row of [...open.consent, ...open.answers, ...open.marks]) await this.#store.put({ ...row, sent: true });
    const words = body.conflicts.length ? "Another phone had told other things before. The center looks at it." : "";
    return { is: "sent", words, state: body.state };
  }

  async #take(take, headers) {
    const sound = await this.#store.sound(take.id, take.mime);
    const bytes = await sound.arrayBuffer();
    const type = take.mime || "application/octet-stream";
    const address = `/recordings/${take.id}?step=${encodeURIComponent(take.step)}`;
    const { status, body } = await this.#ask(address, { method: "PUT", headers: { ...headers, "Content-Type": type }, body: bytes });
    const digest = await sha256(bytes);
    const isSafe = body?.id === take.id && body.bytes === bytes.byteLength && (!digest || body.sha256 === digest);
    if (!isSafe) return this.#why(status, body);
    await this.#store.put({ ...take, sent: true });
    return { is: "sent", words: "", state: null };
  }

  #why(status, body) {
    if (!status || status >= 500) return failed("offline");
    if ([401, 403, 404].includes(status)) return failed("closed");
    return failed("refused", body?.trouble ?? "The center did not take this. All is kept on this phone.");
  }

  async #ask(path, init) {
    try {
      const headers = { Accept: "application/json", ...init.headers };
      const answer = await this.#fetch(`${this.#base}${path}`, { ...init, headers, credentials: "same-origin" });
      const body = await answer.json().catch(() => null);
      const isFine = answer.ok || body?.trouble;
      return { status: answer.status, body: isFine ? body : null };
    } catch {
      return { status: 0, body: null };
    }
  }
}
