/* Shows a gallery's picture large over the page. Without this script, a click opens the picture itself. */
(() => {
  const make = (name, className, label, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (label) element.setAttribute('aria-label', label);
    if (text) element.textContent = text;
    return element;
  };
  const open = (list, start) => {
    const links = [...list.querySelectorAll('a.frame')];
    const dialog = make('dialog', 'lightbox');
    const image = make('img');
    const caption = make('p');
    const words = list.dataset;
    const close = make('button', 'close', words.close, '\u00d7');
    const previous = make('button', 'previous', words.previous, '\u2039');
    const next = make('button', 'next', words.next, '\u203a');
    let index = start;
    const show = (step) => {
      index = (index + step + links.length) % links.length;
      const link = links[index];
      const small = link.querySelector('img');
      image.src = link.href;
      image.alt = small ? small.alt : '';
      const below = link.parentElement.querySelector('figcaption');
      caption.textContent = below ? below.textContent : '';
      dialog.setAttribute('aria-label', image.alt || link.getAttribute('aria-label') || '');
    };
    close.onclick = () => dialog.close();
    previous.onclick = () => show(-1);
    next.onclick = () => show(1);
    dialog.onkeydown = (event) => {
      if (event.key === 'ArrowLeft') show(-1);
      if (event.key === 'ArrowRight') show(1);
    };
    dialog.onclick = (event) => {
      if (event.target === dialog || event.target === image) dialog.close();
    };
    dialog.onclose = () => {
      dialog.remove();
      links[index].focus();
    };
    dialog.append(image, caption, close);
    if (links.length > 1) dialog.append(previous, next);
    document.body.append(dialog);
    show(0);
    dialog.showModal();
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest && event.target.closest('[data-lightbox] a.frame');
    if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const list = link.closest('[data-lightbox]');
    event.preventDefault();
    open(list, [...list.querySelectorAll('a.frame')].indexOf(link));
  });
})();
