// Filters that send themselves, and facets that start closed on small screens. Without this the buttons and links do the same.

document.addEventListener("change", (event) => {
  const control = event.target;
  const form = control.form;
  if (!form || form.matches("[hx-get], [hx-post]")) return;
  const wanted = control.matches("[data-submit-on-change]") || (form.matches("[data-auto-submit]") && control.matches("select, [type=checkbox], [type=radio]"));
  if (wanted) form.requestSubmit();
});

if (matchMedia("(max-width: 61.99rem)").matches) {
  for (const group of document.querySelectorAll(".ll-facets__group")) {
    group.open = Boolean(group.querySelector("[aria-current]"));
  }
}
