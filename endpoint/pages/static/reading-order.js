// Text taken out of PDF files, put into the order in which it is read. The same as triples/originals/reading_order.py,
// where it is explained; only piecesOf, which takes what PDF.js gives, has no counterpart there.
"use strict";
(function (root) {
  const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u, DIGIT = /\p{Nd}/u;
  const LETTER = /[\p{L}\u061b\u061e\u061f\u066d\u06d4]/u, DRAWN_FORMS = /[\ufb50-\ufdff\ufe70-\ufefc]+/gu;
  const JOINS = ".,:/\u00a0\u060c\u066b\u066c", JOINS_PLAIN = "+-\u2212", LOST_HEH = /\u0654\s*\0|\0\s*\u0654|(?<!\0)\0(?!\0)/gu;
  const EDGE = 3, REPEATED = 0.3, GAP = 0.12, FULL = 0.8, SHORT_PAGE = 12;

  const known = new Map();
  function kindOf(sign) {
    let kind = known.get(sign);
    if (kind === undefined) {
      kind = DIGIT.test(sign) ? "N" : !LETTER.test(sign) ? "" : RIGHT_TO_LEFT.test(sign) ? "R" : "L";
      known.set(sign, kind);
    }
    return kind;
  }

  function asRead(drawn, strong = "R", likelier = true) {
    const signs = [...drawn].reverse(), kinds = signs.map(kindOf), read = [];
    for (let at = 0, end; at < signs.length; at = end) {
      end = kinds[at] === "L" || kinds[at] === "N" ? endOfRun(signs, kinds, at, strong, likelier) : at + 1;
      strong = kinds[at] === "R" ? "R" : kinds.slice(at, end).includes("L") ? "L" : strong;
      read.push(...signs.slice(at, end).reverse());
    }
    return read.join("");
  }

  function endOfRun(signs, kinds, start, strong, likelier) {
    let end = start + 1, latin = kinds[start] === "L" || strong === "L";
    for (let at = end; at < signs.length && kinds[at] !== "R"; at++) {
      const gap = at - end;
      if (kinds[at] === "L") {
        if (!latin && !likelier && gap) break;
        [end, latin] = [at + 1, true];
      } else if (kinds[at] === "N") {
        const joined = gap === 1 && kinds[end - 1] === "N" &&
          (JOINS.includes(signs[end]) || strong !== "R" && JOINS_PLAIN.includes(signs[end]));
        if (!gap || strong === "L" || joined) end = at + 1;
      }
    }
    return end;
  }

  function leftToRight(drawn, strong = "", numbers = false) {
    const signs = [...drawn], kinds = signs.map(kindOf), read = [];
    let last = "";
    for (let at = 0, end; at < signs.length; at = end) {
      end = at + 1;
      if (kinds[at] === "R" || numbers && kinds[at] === "N" && last !== "L") {
        let next = at;
        for (; next < signs.length && kinds[next] !== "L"; next++) if (kinds[next] === "R") end = next + 1;
        if (numbers && strong === "R" && !last) while (next-- > end) if (kinds[next] === "N") end = next + 1;
      }
      const part = signs.slice(at, end).join(""), some = kinds.slice(at, end);
      read.push(some.includes("R") ? asRead(part) : part);
      last = some.includes("R") ? "R" : some[0] === "L" ? "L" : last;
    }
    return read.join("");
  }

  function mostlyArabic(texts) {
    let right = 0, left = 0;
    for (const text of texts) for (const sign of text) {
      const kind = kindOf(sign);
      if (kind === "R") right++; else if (kind === "L") left++;
    }
    return right > 0 && right >= left;
  }

  // A page is a list of pieces: { text as drawn, x, y, width, height }.
  function readings(pages) {
    const arabic = mostlyArabic(pages.flat().map((piece) => piece.text));
    const [right, other, left, last] = [[true, true], [true, false], [false, true], [false, false]].map((manner) =>
      pages.map((pieces) => linesOf(pieces, arabic, ...manner)));
    return [...new Set([right, inner(right), other, inner(other), left, inner(left), last].map((each) => each.map((page) => page.join("\n")).join("\n")))];
  }

  function linesOf(pieces, arabic, right, likelier) {
    const lines = together(pieces), widths = lines.map(widthOf);
    const page = lines.length < SHORT_PAGE ? arabic : mostlyArabic(pieces.map((piece) => piece.text));
    const full = FULL * [...widths].sort((one, other) => one - other)[Math.floor(0.75 * widths.length)];
    let strong = "", begins = false;
    return lines.map((each, at) => {
      const drawn = drawnLine(each).replace(LOST_HEH, "\u06c0"), kinds = new Set([...drawn].map(kindOf));
      const turned = right && (kinds.has("R") ? page || mostlyArabic([drawn]) : likelier ? page && !kinds.has("L") : arabic);
      if (begins && right) strong = "";
      const line = turned ? asRead(drawn, likelier ? strong : "R", likelier) : leftToRight(drawn, strong, !right && likelier);
      strong = [...line].reverse().map(kindOf).find((kind) => kind === "L" || kind === "R") || strong;
      begins = widths[at] < full;
      return line.replace(DRAWN_FORMS, (forms) => forms.normalize("NFKC"));
    });
  }

  function widthOf(line) {
    return Math.max(...line.map((piece) => piece.x + piece.width)) - Math.min(...line.map((piece) => piece.x));
  }

  function together(pieces) {
    const lines = [];
    let y = 0, height = 0;
    for (const piece of pieces) {
      if (lines.length && Math.abs(piece.y - y) <= 0.5 * Math.max(piece.height, height)) {
        lines[lines.length - 1].push(piece);
        if (piece.height <= height) continue;
      } else lines.push([piece]);
      [y, height] = [piece.y, piece.height];
    }
    return lines;
  }

  function drawnLine(line) {
    let text = "", end;
    for (const piece of [...line].sort((one, other) => one.x - other.x)) {
      if (end !== undefined && piece.x - end > GAP * piece.height) text += " ";
      text += piece.text;
      end = Math.max(end === undefined ? piece.x : end, piece.x + piece.width);
    }
    return text;
  }

  function inner(pages) {
    const found = new Map(), needed = Math.max(2, REPEATED * pages.length);
    const keys = pages.map((page) => page.map((line, at) => {
      const letters = [...line].filter((sign) => /[LR]/.test(kindOf(sign))).join("");
      return [at < EDGE ? "+" + letters : "", at >= page.length - EDGE ? "-" + letters : ""].filter(Boolean);
    }));
    for (const page of keys) for (const key of new Set(page.flat())) found.set(key, (found.get(key) || 0) + 1);
    return pages.map((page, number) => page.filter((line, at) => !keys[number][at].some((key) => found.get(key) >= needed)));
  }

  // PDF.js has read each piece already, as a text of its own. Of a left-to-right one it cannot be told on which
  // side of Arabic letters a number was drawn; on the right of them, most likely ("1991م").
  function piecesOf(items) {
    return items.filter((item) => item.str && item.str.trim()).map((item) => ({
      text: item.dir === "rtl" ? asRead(item.str, "") : leftToRight(item.str, "", true),
      x: item.transform[4], y: item.transform[5], width: item.width, height: item.height || Math.hypot(item.transform[2], item.transform[3]),
    }));
  }

  // The texts that a PDF file may be meant to hold, the likeliest first.
  async function readingsOfPdf(pdf, data) {
    const file = await pdf.getDocument({ data, isEvalSupported: false, useSystemFonts: true, verbosity: 0 }).promise, pages = [];
    for (let number = 1; number <= file.numPages; number++) {
      const { items } = await (await file.getPage(number)).getTextContent({ disableNormalization: true });
      pages.push(piecesOf(items));
    }
    return readings(pages);
  }

  root.readingOrder = { readings, piecesOf, readingsOfPdf };
})(typeof window === "undefined" ? globalThis : window);
