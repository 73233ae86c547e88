// The block of minutes that somebody writes: saved while they type, kept on the device while there is no network, and
// never overwritten. Where two wrote, both texts are shown and joined by one button.

import { HALF_A_DAY, PREFIX, forget, freshKey, keep, kept } from "./outbox_store.js";

const form = document.querySelector("form[data-minutes]");
const PAUSE = 1500;
const AGAIN = 5000;

const begin = () => {
  const box = `${PREFIX}minutes:${form.dataset.minutes}`;
  const field = form.elements.text;
  const status = document.getElementById("minutes-status");
  const place = document.getElementById("minutes-conflict");
  let saved = field.value;
  let pending = null;
  let timer = 0;
  let stopped = Boolean(document.querySelector("[data-conflict]"));

  const say = (words) => { status.textContent = words; };
  const later = (pause) => { clearTimeout(timer); timer = setTimeout(flush, pause); };
  const remember = () => keep(box, { text: field.value, revision: form.elements.revision.value, at: Date.now() });
  const clear = () => forget((name) => name === box);

  const post = async (parcel) => {
    const data = new FormData();
    data.set("text", parcel.text);
    data.set("revision", parcel.revision);
    data.set("once", parcel.once);
    data.set("csrf_token", form.elements.csrf_token.value);
    return fetch(form.action, { method: "POST", body: data, redirect: "manual", headers: { Accept: "application/json" } });
  };

  const flush = async () => {
    if (stopped || (!pending && field.value === saved)) return;
    pending ??= { text: field.value, revision: form.elements.revision.value, once: freshKey() };
    try {
      const answer = await post(pending);
      if (answer.ok) await done(await answer.json());
      else if (answer.status === 409) conflict(await answer.json());
      else stop();
    } catch {
      say(form.dataset.offline);
      later(AGAIN);
    }
  };

  const done = async (answer) => {
    saved = pending.text;
    pending = null;
    form.elements.revision.value = answer.revision;
    if (field.value === saved) clear();
    else { remember(); later(PAUSE); }
    say(form.dataset.saved.replace("{}", new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })));
  };

  const stop = () => {
    stopped = true;
    say(form.dataset.stopped);
  };

  const conflict = (answer) => {
    const typed = pending.text;
    stopped = true;
    pending = null;
    say("");
    const alert = document.createElement("div");
    const words = document.createElement("p");
    const title = document.createElement("h2");
    const theirs = document.createElement("blockquote");
    const button = document.createElement("button");
    alert.setAttribute("role", "alert");
    alert.className = "ll-stack";
    words.textContent = answer.message;
    title.textContent = form.dataset.theirs;
    theirs.className = "ll-preserve";
    theirs.textContent = answer.saved;
    button.type = "button";
    button.id = "minutes-join";
    button.className = "kern-btn kern-btn--primary";
    button.append(Object.assign(document.createElement("span"), { className: "kern-label", textContent: form.dataset.join }));
    button.addEventListener("click", async () => {
      const now = { text: field.value, revision: form.elements.revision.value, once: freshKey() };
      const fresh = now.text === typed ? answer : await post(now).then((found) => found.json(), () => null);
      if (!fresh?.joined) return say(form.dataset.offline);
      field.value = fresh.joined;
      form.elements.revision.value = fresh.revision;
      saved = fresh.saved;
      stopped = false;
      place.replaceChildren();
      remember();
      field.focus();
      later(PAUSE);
    });
    const row = document.createElement("div");
    row.className = "ll-row";
    row.append(button);
    alert.append(words, title, theirs, row);
    place.replaceChildren(alert);
  };

  const before = kept(box);
  if (before && Date.now() - before.at < HALF_A_DAY && before.text !== field.value && !stopped) {
    field.value = before.text;
    form.elements.revision.value = before.revision;
    say(form.dataset.restored);
    later(0);
  } else clear();

  field.addEventListener("input", () => { remember(); if (!stopped) later(PAUSE); });
  window.addEventListener("online", () => later(0));
  form.addEventListener("submit", () => { clearTimeout(timer); stopped = true; if (navigator.onLine) clear(); });
  for (const link of document.querySelectorAll("a[data-module]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field.value = [field.value.trimEnd(), link.dataset.module].filter(Boolean).join("\n\n");
      field.dispatchEvent(new Event("input"));
      field.focus();
    });
  }
};

if (form) begin();
