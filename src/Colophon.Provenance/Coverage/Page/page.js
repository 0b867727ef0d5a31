"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const at = id => document.getElementById(id);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const hue = spec => (spec * 137.508 + 212) % 360;
const color = spec => `hsl(${hue(spec)} var(--sat) var(--mark))`;
const percent = part => part.l ? (Math.floor(part.m * 1000 / part.l) / 10).toFixed(1) + "%" : "–";
const chip = source => {
  const mark = make("i", { className: "chip" });
  mark.style.background = color(source.c);
  return mark;
};

function bar(counts, element = make("i", { className: "bar" })) {
  const part = (lines, paint) => {
    if (!lines) return;
    const piece = make("i");
    piece.style.width = lines * 100 / counts.l + "%";
    paint(piece);
    element.append(piece);
  };
  for (const [spec, lines] of counts.s) part(lines, piece => piece.style.background = color(spec));
  part(counts.h, piece => piece.className = "h");
  part(counts.u, piece => piece.className = "u");
  element.setAttribute("aria-hidden", "true");
  return element;
}

function sum(files) {
  const total = { l: 0, m: 0, h: 0, u: 0, s: new Map() };
  for (const file of files) {
    for (const key of ["l", "m", "h", "u"]) total[key] += file[key];
    for (const [spec, lines] of file.s) total.s.set(spec, (total.s.get(spec) || 0) + lines);
  }
  total.s = [...total.s].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return total;
}

// The tree: folders that hold only one folder are one row.
const buttons = [];
function folder(files, depth) {
  const folders = new Map(), own = [];
  for (const file of files) {
    const rest = file.p.split("/").slice(depth);
    if (rest.length === 1) own.push(file);
    else folders.set(rest[0], [...folders.get(rest[0]) || [], file]);
  }
  const rows = [];
  for (let [name, inside] of folders) {
    let deep = depth + 1;
    for (;;) {
      const next = new Set(inside.map(f => f.p.split("/").length > deep + 1 ? f.p.split("/")[deep] : ""));
      if (next.size !== 1 || next.has("")) break;
      name += "/" + [...next][0];
      deep++;
    }
    const total = sum(inside);
    const details = make("details", { open: depth < 1 || data.files.length < 60 },
      make("summary", { title: name }, make("span", {}, name), bar(total), make("em", {}, percent(total))),
      make("div", {}, ...folder(inside, deep)));
    rows.push(details);
  }
  for (const file of own) {
    const button = make("button", { type: "button", title: file.p, onclick: () => show(file) },
      make("span", {}, file.p.split("/").pop()), bar(file), make("em", {}, percent(file)));
    button.setAttribute("aria-label", `${file.p}, ${percent(file)} covered`);
    file.button = button;
    buttons.push([file, button]);
    rows.push(button);
  }
  return rows;
}

function show(file) {
  for (const [other, button] of buttons) button.setAttribute("aria-current", other === file);
  at("overview").hidden = true;
  at("viewer").hidden = false;
  at("name").textContent = file.p;
  at("facts").textContent = `${file.l.toLocaleString("en")} lines · ${percent(file)} covered · ${file.h.toLocaleString("en")} human` + (file.u ? ` · ${file.u} unknown` : "");
  const code = at("code");
  code.replaceChildren();
  code.scrollTop = 0;
  if (file.n) code.append(make("div", { className: "empty" }, file.n));
  if (file.t !== undefined) {
    const lines = file.t;
    for (const [start, count, kind, source] of file.r) {
      if (start > lines.length) break;
      const run = make("div", { className: "run " + kind, tabIndex: 0 });
      run.style.setProperty("--n", count);
      if (kind === "m") run.style.setProperty("--hue", hue(data.sources[source].c));
      run.about = [start, Math.min(count, lines.length - start + 1), kind, source];
      run.setAttribute("role", "group");
      run.setAttribute("aria-label", spoken(run.about));
      for (let i = start; i < start + run.about[1]; i++) {
        const line = make("div", { className: "line" }, lines[i - 1]);
        line.dataset.n = i;
        run.append(line);
      }
      code.append(run);
    }
  }
  rest();
  history.replaceState(null, "", "#" + encodeURIComponent(file.p));
}

function spoken([start, count, kind, source]) {
  const where = count === 1 ? `Line ${start}` : `Lines ${start} to ${start + count - 1}`;
  if (kind !== "m") return `${where}: ${kind === "h" ? "human" : "unknown"}`;
  const s = data.sources[source];
  return `${where}: ${s.r.join(", ") || "no requirement"}; task ${s.t || "–"}; ${s.m || "unknown model"}; accepted by ${s.p}`;
}

function tell(run) {
  const [start, count, kind, source] = run.about;
  const where = count === 1 ? `${start}` : `${start}–${start + count - 1}`;
  const list = make("dl");
  const row = (name, value, wide) => list.append(make("dt", {}, name), make("dd", { className: wide ? "wide" : "", title: typeof value === "string" ? value : "" }, value));
  if (kind === "m") {
    const s = data.sources[source];
    row("Requirement", make("span", {}, chip(s), s.r.join(", ") || "none named"), true);
    row("Task", `${s.g} ${s.t || ""} ${s.x || ""}`, true);
    row("Model", s.m || "not named");
    row("Person", s.p);
    row("Accepted", s.a);
    row("Entry", s.d.slice(0, 12));
    row("Lines", where);
  } else {
    row("Lines", where, true);
    row("Written by", kind === "h" ? "a person, as far as the log says: no accepted entry claims these lines" : "unknown: " + (source || "nothing that verifies says who wrote these lines"), true);
  }
  at("detail").replaceChildren(list);
}

function rest() {
  const hint = make("p", {}, "Point at lines, or focus them with ");
  hint.append(make("kbd", {}, "Tab"), " and move with ", make("kbd", {}, "↑"), " ", make("kbd", {}, "↓"), ", to see the requirement, task, model and person behind them. ",
    make("kbd", {}, "/"), " finds a file, ", make("kbd", {}, "Esc"), " goes back to the list.");
  at("detail").replaceChildren(hint);
}

const code = at("code");
for (const event of ["mouseover", "focusin"]) code.addEventListener(event, e => {
  const run = e.target.closest(".run");
  if (run) tell(run);
});
addEventListener("keydown", e => {
  const run = document.activeElement.closest && document.activeElement.closest(".run");
  const inList = document.activeElement.closest && document.activeElement.closest("#tree");
  const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
  if (run && step) {
    const next = step > 0 ? run.nextElementSibling : run.previousElementSibling;
    if (next) next.focus();
    e.preventDefault();
  } else if (inList && step) {
    const rows = [...at("tree").querySelectorAll("summary, button")].filter(row => row.offsetParent !== null);
    const next = rows[rows.indexOf(document.activeElement) + step];
    if (next) next.focus();
    e.preventDefault();
  } else if (e.key === "/" && document.activeElement !== at("filter")) {
    at("filter").focus();
    e.preventDefault();
  } else if (e.key === "Escape") {
    const current = buttons.find(([, button]) => button.getAttribute("aria-current") === "true");
    (current ? current[1] : at("filter")).focus();
  }
});
at("filter").addEventListener("input", e => {
  const words = e.target.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const [file, button] of buttons) button.hidden = !words.every(word => file.p.toLowerCase().includes(word));
  for (const details of [...at("tree").querySelectorAll("details")].reverse()) {
    details.hidden = ![...details.querySelectorAll("button")].some(button => !button.hidden);
    if (words.length) details.open = true;
  }
});
at("home").addEventListener("click", () => {
  for (const [, button] of buttons) button.setAttribute("aria-current", false);
  at("viewer").hidden = true;
  at("overview").hidden = false;
  history.replaceState(null, "", "#");
});

for (const mark of document.querySelectorAll("[data-spec]")) mark.style.background = color(+mark.dataset.spec);
bar(sum(data.files), at("total"));
at("tree").append(...folder(data.files, 0));
rest();
const wanted = decodeURIComponent(location.hash.slice(1));
const file = data.files.find(f => f.p === wanted);
if (file) show(file);
