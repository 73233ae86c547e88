// Where the outbox keeps its cards: the browser's own storage, or memory where that is forbidden.

export const PREFIX = "outbox:";
export const HALF_A_DAY = 12 * 3600 * 1000;
export const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const memory = new Map();

export const keep = (name, value) => {
  try {
    window.localStorage.setItem(name, JSON.stringify(value));
  } catch {
    memory.set(name, value);
  }
};
export const kept = (name) => {
  try {
    return JSON.parse(window.localStorage.getItem(name)) ?? memory.get(name);
  } catch {
    return memory.get(name);
  }
};
const names = () => {
  try {
    return [...Object.keys(window.localStorage), ...memory.keys()];
  } catch {
    return [...memory.keys()];
  }
};
export const forget = (wanted) => {
  for (const name of names()) {
    if (!name.startsWith(PREFIX) || !wanted(name)) continue;
    memory.delete(name);
    try {
      window.localStorage.removeItem(name);
    } catch {
      // Nothing was kept there either.
    }
  }
};
