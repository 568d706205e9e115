/* Keys and playing for slides, and closing an open dot with Escape or a click beside it. Without this script, links,
   fingers and the dots themselves do. */
(() => {
  const slides = document.querySelector('[data-slides]');
  if (slides) {
    const all = [...slides.querySelectorAll('.slide')];
    const calm = matchMedia('(prefers-reduced-motion: reduce)');
    const words = slides.dataset;
    let timer = 0;
    const now = () => {
      const middle = slides.getBoundingClientRect().left + slides.clientWidth / 2;
      return all.findIndex((slide) => slide.getBoundingClientRect().right > middle);
    };
    const go = (index) => {
      const to = Math.max(0, Math.min(all.length - 1, index));
      all[to].scrollIntoView({ behavior: calm.matches ? 'auto' : 'smooth', block: 'nearest', inline: 'start' });
    };
    const play = document.createElement('button');
    play.type = 'button';
    play.className = 'play';
    const show = () => {
      play.textContent = timer ? words.pause : words.play;
      play.classList.toggle('is-playing', timer !== 0);
    };
    const stop = () => {
      clearInterval(timer);
      timer = 0;
      show();
    };
    play.onclick = () => {
      if (timer) return stop();
      if (now() === all.length - 1) go(0);
      timer = setInterval(() => (now() < all.length - 1 ? go(now() + 1) : stop()), 5000);
      show();
    };
    show();
    slides.after(play);
    const keys = { ArrowRight: () => now() + 1, PageDown: () => now() + 1, ArrowLeft: () => now() - 1, PageUp: () => now() - 1, Home: () => 0, End: () => all.length };
    document.addEventListener('keydown', (event) => {
      const key = keys[event.key];
      if (!key || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      stop();
      const way = getComputedStyle(slides).direction === 'rtl' && event.key.startsWith('Arrow') ? 2 * now() - key() : key();
      go(way);
    });
    for (const what of ['pointerdown', 'wheel']) slides.addEventListener(what, stop, { passive: true });
  }
  const opened = () => document.querySelector('[data-dot][open]');
  document.addEventListener('keydown', (event) => {
    const dot = event.key === 'Escape' && opened();
    if (!dot) return;
    dot.open = false;
    dot.querySelector('summary').focus();
  });
  document.addEventListener('click', (event) => {
    const dot = opened();
    if (dot && !dot.contains(event.target)) dot.open = false;
  });
})();
