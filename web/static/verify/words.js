/** The sentences of the page that checks without a network, in three languages. */

const STATES = ["real", "cancelled", "paused", "expired", "unknown", "unchecked"];

export const WORDS = {
  fr: {
    ownName: "Français",
    title: "Vérifier un badge sans réseau",
    how: "Collez le texte du code carré, ou choisissez le fichier du badge.",
    text: "Texte du code carré",
    file: "Fichier du badge",
    check: "Vérifier",
    real: ["Vrai", "Ce badge est vrai. Personne ne l'a changé."],
    cancelled: ["Annulé", "Ce badge est annulé. Il ne compte plus."],
    paused: ["Suspendu", "Ce badge est suspendu. Demandez plus tard."],
    expired: ["Trop ancien", "Ce badge est vrai, mais il est trop ancien."],
    unknown: ["Inconnu", "Ce badge n'est pas de nous, ou il est changé."],
    unchecked: ["Pas vérifié", "Je ne peux pas tout vérifier ici. Regardez l'adresse du badge en ligne."],
    holder: "Personne",
    given: "Donné le",
    by: "Donné par",
    code: "Code",
    list: "Liste des badges annulés du",
    nothing: "Cette page ne demande rien au réseau.",
    competences: {
      MC1: "Nettoyer avec une qualité professionnelle",
      MC2: "Être bien organisé et efficace",
      MC3: "Comprendre la langue de l'employeur",
      MC4: "Respecter les consignes, les besoins et les attentes",
      FULL: "MyCred4Home, les quatre badges",
    },
    languages: { fr: "français", es: "espagnol", en: "anglais" },
  },
  es: {
    ownName: "Español",
    title: "Comprobar una insignia sin red",
    how: "Pegue el texto del código cuadrado, o elija el archivo de la insignia.",
    text: "Texto del código cuadrado",
    file: "Archivo de la insignia",
    check: "Comprobar",
    real: ["Verdadera", "Esta insignia es verdadera. Nadie la cambió."],
    cancelled: ["Anulada", "Esta insignia está anulada. Ya no vale."],
    paused: ["En pausa", "Esta insignia está en pausa. Pregunte más tarde."],
    expired: ["Caducada", "Esta insignia es verdadera, pero está caducada."],
    unknown: ["Desconocida", "Esta insignia no es nuestra, o alguien la cambió."],
    unchecked: ["Sin comprobar", "Aquí no puedo comprobarlo todo. Mire la dirección de la insignia en la red."],
    holder: "Persona",
    given: "Dada el",
    by: "Dada por",
    code: "Código",
    list: "Lista de insignias anuladas del",
    nothing: "Esta página no pide nada a la red.",
    competences: {
      MC1: "Limpiar con calidad profesional",
      MC2: "Trabajar con organización y eficacia",
      MC3: "Comprender el idioma de quien le emplea",
      MC4: "Respetar las instrucciones, las necesidades y las expectativas",
      FULL: "MyCred4Home, las cuatro insignias",
    },
    languages: { fr: "francés", es: "español", en: "inglés" },
  },
  en: {
    ownName: "English",
    title: "Check a badge without a network",
    how: "Paste the text of the square code, or choose the file of the badge.",
    text: "Text of the square code",
    file: "File of the badge",
    check: "Check",
    real: ["Real", "This badge is real. Nobody changed it."],
    cancelled: ["Cancelled", "This badge is cancelled. It does not count any more."],
    paused: ["Paused", "This badge is paused. Ask again later."],
    expired: ["Too old", "This badge is real, but it is too old."],
    unknown: ["Unknown", "This badge is not ours, or somebody changed it."],
    unchecked: ["Not checked", "I cannot check all of it here. Look at the badge's address online."],
    holder: "Person",
    given: "Given on",
    by: "Given by",
    code: "Code",
    list: "List of cancelled badges of",
    nothing: "This page asks the network for nothing.",
    competences: {
      MC1: "Clean with professional quality",
      MC2: "Be organized and efficient",
      MC3: "Understand the employer's language",
      MC4: "Respect instructions, needs and expectations",
      FULL: "MyCred4Home, all four badges",
    },
    languages: { fr: "French", es: "Spanish", en: "English" },
  },
};

/** Choose the page's language from what the browser wishes; French when it wishes none of ours. */
export function chosenLanguage(wishes) {
  const wanted = wishes.map((wish) => wish.slice(0, 2).toLowerCase());
  return wanted.find((code) => Object.hasOwn(WORDS, code)) ?? "fr";
}

/** Give the word and the sentence of a state. */
export function answer(state, words) {
  const [word, sentence] = words[STATES.includes(state) ? state : "unknown"];
  return { word, sentence };
}

/** Give what may be told of a badge, line by line: a name and a value. */
export function lines(badge, words, known) {
  const { code, competence, language, name, holder, issuedOn } = badge;
  const title = name ?? words.competences[competence] ?? competence;
  const heard = language && competence === "MC3" ? ` (${words.languages[language] ?? language})` : "";
  return [
    ["", `${title}${heard}`],
    ...(holder ? [[words.holder, holder]] : []),
    [words.given, shownDate(issuedOn)],
    [words.by, known.name],
    [words.code, `${code.slice(0, 4)}-${code.slice(4)}`],
  ];
}

/** `2026-11-21` → `21/11/2026`, which no two of our languages read in different ways. */
export function shownDate(iso) {
  return iso.slice(0, 10).split("-").reverse().join("/");
}
