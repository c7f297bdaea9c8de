// Data in pieces: each is unpacked when it is asked for.
const GUARDED = 1, TEXTLESS = 2, FAILED = 4, ONLY_OLD = 8, ONLY_NEW = 16, OTHER_TEXT = 32;

const pieces = (kind) => document.querySelectorAll(`script[data-kind="${kind}"]`);

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
  performance.mark("script");
  facts = JSON.parse(await unpack(pieces("figures")[0]));
  for (const text of await Promise.all([...pieces("index")].map(unpack))) {
    for (const columns of JSON.parse(text)) {
      Object.values(docs).forEach((column, i) => { for (const value of columns[i]) column.push(value); });
    }
  }
  performance.mark("parsed");
  docs.removed = docs.figures.map((f) => f[0]);
  for (const name of Object.keys(facts.categories)) tint(document.createElement("i"), name);
}

// The lines of a document; the pieces looked at last are kept.
const kept = new Map();
async function linesOf(i) {
  if (!docs.where[i]) return null;
  const [piece, slot] = docs.where[i];
  let lines = kept.get(piece);
  if (!lines) {
    lines = JSON.parse(await unpack(pieces("texts")[piece]));
    kept.set(piece, lines);
    if (kept.size > 8) kept.delete(kept.keys().next().value);
  }
  return lines[slot];
}
