/* Shows a picture large over the page. Without this script, a click opens the picture itself. */
(() => {
  const make = (name, className, label, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (label) element.setAttribute('aria-label', label);
    if (text) element.textContent = text;
    return element;
  };
  const webp = (link) => link.querySelector('source[type="image/webp"]');
  const open = (list, start) => {
    const links = [...list.querySelectorAll('a.frame:not(.leads)')];
    const words = list.dataset;
    const dialog = make('dialog', 'lightbox');
    const image = make('img');
    const below = make('div', 'below');
    const caption = make('p');
    const count = make('p', 'count');
    const close = make('button', 'close', words.close, '\u00d7');
    const previous = make('button', 'previous', words.previous, '\u2039');
    const next = make('button', 'next', words.next, '\u203a');
    const forward = getComputedStyle(list).direction === 'rtl' ? -1 : 1;
    let index = start;
    let from = null;
    let swiped = false;
    const fill = (target, link) => {
      const set = webp(link);
      target.sizes = '100vw';
      target.srcset = set ? set.srcset : '';
      target.src = link.href;
    };
    const show = (to) => {
      index = (to + links.length) % links.length;
      const link = links[index];
      const small = link.querySelector('img');
      const text = link.parentElement.querySelector('figcaption');
      fill(image, link);
      image.alt = small ? small.alt : '';
      caption.textContent = text ? text.textContent : '';
      count.textContent = `${index + 1} / ${links.length}`;
      dialog.setAttribute('aria-label', image.alt || link.getAttribute('aria-label') || '');
      if (links.length > 1) fill(new Image(), links[(index + 1) % links.length]);
    };
    const keys = { ArrowLeft: () => index - forward, ArrowRight: () => index + forward, Home: () => 0, End: () => -1 };
    close.onclick = () => dialog.close();
    previous.onclick = () => show(index - 1);
    next.onclick = () => show(index + 1);
    dialog.onkeydown = (event) => {
      if (!keys[event.key]) return;
      event.preventDefault();
      show(keys[event.key]());
    };
    image.draggable = false;
    image.onpointerdown = (event) => {
      from = event.isPrimary ? event.clientX : null;
      swiped = false;
    };
    image.onpointerup = (event) => {
      const way = from === null ? 0 : from - event.clientX;
      from = null;
      swiped = Math.abs(way) > 40 && links.length > 1;
      if (swiped) show(index + Math.sign(way) * forward);
    };
    dialog.onclick = (event) => {
      if ((event.target === dialog || event.target === image) && !swiped) dialog.close();
      swiped = false;
    };
    dialog.onclose = () => {
      dialog.remove();
      links[index].focus();
    };
    below.setAttribute('aria-live', 'polite');
    below.append(caption);
    dialog.append(image, below, close);
    if (links.length > 1) {
      below.append(count);
      dialog.append(previous, next);
    }
    document.body.append(dialog);
    show(start);
    dialog.showModal();
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest && event.target.closest('[data-lightbox] a.frame:not(.leads)');
    if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const list = link.closest('[data-lightbox]');
    event.preventDefault();
    open(list, [...list.querySelectorAll('a.frame:not(.leads)')].indexOf(link));
  });
})();
