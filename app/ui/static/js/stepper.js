// Buttons for less and more beside a number field. The browser's own limits and steps decide.

const reveal = (root) => {
  for (const button of root.querySelectorAll("[data-stepper] [data-step][hidden]")) button.hidden = false;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stepper] [data-step]");
  if (!button) return;
  const input = document.getElementById(button.getAttribute("aria-controls"));
  if (Number(button.dataset.step) < 0) input.stepDown();
  else input.stepUp();
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

reveal(document);
document.addEventListener("htmx:load", (event) => reveal(event.target));
