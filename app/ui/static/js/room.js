// The live room: counts the clock down, speaks of it sparingly, and changes the panel when the phase changes,
// but never under the hands of somebody who is typing.

const room = document.getElementById("room");
const head = () => document.getElementById("room-head");
const panel = () => document.getElementById("room-panel");
const news = document.getElementById("room-news");

let ends = null;
let clock = null;
let spoken = "";

const say = (words) => {
  if (words === spoken) return;
  spoken = words;
  document.getElementById("announcement").textContent = words;
};

const shown = (seconds) => {
  const whole = Math.abs(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

const tick = () => {
  if (!clock?.isConnected || ends === null) return;
  const left = Math.round((ends - performance.now()) / 1000);
  clock.querySelector("[data-clock-text]").textContent = left < 0 ? clock.dataset.over.replace("{}", shown(left)) : shown(left);
  clock.classList.toggle("ll-phase__clock--over", left < 0);
  if (left === 60) say(clock.dataset.soon);
  if (left === 0) say(clock.dataset.ended);
};

const takeClock = () => {
  clock = head()?.querySelector("[data-clock]") ?? null;
  ends = clock ? performance.now() + Number(clock.dataset.clock) * 1000 : null;
  tick();
};

const caseOf = (at) => (at ?? "").split(":")[0];
const firstCase = caseOf(head()?.dataset.at);

const isTyping = (place) => {
  const fields = place.querySelectorAll("textarea, input:not([type=hidden]):not([type=checkbox]):not([type=radio])");
  return [...fields].some((field) => field === document.activeElement || field.value !== field.defaultValue);
};

const changePanel = () => {
  const place = panel();
  const phase = head().dataset.phase;
  if (!place || place.dataset.phase === phase) return;
  if (isTyping(place)) {
    if (news) news.hidden = false;
    return;
  }
  if (news) news.hidden = true;
  place.dataset.phase = phase;
  window.htmx.ajax("GET", room.dataset.reload, { target: "#room-panel", select: "#room-panel", swap: "outerHTML" });
};

const look = () => {
  if (!head()) return;
  if (caseOf(head().dataset.at) !== firstCase) {
    window.location.assign(room.dataset.reload);
    return;
  }
  changePanel();
};

// A press is one key: the next press of the same form gets a new one.
const renewKey = (event) => {
  const once = event.target.querySelector?.("input[name=once]");
  if (event.target.id === "steer" && once) once.value = crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now();
};

// A signal may come through while the fetch that follows it does not: whoever is back fetches everything once.
let missed = null;
const catchUp = () => {
  clearTimeout(missed);
  missed = null;
  for (const part of document.querySelectorAll("[hx-trigger*='sse:reset']")) window.htmx.trigger(part, "sse:reset");
};
const tryAgain = (event) => {
  if (event.detail.requestConfig?.verb === "get") missed ??= setTimeout(catchUp, 3000);
};

if (room && head()) {
  window.addEventListener("online", catchUp);
  document.addEventListener("htmx:sendError", tryAgain);
  takeClock();
  setInterval(tick, 1000);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "room-head" && !event.detail.target?.matches?.("#room-head")) return;
    takeClock();
    look();
  });
  document.addEventListener("htmx:afterRequest", renewKey);
}
