// The query editor over the form's text field. Without this file the form works all the same.
"use strict";

(() => {
  const form = document.querySelector("form.query");
  const area = form && form.querySelector("textarea");
  const Yasqe = typeof window.Yasqe === "function" ? window.Yasqe : window.Yasqe && window.Yasqe.default;
  if (!area || !Yasqe) return;

  const language = document.documentElement.lang;
  const label = form.querySelector(`label[for="${area.id}"]`);
  const prefixes = new Map(
    [...document.querySelector("#prefixes").textContent.matchAll(/PREFIX (\S*): <(.*?)>/g)].map((found) => [found[1], found[2]]),
  );
  const LONGEST = 40; // suggestions
  let terms = null;

  // --- what can be completed

  // Terms of the ontology with their labels, asked of this server once.
  const loadTerms = async () => {
    const query = `SELECT ?term ?label ?tag { VALUES ?kind { <http://www.w3.org/2002/07/owl#Class>
      <http://www.w3.org/2002/07/owl#ObjectProperty> <http://www.w3.org/2002/07/owl#DatatypeProperty> }
      ?term a ?kind ; <http://www.w3.org/2000/01/rdf-schema#label> ?label . BIND (LANG(?label) AS ?tag) }`;
    const reply = await fetch(`/sparql?${new URLSearchParams({ query, format: "json" })}`).catch(() => null);
    const found = new Map();
    if (!reply || !reply.ok) return [];
    for (const row of (await reply.json()).results.bindings) {
      const short = shorten(row.term.value);
      if (!short) continue;
      const entry = found.get(short) || { short, labels: [], label: "" };
      entry.labels.push(row.label.value);
      if (row.tag.value === language || !entry.label) entry.label = row.label.value;
      found.set(short, entry);
    }
    return [...found.values()];
  };

  // An IRI by one of our prefixes; the longest namespace wins.
  const shorten = (iri) => {
    let best = "";
    for (const [name, space] of prefixes) {
      const rest = iri.slice(space.length);
      if (iri.startsWith(space) && /^[\w\u0600-\u06ff-]+$/.test(rest) && (!best || space.length > prefixes.get(best).length)) best = name;
    }
    return best && `${best}:${iri.slice(prefixes.get(best).length)}`;
  };

  // Names of things, by the search of this server, in whatever language they are typed.
  const namesLike = async (text) => {
    const reply = await fetch(`/search/suggest?${new URLSearchParams({ q: text, lang: language })}`).catch(() => null);
    if (!reply || !reply.ok) return [];
    const base = prefixes.get("ax").replace(/ontology\/$/, "");
    return (await reply.json()).suggestions
      .map((each) => ({ short: shorten(base + decodeURI(each.href).slice(1)), label: each.title.map(([text]) => text).join("") }))
      .filter((each) => each.short && !each.short.startsWith("claim:"));
  };

  const rank = (entry, text) => {
    const name = entry.short.slice(entry.short.indexOf(":") + 1).toLowerCase();
    const all = [name, entry.short.toLowerCase(), ...entry.labels.map((each) => each.toLowerCase())];
    if (all.some((each) => each.startsWith(text))) return 0;
    return all.some((each) => each.includes(text)) ? 1 : 2;
  };

  // The word before the cursor.
  const typed = (editor) => {
    const end = editor.getCursor();
    const line = editor.getLine(end.line).slice(0, end.ch);
    const text = line.match(/[\p{L}\p{M}\p{N}_:?$\u200c-]*$/u)[0];
    return { text, from: { line: end.line, ch: end.ch - text.length }, to: end };
  };

  const drawn = (entry) => (item) => {
    const note = document.createElement("span");
    note.className = "note";
    note.textContent = entry.label;
    note.dir = "auto";
    item.append(entry.short, " ", note);
  };

  const complete = async (editor) => {
    const { text, from, to } = typed(editor);
    terms ||= loadTerms();
    const word = text.toLowerCase();
    const bare = word.slice(word.indexOf(":") + 1);
    const known = await terms;
    const ranked = known
      .filter((entry) => !word.includes(":") || entry.short.toLowerCase().startsWith(word.slice(0, word.indexOf(":") + 1)))
      .map((entry) => [rank(entry, word.includes(":") ? bare : word), entry])
      .filter(([place]) => place < 2)
      .sort((one, two) => one[0] - two[0] || one[1].short.localeCompare(two[1].short))
      .map(([, entry]) => entry);
    const names = bare.length > 1 && !word.startsWith("ax:") ? await namesLike(bare.replaceAll("-", " ")) : [];
    const space = word.slice(0, word.indexOf(":") + 1);
    names.sort((one, two) => two.short.startsWith(space) - one.short.startsWith(space));
    const list = [...ranked.slice(0, LONGEST - names.length), ...names].map((entry) => ({
      text: entry.short, displayText: entry.short, render: drawn(entry), from, to,
      hint: (_, data, chosen) => {
        editor.replaceRange(chosen.text, from, to);
        declare(editor, chosen.text);
      },
    }));
    return { list, from, to };
  };

  // Declares the prefix of a name that was put in.
  const declare = (editor, short) => {
    const name = short.slice(0, short.indexOf(":"));
    if (!(name in editor.getPrefixesFromQuery())) editor.addPrefixes({ [name]: prefixes.get(name) });
  };

  const suggest = (editor) => {
    if (/^[?$]/.test(typed(editor).text)) return editor.autocomplete();
    return editor.showHint({ hint: complete, completeSingle: false, closeCharacters: /[\s>"]/, container: editor.rootEl });
  };

  // --- the editor

  const send = () => form.requestSubmit();
  const holder = document.createElement("div");
  holder.className = "editor";
  holder.dir = "ltr";
  area.before(holder);
  const editor = new Yasqe(holder, {
    value: area.value,
    autocompleters: ["variables"],
    consumeShareLink: null,
    createShareableLink: null,
    createShortLink: undefined,
    editorHeight: "auto",
    extraKeys: {
      "Ctrl-Space": suggest, "Ctrl-Enter": send, "Cmd-Enter": send, "Ctrl-S": false, Tab: false, "Shift-Tab": false,
    },
    persistenceId: null,
    prefixCcApi: null,
    requestConfig: { endpoint: "/sparql" },
    resizeable: false,
    screenReaderLabel: label.textContent,
    showQueryButton: false,
    viewportMargin: Infinity,
  });
  area.hidden = true;
  label.addEventListener("click", (event) => {
    event.preventDefault();
    editor.focus();
  });
  const help = document.createElement("p");
  help.className = "note";
  help.id = "editor-keys";
  help.textContent = area.dataset.shortcuts;
  holder.after(help);
  editor.getInputField().setAttribute("aria-describedby", help.id);
  editor.on("changes", () => { area.value = editor.getValue(); });
  form.addEventListener("submit", () => { area.value = editor.getValue(); });
  editor.on("inputRead", (_, change) => {
    if (/^[\p{L}-]$/u.test(change.text[0]) && /^[a-z]+:./.test(typed(editor).text) && !editor.state.completionActive) suggest(editor);
  });

  // The place of an error, as it is counted by the service: in code points.
  const { line, column } = area.dataset;
  if (line) {
    const row = Number(line) - 1;
    const before = [...(editor.getLine(row) || "")].slice(0, Number(column) - 1).join("").length;
    const end = Math.max(before + 1, (editor.getLine(row) || "").slice(before).search(/\s|$/) + before);
    editor.markText({ line: row, ch: before }, { line: row, ch: end }, { className: "wrong" });
    editor.setCursor({ line: row, ch: before });
  }
})();
