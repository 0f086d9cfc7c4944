// The graph in a folder: the engine and the data are in the scripts beside this one; nothing is fetched.
"use strict";
(function () {
  const AX = "https://w3id.org/araxes/ontology/", BASE = "https://w3id.org/araxes/";
  const PREFIXES = "PREFIX ax: <" + AX + "> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " +
    "PREFIX oa: <http://www.w3.org/ns/oa#> ";
  const data = window.ARAXES_DATA, MOST = 200;
  let store, language = (navigator.language || "").startsWith("fa") ? "fa" : "en", texts = [];

  // --- the dataset

  async function inflated(base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  function columns(bytes, size) {
    const all = [];
    let at = 0;
    for (let column = 0; column < 4; column++) {
      const values = new Int32Array(size);
      for (let row = 0, total = 0; row < size; row++) {
        let value = 0, scale = 1, byte;
        do { byte = bytes[at++]; value += (byte & 127) * scale; scale *= 128; } while (byte & 128);
        total += value % 2 ? -(value + 1) / 2 : value / 2;
        values[row] = total;
      }
      all.push(values);
    }
    return all;
  }

  async function nquads() {
    const terms = new TextDecoder().decode(await inflated(data.terms)).split("\n");
    const [g, s, p, o] = columns(await inflated(data.quads), data.size);
    const lines = new Array(data.size);
    for (let row = 0; row < data.size; row++)
      lines[row] = terms[s[row]] + " " + terms[p[row]] + " " + terms[o[row]] + (g[row] ? " " + terms[g[row]] : "") + " .";
    return lines.join("\n") + "\n";
  }

  async function open() {
    oxigraph.initSync({ module: await inflated(window.ARAXES_ENGINE) });
    store = new oxigraph.Store();
    store.load(await nquads(), { format: "application/n-quads", lenient: true, no_transaction: true });
    for (const row of rows("SELECT ?iri ?text { { ?iri rdfs:label ?text } UNION { ?iri ax:paraphrase ?text } FILTER(ISIRI(?iri) && LANG(?text) IN (\"en\", \"fa\")) }"))
      texts.push({ iri: row.iri.value, text: row.text.value, language: row.text.language, folded: folded(row.text.value) });
    for (const question of data.questions)
      for (const tag of ["en", "fa"])
        texts.push({ question, text: question.text[tag], language: tag, folded: folded(question.text[tag]) });
  }

  function rows(query) {
    return store.query(PREFIXES + query).map((row) => Object.fromEntries(row));
  }

  function csv(query) { return store.query(query, { results_format: "csv" }); }

  // --- words

  const words = () => data.words[language];
  const folded = (text) => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[\u200c\u200d]/g, " ").replace(/[يى]/g, "ی").replace(/ك/g, "ک").replace(/[ۀة]/g, "ه").replace(/[أإآ]/g, "ا");

  const labels = new Map();
  function label(iri) {
    const key = language + iri;
    if (!labels.has(key)) {
      const found = rows(`SELECT ?text { <${iri}> rdfs:label|ax:paraphrase ?text }`).map((row) => row.text);
      const best = found.find((text) => text.language === language) || found[0];
      labels.set(key, best ? best.value : iri.replace(BASE, "").replace(AX, ""));
    }
    return labels.get(key);
  }

  function date(text) { return language === "fa" ? text.replace(/[0-9]/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[d]) : text; }

  // --- elements: text is always set as text

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    for (const child of children.flat()) if (child != null) made.append(child);
    return made;
  }
  const place = (iri) => "#/" + (iri.startsWith(BASE + "claim/") ? "claim" : iri.startsWith(BASE + "dispute/") ? "dispute" : "entity") + "/" + encodeURIComponent(iri);
  function shown(term) {
    if (!term) return "–";
    if (term.termType !== "NamedNode") return element("bdi", term.language && term.language !== language ? { lang: term.language } : {}, term.termType === "Literal" ? date(term.value) : term.value);
    const known = term.value.startsWith(BASE);
    return known ? element("a", { href: place(term.value.split("#inferred")[0]) }, label(term.value)) : element("bdi", { dir: "ltr" }, term.value);
  }
  function list(items, kind) { return items.length ? element("ul", { class: kind || "" }, items.map((item) => element("li", {}, item))) : element("p", { class: "empty" }, words().nothing); }
  function section(title, ...children) { return element("section", {}, element("h2", {}, title), children); }
  function table(names, body) {
    return element("div", { class: "scroll answer", tabindex: "0" }, element("table", {},
      element("thead", {}, element("tr", {}, names.map((name) => element("th", { scope: "col" }, data.columns[name] ? data.columns[name][language] : name)))),
      element("tbody", {}, body.slice(0, MOST).map((row) => element("tr", {}, names.map((name) => element("td", {}, shown(row[name])))))) ));
  }
  function saved(name, type, make) {
    const button = element("button", { type: "button", class: "plain" }, name);
    button.onclick = () => {
      const link = element("a", { download: name, href: URL.createObjectURL(new Blob([make()], { type })) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    };
    return button;
  }

  // --- pages

  const CLAIMS = (where) => `SELECT DISTINCT ?claim ?holder ?source { ${where} ?claim a ax:Claim ; ax:holder ?holder ; ax:source ?source } ORDER BY ?claim LIMIT 300`;
  function claims(where) {
    return list(rows(CLAIMS(where)).map((row) => [shown(row.claim), element("br"), element("span", { class: "note" }, shown(row.holder), " · ", shown(row.source))]), "found");
  }

  const pages = {
    "": () => [
      element("h1", {}, "Araxes"), element("p", { class: "lead" }, words().lead),
      ...["Dispute", "Contrast", "Inconsistency"].map((kind) => section(words().issues[kind], list(rows(`SELECT ?d (COUNT(?c) AS ?n) { ?d a ax:${kind} ; ax:comparedClaim ?c } GROUP BY ?d ORDER BY DESC(?n) ?d`).map((row) => shown(row.d)), "found"))),
      section(words().questions, list(data.questions.map((each) => element("a", { href: "#/question/" + each.name }, each.text[language])), "found")),
      section(words().sources, list(rows("SELECT ?s { ?c a ax:Claim ; ax:source ?s } GROUP BY ?s ORDER BY ?s").map((row) => shown(row.s)))),
    ],
    search: (text) => {
      const asked = folded(text).split(/\s+/).filter(Boolean), found = new Map();
      for (const each of texts) {
        const points = asked.filter((word) => each.folded.includes(word)).length + (each.language === language ? 0.1 : 0) + (each.folded === asked.join(" ") ? 9 : 0);
        const key = each.iri || each.question.name;
        if (points >= Math.max(1, asked.length / 2) && points > (found.get(key) || { points: 0 }).points) found.set(key, { points, each });
      }
      const best = [...found.values()].sort((a, b) => b.points - a.points || a.each.text.length - b.each.text.length).slice(0, 100);
      return [element("h1", {}, words().search), list(best.map(({ each }) => element("a", { href: each.iri ? place(each.iri) : "#/question/" + each.question.name, ...(each.language === language ? {} : { lang: each.language, dir: "auto" }) }, each.text)), "found")];
    },
    entity: (iri) => {
      const names = rows(`SELECT DISTINCT ?name { <${iri}> rdfs:label ?name }`).map((row) => shown(row.name));
      const bare = rows(`SELECT ?property ?value { <${iri}> ?property ?value . ?property rdfs:label ?l . FILTER(STRSTARTS(STR(?property), "${AX}") && ?property != ax:sortKey && ?property != ax:contentDigest && LANG(?l) = "en") }`);
      return [element("h1", {}, label(iri)), list(names), section(words().uncontested, table(["property", "value"], bare)),
        section(words().claims, claims(`{ GRAPH ?claim { <${iri}> ?p ?o } } UNION { GRAPH ?claim { ?s ?p <${iri}> } } UNION { ?claim ax:source|ax:holder <${iri}> }`))];
    },
    claim: (iri) => {
      const said = rows(`SELECT ?text { <${iri}> ax:paraphrase ?text }`).map((row) => element("p", row.text.language === language ? {} : { lang: row.text.language, dir: "auto" }, row.text.value));
      const about = rows(`SELECT ?property ?value { VALUES ?property { ax:holder ax:source ax:authorStance ax:modality ax:certainty } <${iri}> ?property ?value }`);
      const where = rows(`SELECT ?text ?start ?end ?sha256 { <${iri}> ax:passage ?p . ?p oa:hasSource ?text ; ax:sha256 ?sha256 ; oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end }`);
      const graph = rows(`SELECT ?subject ?property ?value { GRAPH <${iri}> { ?subject ?property ?value } }`);
      const against = rows(`SELECT ?d { ?d a ax:PointAtIssue ; ax:comparedClaim <${iri}> }`).map((row) => shown(row.d));
      return [element("h1", {}, words().claim), said, table(["property", "value"], about), section(words().disputes, list(against)),
        section(words().states, table(["subject", "property", "value"], graph)), section(words().passage, table(["text", "start", "end", "sha256"], where))];
    },
    dispute: (iri) => [element("h1", {}, label(iri)), rows(`SELECT ?p { <${iri}> ax:hasDisputePosition ?p } ORDER BY ?p`).map((row) =>
      section(label(row.p.value), claims(`<${row.p.value}> ax:comparedClaim ?claim .`)))],
    question: (name) => {
      const question = data.questions.find((each) => each.name === name);
      if (!question) return [element("p", { class: "empty" }, words().nothing)];
      return [element("h1", {}, question.text[language]), answered(localized(question.query), name)];
    },
    query: (text) => {
      const box = element("textarea", { rows: "12", dir: "ltr", spellcheck: "false" });
      box.value = text || "PREFIX ax: <" + AX + ">\nSELECT ?who ?whom ?holder ?claim WHERE {\n  GRAPH ?claim { ?who ax:perceivesThreatFrom ?whom }\n  ?claim ax:holder ?holder .\n} LIMIT 20";
      const place = element("div"), ask = element("button", { type: "button" }, words().ask);
      ask.onclick = () => { try { place.replaceChildren(...answered(box.value, "answer")); } catch (error) { place.replaceChildren(element("pre", { dir: "ltr" }, String(error.message || error))); } };
      return [element("h1", {}, "SPARQL"), box, element("p", {}, ask), place];
    },
    downloads: () => [element("h1", {}, words().downloads), list([
      saved("araxes.nq", "application/n-quads", () => store.dump({ format: "application/n-quads" })),
      saved("claims.csv", "text/csv", () => csv(data.claims)),
    ]), element("p", { class: "note" }, words().version, " ", element("code", { dir: "ltr" }, data.digest))],
  };

  function localized(query) {
    const tags = new Set([...query.matchAll(/LANG\(\?\w+\)\s*=\s*"([a-z]{2})"/gi)].map((found) => found[1]));
    return tags.size === 1 ? query.replace(/(LANG\(\?\w+\)\s*=\s*)"[a-z]{2}"/gi, `$1"${language}"`) : query;
  }
  function answered(query, name) {
    const found = store.query(query);
    if (typeof found === "boolean") return [element("p", {}, String(found))];
    if (found.length && !(found[0] instanceof Map)) return [element("pre", { dir: "ltr" }, found.slice(0, 2000).map((quad) => quad.toString() + " .").join("\n"))];
    const names = found.length ? JSON.parse(store.query(query, { results_format: "json" })).head.vars : [];
    const hint = found.length > MOST ? element("p", { class: "note" }, words().shown.replace("{most}", date(String(MOST))).replace("{number}", date(String(found.length)))) : null;
    return [found.length ? table(names, found.map((row) => Object.fromEntries(row))) : element("p", { class: "empty" }, words().empty), hint,
      element("p", {}, saved(name + ".csv", "text/csv", () => csv(query))),
      element("details", {}, element("summary", {}, words().behind), element("pre", { dir: "ltr" }, query))].filter(Boolean);
  }

  function show() {
    const [page, ...rest] = location.hash.replace(/^#\/?/, "").split("/");
    let given = "";
    try { given = decodeURIComponent(rest.join("/")); } catch (error) { given = rest.join("/"); }
    document.documentElement.lang = language;
    document.documentElement.dir = language === "fa" ? "rtl" : "ltr";
    document.getElementById("nav").replaceChildren(...[["", "Araxes"], ["query", "SPARQL"], ["downloads", words().downloads]].map(([name, text]) => element("a", { href: "#/" + name }, text)));
    document.querySelector("#search label").textContent = document.querySelector("#search button").textContent = words().search;
    document.getElementById("language").textContent = language === "fa" ? "English" : "فارسی";
    document.getElementById("about").textContent = words().about.replace("{digest}", data.digest.slice(0, 12)).replace("{built}", date(data.built.slice(0, 10)));
    const make = Object.hasOwn(pages, page) ? pages[page] : pages[""];
    let made;
    try {
      if (/[<>"{}|\\^`\s]/.test(given) && ["entity", "claim", "dispute"].includes(page)) throw new Error(given);
      made = make(given).flat(Infinity);
    } catch (error) { made = [element("p", { class: "empty" }, words().nothing), element("pre", { dir: "ltr" }, String(error.message || error))]; }
    document.getElementById("content").replaceChildren(...made);
    document.title = (document.querySelector("h1") || document.body).textContent.slice(0, 80) + " – Araxes";
  }

  document.getElementById("search").onsubmit = (event) => {
    event.preventDefault();
    location.hash = "#/search/" + encodeURIComponent(document.getElementById("q").value);
  };
  document.getElementById("language").onclick = () => { language = language === "fa" ? "en" : "fa"; show(); };
  window.onhashchange = () => { if (store && store.size === data.size) { show(); window.scrollTo(0, 0); } };
  document.getElementById("content").textContent = words().loading;
  const begun = performance.now();
  window.araxes = { csv, ready: open().then(() => { show(); return performance.now() - begun; }) };
  window.araxes.ready.catch((error) => { document.getElementById("content").textContent = String(error.message || error); });
})();
