/* A note on a picture closes with Escape, and the keys go on at its sign. */
addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && document.querySelector('details.marker[open]');
  if (!open) return;
  open.open = false;
  open.firstElementChild.focus();
});
