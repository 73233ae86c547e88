// A ballot that outlives other people's votes, a reload and a lost network; and places that can be moved by hand or keys.
// What is typed stays in this tab until a page says that the ballot is in: a failed sending loses nothing.

const drafts = window.sessionStorage;

const values = (form) => [...new FormData(form)].filter(([name]) => !["csrf_token", "once"].includes(name));

// What is typed is kept in this tab until the ballot is in. It is put back only into an untouched form.
const keep = (form) => {
  const name = `ballot:${form.dataset.ballot}`;
  const kept = JSON.parse(drafts.getItem(name) || "[]");
  const fields = [...form.elements].filter((field) => field.name && field.type !== "hidden");
  if (kept.length && !form.querySelector("[aria-invalid]")) {
    for (const field of fields) {
      const own = kept.filter(([key]) => key === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = own.includes(field.value);
      else if (own.length) field.value = own[0];
    }
    const note = document.createElement("p");
    note.className = "ll-meta";
    note.setAttribute("role", "status");
    note.textContent = form.dataset.kept;
    form.prepend(note);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }
  form.addEventListener("input", () => drafts.setItem(name, JSON.stringify(values(form))));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine !== false) return;
    event.preventDefault();
    tell(form);
    window.addEventListener("online", () => form.requestSubmit(), { once: true });
  });
};

// Said once, above the button, and to screen readers: the ballot is not in yet.
const tell = (form) => {
  if (form.querySelector("[data-waiting]")) return;
  const words = document.createElement("p");
  words.dataset.waiting = "";
  words.setAttribute("role", "alert");
  words.textContent = form.dataset.offline;
  form.append(words);
};

const say = (template, title) => template.replace("{title}", title);

const mover = (label, sign, move) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "kern-btn kern-btn--secondary kern-btn--small";
  button.setAttribute("aria-label", label);
  button.textContent = sign;
  button.addEventListener("click", () => {
    move();
    button.focus();
  });
  return button;
};

// Beside the selects a list to sort: it writes its order into them, and they stay the truth.
const order = (box) => {
  const selects = [...box.querySelectorAll("select")];
  const list = document.createElement("ol");
  list.className = "ll-order";
  const write = () => {
    [...list.children].forEach((item, place) => {
      item.select.value = String(place + 1);
      item.querySelector("[data-place]").textContent = box.dataset.place.replace("{n}", place + 1);
    });
    selects[0].dispatchEvent(new Event("input", { bubbles: true }));
  };
  for (const select of selects) {
    const item = document.createElement("li");
    const title = select.labels[0].textContent.trim();
    item.className = "ll-order__item";
    item.select = select;
    const place = document.createElement("span");
    place.dataset.place = "";
    const words = document.createElement("span");
    words.className = "ll-order__title";
    words.textContent = title;
    const step = (other, where) => () => {
      if (item[other]) item[other][where](item);
      write();
    };
    item.append(place, words, mover(say(box.dataset.up, title), "↑", step("previousElementSibling", "before")), mover(say(box.dataset.down, title), "↓", step("nextElementSibling", "after")));
    list.append(item);
  }
  const first = (event) => {
    event.currentTarget.remove();
    box.before(list);
    write();
    if (window.Sortable) window.Sortable.create(list, { animation: 150, onEnd: write });
  };
  const begin = document.createElement("button");
  begin.type = "button";
  begin.className = "kern-btn kern-btn--secondary";
  begin.textContent = box.dataset.sort;
  begin.addEventListener("click", first);
  box.before(begin);
};

for (const cast of document.querySelectorAll("[data-ballot-in]")) drafts.removeItem(`ballot:${cast.dataset.ballotIn}`);
for (const form of document.querySelectorAll("[data-ballot]")) keep(form);
for (const box of document.querySelectorAll("[data-ranking]")) order(box);
