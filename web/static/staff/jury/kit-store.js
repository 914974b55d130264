/** Where a kit lies on the phone: rows and pieces of recordings in IndexedDB, written at once. */

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const committed = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve(undefined);
  transaction.onabort = () => reject(transaction.error);
});

const ofTake = (take) => IDBKeyRange.bound([take, 0], [take, Infinity]);

class KitStore {
  #database;

  constructor(database) { this.#database = database; }

  async #write(stores, work) {
    const transaction = this.#database.transaction(stores, "readwrite");
    work(...stores.map((name) => transaction.objectStore(name)));
    await committed(transaction);
  }

  #read(name) { return this.#database.transaction(name).objectStore(name); }

  /** @param {object} row with an `id` and the `jury` it is of; the same id again takes its place */
  put(row) { return this.#write(["rows"], (rows) => rows.put(row)); }

  /** @param {string} jury @returns {Promise<Array<any>>} every row of a jury, in the order of `at` */
  async rows(jury) {
    const found = await done(this.#read("rows").getAll());
    return found.filter((row) => row.jury === jury).sort((one, other) => one.at.localeCompare(other.at));
  }

  row(id) { return done(this.#read("rows").get(id)); }
  putChunk(chunk) { return this.#write(["chunks"], (chunks) => chunks.put(chunk)); }
  chunks(take) { return done(this.#read("chunks").getAll(ofTake(take))); }

  /** Forget a row, and the sound of it where it has one. @param {string} id */
  remove(id) {
    return this.#write(["rows", "chunks"], (rows, chunks) => {
      rows.delete(id);
      chunks.delete(ofTake(id));
    });
  }

  /** @param {string} take @param {string} type @returns {Promise<Blob>} all its pieces as one */
  async sound(take, type) {
    return new Blob((await this.chunks(take)).map((chunk) => chunk.bytes), { type });
  }
}

/** @returns {Promise<KitStore>} fails where the browser keeps nothing */
export async function openKitStore() {
  const request = indexedDB.open("jury", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("rows", { keyPath: "id" });
    request.result.createObjectStore("chunks", { keyPath: ["take", "n"] });
  };
  return new KitStore(await done(request));
}
