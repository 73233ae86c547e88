// The outbox of a phone: a card that was sent without a network waits here and goes out once there is one; what is
// being typed outlives a reload. Kept per workshop, participant and case, at most half a day, and never on the wall.

import { HALF_A_DAY, PREFIX, forget, freshKey, keep, kept } from "./outbox_store.js";

const form = () => document.querySelector("form[data-outbox]");
const box = () => `${PREFIX}${form().dataset.outbox}`;
const cards = () => (kept(box()) ?? []).filter((card) => Date.now() - card.at < HALF_A_DAY);
const store = (list) => {
  if (list.length) keep(box(), list);
  else forget((name) => name === box());
  show();
};
const change = (key, news) => store(cards().map((card) => (card.card === key ? { ...card, ...news } : card)));
const remove = (key) => store(cards().filter((card) => card.card !== key));

const button = (words, act) => {
  const looks = "kern-btn kern-btn--secondary kern-btn--x-small";
  const made = Object.assign(document.createElement("button"), { type: "button", className: looks, textContent: words });
  made.addEventListener("click", act);
  return made;
};

const line = (card) => {
  const item = document.createElement("li");
  const text = Object.assign(document.createElement("p"), { className: "ll-tcard__text", textContent: card.text });
  const state = document.createElement("p");
  state.className = "ll-meta";
  state.textContent = card.problem ?? form().dataset.waiting;
  item.className = "ll-tcard ll-tcard--covered";
  item.append(text, state);
  for (const hit of card.hits ?? []) state.append(` „${hit.text}“ (${hit.kind})`);
  if (card.hits?.length) item.append(button(form().dataset.anyway, () => { change(card.card, { looked: "1", problem: null, hits: [] }); flush(); }));
  if (card.problem) item.append(button(form().dataset.back, () => takeUp(card)));
  return item;
};

const show = () => {
  const place = document.getElementById("outbox");
  if (!place || !form()) return;
  const list = cards();
  place.replaceChildren();
  if (!list.length) return;
  const title = document.createElement("h3");
  title.textContent = place.dataset.title;
  const lines = document.createElement("ul");
  lines.className = "ll-tcards";
  lines.append(...list.map(line));
  place.append(title, lines);
};

const takeUp = (card) => {
  form().elements.text.value = card.text;
  remove(card.card);
  form().elements.text.focus();
  count();
};

let busy = false;

const sendOne = async (card) => {
  const data = new FormData();
  for (const name of ["card", "kind", "place", "text", "looked"]) data.set(name, card[name] ?? "");
  data.set("csrf_token", form().elements.csrf_token.value);
  data.set("at", form().elements.at.value);
  data.set("once", card.card);
  const answer = await fetch(form().action, { method: "POST", body: data, redirect: "manual", headers: { Accept: "application/json" } });
  if (answer.ok) {
    remove(card.card);
    document.getElementById("announcement").textContent = form().dataset.sent;
    window.htmx?.trigger(document.body, "cards:sent");
    return true;
  }
  if (answer.status >= 500 || answer.status === 429) return false;
  const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : { message: form().dataset.gone };
  change(card.card, { problem: said.message, hits: said.hits ?? [] });
  return true;
};

const flush = async () => {
  if (busy || !form()) return;
  busy = true;
  try {
    for (const card of cards()) if (!card.problem && !(await sendOne(card))) break;
  } catch {
    show();
  } finally {
    busy = false;
  }
};

const count = () => {
  const place = document.getElementById("card-count");
  if (!place || !form()) return;
  const typed = form().elements.text.value.trim();
  const seen = window.Intl?.Segmenter ? [...new Intl.Segmenter().segment(typed)].length : [...typed].length;
  const left = Number(form().dataset.longest) - seen;
  place.hidden = !typed;
  place.textContent = (left < 0 ? form().dataset.over : form().dataset.left).replace("{}", Math.abs(left));
  place.classList.toggle("ll-over", left < 0);
};

const draft = () => `${box()}:draft`;

const begin = () => {
  if (!form() || form().dataset.begun) return;
  form().dataset.begun = "1";
  forget((name) => name !== box() && name !== draft());
  const before = kept(draft());
  if (before?.text && Date.now() - before.at < HALF_A_DAY && !form().elements.text.value) {
    form().elements.text.value = before.text;
    for (const each of form().querySelectorAll("[name=kind]")) each.checked = each.value === before.kind;
    form().elements.place.value = before.place;
  }
  count();
  show();
  flush();
};

document.addEventListener("input", (event) => {
  if (!event.target.closest?.("form[data-outbox]")) return;
  const given = new FormData(form());
  keep(draft(), { text: given.get("text"), kind: given.get("kind"), place: given.get("place") ?? "", at: Date.now() });
  count();
});

document.addEventListener("submit", (event) => {
  if (/\/raum\/verlassen$/.test(event.target.action)) forget(() => true);
  if (!event.target.matches("form[data-outbox]")) return;
  const given = new FormData(event.target);
  if (!given.get("kind") || !given.get("text").trim()) return;
  event.preventDefault();
  const looked = event.submitter?.name === "looked" ? "1" : "";
  const next = { card: freshKey(), kind: given.get("kind"), place: given.get("place") ?? "", text: given.get("text"), looked, at: Date.now() };
  event.target.elements.text.value = "";
  forget((name) => name === draft());
  store([...cards(), next]);
  count();
  event.target.elements.text.focus();
  flush();
});

for (const sign of ["online", "focus", "pageshow"]) window.addEventListener(sign, flush);
document.addEventListener("htmx:sseOpen", flush);
document.addEventListener("htmx:load", begin);
setInterval(flush, 5000);
if (document.querySelector("[data-outbox-over]")) forget(() => true);
begin();
