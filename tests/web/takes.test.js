/** Answers on the phone: kept until they are safe, sent once, never lost to a page that only looks like ours. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { sha256 } from "../../web/static/ids.js";
import { MemoryStore } from "../../web/static/takes-store.js";
import { Takes, judge, request } from "../../web/static/takes.js";

const bytesOf = (text) => new TextEncoder().encode(text).buffer;

/** A server in memory: keeps what it is sent, or answers what it is told. */
class Server {
  kept = new Map();
  seen = [];
  /** @type {null|(() => any)} */
  instead = null;

  fetch = async (url, init) => {
    this.seen.push({ url, init });
    if (this.instead) return this.instead();
    const id = /\/([\da-f-]{36})/.exec(url)[1];
    const isNew = !this.kept.has(id);
    this.kept.set(id, init.body);
    const status = isNew ? 201 : 200;
    if (url.startsWith("/choices/")) return { status, json: async () => ({ id, phrase: null }) };
    const body = { id, sha256: await sha256(init.body), bytes: init.body.byteLength, replayed: !isNew };
    return { status, json: async () => body };
  };
}

const answer = (status, body) => () => ({ status, json: async () => body });
const WHERE = { attempt: "a1", item: "broom", mime: "audio/webm" };

async function taken(server = new Server(), store = new MemoryStore()) {
  const takes = new Takes({ store, fetch: server.fetch });
  const id = await takes.open(WHERE);
  await takes.add(id, { n: 1, bytes: bytesOf("lo") });
  await takes.add(id, { n: 0, bytes: bytesOf("hel") });
  await takes.add(id, { n: 2, bytes: bytesOf("") });
  return { takes, id, server, store };
}

test("pieces come together in their order, empty ones do not count", async () => {
  const { takes, id } = await taken();
  assert.equal(new TextDecoder().decode(await takes.bytes(id)), "hello");
});

test("an unconfirmed take is not sent", async () => {
  const { takes, server } = await taken();
  assert.equal(await takes.flush(), 0);
  assert.equal(server.seen.length, 0);
});

test("several pictures are sent as they were touched, in their order", async () => {
  const server = new Server();
  const takes = new Takes({ store: new MemoryStore(), fetch: server.fetch });
  const counts = { plays_normal: 1, plays_slow: 0 };
  const id = await takes.choose({ attempt: "a1", item: "time.order", options: ["floor", "beds"], counts });
  assert.equal((await takes.deliver(id)).state, "stored");
  assert.deepEqual(JSON.parse(server.seen[0].init.body), {
    attempt: "a1", item: "time.order", options: ["floor", "beds"], plays_normal: 1, plays_slow: 0,
  });
});

test("a confirmed take is sent with its counts and its own type, then let go", async () => {
  const { takes, id, server } = await taken();
  await takes.finish(id, { plays_normal: 2, plays_slow: 0, takes: 1 });
  assert.equal((await takes.deliver(id)).state, "stored");
  const [{ url, init }] = server.seen;
  assert.equal(url, `/utterances/${id}?attempt=a1&item=broom&plays_normal=2&plays_slow=0&takes=1`);
  assert.equal(init.headers["Content-Type"], "audio/webm");
  assert.equal(await takes.waiting(), 0);
});

test("without a network it is kept and sent later under the same id", async () => {
  const { takes, id, server } = await taken();
  await takes.finish(id, { takes: 1 });
  server.instead = () => { throw new TypeError("no network"); };
  assert.equal((await takes.deliver(id)).state, "waiting");
  assert.equal(await takes.waiting(), 1);
  server.instead = null;
  assert.equal(await takes.flush(), 0);
  assert.deepEqual([...server.kept.keys()], [id]);
});

test("another page in the server's place is no success", async () => {
  const { takes, id, server } = await taken();
  await takes.finish(id, { takes: 1 });
  const portal = () => ({ status: 200, json: async () => { throw new SyntaxError("<html>"); } });
  for (const instead of [portal, answer(200, {}), answer(200, { id: "other" }), answer(302, null), answer(404, "nothing here"), answer(500, { error: "error", phrase: null })]) {
    server.instead = instead;
    assert.equal((await takes.deliver(id)).state, "waiting");
  }
  assert.equal(await takes.waiting(), 1);
});

test("a server that kept other bytes has not kept the answer", async () => {
  const { takes, id, server } = await taken();
  await takes.finish(id, { takes: 1 });
  server.instead = answer(201, { id, bytes: 5, sha256: "0".repeat(64) });
  assert.equal((await takes.deliver(id)).state, "waiting");
  server.instead = answer(201, { id, bytes: 4, sha256: await sha256(bytesOf("hello")) });
  assert.equal((await takes.deliver(id)).state, "waiting");
});

test("a refusal in the server's own words ends it, with what to say", async () => {
  const { takes, id, server } = await taken();
  await takes.finish(id, { takes: 1 });
  server.instead = answer(409, { error: "closed", phrase: "trouble.closed" });
  const delivery = await takes.deliver(id);
  assert.deepEqual([delivery.state, delivery.phrase], ["refused", "trouble.closed"]);
  assert.equal(await takes.waiting(), 0);
});

test("two reasons to send at once are one request", async () => {
  const { takes, id, server } = await taken();
  await takes.finish(id, { takes: 1 });
  await Promise.all([takes.deliver(id), takes.deliver(id), takes.flush()]);
  assert.equal(server.seen.length, 1);
});

test("a reload finishes what was confirmed and drops what was not", async () => {
  const { takes, id, server, store } = await taken();
  const half = await takes.open({ ...WHERE, item: "mop" });
  await takes.add(half, { n: 0, bytes: bytesOf("half") });
  await takes.finish(id, { takes: 1 });
  const reloaded = new Takes({ store, fetch: server.fetch });
  await reloaded.discardUnfinished();
  await reloaded.flush();
  assert.deepEqual([...server.kept.keys()], [id]);
  assert.deepEqual(await store.rows(), []);
  assert.deepEqual(await store.chunks(half), []);
});

test("a touched picture is kept and sent like a take", async () => {
  const { takes, server } = await taken();
  const counts = { plays_normal: 1, plays_slow: 1 };
  const id = await takes.choose({ attempt: "a1", item: "broom", option: "sweeping", counts });
  server.instead = answer(0, null);
  assert.equal((await takes.deliver(id)).state, "waiting");
  server.instead = null;
  assert.equal((await takes.deliver(id)).state, "stored");
  const { url, init } = server.seen.at(-1);
  assert.equal(url, `/choices/${id}`);
  assert.deepEqual(JSON.parse(init.body), { attempt: "a1", item: "broom", option: "sweeping", ...counts });
});

test("a busy server is asked again, it has refused nothing", () => {
  const sent = { id: "x", bytes: null, sha256: null };
  for (const status of [408, 425, 429, 503]) {
    assert.equal(judge({ status, body: { error: "busy", phrase: null } }, sent).state, "waiting");
  }
});

test("a phone without cryptography still knows its take by id and size", () => {
  const sent = { id: "x", bytes: 5, sha256: null };
  assert.equal(judge({ status: 201, body: { id: "x", bytes: 5, sha256: "any" } }, sent).state, "stored");
  assert.equal(judge({ status: 201, body: { id: "x", bytes: 6, sha256: "any" } }, sent).state, "waiting");
});

test("an unnamed type is sent as bytes", () => {
  const row = { id: "x", kind: "utterance", attempt: "a", item: "i", mime: "", counts: {}, done: true };
  assert.equal(request(row, bytesOf("a")).init.headers["Content-Type"], "application/octet-stream");
});
