// One document: two texts side by side, what went coloured by category, the rule that took it named beside and on hover.
const DROPPED = 1, CUT = 2, DIFFERS = 3;
const FOLD = 9, AROUND = 3;
// Rows that are put on the page at a time, and characters of a line that are shown: no document is too much for it.
const ROWS = 2000, LONGEST = 20000;
const view = byId("view");
let places = [], here = -1, asked = 0, further = null;

async function show(i, go) {
  const mine = ++asked;
  const lines = await linesOf(i);
  if (mine !== asked) return;
  places = [];
  here = -1;
  further = null;
  const top = make("div", "top");
  const title = make("h2", "", clipped(docs.name[i], 1000));
  title.tabIndex = -1;
  const moves = make("div", "moves");
  const back = make("button", "", "Back to the list");
  back.type = "button";
  back.id = "back";
  back.addEventListener("click", leave);
  moves.append(back);
  top.append(title, make("p", "facts", factsOf(i)), moves);
  view.replaceChildren(top);
  if (docs.flags[i] & TEXTLESS) view.append(make("p", "hint", "The result file holds what went, not what stayed."));
  if (lines) {
    view.append(table(lines));
    for (const [name, by] of [["Previous", -1], ["Next", 1]]) {
      const button = make("button", "", name);
      button.type = "button";
      button.addEventListener("click", () => jump(by));
      moves.append(button);
    }
    const place = make("span", "place", many(places.length, "place") + (further ? " so far" : ""));
    place.id = "place";
    moves.append(place);
  } else if (docs.error[i]) view.append(make("p", "hint", docs.error[i]));
  else view.append(make("p", "hint", facts.compared ? "There is nothing to set side by side." : "Nothing was taken out."));
  view.scrollTop = 0;
  if (go) { document.body.classList.add("reading"); title.focus({ preventScroll: true }); }
}

function leave() {
  document.body.classList.remove("reading");
  list.focus();
}

function table(lines) {
  const out = make("table", "lines");
  out.setAttribute("aria-label", facts.compared ? "Lines of both runs" : "Lines before and after");
  const head = out.createTHead().insertRow();
  for (const [name, text] of [["no", "Line"], ["first", facts.compared ? "Old run" : "Before"], ["second", facts.compared ? "New run" : "After"]]) {
    const th = make("th", name, text);
    th.scope = "col";
    head.append(th);
  }
  const body = out.createTBody();
  const rows = rowsOf(lines);
  const next = wide(`Show the next ${count(ROWS)} rows`, () => further());
  further = () => {
    next.remove();
    let row;
    for (let n = 0; n < ROWS && !(row = rows.next()).done; n++) body.append(row.value);
    further = row.done ? null : further;
    if (further) body.append(next);
  };
  further();
  return out;
}

// The rows of a document, one after the other: long stretches that stay are folded.
function* rowsOf(lines) {
  let no = 1;
  for (let k = 0; k < lines.length;) {
    const item = lines[k];
    if (typeof item === "number") {
      yield wide(`${many(item, "line stays", "lines stay")}, not in this file`);
      no += item;
      k++;
      continue;
    }
    let end = k;
    while (end < lines.length && typeof lines[end] === "string") end++;
    const from = k ? AROUND : 0, to = end < lines.length ? AROUND : 0;
    if (end - k > FOLD) {
      for (let n = 0; n < from; n++) yield line(lines[k + n], no + n);
      yield folded(lines, k + from, end - to, no + from);
      for (let n = end - to; n < end; n++) yield line(lines[n], no + n - k);
      no += end - k;
      k = end;
    } else {
      yield line(item, no);
      no++;
      k++;
    }
  }
}

// A row for lines `from` to `end`, which stay and are shown if asked for.
function folded(lines, from, end, no) {
  const tr = wide(`${many(end - from, "line stays", "lines stay")} — show`, () => {
    const to = Math.min(end, from + ROWS);
    const shown = [];
    for (let n = from; n < to; n++) shown.push(line(lines[n], no + n - from));
    if (to < end) shown.push(folded(lines, to, end, no + to - from));
    tr.replaceWith(...shown);
  });
  return tr;
}

// A row of one text over both sides; a button, if it does something.
function wide(text, act) {
  const tr = make("tr", "fold");
  const td = document.createElement("td");
  td.colSpan = 2;
  if (act) {
    const button = make("button", "", text);
    button.type = "button";
    button.addEventListener("click", act);
    td.append(button);
  } else td.append(make("span", "", text));
  tr.append(td, make("td", "second"));
  return tr;
}

function line(item, no) {
  const differs = Array.isArray(item) && item[0] === DIFFERS;
  const tr = make("tr", differs ? "differs" : "");
  tr.append(make("td", "no", String(no)));
  const [left, right] = differs ? item.slice(1) : [item, item];
  const mark = facts.compared ? differs : true;
  tr.append(side("first", left, true, mark), side("second", right, facts.compared, mark && facts.compared));
  return tr;
}

// One cell: the line with what went marked (`marked`), or what is left of it and why it is gone.
function side(name, item, marked, counted) {
  const td = make("td", `text ${name}`);
  td.dir = "auto";
  if (!Array.isArray(item)) return put(td, typeof item === "string" ? clipped(item, LONGEST) : "");
  let last = null;
  for (const part of item.slice(1)) {
    if (part === 0) td.append(make("span", "elsewhere", "…"));
    else if (typeof part === "string") put(td, clipped(part, LONGEST));
    else {
      last = part;
      if (marked) td.append(gone(part, counted));
    }
  }
  if (last && (name === "first" || item[0] === DROPPED)) td.append(because(last, marked));
  return td;
}

function because(part, behind) {
  const [id, category] = facts.rules[part[1]];
  return tint(make("div", "because", `${behind ? "↳ " : ""}${id}`), category);
}

function gone(part, counted) {
  const [text, number] = part;
  const element = tint(make("del", text.trim() ? "gone" : "gone blank", clipped(text, LONGEST)), facts.rules[number][1]);
  element.tabIndex = counted && !places.length ? 0 : -1;
  element.taken = part;
  if (counted) places.push(element);
  return element;
}

function jump(by) {
  while (further && by > 0 && here >= places.length - 1) {
    const before = places.length;
    further();
    if (places.length > before) break;
  }
  if (!places.length) return;
  if (here >= 0) places[here].classList.remove("here");
  here = here < 0 ? (by > 0 ? 0 : places.length - 1) : (here + by + places.length) % places.length;
  settle(places[here]);
  places[here].focus({ preventScroll: true });
  places[here].scrollIntoView({ block: "center" });
  tell(places[here]);
}

function settle(element) {
  const at = places.indexOf(element);
  if (at < 0) return;
  for (const other of places) { other.tabIndex = -1; other.classList.remove("here"); }
  here = at;
  element.tabIndex = 0;
  element.classList.add("here");
  byId("place").textContent = `place ${count(at + 1)} of ${count(places.length)}${further ? " so far" : ""}`;
}

// The rule of what is pointed at or has the focus.
const tip = byId("tip");
let told = null, fading = 0;
function tell(element) {
  hush();
  const [, number, score, others, saw] = element.taken;
  const [id, category, why] = facts.rules[number];
  tip.replaceChildren(make("b", "", id), make("span", "", `${meaning(category) || category} · score ${score.toFixed(1)}`));
  if (saw) tip.append(make("div", "", saw));
  if (why) tip.append(make("div", "", why));
  if (others && others.length) tip.append(make("div", "others", `also ${others.slice(0, 5).join(", ")}${others.length > 5 ? ` and ${many(others.length - 5, "other")}` : ""}`));
  tip.hidden = false;
  const box = element.getClientRects()[0] || element.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - size.width - 8))}px`;
  tip.style.top = `${box.bottom + 6 + size.height < innerHeight ? box.bottom + 6 : Math.max(8, box.top - size.height - 6)}px`;
  told = element;
  element.setAttribute("aria-describedby", "tip");
}
function hush() {
  clearTimeout(fading);
  if (told) told.removeAttribute("aria-describedby");
  told = null;
  tip.hidden = true;
}
const fade = () => { clearTimeout(fading); fading = setTimeout(hush, 120); };
const pointed = (event) => (event.target.closest ? event.target.closest(".gone") : null);
view.addEventListener("pointerover", (event) => { const at = pointed(event); if (at) tell(at); else if (told && document.activeElement !== told) fade(); });
view.addEventListener("pointerleave", (event) => { if (!tip.contains(event.relatedTarget)) fade(); });
tip.addEventListener("pointerenter", () => clearTimeout(fading));
tip.addEventListener("pointerleave", fade);
view.addEventListener("focusin", (event) => { const at = pointed(event); if (at) { settle(at); tell(at); } });
view.addEventListener("focusout", fade);
view.addEventListener("click", (event) => { const at = pointed(event); if (at) { settle(at); tell(at); } });
view.addEventListener("scroll", () => { if (told && document.activeElement !== told) hush(); }, { passive: true });
