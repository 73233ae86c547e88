// The search field as a combobox (ARIA APG, list autocomplete with manual selection). htmx fetches the options;
// without this the field is a plain form.

const field = document.querySelector("[data-suggestions]");
const list = field && document.getElementById(field.dataset.suggestions);
let current = -1;

const options = () => [...list.querySelectorAll("[role=option]")];
const isOpen = () => !list.hidden;

const point = (index) => {
  const all = options();
  current = all.length ? (index + all.length) % all.length : -1;
  all.forEach((option, place) => option.setAttribute("aria-selected", String(place === current)));
  if (current < 0) field.removeAttribute("aria-activedescendant");
  else {
    field.setAttribute("aria-activedescendant", all[current].id);
    all[current].scrollIntoView({ block: "nearest" });
  }
};

const close = () => {
  list.hidden = true;
  current = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
};

const open = () => {
  if (!options().length || document.activeElement !== field) return close();
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
  current = -1;
  return undefined;
};

const choose = (option) => {
  close();
  location.assign(option.dataset.address);
};

const keys = {
  ArrowDown: () => (isOpen() ? point(current + 1) : field.dispatchEvent(new Event("suggest"))),
  ArrowUp: () => isOpen() && point(current < 0 ? -1 : current - 1),
  Enter: () => isOpen() && current >= 0 && choose(options()[current]),
  Escape: () => isOpen() && close(),
};

const onKey = (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || !(event.key in keys)) return;
  const wasUsed = isOpen() ? event.key !== "Enter" || current >= 0 : event.key === "ArrowDown";
  if (!wasUsed) return;
  event.preventDefault();
  event.stopPropagation();
  keys[event.key]();
};

if (field && list) {
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", list.dataset.label);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) field.setAttribute(name, value);
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  list.addEventListener("htmx:afterSwap", open);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  if (location.hash === `#${field.id}`) field.focus();
}
