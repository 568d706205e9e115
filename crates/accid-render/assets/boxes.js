/* Asks for one of several tick boxes before a form is sent: HTML can ask for each box, not for one of them. */
for (const set of document.querySelectorAll('fieldset[data-needed]')) {
  const boxes = [...set.querySelectorAll('input')];
  const ask = () => boxes[0].setCustomValidity(boxes.some((box) => box.checked) ? '' : set.dataset.needed);
  set.addEventListener('change', ask);
  /* The boxes are empty again only after the event. */
  boxes[0].form.addEventListener('reset', () => setTimeout(ask));
  ask();
}
