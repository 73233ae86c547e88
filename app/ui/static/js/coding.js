// Marking a passage with mouse, finger or keyboard fills the form's offsets. Without this the sentences are chosen in lists.

const texts = document.getElementById("texte");
const form = document.getElementById("coding-form");
const float = document.getElementById("take-selection");

if (texts && form && float) {
  const chosen = document.getElementById("chosen");
  const clear = document.getElementById("chosen-clear");
  const bySentence = document.getElementById("by-sentence");
  const fields = form.elements;
  let waiting = null;

  const points = (text) => Array.from(text).length;

  // The code point in its source at which a boundary of the selection lies; null outside the texts.
  function place(node, offset) {
    let piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (piece && node.nodeType === Node.TEXT_NODE) {
      return { paragraph: piece.closest("[data-source]"), at: Number(piece.dataset.start) + points(node.data.slice(0, offset)) };
    }
    const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-source]");
    if (!paragraph) return null;
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, offset);
    const pieces = [...paragraph.querySelectorAll("[data-start]")];
    piece = pieces.filter((each) => before.intersectsNode(each)).at(-1) ?? pieces[0];
    const inside = before.comparePoint(piece, piece.childNodes.length) <= 0;
    return { paragraph, at: Number(piece.dataset.start) + (inside ? points(piece.textContent) : 0) };
  }

  // What is selected now, cut to the texts: source, first and last code point, words.
  function read() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(texts)) return null;
    const first = place(range.startContainer, range.startOffset);
    const last = place(range.endContainer, range.endOffset);
    if (!first?.paragraph || !last?.paragraph) return null;
    if (first.paragraph.dataset.source !== last.paragraph.dataset.source || last.at <= first.at) return null;
    const words = pieceWords(first.paragraph, last.paragraph, first.at, last.at);
    return words.trim() ? { source: first.paragraph.dataset.source, start: first.at, end: last.at, words } : null;
  }

  function pieceWords(from, to, start, end) {
    const all = [...texts.querySelectorAll(`[data-source="${from.dataset.source}"] [data-start]`)];
    return all
      .map((each) => Array.from(each.textContent).filter((_, i) => Number(each.dataset.start) + i >= start && Number(each.dataset.start) + i < end).join(""))
      .filter((part) => part)
      .join(from === to ? "" : " ");
  }

  function take(marked) {
    fields.source.value = marked?.source ?? "";
    fields.start.value = marked?.start ?? "";
    fields.end.value = marked?.end ?? "";
    chosen.textContent = marked ? `${chosen.dataset.chosen}„${marked.words}“` : chosen.dataset.none;
    bySentence.hidden = Boolean(marked);
    clear.hidden = !marked;
    float.hidden = true;
  }

  function kept() {
    const [source, start, end] = [fields.source.value, Number(fields.start.value), Number(fields.end.value)];
    const paragraph = texts.querySelector(`[data-source="${CSS.escape(source)}"]`);
    return paragraph && { source, start, end, words: pieceWords(paragraph, null, start, end) };
  }

  document.addEventListener("selectionchange", () => {
    waiting = read();
    float.hidden = !waiting;
  });
  // A press on the button must not clear the selection before the click arrives.
  float.addEventListener("pointerdown", (event) => event.preventDefault());
  float.addEventListener("click", () => {
    take(waiting ?? read());
    fields.category.focus({ preventScroll: true });
    form.scrollIntoView({ block: "start" });
  });
  clear.querySelector("button").addEventListener("click", () => take(null));
  take(chosen.dataset.kept ? kept() : null);
}
