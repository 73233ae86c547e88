// The board of a reconstruction: cards are dragged between clusters, and its buttons change nothing else on the page.
// The links „Karte nach …“ and plain forms do the same without this script.

const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

let dragging = false;

// A form that is sent without leaving the page: what changed comes back as a live signal. Anything but „done“ reloads.
const sendQuietly = async (form, data, address) => {
  data.set("once", freshKey());
  try {
    const answer = await fetch(address, { method: "POST", body: data, redirect: "manual" });
    if (answer.type !== "opaqueredirect") window.location.reload();
  } catch {
    const problem = document.getElementById("request-problem");
    if (problem) problem.textContent = problem.dataset.offline;
    refreshBoard();
  }
};

const refreshBoard = () => {
  const board = document.getElementById("board");
  if (board) window.htmx.ajax("GET", board.getAttribute("hx-get"), { target: "#board", swap: "outerHTML" });
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-quiet]")) return;
  event.preventDefault();
  const button = event.submitter;
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  sendQuietly(form, data, button?.hasAttribute("formaction") ? button.formAction : form.action);
});

const drop = (event) => {
  dragging = false;
  const form = document.getElementById("put-card");
  if (event.from === event.to) return refreshBoard();
  const data = new FormData(form);
  data.set("card", event.item.dataset.card);
  data.set("target", event.to.dataset.pile);
  return sendQuietly(form, data, form.action);
};

const prepare = () => {
  if (!window.Sortable || !document.getElementById("put-card")) return;
  for (const pile of document.querySelectorAll("#board [data-pile]")) {
    if (pile.dataset.pile === "neu") pile.hidden = false;
    if (window.Sortable.get(pile)) continue;
    window.Sortable.create(pile, {
      group: "cards",
      sort: false,
      animation: 150,
      delay: 150,
      delayOnTouchOnly: true,
      onStart: () => (dragging = true),
      onEnd: drop,
    });
  }
};

// Nothing is swapped under a hand that holds a card; the board is fetched again once it has let go. What dragging left
// in style attributes goes first: htmx would carry it over, and the page's policy forbids that.
document.addEventListener("htmx:beforeSwap", (event) => {
  for (const worn of event.detail.target?.querySelectorAll?.("[data-pile], [data-pile] [style]") ?? []) worn.removeAttribute("style");
  if (dragging && event.detail.target?.id === "board") event.detail.shouldSwap = false;
});

// Once the query is closed, a ballot that is still on the screen has no use.
const putBallotAway = () => {
  const state = document.getElementById("dots-state");
  const ballot = document.getElementById("dots-ballot");
  if (state && ballot) ballot.hidden = state.dataset.dots !== "open";
  const now = state?.querySelector(".ll-dots-now");
  if (now && ballot) now.hidden = true;
};

// A card of one's own that lies on the board by now cannot be taken back any more.
const markUncovered = () => {
  for (const own of document.querySelectorAll("[data-own]")) {
    if (!document.getElementById(`card-${own.dataset.own}`)) continue;
    own.classList.remove("ll-tcard--covered");
    own.querySelector("button")?.remove();
    own.querySelector(".ll-tcard__do [hidden]")?.removeAttribute("hidden");
  }
};

const everything = () => {
  markUncovered();
  prepare();
  putBallotAway();
};

document.addEventListener("htmx:afterSettle", everything);
everything();
