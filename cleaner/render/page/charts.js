// Totals, and bars of words by category and by rule; a bar chooses the documents that it stands for.
const RULES_SHOWN = 12;

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
  tile("Near the guard", count(close), facts.guards ? `held back in ${count(t.guarded)}` : "");
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

const pressed = [];
function charts(wanted) {
  const columns = facts.compared ? [3, 6] : [3];
  const sums = new Map();
  for (const r of facts.rules) {
    const sum = sums.get(r[1]) || columns.map(() => 0);
    columns.forEach((column, k) => { sum[k] += r[column]; });
    sums.set(r[1], sum);
  }
  const size = (values) => values.reduce((a, b) => a + b, 0);
  const whole = facts.totals.words;
  const categories = [...sums].sort((a, b) => size(b[1]) - size(a[1]));
  let most = Math.max(...categories.map(([, values]) => Math.max(...values)), 0);
  for (const [category, values] of categories) {
    const [item, button] = bar(category, category, values, most, whole, () => wanted({ category: wish.category === category && !wish.rule ? "" : category, rule: "" }));
    if (facts.categories[category]) button.title = facts.categories[category];
    pressed.push([button, () => wish.category === category && !wish.rule]);
    byId("categories").append(item);
  }
  const rules = [...facts.rules.keys()].map((n) => [n, columns.map((column) => facts.rules[n][column])]).sort((a, b) => size(b[1]) - size(a[1]) || a[0] - b[0]);
  most = Math.max(...rules.map(([, values]) => Math.max(...values)), 0);
  const items = rules.map(([n, values]) => {
    const [id, category, why] = facts.rules[n];
    const [item, button] = bar(id, category, values, most, whole, () => wanted({ rule: wish.rule === String(n) ? "" : String(n), category: "" }));
    if (why) button.title = why;
    pressed.push([button, () => wish.rule === String(n)]);
    return item;
  });
  const list = byId("rules"), more = byId("more-rules");
  let all = false;
  const fill = () => {
    list.replaceChildren(...(all ? items : items.slice(0, RULES_SHOWN)));
    more.textContent = all ? "Fewer" : `All ${count(items.length)} rules`;
    more.setAttribute("aria-expanded", String(all));
  };
  more.hidden = items.length <= RULES_SHOWN;
  more.addEventListener("click", () => { all = !all; fill(); });
  fill();
}

function press() {
  for (const [button, on] of pressed) button.setAttribute("aria-pressed", String(on()));
}
