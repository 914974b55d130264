/** What verify.html answers: a paper's statement, a credential, a token, and each of them changed. */

import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign, webcrypto } from "node:crypto";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { runInThisContext } from "node:vm";

import { fromBase58, fromBase64url, toBase64url, toHex } from "../../web/static/verify/bytes.js";
import { carried } from "../../web/static/verify/files.js";
import { verdict } from "../../web/static/verify/verdict.js";
import { WORDS, answer, chosenLanguage, lines, shownDate } from "../../web/static/verify/words.js";

const WEB = new URL("../../web/static/verify/", import.meta.url);
const CONTEXTS = new URL("../../voice_app/scoring/badges/contexts/", import.meta.url);
const NOW = new Date("2026-11-22T12:00:00Z");
// The example of docs/badge-statement.md.
const KEY_ID = "key-56475aa75463474c";
const KEY = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
const STATEMENT =
  "v1.Vkdap1RjR0w3UTRLMk05WAnV__8AABJnA01DMwJmcgtBbmEgRXhhbXBsZVNDAx2CAwMIOBWldrEwef8N7cQGLwbgH3" +
  "cty90J6a-A8xG7QShuOoCtqqhmLuaytXWh8AOugpNa19IXcqGvYgU";
const ORIGIN = "https://badges.example";
const DID = "did:web:badges.example";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const KID = `${ORIGIN}/keys/jwt-1.json`;

// Node 18 has it under another name.
globalThis.crypto ??= webcrypto;

/** @type {any} */
let known;

before(async () => {
  runInThisContext(await readFile(new URL("vendor/jsonld.min.js", WEB), "utf8"));
  const context = async (name) => JSON.parse(await readFile(new URL(name, CONTEXTS), "utf8"));
  known = {
    did: DID,
    name: "MyCred4Home",
    origin: ORIGIN,
    keys: { [KEY_ID]: toBase64url(Uint8Array.from(Buffer.from(KEY, "hex"))) },
    jwks: [{ ...rsa.publicKey.export({ format: "jwk" }), kid: KID }],
    contexts: {
      "https://www.w3.org/ns/credentials/v2": await context("credentials-v2.json"),
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": await context("ob-3.0.3.json"),
      "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": await context("ob-extensions.json"),
    },
    lists: { [`${ORIGIN}/status/0/revocation`]: [], [`${ORIGIN}/status/0/suspension`]: [] },
    at: "2026-11-22T10:00:00Z",
  };
});

const state = async (text, more = {}, now = NOW) => (await verdict(text, { ...known, ...more }, now)).state;

test("the libraries inside are the ones that were taken", async () => {
  const credits = await readFile(new URL("vendor/CREDITS.md", WEB), "utf8");
  for (const name of ["jsonld.min.js", "noble-ed25519.js"]) {
    const digest = createHash("sha256").update(await readFile(new URL(`vendor/${name}`, WEB))).digest("hex");
    assert.match(credits, new RegExp(`${name}.*${digest}`));
  }
});

test("bytes have one text, and a text one reading", () => {
  assert.equal(toHex(fromBase64url("AP8")), "00ff");
  assert.throws(() => fromBase64url("AP9"));
  assert.throws(() => fromBase64url("A P8"));
  assert.equal(toHex(fromBase58("1112")), "00000001");
  assert.throws(() => fromBase58("0"));
});

test("a paper's statement is real, alone and in its address", async () => {
  assert.equal(await state(STATEMENT), "real");
  assert.equal(await state(` ${ORIGIN}/b/7Q4K2M9X#${STATEMENT}\n`), "real");
  assert.equal(await state(`#${STATEMENT}`), "real");
  assert.equal(await state(`${ORIGIN}/b/22222222#${STATEMENT}`), "unknown");
  const { badge } = await verdict(STATEMENT, known, NOW);
  assert.deepEqual(badge, {
    code: "7Q4K2M9X", competence: "MC3", language: "fr", holder: "Ana Example", issuedOn: "2026-11-22",
  });
});

test("each changed letter of a statement is told", async () => {
  for (let at = 3; at < STATEMENT.length; at += 1) {
    const other = STATEMENT[at] === "A" ? "B" : "A";
    assert.equal(await state(STATEMENT.slice(0, at) + other + STATEMENT.slice(at + 1)), "unknown", String(at));
  }
  assert.equal(await state(STATEMENT, { keys: {} }), "unknown");
  assert.equal(await state(STATEMENT.slice(0, 60)), "unknown");
});

test("the library inside answers as the browser does", async () => {
  const importKey = crypto.subtle.importKey;
  crypto.subtle.importKey = async () => {
    throw new DOMException("no Ed25519 here");
  };
  try {
    assert.equal(await state(STATEMENT), "real");
    assert.equal(await state(STATEMENT.replace("RXhhbXB", "RXhhbXA")), "unknown");
  } finally {
    crypto.subtle.importKey = importKey;
  }
});

test("the lists inside say cancelled and paused; a list that is not here leaves it open", async () => {
  const lists = { ...known.lists, [`${ORIGIN}/status/0/revocation`]: [4711] };
  assert.equal(await state(STATEMENT, { lists }), "cancelled");
  assert.equal(await state(STATEMENT, { lists: { ...known.lists, [`${ORIGIN}/status/0/suspension`]: [4711] } }), "paused");
  assert.equal(await state(STATEMENT, { lists: {} }), "unchecked");
});

function token(changes = {}, head = {}) {
  const payload = {
    id: `${ORIGIN}/b/7Q4K2M9X`,
    iss: DID,
    jti: `${ORIGIN}/b/7Q4K2M9X`,
    validFrom: "2026-11-21T10:30:00Z",
    credentialSubject: { achievement: { name: "Comprendre" } },
    ...changes,
  };
  const text = [{ alg: "RS256", typ: "JWT", kid: KID, ...head }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${text}.${sign("sha256", Buffer.from(text), rsa.privateKey).toString("base64url")}`;
}

test("a token is real; one with another key, kind or issuer is not ours", async () => {
  assert.equal(await state(token()), "real");
  assert.equal(await state(token({ validUntil: "2026-11-22T11:00:00Z" })), "expired");
  assert.equal(await state(token({ iss: "did:web:other.example" })), "unknown");
  assert.equal(await state(token({}, { kid: "https://other.example/key" })), "unknown");
  assert.equal(await state(token({}, { alg: "none" })), "unknown");
  const [head, , signature] = token().split(".");
  const other = Buffer.from(JSON.stringify({ iss: DID })).toString("base64url");
  assert.equal(await state(`${head}.${other}.${signature}`), "unknown");
});

test("anything else is not ours, and breaks nothing", async () => {
  const deep = "[".repeat(100_000);
  const others = ["", "{}", "[]", "null", "1e999", "\0", deep, '{"proof":[]}', '{"@context":"https://x"}', "v1.", "#v1."];
  for (const text of others) assert.equal(await state(text), "unknown", text.slice(0, 20));
});

test("a badge is taken out of a picture without decoding it", async () => {
  const bytes = (text) => Uint8Array.from(Buffer.from(text, "latin1"));
  const chunk = (kind, data) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return `${length.toString("latin1")}${kind}${data}\0\0\0\0`;
  };
  const png = `\x89PNG\r\n\x1a\n${chunk("IHDR", "x".repeat(13))}`;
  const baked = png + chunk("iTXt", "openbadgecredential\0\0\0\0\0{\"a\":1}");
  assert.equal(await carried(bytes(baked)), '{"a":1}');
  assert.equal(await carried(bytes(png)), null);
  assert.equal(await carried(bytes(png + chunk("iTXt", "openbadgecredential\0\x01\0\0\0{}"))), null);
  const svg = '<svg><openbadges:credential><![CDATA[{"a":1}]]></openbadges:credential></svg>';
  assert.equal(await carried(bytes(svg)), '{"a":1}');
  assert.equal(await carried(bytes('<svg><openbadges:credential verify="a.b.c"/></svg>')), "a.b.c");
  assert.equal(await carried(bytes("<svg></svg>")), null);
  assert.equal(await carried(bytes(`%PDF-1.7 /URI (${ORIGIN}/b/7Q4K2M9X#${STATEMENT})`)), STATEMENT);
  assert.equal(await carried(new Uint8Array(2_000_001)), null);
});

test("every state has its word in every language", () => {
  for (const words of Object.values(WORDS)) {
    assert.deepEqual(Object.keys(words), Object.keys(WORDS.fr));
    for (const name of ["real", "cancelled", "paused", "expired", "unknown", "unchecked"]) {
      assert.ok(answer(name, words).sentence);
    }
  }
  assert.equal(chosenLanguage(["de-DE", "es-MX"]), "es");
  assert.equal(chosenLanguage([]), "fr");
  assert.equal(shownDate("2026-11-21T10:00:00Z"), "21/11/2026");
  const badge = { code: "7Q4K2M9X", competence: "MC3", language: "fr", holder: null, issuedOn: "2026-11-21" };
  assert.deepEqual(lines(badge, WORDS.en, { name: "MyCred4Home" }), [
    ["", "Understand the employer's language (French)"],
    ["Given on", "21/11/2026"],
    ["Given by", "MyCred4Home"],
    ["Code", "7Q4K-2M9X"],
  ]);
});

const credential = async () => JSON.parse(await readFile(new URL("credential.json", import.meta.url), "utf8"));

test("a credential is real; its list and its end are heeded", async () => {
  const text = JSON.stringify(await credential());
  assert.equal(await state(text), "real");
  assert.equal(await state(text, {}, new Date("2032-01-01T00:00:00Z")), "expired");
  assert.equal(await state(text, { lists: { ...known.lists, [`${ORIGIN}/status/0/revocation`]: [4711] } }), "cancelled");
  assert.equal(await state(text, { keys: {} }), "unknown");
  assert.equal(await state(text, { did: "did:web:other.example" }), "unknown");
  assert.deepEqual((await verdict(text, known, NOW)).badge, {
    code: "7Q4K2M9X",
    name: "Comprendre la langue de l'employeur (français)",
    holder: "Ana Example",
    issuedOn: "2026-11-21",
  });
});

/** Every way to each text of a document, and the document with that one text changed. */
function* changed(value, build = (one) => one) {
  if (typeof value === "string") yield build(`${value}x`);
  else if (typeof value === "boolean") yield* [build(!value), build(String(value))];
  else {
    for (const [name, one] of Object.entries(value)) {
      const copy = (other) => (Array.isArray(value) ? value.map((kept, at) => (at === Number(name) ? other : kept)) : { ...value, [name]: other });
      yield* changed(one, (other) => build(copy(other)));
    }
  }
}

test("each changed word of a credential is told, and so is a word too many", async () => {
  const document = await credential();
  let count = 0;
  for (const other of changed(document)) {
    count += 1;
    assert.equal(await state(JSON.stringify(other)), "unknown", JSON.stringify(other));
  }
  assert.ok(count > 80, String(count));
  assert.equal(await state(JSON.stringify({ ...document, undefinedTerm: "x" })), "unknown");
});
