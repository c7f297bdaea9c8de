// Search: what is written is looked for in names, rules and removed text. Unpacked in idle moments after the page is there.
const heaps = [];
let heaped;

function gather() {
  heaped ||= (async () => {
    let first = 0;
    await whole;
    for (const element of pieces("search")) {
      const text = await unpack(element);
      const starts = [0];
      for (let at = text.indexOf("\x1e"); at >= 0; at = text.indexOf("\x1e", at + 1)) starts.push(at + 1);
      heaps.push({ text, starts, first });
      first += starts.length;
      await new Promise((done) => setTimeout(done));
    }
  })();
  return heaped;
}

// The documents that hold `words`, as a byte for each; null for all.
function found(words) {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return null;
  const hit = new Uint8Array(docs.name.length);
  for (const { text, starts, first } of heaps) {
    let k = 0;
    for (let at = text.indexOf(wanted); at >= 0; at = k + 1 < starts.length ? text.indexOf(wanted, starts[k + 1]) : -1) {
      let high = starts.length - 1;
      while (k < high) {
        const middle = (k + high + 1) >> 1;
        if (starts[middle] <= at) k = middle;
        else high = middle - 1;
      }
      hit[first + k] = 1;
    }
  }
  const rules = new Set(facts.rules.map((r, n) => (r[0].toLowerCase().includes(wanted) ? n : -1)).filter((n) => n >= 0));
  if (rules.size) docs.rules.forEach((pairs, i) => { for (let k = 0; k < pairs.length; k += 2) if (rules.has(pairs[k])) hit[i] = 1; });
  return hit;
}

// What is asked for: documents in the order to show them.
const wish = { words: "", show: "", order: "", category: "", rule: "" };

const share = (i) => (docs.words[i] ? docs.removed[i] / docs.words[i] : 0);
const near = (i) => (docs.flags[i] & GUARDED) || (docs.words[i] && share(i) >= facts.near);
const SHOW = {
  changed: ["Changed", (i) => docs.where[i]],
  near: ["Near the guard", near],
  same: ["Unchanged", (i) => !docs.where[i] && !(docs.flags[i] & FAILED)],
  failed: ["Failed", (i) => docs.flags[i] & FAILED],
  all: ["All", () => true],
};
const SHOW_COMPARED = {
  all: ["All that differ", () => true],
  more: ["More is taken out", (i) => docs.figures[i][0]],
  back: ["Stays now", (i) => docs.figures[i][1]],
  rule: ["Other rule, same text", (i) => docs.figures[i][2] && !docs.figures[i][0] && !docs.figures[i][1]],
  only: ["In one run only", (i) => docs.flags[i] & (ONLY_OLD | ONLY_NEW)],
  text: ["Another text", (i) => docs.flags[i] & OTHER_TEXT],
  failed: ["Failed in one run", (i) => docs.flags[i] & FAILED],
};
const total = (i) => docs.figures[i][0] + (docs.figures[i][1] || 0);
const collator = new Intl.Collator("en", { numeric: true });
const ORDER = {
  words: ["Most words first", (a, b) => total(b) - total(a) || a - b],
  share: ["Largest share first", (a, b) => total(b) / (docs.words[b] || 1) - total(a) / (docs.words[a] || 1) || a - b],
  file: ["As in the file", (a, b) => a - b],
  name: ["By name", (a, b) => collator.compare(docs.name[a], docs.name[b]) || a - b],
};

function choose() {
  const table = facts.compared ? SHOW_COMPARED : SHOW;
  const shown = table[wish.show][1];
  const hit = found(wish.words);
  const wanted = wish.rule ? new Set([Number(wish.rule)]) : wish.category ? new Set([...facts.rules.keys()].filter((n) => facts.rules[n][1] === wish.category)) : null;
  const out = [];
  for (let i = 0; i < docs.name.length; i++) {
    if ((hit && !hit[i]) || !shown(i)) continue;
    if (wanted) {
      const pairs = docs.rules[i];
      let has = false;
      for (let k = 0; k < pairs.length && !has; k += 2) has = wanted.has(pairs[k]);
      if (!has) continue;
    }
    out.push(i);
  }
  return wish.order === "file" ? out : out.sort(ORDER[wish.order][1]);
}
