/** The answers on the phone: each is kept until the server has said that it is safe. */

import { sha256, uuid } from "./ids.js";

const AGAIN_LATER = new Set([408, 425, 429]);

/**
 * @typedef {object} Row
 * @property {string} id made on the phone; the same id twice is the same answer
 * @property {"utterance"|"choice"} kind
 * @property {string} attempt
 * @property {string} item
 * @property {string} [mime]
 * @property {string} [option]
 * @property {ReadonlyArray<string>} [options] several, where their order or their number is the answer
 * @property {Record<string, number>} counts how often the prompt was played, and which take this is
 * @property {boolean} done whether the person has said that this is the answer
 */

/** @typedef {{state: "stored"|"waiting"|"refused", phrase: string|null, body: any}} Delivery */

/**
 * The request that brings one answer to the server.
 * @param {Row} row
 * @param {ArrayBuffer|null} bytes
 * @returns {{url: string, init: RequestInit}}
 */
export function request(row, bytes) {
  const { attempt, item, option, options, counts } = row;
  if (row.kind === "choice") {
    const { takes: _, ...plays } = counts;
    const body = JSON.stringify({ attempt, item, option, options, ...plays });
    return { url: `/choices/${row.id}`, init: { method: "PUT", headers: { "Content-Type": "application/json" }, body } };
  }
  const query = new URLSearchParams({ attempt, item });
  for (const [name, count] of Object.entries(counts)) query.set(name, String(count));
  const headers = { "Content-Type": row.mime || "application/octet-stream" };
  return { url: `/utterances/${row.id}?${query}`, init: { method: "PUT", headers, body: bytes } };
}

/**
 * What an answer of the network means. Another page in the server's place is no success.
 * @param {{status: number, body: any}} answer
 * @param {{id: string, bytes: number|null, sha256: string|null}} sent
 * @returns {Delivery}
 */
export function judge({ status, body }, sent) {
  const isStored = (status === 200 || status === 201) && body?.id === sent.id
    && (sent.bytes === null || body.bytes === sent.bytes)
    && (sent.sha256 === null || body.sha256 === sent.sha256);
  if (isStored) return { state: "stored", phrase: body.phrase ?? null, body };
  const isRefused = status >= 400 && status < 500 && !AGAIN_LATER.has(status) && typeof body?.error === "string";
  if (isRefused) return { state: "refused", phrase: body.phrase ?? null, body };
  return { state: "waiting", phrase: "trouble.network", body: null };
}

export class Takes {
  #store;
  #fetch;
  #sha256;
  /** @type {Map<string, Promise<Delivery>>} */
  #onTheWay = new Map();

  /** @param {{store: any, fetch: typeof fetch, sha256?: (bytes: ArrayBuffer) => Promise<string|null>}} parts */
  constructor({ store, fetch, sha256: digest = sha256 }) {
    this.#store = store;
    this.#fetch = fetch;
    this.#sha256 = digest;
  }

  /** Begin a take; @returns {Promise<string>} its id */
  async open({ attempt, item, mime }) {
    const row = { id: uuid(), kind: "utterance", attempt, item, mime, counts: {}, done: false };
    await this.#store.putRow(row);
    return row.id;
  }

  /** Keep one piece of a take; empty pieces are dropped. */
  async add(id, { n, bytes }) {
    if (bytes.byteLength) await this.#store.putChunk({ take: id, n, bytes });
  }

  /** @param {string} id @returns {Promise<ArrayBuffer>} all its pieces as one */
  async bytes(id) {
    const chunks = await this.#store.chunks(id);
    return await new Blob(chunks.map((chunk) => chunk.bytes)).arrayBuffer();
  }

  /** The person has said it: this take is the answer. */
  async finish(id, counts) {
    const row = await this.#store.row(id);
    await this.#store.putRow({ ...row, counts, done: true });
  }

  /** Keep a touched option, or several, like a take; @returns {Promise<string>} its id */
  async choose({ attempt, item, option, options, counts }) {
    const row = { id: uuid(), kind: "choice", attempt, item, option, options, counts, done: true };
    await this.#store.putRow(row);
    return row.id;
  }

  /** @param {string} id */
  async discard(id) {
    await this.#store.remove(id);
  }

  /** Takes that nobody confirmed before the page went away: the question is asked again. */
  async discardUnfinished() {
    for (const row of await this.#store.rows()) if (!row.done) await this.discard(row.id);
  }

  /** @returns {Promise<number>} how many answers the server does not have yet */
  async waiting() {
    return (await this.#store.rows()).filter((row) => row.done).length;
  }

  /** Send everything that is finished. @returns {Promise<number>} how many still wait */
  async flush() {
    for (const row of await this.#store.rows()) if (row.done) await this.deliver(row.id);
    return this.waiting();
  }

  /**
   * Bring one finished answer to the server; it stays here unless the server has taken or refused it.
   * @param {string} id
   * @returns {Promise<Delivery>}
   */
  deliver(id) {
    const running = this.#onTheWay.get(id) ?? this.#deliver(id).finally(() => this.#onTheWay.delete(id));
    this.#onTheWay.set(id, running);
    return running;
  }

  async #deliver(id) {
    const row = await this.#store.row(id);
    if (!row) return { state: "stored", phrase: null, body: null };
    const bytes = row.kind === "utterance" ? await this.bytes(id) : null;
    const sent = { id, bytes: bytes && bytes.byteLength, sha256: bytes && (await this.#sha256(bytes)) };
    const delivery = judge(await this.#ask(request(row, bytes)), sent);
    if (delivery.state !== "waiting") await this.#store.remove(id);
    return delivery;
  }

  async #ask({ url, init }) {
    try {
      const signal = AbortSignal.timeout?.(20000);
      const response = await this.#fetch(url, { ...init, signal, credentials: "same-origin" });
      return { status: response.status, body: await response.json() };
    } catch {
      return { status: 0, body: null };
    }
  }
}

/**
 * Try again whenever there is a reason to hope.
 * @param {Takes} takes
 * @param {{every?: number}} pace milliseconds between two tries
 */
export function keepTrying(takes, { every = 15000 } = {}) {
  const flush = () => takes.flush().catch(() => {});
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  setInterval(flush, every);
  flush();
}
