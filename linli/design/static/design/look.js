// The only script every page carries: switches modes at once, while the server remembers them in cookies.
// Without it the same buttons are plain GET forms.
(() => {
  const root = document.documentElement;
  const dark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const next = { '': '2', 2: '3', 3: '' };
  const isOn = b => b.dataset.on === 'dark' ? dark() : (root.dataset[b.name] || '') === (b.dataset.on ?? b.dataset.value);
  const show = () => document.querySelectorAll('[data-modes] button:not([data-cycle])').forEach(b => b.setAttribute('aria-pressed', isOn(b)));
  const wanted = b => {
    if ('cycle' in b.dataset) return next[root.dataset.size || ''];
    if ('value' in b.dataset) return b.dataset.value;
    return isOn(b) ? (b.dataset.on === 'dark' ? 'light' : '') : b.dataset.on;
  };
  document.addEventListener('click', e => {
    const b = e.target.closest('[data-modes] button');
    if (b) {
      e.preventDefault();
      const value = wanted(b);
      if (value) root.dataset[b.name] = value; else delete root.dataset[b.name];
      fetch(`${b.form.action}?${b.name}=${value || 'off'}&next=/`, { redirect: 'manual', keepalive: true }).catch(() => {});
      show();
    }
    if (e.target.closest('[data-print]')) print();
    if (e.target.closest('[data-close]')) e.target.closest('dialog')?.close();
  });
  document.querySelectorAll('[data-print]').forEach(b => { b.hidden = false; });
  document.querySelector('#errors')?.focus();
  show();
})();
