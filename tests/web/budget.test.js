/** The first load stays small enough for a slow phone, and asks for everything at once. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { template } from "./templates.js";

const WEB = new URL("../../web/", import.meta.url);
const MOST_BYTES = 30_000;
const IMPORT = /^(?:import|export) .*?from "(\.[^"]+)";$/gms;

/** Every module that one module needs before it runs. */
async function needed(address, seen = new Map()) {
  if (seen.has(address.href)) return seen;
  const text = await readFile(address, "utf8");
  seen.set(address.href, text);
  for (const [, path] of text.matchAll(IMPORT)) await needed(new URL(path, address), seen);
  return seen;
}

const page = () => template("candidate.html");

test("page, look and modules of the first load are at most 30 kB compressed", async () => {
  const modules = await needed(new URL("static/app.js", WEB));
  const looks = ["style.css", "tasks.css"].map((name) => readFile(new URL(`static/${name}`, WEB), "utf8"));
  const texts = [...modules.values(), await page(), ...(await Promise.all(looks))];
  const bytes = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
  assert.ok(modules.size > 10);
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
});

test("the page names every module of the first load, so that they come together", async () => {
  const modules = await needed(new URL("static/app.js", WEB));
  const wanted = [...modules.keys()].map((href) => href.split("/static/")[1]).filter((name) => name !== "app.js");
  const named = [...(await page()).matchAll(/modulepreload" href="\/static\/([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual(named.sort(), wanted.sort());
});

test("nothing in the page is written inline and nothing comes from elsewhere", async () => {
  const text = await page();
  assert.doesNotMatch(text, /\son\w+=|\sstyle=|<style|https?:\/\//);
  assert.doesNotMatch(text.replace(/<script type="application\/json"[^>]*>.*?<\/script>/s, ""), /<script[^>]*>[^<]/);
});
