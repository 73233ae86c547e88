// A file that is larger than what is taken says so before it is sent; without scripts the server says it afterwards.

const sentence = (input, file) => input.dataset.tooLarge.replace("{name}", file.name);

const tooLarge = (input) => [...input.files].find((file) => file.size > Number(input.dataset.largest));

const errorOf = (input) => {
  const id = `${input.id}-error`;
  let error = document.getElementById(id);
  if (!error) {
    error = document.createElement("p");
    error.id = id;
    error.className = "kern-error";
    error.setAttribute("role", "alert");
    input.closest(".kern-form-input").append(error);
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  return error;
};

const look = (input) => {
  const file = tooLarge(input);
  const frame = input.closest(".kern-form-input");
  frame.classList.toggle("kern-form-input--error", Boolean(file));
  input.classList.toggle("kern-form-input__input--error", Boolean(file));
  if (file) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const words = document.createElement("span");
  words.className = "kern-body";
  words.textContent = file ? sentence(input, file) : "";
  errorOf(input).replaceChildren(words);
  errorOf(input).hidden = !file;
  return !file;
};

for (const input of document.querySelectorAll("input[type=file][data-largest]")) {
  input.addEventListener("change", () => look(input));
  input.form?.addEventListener("submit", (event) => {
    if (look(input)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    input.focus();
  }, { capture: true });
}
