"use strict";
// Sorts, filters and pages the table of reports on the page of `nianbao overview`. Without it the table stays plain.
(() => {
  const source = document.getElementById("reports-data");
  const place = document.getElementById("reports-table");
  if (!source || !place) return;
  document.documentElement.classList.add("scripted");
  const { columns, findings, words } = JSON.parse(source.textContent);
  const rowCount = columns[0].values.length;
  const column = id => columns.find(one => one.id === id);
  const PAGE = 100;
  const number = new Intl.NumberFormat("en");
  let order = [], first = 0, sortBy = null, down = false;

  const made = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };
  const shown = (one, row) => {
    const value = one.values[row];
    if (one.words) return value < 0 ? "" : one.words[value];
    if (value === null) return "";
    return one.id === "year" ? String(value) : number.format(value);
  };

  // Controls: a search, a choice for each column that has few different values, a tick for findings.
  const controls = document.getElementById("controls");
  const search = made("input", { type: "search", id: "search", autocomplete: "off" });
  const field = (label, node) => made("label", {}, made("span", { textContent: label }), node);
  const choices = new Map();
  const choice = id => {
    const one = column(id);
    if (!one) return [];
    const used = new Set(one.values);
    const options = [...used].filter(value => value !== null && value !== -1)
      .map(value => ({ value, text: one.words ? one.words[value] : String(value) }))
      .sort((a, b) => (one.words ? a.text.localeCompare(b.text, "zh") : a.value - b.value));
    if (options.length < 2) return [];
    const select = made("select", {}, made("option", { value: "", textContent: words.filter_all }));
    for (const option of options) select.append(made("option", { value: String(option.value), textContent: option.text }));
    choices.set(one, select);
    return [field(words["filter_" + id], select)];
  };
  const only = made("input", { type: "checkbox" });
  const reset = made("button", { type: "button", textContent: words.reset });
  controls.append(
    field(words.search, search), ...["year", "place", "kind", "state"].flatMap(choice),
    made("label", { className: "tick" }, only, made("span", { textContent: words.filter_findings })), reset);

  // The table and the pager.
  const heads = columns.map(one => {
    const button = made("button", { type: "button", textContent: one.title });
    button.addEventListener("click", () => {
      down = sortBy === one ? !down : !one.words && one.id !== "year";
      sortBy = one;
      refresh();
    });
    return made("th", { scope: "col", className: one.words ? "text" : "" }, button);
  });
  const body = made("tbody");
  const table = made("table", { className: "reports" },
    made("caption", { textContent: words.table_caption }), made("thead", {}, made("tr", {}, ...heads)), body);
  table.setAttribute("aria-rowcount", String(rowCount + 1));
  const scrolled = made("div", { className: "scrolled", tabIndex: 0 }, table);
  scrolled.setAttribute("role", "region");
  scrolled.setAttribute("aria-label", words.table_caption);
  const status = made("output");
  const previous = made("button", { type: "button", textContent: words.previous });
  const next = made("button", { type: "button", textContent: words.next });
  place.replaceChildren(scrolled, made("div", { className: "pager" }, previous, status, next));

  const matching = () => {
    const wanted = search.value.trim().toLowerCase();
    const agencies = column("agency"), paths = column("path");
    const hit = one => one && one.words.map(text => text.toLowerCase().includes(wanted));
    const inAgency = wanted && hit(agencies), inPath = wanted && hit(paths);
    const chosen = [...choices].filter(([, select]) => select.value !== "").map(([one, select]) => [one.values, Number(select.value)]);
    const counted = findings.map(column).filter(Boolean).map(one => one.values);
    const rows = [];
    for (let row = 0; row < rowCount; row++) {
      if (wanted && !(inAgency[agencies.values[row]] || (inPath && inPath[paths.values[row]]))) continue;
      if (chosen.some(([values, value]) => values[row] !== value)) continue;
      if (only.checked && !counted.some(values => values[row] > 0)) continue;
      rows.push(row);
    }
    return rows;
  };
  const sorted = rows => {
    if (!sortBy) return rows;
    const { values, words: texts } = sortBy;
    let rank = null;
    if (texts) { // the place of each text among all of them in order
      rank = new Int32Array(texts.length);
      [...texts.keys()].sort((a, b) => texts[a].localeCompare(texts[b], "zh")).forEach((text, n) => { rank[text] = n; });
    }
    const key = row => (texts ? (values[row] < 0 ? null : rank[values[row]]) : values[row]);
    const sign = down ? -1 : 1;
    return rows.sort((a, b) => { // what is not known stands last either way
      const one = key(a), other = key(b);
      if (one === null || other === null) return (one === null) - (other === null) || a - b;
      return sign * (one - other) || a - b;
    });
  };
  const cell = (one, row) => {
    const text = shown(one, row);
    const node = made("td", { className: (one.words ? "text " : "") + one.id });
    if (one.id !== "agency" || !text) {
      node.textContent = text;
      return node;
    }
    const button = made("button", { type: "button", textContent: text });
    button.addEventListener("click", () => { search.value = search.value === text ? "" : text; refresh(); });
    node.append(button);
    return node;
  };
  const draw = () => {
    const rows = order.slice(first, first + PAGE).map((row, n) => {
      const line = made("tr", {}, ...columns.map(one => cell(one, row)));
      line.setAttribute("aria-rowindex", String(first + n + 2));
      for (const id of findings) {
        const at = columns.indexOf(column(id));
        if (at >= 0 && columns[at].values[row] > 0) line.children[at].classList.add("found");
      }
      const share = columns.indexOf(column("disclosed"));
      if (share >= 0 && columns[share].values[row] > 100) line.children[share].classList.add("found");
      return line;
    });
    if (!rows.length) rows.push(made("tr", {}, made("td", { colSpan: columns.length, textContent: words.no_rows, className: "text" })));
    body.replaceChildren(...rows);
    columns.forEach((one, n) => {
      if (one === sortBy) heads[n].setAttribute("aria-sort", down ? "descending" : "ascending");
      else heads[n].removeAttribute("aria-sort");
    });
    status.textContent = words.shown_rows.replace("{from}", number.format(order.length ? first + 1 : 0))
      .replace("{to}", number.format(Math.min(first + PAGE, order.length))).replace("{count}", number.format(order.length));
    previous.disabled = first === 0;
    next.disabled = first + PAGE >= order.length;
  };
  const refresh = () => { order = sorted(matching()); first = 0; draw(); };
  const turn = by => { first += by * PAGE; draw(); scrolled.scrollTop = 0; };
  previous.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 120); });
  for (const select of choices.values()) select.addEventListener("change", refresh);
  only.addEventListener("change", refresh);
  reset.addEventListener("click", () => {
    search.value = ""; only.checked = false; sortBy = null;
    for (const select of choices.values()) select.value = "";
    refresh();
  });
  refresh();
})();
