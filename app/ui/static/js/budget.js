// Counts what is left of a number that several fields share: points of a ballot, votes of a count. The server checks it either way.

const say = (template, number, total) => template.replace("{n}", number).replace("{m}", total);

const spent = (parts) => parts.reduce((sum, part) => sum + Math.max(0, Number.parseInt(part.value, 10) || 0), 0);

const limit = (parts, left) => {
  for (const part of parts) {
    const own = Math.max(0, Number.parseInt(part.value, 10) || 0);
    part.max = Math.max(0, Math.min(Number(part.dataset.budgetPart), own + Math.max(0, left)));
  }
};

const show = (form) => {
  const total = Number(form.dataset.budget);
  const parts = [...form.querySelectorAll("[data-budget-part]")];
  const output = form.querySelector("[data-budget-left]");
  const left = total - spent(parts);
  limit(parts, left);
  const template = left > 0 ? output.dataset.budgetLeft : left < 0 ? output.dataset.budgetOver : output.dataset.budgetNone;
  output.textContent = say(template, Math.abs(left), total);
  output.classList.toggle("ll-budget--done", left === 0);
  output.classList.toggle("ll-budget--over", left < 0);
  output.hidden = false;
};

const begin = () => {
  for (const form of document.querySelectorAll("[data-budget]:not([data-counting])")) {
    form.dataset.counting = "";
    form.addEventListener("input", () => show(form));
    show(form);
  }
};

document.addEventListener("htmx:load", begin);
begin();
