/** A kit of a jury: which screen is due, what waits, what is sent, and what nobody sees. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { bundle, count, isMarked, isOver, screen, told, unmarked, waiting } from "../../web/static/staff/jury/kit-facts.js";
import { read, written } from "../../web/static/staff/jury/kit-file.js";
import { Sending } from "../../web/static/staff/jury/kit-sending.js";

const SEATS = [{ id: "s1", role: "employer" }, { id: "s2", role: "peer" }, { id: "s3", role: "trainer" }];
const STEPS = [
  { id: "hello", kind: "listen", criteria: [] },
  { id: "say", kind: "saying", criteria: [{ id: "clear" }, { id: "whole" }] },
];
const KIT = { id: "j", seat: null, seats: SEATS, steps: STEPS };
const begun = { id: "b", jury: "j", kind: "begun", at: "1" };
const said = { id: "c", jury: "j", kind: "consent", is_recorded: true, at: "2" };
const answer = (step, more = {}) => ({ id: `a-${step}`, jury: "j", kind: "answer", step, how: "done", at: "3", ...more });
const take = { id: "t", jury: "j", kind: "take", step: "say", mime: "audio/webm", done: true, at: "3" };
const marking = (seat, levels) => ({ id: `j/${seat}/say`, jury: "j", kind: "marking", seat, step: "say", levels, at: "4" });
const sealed = (seat) => ({ id: `j/${seat}`, jury: "j", kind: "sealed", seat, at: "5" });
const BEST = { clear: 2, whole: 2 };
const answered = [begun, said, answer("hello"), answer("say")];

/** The same verbs as the store of the phone, in memory. */
class MemoryKit {
  #rows = new Map();
  #chunks = [];

  constructor(rows = []) { for (const row of rows) this.#rows.set(row.id, row); }
  async put(row) { this.#rows.set(row.id, row); }
  async row(id) { return this.#rows.get(id); }
  async rows() { return [...this.#rows.values()]; }
  async putChunk(chunk) { this.#chunks.push(chunk); }
  async sound(id) { return new Blob(this.#chunks.filter((one) => one.take === id).map((one) => one.bytes)); }
}

const STATE = { is_whole: false };
const json = (body, status = 200) => ({ ok: status < 300, status, json: async () => body });

/** A center that takes what it is sent; @returns {{calls: Array<any>, fetch: any}} */
function center(answers = {}) {
  const calls = [];
  const fetch = async (url, init) => {
    const path = url.replace("/base", "").replace(/\?.*/, "");
    calls.push([path, init.body && typeof init.body === "string" ? JSON.parse(init.body) : init.body]);
    if (answers[path]) return answers[path]();
    if (path === "/sending") return json({ token: "x", state: STATE });
    if (path === "/merge") return json({ conflicts: [], state: STATE });
    return json({ id: path.split("/").at(-1), bytes: init.body.byteLength, sha256: await digest(init.body) });
  };
  return { calls, fetch };
}

async function digest(bytes) {
  const found = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(found)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

test("the candidate comes first, then the seats one by one", () => {
  assert.equal(screen(KIT, []).name, "start");
  assert.equal(screen(KIT, [begun]).name, "consent");
  assert.equal(screen(KIT, [begun, said]).step.id, "hello");
  assert.equal(screen(KIT, [begun, said, answer("hello")]).step.id, "say");
  assert.equal(screen(KIT, answered).name, "seats");
  assert.equal(screen(KIT, answered, "s2").seat.role, "peer");
});

test("marks that were handed in are never shown again", () => {
  const rows = [...answered, marking("s2", BEST), sealed("s2")];
  assert.equal(screen(KIT, rows, "s2").name, "seats");
});

test("the phone of a seat has nothing but its marks", () => {
  const kit = { ...KIT, seat: "s3", seats: [SEATS[2]] };
  assert.equal(screen(kit, []).name, "start");
  assert.equal(screen(kit, [begun]).seat.id, "s3");
  assert.equal(screen(kit, [begun, sealed("s3")]).name, "seats");
});

test("a task is marked by a level of each criterion, or by a reason", () => {
  assert.equal(isMarked(STEPS[1], undefined), false);
  assert.equal(isMarked(STEPS[1], { levels: { clear: 0 } }), false);
  assert.equal(isMarked(STEPS[1], { levels: { clear: 0, whole: 0 } }), true);
  assert.equal(isMarked(STEPS[1], { reason: "known-person", levels: {} }), true);
  assert.deepEqual(unmarked(KIT, [marking("s1", { clear: 1 })], "s1").map((step) => step.id), ["say"]);
});

test("marks wait until they are handed in, recordings until they are whole", () => {
  const rows = [...answered, take, { ...take, id: "cut", done: false }, marking("s1", BEST), marking("s2", BEST), sealed("s1")];
  const open = waiting(rows);
  assert.deepEqual(open.marks.map((row) => row.seat), ["s1"]);
  assert.deepEqual(open.takes.map((row) => row.id), ["t"]);
  assert.equal(count(rows), 5);
  assert.equal(told(rows), "On this phone alone: 2 answers, 1 recording, 1 mark.");
  assert.equal(told([begun]), "");
});

test("what is sent is what the center takes", () => {
  const touched = answer("hello", { how: "touch", option: "understood", plays_slow: 1 });
  const body = bundle(waiting([said, touched, { ...marking("s1", BEST), reason: "known-person" }, sealed("s1")]));
  assert.equal(body.is_recorded, true);
  assert.deepEqual(body.answers, [
    { id: "a-hello", step: "hello", kind: "touch", option: "understood", options: [], plays_normal: 0, plays_slow: 1 },
  ]);
  assert.deepEqual([body.marks[0].levels, body.marks[0].reason], [{}, "known-person"]);
  assert.equal("is_recorded" in bundle(waiting([])), false);
});

test("recordings go after the consent and before the answers", async () => {
  const store = new MemoryKit([...answered, take]);
  await store.putChunk({ take: "t", n: 0, bytes: new Uint8Array([1, 2]).buffer });
  const { calls, fetch } = center();
  const delivery = await new Sending({ store, base: "/base", fetch }).send("j");
  assert.equal(delivery.is, "sent");
  assert.deepEqual(calls.map(([path]) => path), ["/sending", "/merge", "/recordings/t", "/merge"]);
  assert.deepEqual(calls[1][1].answers, []);
  assert.equal(calls[3][1].answers.length, 2);
  assert.equal(count(await store.rows()), 0);
});

for (const [name, answers, is] of [
  ["no network", { "/sending": () => { throw new TypeError("failed"); } }, "offline"],
  ["a broken center", { "/merge": () => json({ error: "storage" }, 503) }, "offline"],
  ["a page in between", { "/merge": () => ({ ok: true, status: 200, json: async () => { throw new SyntaxError("<"); } }) }, "refused"],
  ["a sign-in that has ended", { "/sending": () => json({ error: "not-signed-in" }, 401) }, "closed"],
  ["a refusal", { "/merge": () => json({ error: "jury", trouble: "This jury was sent home." }, 409) }, "refused"],
]) {
  test(`${name} leaves everything on the phone`, async () => {
    const store = new MemoryKit(answered);
    const { fetch } = center(answers);
    const delivery = await new Sending({ store, base: "/base", fetch }).send("j");
    assert.equal(delivery.is, is);
    assert.ok(delivery.words);
    assert.equal(count(await store.rows()), 3);
  });
}

test("a recording that came otherwise is not safe", async () => {
  const store = new MemoryKit([...answered, take]);
  await store.putChunk({ take: "t", n: 0, bytes: new Uint8Array([1, 2]).buffer });
  const { fetch } = center({ "/recordings/t": () => json({ id: "t", bytes: 2, sha256: "0".repeat(64) }) });
  const delivery = await new Sending({ store, base: "/base", fetch }).send("j");
  assert.equal(delivery.is, "refused");
  assert.deepEqual(waiting(await store.rows()).takes.map((row) => row.id), ["t"]);
});

test("a phone forgets only what the center has", () => {
  const sent = answered.map((row) => ({ ...row, sent: true }));
  assert.equal(isOver(KIT, answered, { is_whole: true }), false);
  assert.equal(isOver(KIT, sent, { is_whole: false }), false);
  assert.equal(isOver(KIT, sent, { is_whole: true }), true);
  const seat = { ...KIT, seat: "s1" };
  assert.equal(isOver(seat, [begun], { is_whole: false }), false);
  assert.equal(isOver(seat, [begun, { ...marking("s1", BEST), sent: true }, sealed("s1")], { is_whole: false }), true);
});

test("a file brings what waits to another phone, once", async () => {
  const one = new MemoryKit([...answered, take, marking("s1", BEST), sealed("s1"), marking("s2", BEST)]);
  await one.putChunk({ take: "t", n: 0, bytes: new Uint8Array([7, 200]).buffer });
  const file = await written(one, "j");
  const other = new MemoryKit();
  assert.equal(await read(other, "j", file), true);
  assert.equal(await read(other, "j", file), true);
  assert.deepEqual(new Uint8Array(await (await other.sound("t")).arrayBuffer()), new Uint8Array([7, 200]));
  assert.equal(count(await other.rows()), count(await one.rows()));
  assert.ok(!file.includes("j/s2/say"));
  assert.equal(await read(other, "another", file), false);
  assert.equal(await read(other, "j", "no file"), false);
});
