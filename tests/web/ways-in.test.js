/** The ways in: every screen leads on, the pad takes what was heard, no secret is misread. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { JOURNEY, next as following, read } from "../../web/static/ways-in/journey.js";
import { meaning } from "../../web/static/ways-in/knocking.js";
import { empty, isFull, next, shuffled, unforeseen } from "../../web/static/ways-in/pad.js";
import { phrases } from "./phrases.js";
import { template } from "./templates.js";

const SECRET = "0123456789-_abcdefghijklmno";
const after = (events, length = 5) => events.reduce(next, empty(length));

test("every event leads to a screen that exists, or home", () => {
  for (const [screen, events] of Object.entries(JOURNEY)) {
    for (const event of Object.keys(events)) {
      const screenAfter = following(screen, event);
      assert.ok(screenAfter === "home" || JOURNEY[screenAfter], `${screen} ${event}`);
    }
  }
});

test("from every screen home can be reached, and every screen from the start", () => {
  const reachable = (from) => {
    const seen = new Set([from]);
    for (const screen of seen) for (const one of Object.values(JOURNEY[screen] ?? {})) seen.add(one);
    return seen;
  };
  for (const screen of Object.keys(JOURNEY)) assert.ok(reachable(screen).has("home"), screen);
  assert.deepEqual([...reachable("start")].sort(), [...Object.keys(JOURNEY), "home"].sort());
  assert.throws(() => following("start", "dance"), RangeError);
});

test("a picture is touched first and taken after that, the same one twice if it is so", () => {
  assert.deepEqual(after([{ take: true }]).taken, []);
  const pad = after([{ touch: "key" }, { touch: "bed" }, { take: true }, { touch: "bed" }, { take: true }]);
  assert.deepEqual([pad.taken, pad.touched], [["bed", "bed"], null]);
  assert.deepEqual(after([{ touch: "bed" }, { take: true }, { take: true }]).taken, ["bed"]);
});

test("the last step is taken back, one at a time", () => {
  const taken = [{ touch: "key" }, { take: true }, { touch: "bed" }];
  assert.deepEqual(after([...taken, { undo: true }]), { length: 5, taken: ["key"], touched: null });
  assert.deepEqual(after([...taken, { undo: true }, { undo: true }, { undo: true }]).taken, []);
});

test("a full pad takes nothing more", () => {
  const full = after([{ touch: "key" }, { take: true }, { touch: "bed" }, { take: true }], 2);
  assert.ok(isFull(full));
  assert.deepEqual(next(next(full, { touch: "sofa" }), { undo: true }), full);
});

test("the order is another one and loses nothing", () => {
  const all = Array.from({ length: 16 }, (_, n) => n);
  assert.deepEqual([...shuffled(all, unforeseen)].sort((a, b) => a - b), all);
  assert.deepEqual(shuffled([1, 2, 3], () => 0), [2, 3, 1]);
  const numbers = Array.from({ length: 600 }, () => unforeseen(5));
  assert.deepEqual([...new Set(numbers)].sort(), [0, 1, 2, 3, 4]);
});

test("an address carries a language and a secret, and nothing else is taken for one", () => {
  assert.deepEqual(read(`#es.${SECRET}`, ["fr", "es"]), { language: "es", secret: SECRET });
  assert.deepEqual(read(`#xx.${SECRET}`, ["fr", "es"]), { language: "fr", secret: SECRET });
  for (const hash of ["", "#", `#${SECRET}`, "#es.short", `#es.${SECRET}.more`, `#es.<${SECRET}>`]) {
    assert.equal(read(hash, ["fr", "es"]), null, hash);
  }
});

test("what the server answers leads on, or is asked again", async () => {
  const known = await phrases("en");
  assert.equal(meaning({ status: 201, body: { attempt: null } }).told.attempt, null);
  assert.equal(meaning({ status: 503, body: { error: "storage" } }), null);
  assert.equal(meaning({ status: 200, body: null }), null);
  assert.equal(meaning({ status: 401, body: { error: "other-pictures", phrase: "card.other-pictures" } }).event, "again");
  assert.equal(meaning({ status: 429, body: { error: "too-many", phrase: "card.wait" } }).event, "again");
  const closed = meaning({ status: 401, body: { error: "closed", phrase: "kiosk.closed" } });
  assert.equal(closed.event, "told");
  assert.ok(known[closed.phrase] && known[meaning({ status: 401, body: { error: "x" } }).phrase]);
});

test("every sentence and every control of the page is spoken", async () => {
  const known = await phrases("en");
  const page = await template("ways_in.html");
  for (const [, key] of page.matchAll(/data-phrase="([^"]+)"/g)) assert.ok(known[key], key);
  for (const [, name] of page.matchAll(/data-control="([^"]+)"/g)) assert.ok(known[`control.${name}`], name);
  assert.doesNotMatch(page, /\son\w+=|\sstyle=|<style|https?:\/\//);
});

test("before the pictures of a card it is said, in every language, that nobody should see or hear them", async () => {
  const pad = await readFile(new URL("../../web/static/ways-in/screens.js", import.meta.url), "utf8");
  assert.ok(pad.indexOf('"card.alone"') > 0 && pad.indexOf('"card.alone"') < pad.indexOf("phrases.step(asked)"));
  for (const language of ["fr", "es", "en"]) assert.ok((await phrases(language))["card.alone"], language);
});
