// The list of documents: only the rows in sight are on the page, however many there are.
const ROW = 54;
const list = byId("list"), rows = byId("rows");
let order = [], chosen = -1;
const shownRows = new Map();

function row(k) {
  const i = order[k];
  const element = make("div", "row");
  element.id = `row-${i}`;
  element.setAttribute("role", "option");
  element.setAttribute("aria-setsize", order.length);
  element.setAttribute("aria-posinset", k + 1);
  element.setAttribute("aria-selected", String(i === chosen));
  element.style.top = `${k * ROW}px`;
  const called = clipped(docs.name[i], 300);
  const name = make("span", "name", called);
  name.title = called.replace(CONTROL, "\ufffd");
  element.append(name, make("span", "facts", factsOf(i)));
  element.addEventListener("click", () => select(i, true));
  return element;
}

function factsOf(i) {
  const flags = docs.flags[i], figures = docs.figures[i];
  if (flags & FAILED) return `failed: ${clipped(docs.error[i], 300)}`;
  if (flags & ONLY_OLD) return "only in the old run";
  if (flags & ONLY_NEW) return "only in the new run";
  if (flags & OTHER_TEXT) return "the two runs had different texts";
  if (facts.compared) {
    const parts = [];
    if (figures[0]) parts.push(`+${count(figures[0])} taken out`);
    if (figures[1]) parts.push(`−${count(figures[1])} stay now`);
    if (figures[2]) parts.push(many(figures[2], "place by another rule", "places by another rule"));
    return parts.join(" · ") || "punctuation or blank lines only";
  }
  const parts = [`${count(docs.removed[i])} of ${many(docs.words[i], "word")}`, percent(docs.removed[i], docs.words[i])];
  if (flags & GUARDED) parts.push("guard held back");
  return parts.join(" · ");
}

function paint() {
  const low = Math.max(0, Math.floor(list.scrollTop / ROW) - 8);
  const high = Math.min(order.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 8);
  for (const [k, element] of shownRows) if (k < low || k >= high) { element.remove(); shownRows.delete(k); }
  let after = null;
  for (let k = high - 1; k >= low; k--) {
    if (!shownRows.has(k)) { const element = row(k); shownRows.set(k, element); rows.insertBefore(element, after); }
    after = shownRows.get(k);
  }
}

function fill() {
  shownRows.clear();
  rows.replaceChildren();
  rows.style.height = `${order.length * ROW}px`;
  list.scrollTop = 0;
  paint();
  active();
  byId("count").textContent = `${many(order.length, "document")} of ${count(docs.name.length)}`;
}

function active() {
  if (chosen >= 0 && byId(`row-${chosen}`)) list.setAttribute("aria-activedescendant", `row-${chosen}`);
  else list.removeAttribute("aria-activedescendant");
}

// Choose document `i`; on a narrow screen it is opened only if `go`.
function select(i, go) {
  chosen = i;
  for (const [k, element] of shownRows) element.setAttribute("aria-selected", String(order[k] === i));
  active();
  return show(i, go);
}

function step(by) {
  if (!order.length) return;
  const at = order.indexOf(chosen);
  const k = at < 0 ? 0 : Math.min(order.length - 1, Math.max(0, at + by));
  const top = k * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  paint();
  select(order[k], false);
}
list.addEventListener("scroll", () => requestAnimationFrame(paint), { passive: true });
new ResizeObserver(paint).observe(list);
