// Suggestions while somebody types into the search box. Without this file the form works all the same.
"use strict";

const PAUSE = 150; // milliseconds without a key before the server is asked

for (const form of document.querySelectorAll("form.search")) {
  const box = form.querySelector("input");
  const list = document.createElement("ul");
  const direction = box.dir;
  const known = new Map();
  let chosen = -1;
  let timer = 0;

  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) box.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    const options = list.children;
    if (!options.length) return;
    chosen = (place + options.length) % options.length;
    for (const [number, option] of [...options].entries())
      option.setAttribute("aria-selected", String(number === chosen));
    options[chosen].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[chosen].id);
  };

  const option = (found, number) => {
    const item = document.createElement("li");
    const title = document.createElement("bdi");
    const note = document.createElement("span");
    item.id = `suggestion-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.href = found.href;
    if (found.language) title.lang = found.language;
    for (const [text, isMeant] of found.title) {
      const piece = document.createElement(isMeant ? "mark" : "span");
      piece.textContent = text;
      title.append(piece);
    }
    note.className = "note";
    note.textContent = found.note;
    item.append(title, " ", note);
    return item;
  };

  const show = (answer) => {
    if (answer.query !== box.value || document.activeElement !== box) return;
    list.replaceChildren(...answer.suggestions.map(option));
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = !answer.suggestions.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
  };

  const ask = async () => {
    const query = box.value;
    if (query.trim().length < 2) return close();
    if (!known.has(query)) {
      const address = `/search/suggest?${new URLSearchParams({ q: query, lang: document.documentElement.lang })}`;
      const reply = await fetch(address).catch(() => null);
      if (!reply || !reply.ok) return close();
      known.set(query, await reply.json());
    }
    show(known.get(query));
  };

  box.addEventListener("input", () => {
    box.dir = box.value ? "auto" : direction;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.href);
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("li");
    event.preventDefault(); // the box keeps the focus
    if (item && event.button === 0) location.assign(item.dataset.href);
  });
}
