/** Where takes lie on the phone: IndexedDB, or memory where the browser offers none. */

/** The same five verbs in memory; also what the tests use. */
export class MemoryStore {
  #rows = new Map();
  #chunks = [];

  async putRow(row) { this.#rows.set(row.id, { ...row }); }
  async row(id) { return this.#rows.get(id); }
  async rows() { return [...this.#rows.values()]; }
  async putChunk(chunk) { this.#chunks.push(chunk); }
  async chunks(take) { return this.#chunks.filter((chunk) => chunk.take === take).sort((a, b) => a.n - b.n); }
  async remove(id) {
    this.#rows.delete(id);
    this.#chunks = this.#chunks.filter((chunk) => chunk.take !== id);
  }
}

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const committed = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve(undefined);
  transaction.onabort = () => reject(transaction.error);
});

const ofTake = (take) => IDBKeyRange.bound([take, 0], [take, Infinity]);

class DatabaseStore {
  #database;

  constructor(database) { this.#database = database; }

  async #write(stores, work) {
    const transaction = this.#database.transaction(stores, "readwrite");
    work(...stores.map((name) => transaction.objectStore(name)));
    await committed(transaction);
  }

  #read(name) { return this.#database.transaction(name).objectStore(name); }

  putRow(row) { return this.#write(["takes"], (takes) => takes.put(row)); }
  row(id) { return done(this.#read("takes").get(id)); }
  rows() { return done(this.#read("takes").getAll()); }
  putChunk(chunk) { return this.#write(["chunks"], (chunks) => chunks.put(chunk)); }
  chunks(take) { return done(this.#read("chunks").getAll(ofTake(take))); }
  remove(id) {
    return this.#write(["takes", "chunks"], (takes, chunks) => {
      takes.delete(id);
      chunks.delete(ofTake(id));
    });
  }
}

/** @returns {Promise<MemoryStore|DatabaseStore>} */
export async function openStore() {
  try {
    const request = indexedDB.open("voice", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("takes", { keyPath: "id" });
      request.result.createObjectStore("chunks", { keyPath: ["take", "n"] });
    };
    return new DatabaseStore(await done(request));
  } catch {
    return new MemoryStore();
  }
}
