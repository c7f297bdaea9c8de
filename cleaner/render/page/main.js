// Where the page begins: the figures, what can be chosen, the keys.
const FIELDS = ["show", "order", "category", "rule"];

function options(id, entries) {
  const select = byId(id);
  for (const [value, text] of entries) {
    const option = make("option", "", text);
    option.value = value;
    select.append(option);
  }
}

function update() {
  for (const name of FIELDS) wish[name] = byId(name).value;
  order = choose();
  press();
  fill();
}

function wanted(changes) {
  for (const [name, value] of Object.entries(changes)) byId(name).value = value;
  update();
  byId("documents").scrollIntoView();
}

async function search() {
  wish.words = byId("search").value;
  if (wish.words) await gather();
  update();
}

function notices() {
  const t = facts.totals;
  const out = [];
  if (t.textless) out.push(`${many(t.textless, "document")} without the text that stayed: the result file does not hold it (--texts names the run's inputs).`);
  byId("notice").hidden = !out.length;
  put(byId("notice"), out.join(" "));
}

function themes() {
  const names = ["auto", "light", "dark"];
  let at = 0;
  byId("theme").addEventListener("click", () => {
    at = (at + 1) % names.length;
    if (at) document.documentElement.dataset.theme = names[at];
    else delete document.documentElement.dataset.theme;
    byId("theme").textContent = `Theme: ${names[at]}`;
  });
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "Escape") {
    if (told) return hush();
    if (typing) return typing.blur();
    return leave();
  }
  if (typing) return;
  const inList = document.activeElement === list;
  const act = {
    "/": () => byId("search").focus(),
    "?": () => byId("help").showModal(),
    j: () => step(1),
    k: () => step(-1),
    n: () => jump(1),
    p: () => jump(-1),
    ...(inList && {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      PageDown: () => step(10),
      PageUp: () => step(-10),
      Home: () => step(-order.length),
      End: () => step(order.length),
      Enter: () => chosen >= 0 && select(chosen, true),
    }),
  }[event.key];
  if (act) { event.preventDefault(); act(); }
}

async function begin() {
  themes();
  byId("help-open").addEventListener("click", () => byId("help").showModal());
  await open();
  put(byId("sources"), facts.sources.join(" → "));
  document.body.classList.add(facts.compared ? "two" : "one");
  if (facts.compared) {
    byId("by-category").textContent = "Words taken out now (+) and staying now (−), by category";
    byId("by-rule").textContent = "By rule";
  }
  const table = facts.compared ? SHOW_COMPARED : SHOW;
  const sizes = Object.entries(table).map(([value, [text, test]]) => {
    let n = 0;
    for (let i = 0; i < docs.name.length; i++) n += Boolean(test(i));
    return [value, `${text} (${count(n)})`, n];
  });
  options("show", sizes.filter(([, , n], k) => n || !k));
  options("order", Object.entries(ORDER).map(([value, [text]]) => [value, text]));
  options("category", [["", "Any"], ...[...new Set(facts.rules.map((r) => r[1]))].sort().map((c) => [c, c])]);
  options("rule", [["", "Any"], ...facts.rules.map((r, n) => [String(n), r[0]]).sort((a, b) => collator.compare(a[1], b[1]))]);
  totals();
  charts(wanted);
  notices();
  for (const name of FIELDS) byId(name).addEventListener("change", update);
  byId("search").addEventListener("input", search);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => {
    byId("search").value = wish.words = "";
    for (const name of FIELDS) byId(name).selectedIndex = 0;
    update();
  });
  document.addEventListener("keydown", keys);
  for (const id of ["figures", "documents"]) byId(id).hidden = false;
  byId("loading").hidden = true;
  update();
  performance.mark("ready");
  if (order.length && matchMedia("(min-width: 761px)").matches) select(order[0], false);
  setTimeout(gather, 50);
}

begin().catch((error) => {
  byId("loading").textContent = typeof DecompressionStream === "undefined" ? "This browser is too old for this page: it cannot unpack data (it would have to be of 2023 or newer)." : `The page cannot be shown: ${error.message}`;
});
