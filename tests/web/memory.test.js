/** What the phone remembers: what was chosen comes back by the address, and only if it exists. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { returned } from "../../web/static/memory.js";

const PAGE = {
  help_languages: [{ code: "fr" }, { code: "en" }],
  assessments: [
    { code: "MC1", has_doors: true, employer_languages: ["fr", "es"] },
    { code: "MC3", has_doors: false, employer_languages: ["fr"] },
  ],
};
const back = (search) => returned({ search }, PAGE);

test("what was chosen before learning is chosen afterwards", () => {
  assert.deepEqual(back("?help=en&employer=es&assessment=MC1"), { help: "en", employer: "es", assessment: "MC1" });
});

test("an address that says something else chooses nothing", () => {
  for (const search of [
    "", "?help=en", "?help=xx&employer=es&assessment=MC1", "?help=en&employer=en&assessment=MC1",
    "?help=en&employer=fr&assessment=MC3", "?help=en&employer=fr&assessment=MC9",
  ]) assert.equal(back(search), null, search);
});
