/* Plays the films that lie on pictures, for visitors who have nothing against movement and are not short of data; a button
   stops and starts each. Without this script the picture stays. */
const still = matchMedia('(prefers-reduced-motion: reduce)');
for (const film of document.querySelectorAll('.film')) {
  const button = film.nextElementSibling;
  const tell = () => {
    button.textContent = film.paused ? button.dataset.play : button.dataset.pause;
  };
  const play = () => film.play().catch(tell);
  film.muted = true;
  film.addEventListener('playing', () => {
    film.classList.add('is-playing');
    tell();
  });
  film.addEventListener('pause', tell);
  film.addEventListener('error', () => button.remove());
  button.addEventListener('click', () => (film.paused ? play() : film.pause()));
  still.addEventListener('change', () => still.matches && film.pause());
  button.hidden = false;
  tell();
  if (!still.matches && !navigator.connection?.saveData) play();
}
