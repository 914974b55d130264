/** A credential with its proof inside (eddsa-rdfc-2022), checked without any network. */

import { fromBase58, joined, sha256, utf8 } from "./bytes.js";
import { signedEd25519 } from "./signatures.js";

const SUITE = "eddsa-rdfc-2022";
const MOST_MEMBERS = 3000;

/**
 * Tell whether a document is one that `known` signed and nobody changed.
 *
 * @param {any} document parsed JSON
 * @param {{did: string, contexts: Record<string, any>}} known
 * @param {Map<string, Uint8Array>} keys public keys by id
 */
export async function isSigned(document, known, keys) {
  try {
    const { bare, proof, value } = takenApart(document);
    const key = keys.get(keyIdOf(proof, document, known));
    if (!key || !isPlain(bare, known)) return false;
    const settings = { "@context": document["@context"], ...proof };
    const parts = [await canonical(settings, known), await canonical(bare, known)];
    const digests = await Promise.all(parts.map((part) => sha256(utf8(part))));
    return await signedEd25519(fromBase58(value.slice(1)), joined(digests), key);
  } catch {
    return false;
  }
}

function takenApart(document) {
  const { proof: proofs, ...bare } = document;
  const [{ proofValue: value, ...proof }, ...more] = proofs;
  const isOurKind =
    proof.type === "DataIntegrityProof" &&
    proof.cryptosuite === SUITE &&
    proof.proofPurpose === "assertionMethod";
  if (more.length || !isOurKind || !/^z[1-9A-HJ-NP-Za-km-z]{80,90}$/.test(value)) {
    throw new Error("no proof of the kind we make");
  }
  return { bare, proof, value };
}

function keyIdOf(proof, document, known) {
  const issuer = document.issuer?.id ?? document.issuer;
  const [did, id] = proof.verificationMethod.split("#");
  return issuer === known.did && did === known.did ? id : "";
}

/** Tell whether a document has our contexts alone, and nothing that JSON-LD reads in its own way. */
function isPlain({ "@context": contexts, ...members }, known) {
  if (JSON.stringify(contexts) !== JSON.stringify(Object.keys(known.contexts))) return false;
  let count = 0;
  const isFine = (value, name) => {
    count += 1;
    if (count > MOST_MEMBERS || /^@|:/.test(name)) return false;
    // JSON-LD reads "false" and false alike.
    if (name === "hashed") return typeof value === "boolean";
    if (Array.isArray(value)) return value.every((one) => isFine(one, name));
    if (value && typeof value === "object") {
      return Object.entries(value).every(([inner, one]) => isFine(one, inner));
    }
    return typeof value === "string" && !value.startsWith("@");
  };
  return isFine(members, "");
}

function canonical(document, known) {
  return globalThis.jsonld.canonize(document, {
    algorithm: "RDFC-1.0",
    format: "application/n-quads",
    safe: true,
    documentLoader: (url) => loaded(url, known.contexts),
  });
}

async function loaded(url, contexts) {
  if (!Object.hasOwn(contexts, url)) throw new Error("nothing is fetched");
  return { contextUrl: null, documentUrl: url, document: contexts[url] };
}
