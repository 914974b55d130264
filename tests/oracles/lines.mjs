// Questions and answers as lines of JSON: one process serves a whole file of tests.
import {createInterface} from 'node:readline';
import {webcrypto} from 'node:crypto';

// Node 18 has WebCrypto, but not under its global name.
globalThis.crypto ??= webcrypto;

export async function answerLines(answer) {
  for await(const line of createInterface({input: process.stdin})) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
  }
}
