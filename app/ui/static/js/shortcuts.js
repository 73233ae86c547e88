// Alt + S leads to the search from every page. A shortcut with a modifier, so that nobody triggers it by speaking or typing.

const isTyping = (target) => target.matches?.("textarea, [contenteditable], select, input:not([type=button], [type=submit], [type=checkbox], [type=radio])");

document.addEventListener("keydown", (event) => {
  if (event.code !== "KeyS" || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const onMac = navigator.platform.startsWith("Mac");
  if (onMac && isTyping(event.target)) return;
  const field = document.querySelector("form[role=search] input[data-suggestions]");
  const link = document.querySelector("[data-search-url]");
  if (!field && !link) return;
  event.preventDefault();
  if (field) {
    field.focus();
    field.select();
  } else location.assign(`${link.dataset.searchUrl}#suchfeld`);
});
