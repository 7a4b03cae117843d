for (const toggle of document.querySelectorAll('.toggle')) {
  const input = document.getElementById(toggle.getAttribute('aria-controls'));
  toggle.hidden = false;
  toggle.addEventListener('click', () => {
    const shows = input.type === 'password';
    input.type = shows ? 'text' : 'password';
    toggle.setAttribute('aria-pressed', String(shows));
    input.focus();
  });
  input.form.addEventListener('submit', () => { input.type = 'password'; });
}
