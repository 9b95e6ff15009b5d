"use strict";
// Keys, lights, completion, spans, dropping. Every page works without it; nothing here builds markup out of text.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const points = text => [...text];  // offsets count code points, not UTF-16 units
const typing = at => at.matches?.("input:not([type=checkbox]), select, textarea") || at.isContentEditable;
const say = words => { const p = document.createElement("p"); p.textContent = words; $("#said").replaceChildren(p); };

// --- keys -----------------------------------------------------------------------------------------------------------
let going = false;
function press(key) {
  const target = $$(`[data-key="${CSS.escape(key)}"]`).find(one => one.offsetParent !== null);
  if (!target || going) return Boolean(target);
  if (!target.matches("[data-edit], summary")) going = true;
  target.click();
  return true;
}

document.addEventListener("keydown", event => {
  const at = event.target, dialog = $("#help");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && at.form?.matches("#correct")) {
    event.preventDefault();
    ($(event.shiftKey ? "#correct .splits" : "#correct .yes") ?? $("#correct .yes")).click();
    return;
  }
  if (event.key === "Escape" && typing(at)) { at.blur(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open || typing(at)) return;
  if (event.key === "?") { dialog.showModal(); event.preventDefault(); return; }
  if (event.key === "/") { $(".find input").focus(); event.preventDefault(); return; }
  if (event.key === " " && at.matches("button, a.button, summary, [data-span]") && at !== document.activeElement) return;
  if (event.key === " " && at.matches("button, summary")) return;
  if (event.repeat && event.key !== "j" && event.key !== "k") return;
  if (onArticle(event.key) || (event.key.length === 1 && press(event.key))) event.preventDefault();
});
window.addEventListener("pageshow", () => { going = false; });
document.addEventListener("click", event => {
  if (event.target.closest("[data-help]")) $("#help").showModal();
  if (event.target.closest("[data-print]")) window.print();
  const opener = event.target.closest("[data-edit]");
  if (opener) {
    $("#edit").open = true;
    $(opener.dataset.edit).focus();
  }
});

// --- a document: rows and their words light together ------------------------------------------------------------------
const article = $("#article");
const notes = article ? $$(".note", article) : [];
const wordsOf = id => $$(`[data-rows~="${CSS.escape(id)}"]`, article);
function light(ids, look = "lit") {
  $$(`.${look}`, article).forEach(one => one.classList.remove(look));
  ids.forEach(id => {
    wordsOf(id).forEach(one => one.classList.add("lit"));
    document.getElementById(id)?.classList.add(look);
  });
}
function same(actor) {
  $$(".same", article).forEach(one => one.classList.remove("same"));
  if (actor) $$(`.mention[data-actor="${CSS.escape(actor)}"]`, article).forEach(one => one.classList.add("same"));
}
const chosen = () => notes.find(note => note.classList.contains("chosen"));
function choose(note) {
  if (!note) return;
  notes.forEach(one => one.classList.remove("chosen"));
  note.classList.add("chosen");
  $$(".lit", article).forEach(one => one.classList.remove("lit"));
  wordsOf(note.dataset.row).forEach(one => one.classList.add("lit"));
  history.replaceState(null, "", `#${encodeURIComponent(note.id)}`);
  note.scrollIntoView({ block: "center" });
  $("a", note).focus({ preventScroll: true });
}

function onArticle(key) {
  if (!article) return false;
  const here = notes.indexOf(chosen());
  const verdict = { a: "accept", x: "reject", f: "flag" }[key];
  if (key === "j") choose(notes[Math.min(here + 1, notes.length - 1)]);
  else if (key === "k") choose(notes[Math.max(here - 1, 0)]);
  else if (verdict && here >= 0) decide(notes[here], verdict);
  else if ((key === "e" || key === "r") && here >= 0) location.href = $("a", notes[here]).href + (key === "e" ? "#edit" : "");
  else if (key === "n" && here >= 0) location.href = notes[here].dataset.add;
  else if (key === "u") undo();
  else if (key === " " && here >= 0) choose(notes[here + 1]);
  else return false;
  return true;
}

async function send(address, fields) {
  const response = await fetch(address, { method: "POST", body: new URLSearchParams({ key: article.dataset.key, ...fields }) });
  if (!response.ok) throw new Error(`That was not kept (${response.status}). Reload the page and decide again.`);
}

async function decide(note, verdict) {
  const { row: id, kind } = note.dataset;
  try {
    await send("/review/decide", { document: article.dataset.document, kind, id, verdict, queue: `document:${article.dataset.document}`, stay: "1" });
    note.classList.remove("state-accepted", "state-rejected", "state-flagged", "state-corrected");
    const state = { accept: "accepted", reject: "rejected", flag: "flagged" }[verdict];
    note.classList.add(`state-${state}`);
    $("i", note).textContent = state;
    say(`${$("b", note).textContent}: ${state}. u takes it back.`);
    choose(notes[notes.indexOf(note) + 1]);
  } catch (error) { say(error.message); }
}

async function undo() {
  try { await send("/review/undo", { back: "/log" }); location.reload(); } catch (error) { say(error.message); }
}

if (article) {
  article.addEventListener("mouseover", event => {
    const over = event.target.closest("[data-rows], .note");
    if (over) light(over.dataset.rows ? over.dataset.rows.split(" ") : [over.dataset.row]);
    same(event.target.closest("[data-actor]")?.dataset.actor);
  });
  article.addEventListener("focusin", event => {
    const note = event.target.closest(".note");
    if (note) light([note.dataset.row]);
  });
  article.addEventListener("click", event => {
    const words = event.target.closest("[data-rows]");
    const name = event.target.closest(".mention[data-actor]");
    if (name && !String(getSelection())) { same(name.dataset.actor); say(`“${name.textContent}”: ${name.title}`); }
    if (words && !String(getSelection())) choose(document.getElementById(words.dataset.rows.split(" ").at(-1)));
  });
  const aimed = notes.find(note => note.id === decodeURIComponent(location.hash.slice(1)));
  if (aimed) choose(aimed);
  document.addEventListener("selectionchange", () => {
    const span = marked($$(".para > p", article)), bar = $("#marking");
    bar.hidden = !span;
    if (span) $$("[data-add]", bar).forEach(link => {
      link.href = `/add-row/${link.dataset.add}/${encodeURIComponent(article.dataset.document)}?start=${span.start}&end=${span.end}`;
    });
  });
}

// --- words marked with the mouse or the keyboard, as offsets into the document ------------------------------------------
function marked(blocks) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const block = blocks.find(one => one.contains(range.startContainer) && one.contains(range.endContainer));
  if (!block) return null;
  const before = document.createRange();
  before.selectNodeContents(block);
  before.setEnd(range.startContainer, range.startOffset);
  const text = range.toString(), lead = text.length - text.trimStart().length;
  const start = Number(block.dataset.start) + points(before.toString() + text.slice(0, lead)).length;
  return text.trim() ? { start, end: start + points(text.trim()).length } : null;
}

const passage = $("#passage");
const first = passage ? Number(passage.dataset.start) : 0;
const letters = passage ? points(passage.textContent) : [];

function setSpan(field, start, end) {
  const name = field.dataset.span;
  field.elements[`${name}.start`].value = start ?? "";
  field.elements[`${name}.end`].value = end ?? "";
  $("q", field).textContent = start === null ? "" : letters.slice(start - first, end - first).join("");
}

function step(at, by) {
  const isWord = letter => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
  let place = at - first + by;
  const look = by > 0 ? () => letters[place - 1] : () => letters[place];
  const beyond = by > 0 ? () => letters[place] : () => letters[place - 1];
  while (place > 0 && place < letters.length && !(isWord(look()) && !isWord(beyond()))) place += by;
  return Math.min(Math.max(place, 0), letters.length) + first;
}

document.addEventListener("click", event => {
  const field = event.target.closest("[data-span]");
  if (!field) return;
  if (event.target.matches("[data-clear]")) setSpan(field, null, null);
  if (event.target.matches("[data-take]")) {
    const span = kept;
    if (span) setSpan(field, span.start, span.end); else say("Mark words in the passage first.");
  }
});
let kept = null;
if (passage) document.addEventListener("selectionchange", () => { kept = marked([passage]) ?? kept; });
document.addEventListener("keydown", event => {
  const field = event.target.closest?.("[data-span]");
  if (!field || event.target !== field || !event.shiftKey || !/^Arrow(Left|Right)$/.test(event.key)) return;
  event.preventDefault();
  const name = field.dataset.span, by = event.key === "ArrowRight" ? 1 : -1;
  let start = Number(field.elements[`${name}.start`].value), end = Number(field.elements[`${name}.end`].value);
  if (!end) return;
  if (event.altKey) start = Math.min(step(start, by > 0 ? 1 : -1), end - 1); else end = Math.max(step(end, by), start + 1);
  if (event.altKey && by > 0) while (start < end - 1 && !/[\p{L}\p{N}]/u.test(letters[start - first])) start += 1;
  setSpan(field, start, end);
});

// --- modes follow the type ----------------------------------------------------------------------------------------------
document.addEventListener("change", event => {
  if (event.target.name !== "type") return;
  const modes = $("[data-modes]", event.target.form);
  for (const option of modes.options) option.hidden = option.disabled = Boolean(option.dataset.type) && option.dataset.type !== event.target.value;
  if (modes.selectedOptions[0]?.disabled) modes.value = "";
});

// --- whom a name may mean -----------------------------------------------------------------------------------------------
let list = null, owner = null, asked = 0;
function closeNames() {
  list?.remove();
  owner?.setAttribute("aria-expanded", "false");
  list = owner = null;
}
function pick(option) {
  const input = owner;
  input.value = option.dataset.id;
  closeNames();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
function point(option) {
  $$("[aria-selected=true]", list).forEach(one => one.setAttribute("aria-selected", "false"));
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  owner.setAttribute("aria-activedescendant", option?.id ?? "");
}
async function suggest(input) {
  const turn = ++asked, wanted = input.value.trim();
  if (wanted.length < 2) { closeNames(); return; }
  const found = await (await fetch(`/actors.json?q=${encodeURIComponent(wanted)}`)).json();
  if (turn !== asked || document.activeElement !== input) return;
  closeNames();
  if (!found.length) return;
  owner = input;
  list = document.createElement("ul");
  Object.assign(list, { id: "names", className: "names" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names");
  list.append(...found.slice(0, 12).map((one, n) => {
    const option = document.createElement("li"), about = document.createElement("small");
    option.id = `name-${n}`;
    option.setAttribute("role", "option");
    option.dataset.id = one.id;
    option.textContent = `${one.name} · ${one.id}`;
    about.textContent = one.about;
    option.append(about);
    return option;
  }));
  input.insertAdjacentElement("afterend", list);
  input.setAttribute("aria-expanded", "true");
  point(list.firstElementChild);
}
$$("[data-names]").forEach(input => {
  for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "names" })) input.setAttribute(name, value);
  input.addEventListener("input", () => suggest(input));
  input.addEventListener("blur", () => setTimeout(() => { if (owner === input) closeNames(); }, 150));
  input.addEventListener("keydown", event => {
    if (owner !== input) return;
    const now = $("[aria-selected=true]", list);
    if (event.key === "ArrowDown") point(now?.nextElementSibling ?? list.firstElementChild);
    else if (event.key === "ArrowUp") point(now?.previousElementSibling ?? list.lastElementChild);
    else if (event.key === "Enter" && now) pick(now);
    else if (event.key === "Escape") closeNames();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
});
document.addEventListener("mousedown", event => {
  const option = event.target.closest("#names [role=option]");
  if (option) { event.preventDefault(); pick(option); }
});

// --- dropped files, running jobs, found words ----------------------------------------------------------------------------
const drop = $("#drop");
if (drop) {
  for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, event => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", event => {
    event.preventDefault();
    $("input", drop).files = event.dataTransfer.files;
    $("#adding").requestSubmit();
  });
}

const job = $("#job");
if (job && !["done", "failed"].includes(job.dataset.state)) {
  const look = async () => {
    const now = await (await fetch(job.dataset.twin)).json();
    if (["done", "failed"].includes(now.state)) { location.reload(); return; }
    Object.assign($("progress", job), { max: now.total || 1, value: now.done });
    $("[data-done]", job).textContent = now.total ? `${now.done} of ${now.total}` : `${now.done}`;
    setTimeout(look, 400);
  };
  setTimeout(look, 400);
}

for (const block of $$("[data-terms]")) {
  const terms = block.dataset.terms.split("|").filter(Boolean), text = block.textContent;
  if (!terms.length) continue;
  const pattern = new RegExp(terms.map(term => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "giu");
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    pieces.push(text.slice(at, match.index), mark);
    at = match.index + match[0].length;
  }
  block.replaceChildren(...pieces, text.slice(at));
}

// --- what is wider than the window is scrolled with the keyboard too ----------------------------------------------------
const wide = new ResizeObserver(all => all.forEach(({ target }) => {
  if (target.scrollWidth > target.clientWidth) target.tabIndex = 0; else target.removeAttribute("tabindex");
}));
$$(".sheet, .chart:not(.scroll)").forEach(one => wide.observe(one));

// --- reasons are looked for when somebody asks ----------------------------------------------------------------------------
const PARTS = { rule: "By rule", model: "By a model", "runner-up": "Second", word: "Deciding word", passage: "The passage alone" };
const why = $("#why");
why?.addEventListener("toggle", async () => {
  const waiting = $("[data-waiting]", why);
  if (!why.open || !waiting || waiting.dataset.asked) return;
  waiting.dataset.asked = "1";
  waiting.setAttribute("role", "status");
  waiting.textContent = "Reading the passage again…";
  try {
    const response = await fetch(why.dataset.why);
    if (!response.ok) throw new Error(await response.text());
    const found = (await response.json()).filter(one => one.part in PARTS);
    $("ul", why).append(...found.map(one => {
      const line = document.createElement("li"), part = document.createElement("b"), words = document.createElement("span");
      part.textContent = `${PARTS[one.part]}: `;
      words.textContent = one.words;
      words.dir = "auto";
      line.append(part, words);
      return line;
    }));
    waiting.textContent = found.length ? "" : "No reader makes this row.";
  } catch (error) { waiting.textContent = `No more can be said: ${error.message}`; }
});

if ($("#edit") && location.hash === "#edit") $("#edit").open = true;
