// The line of a folded list of boxes says what is ticked in it. Without this it says what was ticked when the page came.

document.addEventListener("change", (event) => {
  const box = event.target.closest("details");
  const line = box?.querySelector("summary [data-chosen]");
  if (!line || !event.target.matches("[type=checkbox]")) return;
  const names = [...box.querySelectorAll("[type=checkbox]:checked")].map((each) => each.labels[0].textContent.trim());
  line.textContent = names.join(", ") || line.dataset.chosen;
});
