// Text on the page: always as text, with what cannot be seen or would turn the writing shown by its number.
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;

// Append `text` to `parent`; returns `parent`.
function put(parent, text) {
  let at = 0;
  for (const found of text.matchAll(CONTROL)) {
    if (found.index > at) parent.append(text.slice(at, found.index));
    const code = found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    parent.append(make("span", "control", `U+${code}`));
    at = found.index + found[0].length;
  }
  if (at < text.length) parent.append(text.slice(at));
  return parent;
}

// An element with a class and a text of ours or of others.
function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined && text !== "") put(element, text);
  return element;
}

const NUMBER = new Intl.NumberFormat("en");
const count = (n) => NUMBER.format(n);
const many = (n, one, more) => `${count(n)} ${n === 1 ? one : more || `${one}s`}`;
const percent = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(1)} %` : "0 %");
const clipped = (text, most) => (text.length > most ? `${text.slice(0, most)} … (${count(text.length - most)} more characters)` : text);
const byId = (id) => document.getElementById(id);

// A hue for each category, far from its neighbours'.
const hues = new Map();
function tint(element, category) {
  if (!hues.has(category)) hues.set(category, Math.round((hues.size * 137.5 + 10) % 360));
  element.style.setProperty("--hue", hues.get(category));
  return element;
}

// What a category means, if it is one of ours.
const meaning = (category) => (Object.hasOwn(facts.categories, category) ? facts.categories[category] : "");
