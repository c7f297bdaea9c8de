// Totals, and bars of words by category and by rule; a bar chooses the documents that it stands for.
const SHOWN = 10;

function totals() {
  const t = facts.totals;
  const list = byId("totals");
  const tile = (name, value, more) => {
    const box = document.createElement("div");
    const dd = make("dd", "", value);
    if (more) dd.append(" ", make("small", "", more));
    box.append(make("dt", "", name), dd);
    list.append(box);
  };
  const sum = (column) => facts.rules.reduce((n, r) => n + r[column], 0);
  if (facts.compared) {
    tile("Documents", count(t.documents));
    tile("Documents that differ", count(docs.name.length), percent(docs.name.length, t.documents));
    tile("Words taken out now", count(sum(3)));
    tile("Words that stay now", count(sum(6)));
    return;
  }
  tile("Documents", count(t.documents));
  tile("Changed", count(t.changed), percent(t.changed, t.documents));
  tile("Words", count(t.words));
  tile("Words removed", count(sum(3)), percent(sum(3), t.words));
  let close = 0;
  for (let i = 0; i < docs.name.length; i++) close += Boolean(near(i));
  const from = `${Math.round(100 * facts.near)} % of the words or more`;
  tile("Near the guard", count(close), facts.guards ? `${count(t.guarded)} held back` : from);
  if (t.failed) tile("Failed", count(t.failed));
}

const SVG = "http://www.w3.org/2000/svg";
function bar(label, category, values, most, whole, press) {
  const item = document.createElement("li");
  const button = tint(make("button"), category);
  button.type = "button";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 8");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const height = 8 / values.length;
  values.forEach((value, k) => {
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("width", most ? Math.max(value ? 0.6 : 0, (100 * value) / most) : 0);
    rect.setAttribute("height", height);
    rect.setAttribute("y", k * height);
    if (k) rect.setAttribute("class", "old");
    svg.append(rect);
  });
  const name = make("span", "label", label);
  name.title = label;
  const text = facts.compared ? `+${count(values[0])} −${count(values[1])}` : `${count(values[0])} · ${percent(values[0], whole)}`;
  button.append(name, svg, make("span", "value", text));
  button.addEventListener("click", press);
  item.append(button);
  return [item, button];
}

let pressed = [];
function charts(wanted) {
  const columns = facts.compared ? [3, 6] : [3];
  const values = (rule) => columns.map((column) => rule[column]);
  const sums = new Map();
  for (const rule of facts.rules) {
    const before = sums.get(rule[1]);
    sums.set(rule[1], before ? values(rule).map((n, k) => n + before[k]) : values(rule));
  }
  const whole = facts.rules.reduce((n, rule) => n + rule[3], 0);
  const size = ([, , numbers]) => numbers.reduce((x, y) => x + y, 0);
  const categories = [...sums].map(([category, numbers]) => [category, category, numbers, meaning(category),
    () => wish.category === category && !wish.rule,
    (on) => wanted({ category: on ? "" : category, rule: "" })]);
  const rules = facts.rules.map((rule, n) => [rule[0], rule[1], values(rule), rule[2],
    () => wish.rule === String(n),
    (on) => wanted({ rule: on ? "" : String(n), category: "" })]);
  for (const [id, what, entries] of [["categories", "categories", categories], ["rules", "rules", rules]]) {
    chart(byId(id), byId(`more-${id}`), what, entries.filter((e) => size(e)).sort((a, b) => size(b) - size(a)), whole);
  }
}

function chart(list, more, what, entries, whole) {
  const most = Math.max(0, ...entries.slice(0, SHOWN).map((e) => Math.max(...e[2])));
  let all = false;
  const fill = () => {
    pressed = pressed.filter(([button]) => !list.contains(button));
    list.replaceChildren(...entries.slice(0, all ? entries.length : SHOWN).map(([label, category, numbers, why, on, choose]) => {
      const [item, button] = bar(label, category, numbers, most, whole, () => choose(on()));
      if (why) button.title = why;
      pressed.push([button, on]);
      return item;
    }));
    more.textContent = all ? "Fewer" : `All ${count(entries.length)} ${what}`;
    more.setAttribute("aria-expanded", String(all));
    press();
  };
  more.hidden = entries.length <= SHOWN;
  more.addEventListener("click", () => { all = !all; fill(); });
  fill();
}

function press() {
  for (const [button, on] of pressed) button.setAttribute("aria-pressed", String(on()));
}
