/** The page itself: takes a text, a file or what follows `#` in its own address, and answers. */

import { carried } from "./files.js";
import { verdict } from "./verdict.js";
import { WORDS, answer, chosenLanguage, lines, shownDate } from "./words.js";

const part = (name) => document.querySelector(`[data-part="${name}"]`);

class Page {
  #known = JSON.parse(part("known").textContent);
  #language = chosenLanguage(navigator.languages ?? []);
  #last = null;

  start() {
    part("languages").append(...Object.entries(WORDS).map(([code, words]) => this.#choice(code, words)));
    part("form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#ask(part("text").value);
    });
    part("file").addEventListener("change", () => void this.#take(part("file").files));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      void this.#take(event.dataTransfer.files);
    });
    window.addEventListener("hashchange", () => this.#readAddress());
    this.#speak();
    this.#readAddress();
  }

  #choice(code, words) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", lang: code, textContent: words.ownName });
    button.dataset.language = code;
    button.addEventListener("click", () => {
      this.#language = code;
      this.#speak();
    });
    return button;
  }

  #readAddress() {
    if (location.hash.startsWith("#v1.")) void this.#ask(location.hash);
  }

  async #take([file]) {
    if (!file) return;
    const text = await carried(new Uint8Array(await file.arrayBuffer()));
    await this.#ask(text ?? "");
  }

  async #ask(text) {
    this.#last = await verdict(text, this.#known, new Date());
    this.#show();
    part("answer").focus();
  }

  #speak() {
    const words = WORDS[this.#language];
    document.documentElement.lang = this.#language;
    document.title = words.title;
    for (const one of document.querySelectorAll("[data-word]")) {
      one.textContent = words[one.dataset.word];
    }
    for (const one of part("languages").children) {
      one.setAttribute("aria-pressed", String(one.dataset.language === this.#language));
    }
    part("list").textContent = `${words.list} ${shownDate(this.#known.at)}`;
    this.#show();
  }

  #show() {
    if (!this.#last) return;
    const words = WORDS[this.#language];
    const { state, badge } = this.#last;
    const { word, sentence } = answer(state, words);
    part("answer").hidden = false;
    part("answer").className = state;
    part("sign").replaceChildren(part(`sign-${state}`).content.cloneNode(true));
    part("word").textContent = word;
    part("sentence").textContent = sentence;
    part("facts").replaceChildren(...(badge ? lines(badge, words, this.#known) : []).map(row));
  }
}

function row([name, value]) {
  const line = document.createElement("li");
  line.textContent = name ? `${name}: ${value}` : value;
  return line;
}

new Page().start();
