// What happens around htmx requests: a failed one says so in words, and the keyboard stays where it was.

const problem = document.getElementById("request-problem");

const sentenceFrom = (response) => {
  const fragment = new DOMParser().parseFromString(response, "text/html");
  return fragment.querySelector("[data-error-text]")?.textContent.trim();
};

let before = null;
// An act that was refused stays on the screen until the next act: what looks again by itself does not wipe it away.
let ofAnAct = false;

const hideProblem = () => problem.replaceChildren();

const looksByItself = ({ elt, requestConfig }) =>
  requestConfig.verb === "get" && (elt === document.body || elt.matches("[hx-trigger*='sse:']"));

const hideOldProblem = (event) => {
  if (!ofAnAct || !looksByItself(event.detail)) hideProblem();
};

const closeProblem = () => {
  hideProblem();
  before?.focus({ preventScroll: true });
};

const showProblem = (sentence, act = false) => {
  before = document.activeElement;
  ofAnAct = act;
  const text = document.createElement("p");
  text.textContent = sentence;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "ll-quiet";
  close.textContent = problem.dataset.close;
  close.addEventListener("click", closeProblem);
  problem.replaceChildren(text, close);
};

const describe = (request) => {
  const known = sentenceFrom(request.responseText ?? "");
  if (known) return known;
  return request.status === 401 || request.status === 403 ? problem.dataset.forbidden : problem.dataset.failed;
};

let held = null;

const holdFocus = () => {
  held = document.activeElement?.id || null;
};

const giveFocusBack = () => {
  if (held && document.activeElement === document.body) {
    document.getElementById(held)?.focus({ preventScroll: true });
  }
};

// A server may send words for the announcement with a header: HX-Trigger: {"announce": "…"}.
const announce = (event) => {
  document.getElementById("announcement").textContent = event.detail.value ?? "";
};

if (problem) {
  document.addEventListener("htmx:sendError", () => showProblem(problem.dataset.offline));
  document.addEventListener("htmx:timeout", () => showProblem(problem.dataset.offline));
  document.addEventListener("htmx:responseError", ({ detail }) => showProblem(describe(detail.xhr), detail.requestConfig.verb !== "get"));
  document.addEventListener("htmx:beforeRequest", hideOldProblem);
  document.addEventListener("htmx:beforeSwap", holdFocus);
  document.addEventListener("htmx:afterSettle", giveFocusBack);
  document.addEventListener("announce", announce);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && problem.hasChildNodes()) closeProblem();
  });
}
