// Verify credentials with the implementation by Digital Bazaar.
//
// A line asks {"document", "known": {address: document}, "now": ISO time or absent}; the answer is
// {"real", "set": [purposes whose bit is set], "why"}. Real means: the proof, the dates, the lists'
// own proofs. Whether a bit is set is told apart, because the library does not judge it.
import {answerLines} from './lines.mjs';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {verifyCredential} from '@digitalbazaar/vc';
import {loaderOf} from './documents.mjs';

async function verdict({document, known = {}, now}) {
  const found = await verifyCredential({
    credential: document,
    suite: new DataIntegrityProof({cryptosuite}),
    documentLoader: loaderOf(known),
    checkStatus,
    ...(now === undefined ? {} : {now})
  });
  const statuses = found.statusResult?.results ?? [];
  return {
    real: found.verified,
    set: statuses.filter(one => one.status).map(one => one.credentialStatus.statusPurpose).sort(),
    why: found.verified ? null : reason(found)
  };
}

function reason({error, statusResult}) {
  const errors = [error, ...(error?.errors ?? []), statusResult?.error];
  return errors.filter(Boolean).map(one => one.message).join(' ') || 'refused';
}

await answerLines(verdict);
