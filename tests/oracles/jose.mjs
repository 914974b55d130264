// Verify VC-JWTs with jose.
//
// A line asks {"text", "jwk", "issuer", "now": ISO time or absent}; the answer is
// {"real", "payload", "header", "why"}.
import {answerLines} from './lines.mjs';
import {errors, importJWK, jwtVerify} from 'jose';

async function verdict({text, jwk, issuer, now}) {
  try {
    const key = await importJWK(jwk, 'RS256');
    const currentDate = now === undefined ? new Date() : new Date(now);
    const rules = {algorithms: ['RS256'], typ: 'JWT', issuer, currentDate};
    const {payload, protectedHeader} = await jwtVerify(text, key, rules);
    return {real: true, payload, header: protectedHeader, why: null};
  } catch(error) {
    if(!(error instanceof errors.JOSEError || error instanceof TypeError)) {
      throw error;
    }
    return {real: false, payload: null, header: null, why: error.message};
  }
}

await answerLines(verdict);
