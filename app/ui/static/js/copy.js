// Buttons that copy a text: shown only where that works.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    document.getElementById("announcement").textContent = button.dataset.copied;
    button.querySelector(".kern-label").textContent = button.dataset.copied;
  });
}
