// Data in pieces: each is unpacked when it is asked for.
const GUARDED = 1, TEXTLESS = 2, FAILED = 4, ONLY_OLD = 8, ONLY_NEW = 16, OTHER_TEXT = 32;

const pieces = (kind) => document.querySelectorAll(`script[data-kind="${kind}"]`);

// Texts stand behind this script: they may still be on their way.
const whole = new Promise((done) => { document.addEventListener("DOMContentLoaded", done, { once: true }); });
async function piece(kind, n) {
  const element = pieces(kind)[n];
  if (!element || !element.nextElementSibling) await whole;
  return pieces(kind)[n];
}

async function unpack(element) {
  const packed = element.textContent;
  let bytes;
  if (Uint8Array.fromBase64) bytes = Uint8Array.fromBase64(packed);
  else {
    const binary = atob(packed);
    bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  }
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

// What is known of all documents, in columns; figures of the whole.
const docs = { name: [], words: [], flags: [], where: [], figures: [], rules: [], error: [] };
let facts;

async function open() {
  facts = JSON.parse(await unpack(pieces("figures")[0]));
  for (const text of await Promise.all([...pieces("index")].map(unpack))) {
    for (const columns of JSON.parse(text)) {
      Object.values(docs).forEach((column, i) => { for (const value of columns[i]) column.push(value); });
    }
  }
  docs.removed = docs.figures.map((f) => f[0]);
  for (const name of Object.keys(facts.categories)) tint(document.createElement("i"), name);
}

// The lines of a document; the pieces looked at last are kept.
const kept = new Map();
async function linesOf(i) {
  if (!docs.where[i]) return null;
  const [at, slot] = docs.where[i];
  let lines = kept.get(at);
  if (!lines) {
    lines = JSON.parse(await unpack(await piece("texts", at)));
    kept.set(at, lines);
    if (kept.size > 8) kept.delete(kept.keys().next().value);
  }
  return lines[slot];
}
