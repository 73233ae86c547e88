// Dragging the items of an ordered list. The buttons beside them do the same, and stay the way without this script.

for (const list of document.querySelectorAll("[data-ordering]")) {
  const form = document.getElementById(list.dataset.ordering);
  if (!form || !window.Sortable || list.children.length < 2) continue;
  for (const handle of list.querySelectorAll("[data-handle]")) handle.hidden = false;
  window.Sortable.create(list, {
    handle: "[data-handle]",
    animation: 150,
    onEnd: (event) => {
      if (event.oldIndex === event.newIndex) return;
      form.elements.all.value = [...list.children].map((item) => item.dataset.key).join(" ");
      form.requestSubmit();
    },
  });
}
