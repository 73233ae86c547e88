// The room of a meeting: lets its clocks run between two signals, by the server's time. What is live comes by itself;
// this changes no state. Without it the page shows the times as they were when it was sent.

const room = document.getElementById("meeting-room");
const ahead = room ? Number(room.dataset.now) - Date.now() : 0;
const now = () => Date.now() + ahead;

const two = (number) => String(number).padStart(2, "0");
const clockWords = (moment) => {
  const language = document.documentElement.lang;
  const time = new Intl.DateTimeFormat("de", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" }).format(moment);
  return language === "de" ? `${time} Uhr` : time;
};

const write = (place, words) => {
  if (place.textContent !== words) place.textContent = words;
};

const tickSpent = (place) => {
  const seconds = Math.max(0, Math.floor((now() - Number(place.dataset.spent)) / 1000));
  const minutes = Math.floor(seconds / 60);
  write(place, place.dataset.words ? place.dataset.words.replace("{}", minutes) : `${minutes}:${two(seconds % 60)}`);
  const limit = Number(place.dataset.limit ?? 0);
  place.classList.toggle("ll-over", limit > 0 && seconds >= limit * 60);
};

const tickEnd = (place) => {
  const due = Number(place.dataset.ends);
  write(place, clockWords(new Date(Math.max(now(), due) + Number(place.dataset.rest))));
};

const tick = () => {
  for (const place of room.querySelectorAll("[data-spent]")) tickSpent(place);
  for (const place of room.querySelectorAll("[data-ends]")) tickEnd(place);
};

// A press is one key: the next press of the same form gets a new one.
const renewKey = (event) => {
  const once = event.target.querySelector?.("input[name=once]");
  if (once) once.value = crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now();
};

if (room) {
  tick();
  setInterval(tick, 1000);
  room.addEventListener("htmx:afterSwap", tick);
  document.addEventListener("htmx:afterRequest", renewKey);
}
