/* Moving an item of an agenda by dragging its handle. The buttons „nach oben“ and „nach unten“ are its twin for keyboards
   and do without this script; a drag fills in the same form and sends it. */

const LIST = "#reihenfolge";
const TARGET = "ll-agenda__item--target";
const DRAGGED = "ll-agenda__item--dragged";

const moveForm = (item) => item.querySelector('form[action$="/verschieben"]');

function siblings(item) {
  return [...item.parentElement.children].filter((each) => each.dataset.level === item.dataset.level);
}

/** The sibling whose middle is nearest to the pointer. */
function nearest(level, y) {
  const away = (item) => {
    const box = item.getBoundingClientRect();
    return Math.abs(y - (box.top + box.bottom) / 2);
  };
  return level.reduce((best, item) => (away(item) < away(best) ? item : best));
}

function fill(form, name, value) {
  let field = form.querySelector(`input[name="${name}"]`);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
}

function drop(item, level, target) {
  const steps = level.indexOf(target) - level.indexOf(item);
  if (steps === 0) return;
  const form = moveForm(item);
  fill(form, "richtung", steps < 0 ? "hoch" : "runter");
  fill(form, "schritte", Math.abs(steps));
  form.requestSubmit();
}

function follow(item, handle, start) {
  const level = siblings(item);
  let target = item;
  handle.setPointerCapture(start.pointerId);
  item.classList.add(DRAGGED);
  const move = (event) => {
    target.classList.remove(TARGET);
    target = nearest(level, event.clientY);
    if (target !== item) target.classList.add(TARGET);
  };
  const end = (event) => {
    handle.removeEventListener("pointermove", move);
    item.classList.remove(DRAGGED);
    target.classList.remove(TARGET);
    if (event.type === "pointerup") drop(item, level, target);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
}

for (const item of document.querySelectorAll(`${LIST} > [data-level]`)) {
  if (moveForm(item)) {
    const handle = document.createElement("span");
    handle.className = "ll-agenda__handle";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    item.querySelector(".ll-agenda__number").prepend(handle);
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      follow(item, handle, event);
    });
  }
}
