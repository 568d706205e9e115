/* Copies a module's code. */
document.addEventListener('click', async (event) => {
  const button = event.target.closest && event.target.closest('button.copy');
  if (!button) return;
  const code = button.closest('.window').querySelector('code');
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    const selection = getSelection();
    selection.selectAllChildren(code);
    if (!document.execCommand('copy')) return;
    selection.removeAllRanges();
  }
  const words = button.dataset;
  button.textContent = words.copied;
  setTimeout(() => (button.textContent = words.copy), 2000);
});
