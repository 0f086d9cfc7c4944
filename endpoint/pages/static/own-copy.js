// A reader's own copy of a source, looked through for the passages of its claims by their fingerprints.
// The copy stays in this page. Folding and numbers are those of triples/originals/fingerprints.py.
"use strict";
(function (root) {
  const PIECE = 24, MODULI = [67108859, 67108837], BASES = [1000003, 8675309], BITS = 0xffffff;
  const NEEDED = 0.3, DRIFT = 0.2;
  const FROM = [..."يىېكڪةەھہٱ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"], TO = [..."یییککهههها01234567890123456789"];
  const ALIKE = new Map(FROM.map((letter, place) => [letter, TO[place]]));
  const LETTER = /^[\p{L}\p{N}]$/u, JOINING = /^[\p{Mn}\p{Me}\p{Cf}\p{Lm}]$/u, ALEF = "\u0627", LAM = "\u0644", TATWEEL = "\u0640";

  const known = new Map();
  function fold(character) {
    let found = known.get(character);
    if (found === undefined) {
      found = [...character.toLowerCase().normalize("NFKD")].map((part) => ALIKE.get(part) || part)
        .filter((part) => LETTER.test(part) && part !== TATWEEL).join("");
      known.set(character, found);
    }
    return found;
  }

  class OwnCopy {
    constructor(text) {
      this.text = text;
      this.letters = [];
      this.places = []; // of each folded letter: where its character begins in the text, and where it ends
      let place = 0, lams = 0; // that end the word so far
      for (const character of text) {
        const letters = fold(character);
        for (const letter of letters) {
          this.letters.splice(this.letters.length - (letter === ALEF ? lams : 0), 0, letter.codePointAt(0) + 1);
          this.places.push([place, place + character.length]);
          lams = letter === LAM ? lams + 1 : letter === ALEF ? lams : 0;
        }
        if (!letters && !JOINING.test(character)) lams = 0;
        place += character.length;
      }
      const size = this.letters.length;
      this.sums = MODULI.map((modulus, which) => {
        const sums = new Float64Array(size + 1);
        for (let at = 0; at < size; at++) sums[at + 1] = (sums[at] * BASES[which] + this.letters[at]) % modulus;
        return sums;
      });
      this.powers = MODULI.map((modulus, which) => {
        const powers = new Float64Array(size + 1);
        powers[0] = 1;
        for (let at = 0; at < size; at++) powers[at + 1] = powers[at] * BASES[which] % modulus;
        return powers;
      });
      this.pieces = new Map();
      for (let at = 0; at + PIECE <= size; at++) {
        const piece = this.hash(0, at, PIECE) & BITS;
        const places = this.pieces.get(piece);
        if (places) places.push(at); else this.pieces.set(piece, [at]);
      }
    }

    hash(which, start, length) {
      const modulus = MODULI[which], sums = this.sums[which];
      const found = (sums[start + length] - sums[start] * this.powers[which][length] % modulus) % modulus;
      return found < 0 ? found + modulus : found;
    }

    // A fingerprint is [length, two numbers, where the passage itself begins, its length, pieces…].
    lookFor([length, one, two, start, inner, ...pieces]) {
      const last = this.letters.length - length;
      const stands = (at) => at <= last && this.hash(0, at, length) === one && this.hash(1, at, length) === two;
      if (length && pieces.length) {
        const at = (this.pieces.get(pieces[0]) || []).find(stands);
        if (at !== undefined) return this.inside(at + start, inner);
      } else if (length) {
        for (let at = 0; at <= last; at++) if (stands(at)) return this.inside(at + start, inner);
      }
      return this.altered(length, pieces);
    }

    altered(length, pieces) {
      const begins = [];
      pieces.forEach((piece, number) => {
        for (const at of this.pieces.get(piece) || []) begins.push([at - number * PIECE, number, at]);
      });
      begins.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
      const width = Math.max(PIECE, DRIFT * length);
      let best = [0, 0, 0];
      for (let first = 0, last = 0; first < begins.length; first++) {
        while (last < begins.length && begins[last][0] <= begins[first][0] + width) last++;
        const near = begins.slice(first, last), number = new Set(near.map((each) => each[1])).size;
        if (number > best[0]) {
          const at = near.map((each) => each[2]);
          best = [number, Math.min(...at), Math.max(...at) + PIECE];
        }
      }
      if (best[0] < Math.max(2, NEEDED * pieces.length)) return { verdict: "not found", start: -1, end: -1 };
      return this.found("altered", best[1], best[2]);
    }

    inside(start, inner) { return this.found("found", start, start + inner); }

    found(verdict, start, end) {
      const first = this.places[Math.min(start, this.places.length - 1)][0]; // of a passage without a letter: where it would be
      return { verdict, start: first, end: start === end ? first : this.places[end - 1][1] };
    }
  }

  // The best that is found of a fingerprint in the readings of a copy (triples/originals/reading_order.py).
  const VERDICTS = ["found", "altered", "not found"];
  function lookInAll(copies, print) {
    let best;
    for (const copy of copies) {
      const place = { ...copy.lookFor(print), text: copy.text };
      if (!best || VERDICTS.indexOf(place.verdict) < VERDICTS.indexOf(best.verdict)) best = place;
      if (best.verdict === "found") break;
    }
    return best;
  }

  root.OwnCopy = OwnCopy;
  root.lookInAll = lookInAll;
  if (typeof document === "undefined" || !document.getElementById("own-copy")) return;

  // --- the page

  const form = document.getElementById("own-copy"), words = JSON.parse(form.dataset.words);
  const results = document.getElementById("results");
  const digits = (number) => document.documentElement.lang === "fa" ? String(number).replace(/[0-9]/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[d]) : String(number);
  let asked;

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function context({ text, start, end }) {
    const before = text.slice(Math.max(0, start - 80), start), after = text.slice(end, end + 80);
    return element("blockquote", { dir: "auto" }, "…" + before, element("mark", {}, text.slice(start, end)), after + "…");
  }

  async function check(texts) {
    asked = asked || fetch(form.dataset.claims).then((reply) => {
      if (!reply.ok) throw new Error(reply.status);
      return reply.json();
    });
    const { claims } = await asked, copies = texts.map((text) => new OwnCopy(text)), number = [0, 0, 0];
    const items = claims.map((claim) => {
      const places = claim.fingerprints.map((print) => lookInAll(copies, print));
      const worst = Math.max(...places.map((place) => VERDICTS.indexOf(place.verdict)));
      number[worst]++;
      const item = element("li", { "data-verdict": VERDICTS[worst] }, element("strong", {}, words[VERDICTS[worst].replace(" ", "_")]), " ",
        element("a", { href: claim.href, dir: "auto" }, claim.text));
      for (const place of places) if (place.start >= 0) item.append(context(place));
      return [worst, item];
    });
    items.sort((a, b) => b[0] - a[0]);
    const sum = VERDICTS.map((name, place) => words[name.replace(" ", "_")] + ": " + digits(number[place])).join(" · ");
    results.replaceChildren(element("p", { role: "status" }, sum), element("ol", { class: "copies" }, ...items.map((each) => each[1])));
  }

  // The texts that a PDF may be meant to hold, read here by PDF.js, which the operator of this server has installed.
  async function textsOf(bytes) {
    const pdf = await import(form.dataset.pdf);
    pdf.GlobalWorkerOptions.workerSrc = form.dataset.pdf.replace("pdf.min", "pdf.worker.min");
    return root.readingOrder.readingsOfPdf(pdf, bytes);
  }

  async function run(texts) {
    results.textContent = words.looking;
    try { await check(texts); } catch (error) { results.textContent = words.failed + " " + (error.message || error); }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); run([form.elements.text.value]); });
  form.elements.file.addEventListener("change", async () => {
    const file = form.elements.file.files[0];
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (String.fromCharCode(...bytes.slice(0, 5)) === "%PDF-") {
      if (!form.dataset.pdf) {
        results.textContent = words.pdf;
        return;
      }
      results.textContent = words.looking;
      let texts;
      try { texts = await textsOf(bytes); } catch (error) { results.textContent = words.failed + " " + (error.message || error); return; }
      form.elements.text.value = texts[0];
      run(texts);
    } else {
      form.elements.text.value = new TextDecoder().decode(bytes);
      run([form.elements.text.value]);
    }
  });
})(typeof window === "undefined" ? globalThis : window);
