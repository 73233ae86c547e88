// Fields in which people write to each other: what is being typed outlives a failed or expired request, and „@“ offers names.

const drafts = window.sessionStorage;
const savedHere = /^#(kommentar-\d+|gespraech)$/;

// A text is kept while it is typed. It goes once the page that follows a successful saving shows.
const keepDraft = (box, field) => {
  const name = `draft:${box.dataset.writing}`;
  const sent = `${name}:sent`;
  if (drafts.getItem(sent) && savedHere.test(location.hash) && !field.value) drafts.removeItem(name);
  drafts.removeItem(sent);
  const kept = drafts.getItem(name);
  if (kept && !field.value) {
    field.value = kept;
    const note = document.createElement("p");
    note.className = "ll-meta";
    note.textContent = box.dataset.kept;
    field.after(note);
  }
  field.addEventListener("input", () => (field.value ? drafts.setItem(name, field.value) : drafts.removeItem(name)));
  field.form?.addEventListener("submit", () => drafts.setItem(sent, "1"));
};

const typedName = (field) => field.value.slice(0, field.selectionStart).match(/(?:^|[\s(])@([\p{L}][\p{L}\- ]{0,40})$/u)?.[1];

// The list of names at an „@“. What follows a name that was taken from it is the sentence, not a name any more.
class Names {
  constructor(box, field) {
    Object.assign(this, { box, field, chosen: -1, people: [], taken: "" });
    this.list = document.createElement("ul");
    this.list.className = "ll-names";
    this.list.id = `${field.id}-names`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "@");
    this.list.hidden = true;
    field.after(this.list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.wait());
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), 150);
  }

  async look() {
    const typed = typedName(this.field);
    if (!typed || (this.taken && typed.startsWith(this.taken))) return this.close();
    const answer = await fetch(`${this.box.dataset.people}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected || typed !== typedName(this.field)) return this.close();
    this.people = (await answer.json()).people.filter((person) => person.name !== typed);
    return this.people.length ? this.open() : this.close();
  }

  open() {
    this.list.replaceChildren(...this.people.map((person, place) => this.option(person, place)));
    this.list.hidden = false;
    this.choose(0);
    document.getElementById("announcement").textContent = `${this.people.length} ${this.box.dataset.found}`;
  }

  option(person, place) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${place}`;
    item.setAttribute("role", "option");
    const name = document.createElement("span");
    name.textContent = person.name;
    const organisation = document.createElement("small");
    organisation.textContent = person.organisation;
    item.append(name, organisation);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.choose(place);
      this.take();
    });
    return item;
  }

  choose(place) {
    this.chosen = (place + this.people.length) % this.people.length;
    [...this.list.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === this.chosen)));
    this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.chosen}`);
  }

  press(event) {
    if (this.list.hidden) return;
    const moves = { ArrowDown: () => this.choose(this.chosen + 1), ArrowUp: () => this.choose(this.chosen - 1), Enter: () => this.take(), Tab: () => this.take(), Escape: () => this.close() };
    if (!(event.key in moves)) return;
    event.preventDefault();
    moves[event.key]();
  }

  take() {
    const typed = typedName(this.field) ?? "";
    const end = this.field.selectionStart;
    this.taken = `${this.people[this.chosen].name} `;
    this.field.setRangeText(this.taken, end - typed.length, end, "end");
    this.close();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.field.removeAttribute("aria-activedescendant");
  }
}

for (const box of document.querySelectorAll("[data-writing]")) {
  const field = box.querySelector("textarea");
  if (!field) continue;
  keepDraft(box, field);
  new Names(box, field);
}
