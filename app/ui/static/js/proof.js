// A little work instead of a riddle: find a number that makes SHA-256 of „stamp:number“ begin with zero bits.
// Plain arithmetic in small portions, because the browser's own digest is missing on pages without https.

const K = [];
const START = [];

const fraction = (value) => Math.floor((value - Math.floor(value)) * 2 ** 32);

for (let candidate = 2; K.length < 64; candidate += 1) {
  let prime = true;
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) prime = false;
  if (!prime) continue;
  if (START.length < 8) START.push(fraction(Math.sqrt(candidate)));
  K.push(fraction(Math.cbrt(candidate)));
}

const turn = (word, by) => (word >>> by) | (word << (32 - by));

// One text of at most 119 letters, ASCII only; gives the first of the eight words of the digest.
const words = new Int32Array(64);
const firstWord = (text) => {
  const blocks = text.length > 55 ? 2 : 1;
  const state = Int32Array.from(START);
  for (let block = 0; block < blocks; block += 1) {
    for (let at = 0; at < 16; at += 1) {
      let word = 0;
      for (let byte = 0; byte < 4; byte += 1) {
        const place = block * 64 + at * 4 + byte;
        const letter = place < text.length ? text.charCodeAt(place) : place === text.length ? 0x80 : 0;
        word = (word << 8) | letter;
      }
      words[at] = word;
    }
    if (block === blocks - 1) words[15] = text.length * 8;
    for (let at = 16; at < 64; at += 1) {
      const a = words[at - 15];
      const b = words[at - 2];
      words[at] =
        words[at - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + words[at - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let at = 0; at < 64; at += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[at] + words[at]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, at) => (state[at] += value));
  }
  return state[0] >>> 0;
};

const PORTION = 400;

const search = (form, stamp, bits, from) => {
  for (let number = from; number < from + PORTION; number += 1) {
    if (firstWord(`${stamp}:${number}`) >>> (32 - bits) === 0) {
      form.elements.proof.value = String(number);
      form.dataset.proved = "yes";
      return;
    }
  }
  setTimeout(() => search(form, stamp, bits, from + PORTION), 0);
};

for (const form of document.querySelectorAll("form[data-work-bits]")) {
  if (!form.elements.proof.value) search(form, form.elements.once.value, Number(form.dataset.workBits), 0);
}
