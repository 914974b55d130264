// The documents a verifier may read: contexts from this disk and what the question brings.
import {readFileSync} from 'node:fs';
import {contexts as dataIntegrity} from '@digitalbazaar/data-integrity-context';
import {driver as didKeyDriver} from '@digitalbazaar/did-method-key';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import {contexts as multikey} from '@digitalbazaar/multikey-context';
import {contexts as did} from 'did-context';

const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0';
const ours = new URL('../../voice_app/scoring/badges/contexts/', import.meta.url);
const read = name => JSON.parse(readFileSync(new URL(name, ours), 'utf8'));

const CONTEXTS = new Map([
  ...dataIntegrity, ...credentials, ...multikey, ...did,
  [`${OPEN_BADGES}/context-3.0.3.json`, read('ob-3.0.3.json')],
  [`${OPEN_BADGES}/extensions.json`, read('ob-extensions.json')]
]);

const didKey = didKeyDriver();
didKey.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});

// `known` holds documents by address, such as {"did:web:example.org": {...}}.
export function loaderOf(known) {
  return async url => ({contextUrl: null, documentUrl: url, document: await find(url, known)});
}

async function find(url, known) {
  if(CONTEXTS.has(url)) {
    return CONTEXTS.get(url);
  }
  if(Object.hasOwn(known, url)) {
    return known[url];
  }
  if(url.startsWith('did:key:')) {
    return didKey.get({url});
  }
  return methodOf(url, known);
}

function methodOf(url, known) {
  const {verificationMethod = []} = known[url.split('#')[0]] ?? {};
  const method = verificationMethod.find(({id}) => id === url);
  if(!method) {
    throw new Error(`There is no document ${url}.`);
  }
  return {'@context': 'https://w3id.org/security/multikey/v1', ...method};
}
