// Pictures become part of the page, so that their lines and marks are links that the keyboard reaches.
for (const image of document.querySelectorAll("img[data-picture]")) {
  fetch(image.src)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .then((text) => {
      const drawn = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      if (drawn.nodeName !== "svg") return;
      for (const link of drawn.querySelectorAll("a")) {
        const marked = link.querySelector("[aria-label]");
        if (marked) {
          link.setAttribute("aria-label", marked.getAttribute("aria-label"));
          const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
          title.textContent = marked.getAttribute("aria-label");
          link.prepend(title);
        }
      }
      drawn.setAttribute("aria-label", image.alt);
      image.replaceWith(document.importNode(drawn, true));
    })
    .catch(() => {});
}
