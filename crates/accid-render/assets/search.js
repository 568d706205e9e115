for (const box of document.querySelectorAll("[data-search]")) {
  const { search, root, label, none, found, close } = box.dataset;
  const button = box.querySelector("button");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let index = null;
  const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
  const load = () => (index ??= new Promise((done, fail) => {
    globalThis.accidSearch = (pages) => done(pages.map((page) => ({ page, low: page.map(plain) })));
    document.head.append(make("script", "", { src: root + search, onerror: fail }));
  }));
  const score = ({ low }, words) => words.reduce((sum, word) => {
    const points = [0, 12, 4, 1].reduce((all, weight, at) => all + (low[at].includes(word) ? weight : 0), 0);
    return points && sum !== null ? sum + points : null;
  }, 0);
  const excerpt = ([, , description, text], words) => {
    const low = plain(text);
    const at = Math.max(0, Math.min(...words.map((word) => { const place = low.indexOf(word); return place < 0 ? Infinity : place; })));
    if (!Number.isFinite(at)) return description || text.slice(0, 140);
    const from = at < 60 ? 0 : text.indexOf(" ", at - 60) + 1;
    return (from ? "… " : "") + text.slice(from, from + 150).trim() + (text.length > from + 150 ? " …" : "");
  };
  const open = async () => {
    const dialog = make("dialog", "", { className: "search-dialog" });
    dialog.setAttribute("aria-label", label);
    const field = make("input", "", { type: "search", autocomplete: "off", id: "accid_search" });
    const status = make("p", "", { className: "search-status" });
    status.setAttribute("role", "status");
    const list = make("ul", "");
    const head = make("form", "", { method: "dialog" });
    head.append(make("label", label, { htmlFor: field.id }), field, make("button", close, { type: "submit", className: "menu-button" }));
    dialog.append(head, status, list);
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") dialog.close();
      if (event.key !== "Enter") return;
      event.preventDefault();
      list.querySelector("a")?.click();
    });
    dialog.showModal();
    field.focus();
    const pages = await load().catch(() => []);
    const show = () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      const hits = words.length ? pages.map((entry) => [score(entry, words), entry.page]).filter(([points]) => points).sort((one, two) => two[0] - one[0]) : [];
      status.textContent = !words.length ? "" : hits.length ? `${found} ${hits.length}` : none;
      list.replaceChildren(...hits.slice(0, 12).map(([, page]) => {
        const item = make("li", "");
        item.append(make("a", page[1], { href: root + page[0] }), make("p", excerpt(page, words)));
        return item;
      }));
    };
    field.addEventListener("input", show);
    show();
  };
  button.addEventListener("click", () => void open());
  button.hidden = false;
}
