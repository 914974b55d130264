/** What the page says: the same in every language, short, kind, and everything the page asks for. */

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

import { phrases } from "./phrases.js";
import { template } from "./templates.js";

const LANGUAGES = ["fr", "es", "en"];
const MOST_WORDS = 10;
const BLAMING = /\b(wrong|false|incorrect|mistake|failed?|error|faux|fausse|erreur|échec|échoué|incorrecto|equivocad[oa]|fallo|fallado)\b/iu;
const STATIC = new URL("../../web/static/", import.meta.url);
const SERVICE = new URL("../../voice_app/", import.meta.url);

/** Sentences after which the page says how many. */
const COUNTED = new Set(["me.attempts", "me.recordings", "me.badges", "me.consents"]);

/** Keys that are put together at run time. */
const PATTERNS = [
  /^(section|path|part|place|order|time|minutes|hours|assessment|example|learn|task|gesture|employer|explain|why|result|promise|news|appeal|badge|trouble|ask-again|control|rehearsal|verify|stack|share|achievements|notice|consent|number)\./,
];

async function sources(folder = STATIC, ending = ".js") {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(ending));
  return (await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8")))).join("\n");
}

test("the languages have the same keys", async () => {
  const [first, ...others] = await Promise.all(LANGUAGES.map(phrases));
  for (const other of others) assert.deepEqual(Object.keys(other), Object.keys(first));
});

for (const language of LANGUAGES) {
  test(`${language}: short sentences, no blame, no number, no symbol`, async () => {
    for (const [key, text] of Object.entries(await phrases(language))) {
      for (const sentence of text.split(/[.?!]/)) {
        const words = sentence.match(/[\p{L}\p{N}'’]+/gu) ?? [];
        assert.ok(words.length <= MOST_WORDS, `${key}: ${sentence}`);
      }
      assert.doesNotMatch(text, BLAMING, key);
      assert.doesNotMatch(text.replace("MyCred4Home", ""), /[\d%*_<>|/]/, key);
      assert.match(text, COUNTED.has(key) ? /:$/ : /[.?!]$/, key);
    }
  });
}

test("every key in the page's code and template exists", async () => {
  const known = await phrases("en");
  const code = await sources();
  const page = await template("candidate.html");
  const asked = [
    ...code.matchAll(/"((?:[a-z]+(?:-[a-z]+)*)\.[a-z][a-z-]*)"/g),
    ...page.matchAll(/data-phrase="([^"]+)"/g),
  ].map(([, key]) => key).filter((key) => !/\.(js|attempt|waiting|svg)$/.test(key));
  assert.ok(asked.length > 30);
  for (const key of asked) assert.ok(known[key], key);
});

test("every control of the page has a spoken name", async () => {
  const known = await phrases("en");
  const page = await template("candidate.html");
  const named = { over: "language.choose" };
  for (const [, name] of page.matchAll(/data-control="([^"]+)"/g)) {
    assert.ok(known[named[name] ?? `control.${name}`], name);
  }
});

test("every sentence is one that somebody says", async () => {
  const code = (await Promise.all([sources(), sources(SERVICE, ".py")])).join("\n");
  for (const key of Object.keys(await phrases("en"))) {
    assert.ok(code.includes(`"${key}"`) || PATTERNS.some((pattern) => pattern.test(key)), key);
  }
});
