/* Sends a form and lets the page stay, so that nothing a visitor wrote is lost when it fails. Without this script the
   browser sends the form itself. */
document.addEventListener('submit', async (event) => {
  const form = event.target;
  const words = form.dataset;
  if (!words.failed || event.defaultPrevented) return;
  event.preventDefault();
  if (form.ariaBusy === 'true') return;
  const state = form.querySelector('.form-state');
  const say = (text, failed) => {
    state.classList.toggle('is-failed', failed);
    state.textContent = text;
  };
  const body = new URLSearchParams(new FormData(form));
  form.ariaBusy = 'true';
  say(words.sending, false);
  let answer = null;
  let problem = '';
  try {
    answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } });
    if (!answer.ok) problem = (await answer.json()).message;
  } catch {
    /* No net, no such host, or no answer that can be read: all the same to who wrote. */
  }
  form.ariaBusy = null;
  const sent = answer !== null && answer.ok;
  if (sent) form.reset();
  say(sent ? form.querySelector('.form-thanks').textContent : problem || words.failed, !sent);
});
