// Presses what a key stands for, sends what a person decides, and puts the answer in its place.
"use strict";

const status = () => document.getElementById("status");
const isTyping = (element) => element.matches("textarea, select, input:not([type=checkbox])");
const byKey = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);

function say(words, isAlarm = false) {
  status().textContent = words;
  status().className = isAlarm ? "alarm" : "";
}

async function post(address, body) {
  try {
    const headers = { "Content-Type": "application/json" };
    return await fetch(address, { method: "POST", headers, body: JSON.stringify(body ?? {}) });
  } catch {
    say(status().dataset.lost, true);
    return null;
  }
}

// One decision at a time: until its answer is there nothing else is pressed, or it would hit what nobody has seen.
let isBusy = false;
async function inTurn(work) {
  if (isBusy) return;
  isBusy = true;
  document.body.ariaBusy = "true";
  try {
    await work();
  } finally {
    isBusy = false;
    document.body.ariaBusy = "false";
  }
}

async function decide(address, body) {
  const answer = await post(address, body);
  if (!answer) return;
  const text = await answer.text();
  if (!answer.ok) return say(text, true);
  show(new DOMParser().parseFromString(text, "text/html").querySelector("main"));
  say(decodeURIComponent(answer.headers.get("X-Desk-Says") ?? ""));
}

function show(fresh) {
  const old = document.getElementById("main");
  const [oldPage, freshPage] = [old, fresh].map((main) => main.querySelector("#document"));
  const isSamePage = oldPage && freshPage.querySelector("image")
    && oldPage.querySelector("image")?.getAttribute("href") === freshPage.querySelector("image").getAttribute("href");
  const scrolled = old.querySelector("#side")?.scrollTop ?? 0;
  old.replaceWith(fresh);
  if (isSamePage) {
    oldPage.querySelector(".frame")?.remove();
    const frame = freshPage.querySelector(".frame");
    if (frame) oldPage.querySelector("svg").append(frame);
    freshPage.replaceWith(oldPage);
  }
  if (fresh.dataset.url) history.replaceState(null, "", fresh.dataset.url);
  const side = fresh.querySelector("#side");
  if (side) side.scrollTop = scrolled;
  settle();
}

// Bring into view what is asked about, and let a screen reader begin with the question.
function settle() {
  document.querySelector("#document mark, #document .frame")?.scrollIntoView({ block: "center" });
  document.querySelector("#form [aria-current]")?.scrollIntoView({ block: "nearest" });
  document.getElementById("question")?.focus({ preventScroll: true });
}

const report = () => `/report/${document.getElementById("main").dataset.number}`;
const reading = (element) => JSON.parse(element.closest("[data-read]")?.dataset.read ?? "[]");

function act(element, more) {
  const { do: does, field, value } = element.dataset;
  const body = { do: does, field, value: value ?? null, read: reading(element), ...more };
  inTurn(() => decide(`${report()}/decide${location.search}`, body));
}

function send(form) {
  const given = new FormData(form);
  if (form.dataset.do === "border") return act(form, { lines: [Number(given.get("first")), Number(given.get("last"))] });
  act(form, { value: given.get("value") });
}

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("button");
  if (!pressed) return;
  const { do: does, post: address, opens } = pressed.dataset;
  if (opens) document.getElementById(opens).showModal();
  if (address) inTurn(() => decide(address + location.search));
  if (does === "split") act(pressed, { at: pressed.form.elements.value.selectionStart });
  else if (does) act(pressed, {});
});

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.do) return;
  event.preventDefault();
  send(event.target);
});

document.addEventListener("change", (event) => {
  const pairs = event.target.closest("fieldset[data-do=pair]");
  if (pairs) {
    const ticked = [...pairs.querySelectorAll(":checked")].map((box) => box.value);
    act(pairs, { field: pairs.closest("form").dataset.field, answers: ticked });
  }
  if (event.target.id === "files") read(event.target.files);
  if (event.target.dataset.label) label(event.target);
});

// What sums break or mend is told as one types.
let asked = 0;
document.addEventListener("input", async (event) => {
  const field = event.target.dataset.try;
  if (!field) return;
  const turn = ++asked;
  await new Promise((done) => setTimeout(done, 80));
  if (turn !== asked) return;
  const answer = await post(`${report()}/try`, { do: "value", field, value: event.target.value });
  if (answer?.ok && turn === asked) document.getElementById("sums").outerHTML = await answer.text();
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
  const at = event.target;
  if (event.key === "Escape") return at.blur();
  if (at.dataset.label && chooseLabel(event, at)) return;
  if (isTyping(at)) {
    if (event.ctrlKey && event.key === "Enter") at.form?.requestSubmit();
    return;
  }
  const withControl = { z: "u", y: "y" }[event.key];
  if (event.ctrlKey || event.metaKey) {
    if (withControl) press(event, byKey(withControl));
    return;
  }
  if (event.key.startsWith("Arrow")) return move(event);
  if (isBusy || event.repeat) return event.preventDefault();
  if (event.key === "Enter" && at.matches("a, button, summary")) return;
  const target = byKey(event.key);
  if (target) return press(event, target);
  if (/^[-0-9]$/.test(event.key)) startTyping(document.querySelector("[data-types]"));
});

// The key that was pressed then goes into the field.
function startTyping(field) {
  field?.focus();
  if (field?.matches("input")) field.select();
}

function press(event, target) {
  event.preventDefault();
  if (!target) return;
  if (isTyping(target)) startTyping(target);
  else target.click();
}

// From cell to cell of a table: to the nearest one in the direction of the arrow.
function move(event) {
  const now = document.activeElement.closest("#form a") ?? document.querySelector("#form [aria-current]");
  if (!now) return;
  const middle = (element) => {
    const box = element.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const [x, y] = middle(now);
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  let nearest = null;
  let least = Infinity;
  for (const cell of document.querySelectorAll("#form a")) {
    const [cx, cy] = middle(cell);
    const along = (cx - x) * dx + (cy - y) * dy;
    const aside = Math.abs((cx - x) * dy) + Math.abs((cy - y) * dx);
    if (along > 1 && along + 3 * aside < least) [nearest, least] = [cell, along + 3 * aside];
  }
  if (!nearest) return;
  event.preventDefault();
  nearest.focus();
  nearest.scrollIntoView({ block: "nearest" });
}

// Labels of lines: a digit chooses one, the arrows lead to the line above and below.
async function label(choice) {
  const answer = await post(`${report()}/label`, { do: "label", field: "", at: Number(choice.dataset.label), value: choice.value });
  if (answer) say(await answer.text(), !answer.ok);
  if (answer?.ok) choice.classList.remove("doubtful");
}

function chooseLabel(event, choice) {
  const all = [...document.querySelectorAll("[data-label]")];
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const option = /^[1-9]$/.test(event.key) ? choice.options[Number(event.key) - 1] : null;
  if (step) all[all.indexOf(choice) + step]?.focus();
  if (option) {
    choice.value = option.value;
    label(choice);
  }
  if (step || option) event.preventDefault();
  return Boolean(step || option);
}

// Files that are dropped on the list, or chosen there, are read one after the other.
async function read(files) {
  const zone = document.querySelector(".drop");
  if (!zone || !files.length) return;
  for (const file of files) {
    say(`${zone.dataset.dropping} ${file.name}`);
    const answer = await fetch(`/drop?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file }).catch(() => null);
    if (!answer?.ok) return say(answer ? `${file.name}: ${await answer.text()}` : status().dataset.lost, true);
  }
  say(zone.dataset.dropped);
  location.assign("/");
}
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  read(event.dataTransfer.files);
});

if (document.querySelector("[data-loading]")) setTimeout(() => isTyping(document.activeElement) || location.reload(), 2000);
settle();
document.querySelector("[data-label]")?.focus();
