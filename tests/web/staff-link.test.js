import assert from "node:assert/strict";
import { test } from "node:test";

import { secretIn } from "../../web/static/staff/link.js";

test("the secret of a link is what stands behind the #, and nothing else is one", () => {
  const secret = "Zq3_-abcdefghijklmnopqrstuvwxyz0123456789ABC";
  assert.equal(secretIn(`#${secret}`), secret);
  for (const other of ["", "#", "#short", `#${secret}/..`, `#${secret} `, `#<b>${secret}`, "#main"]) {
    assert.equal(secretIn(other), null);
  }
});
